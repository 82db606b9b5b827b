/** Bytes to messages and back: uint32 big-endian length, then fields, each ended by NUL. */

export type Field = string | number | boolean | undefined;

/** A message before it is framed; the first field is its id. */
export type Message = readonly Field[];

/** What an official client keeps at most of a message, and so what a sane one sends. */
export const MOST_BYTES = 0xffffff;

/** The double that stands for "no number". */
export const ABSENT = "1.7976931348623157E308";

/** One message as it goes out: flags as 1 and 0, nothing as an empty field. */
export function frame(message: Message): Buffer {
  return framed(message.map((field) => `${text(field)}\0`).join(""));
}

/** A text with its length before it. */
export function framed(content: string): Buffer {
  const body = Buffer.from(content);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

function text(field: Field): string {
  if (field === undefined || Number.isNaN(field)) return "";
  return typeof field === "boolean" ? (field ? "1" : "0") : String(field);
}

/** The fields of a message's content. */
export function fieldsOf(content: string): string[] {
  const fields = content.split("\0");
  if (fields.at(-1) === "") fields.pop();
  return fields;
}

/** Collects what comes in, in whatever pieces, and gives the whole messages. */
export class Unframer {
  #held: Buffer = Buffer.alloc(0);

  /** @throws RangeError if a message claims to be longer than any may be */
  push(piece: Buffer): string[] {
    this.#held = this.#held.length ? Buffer.concat([this.#held, piece]) : piece;
    const contents: string[] = [];
    while (this.#held.length >= 4) {
      const length = this.#held.readUInt32BE();
      if (length > MOST_BYTES) throw new RangeError(`message too long: ${length} bytes`);
      if (this.#held.length < 4 + length) break;
      contents.push(this.#held.toString("utf8", 4, 4 + length));
      this.#held = this.#held.subarray(4 + length);
    }
    return contents;
  }

  /** Takes bytes off the front that are not a message; undefined until there are so many. */
  take(count: number): Buffer | undefined {
    if (this.#held.length < count) return undefined;
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }

  /** Keeps bytes without reading messages. */
  hold(piece: Buffer): void {
    this.#held = Buffer.concat([this.#held, piece]);
  }
}

/** The same bytes in pieces of 1 to 9. */
export function pieces(bytes: Buffer, random: () => number): Buffer[] {
  const cut: Buffer[] = [];
  for (let start = 0; start < bytes.length;) {
    const size = 1 + Math.floor(random() * 9);
    cut.push(bytes.subarray(start, start + size));
    start += size;
  }
  return cut;
}
