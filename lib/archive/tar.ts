import {StatementError} from "../statements/statement.js";

/** A file in an archive. */
export interface Entry {
  /** Plain characters, at most 100. */
  name: string;
  bytes: Uint8Array;
}

const BLOCK = 512;

/** Largest entry that is read: more is no archive of ours. */
const LARGEST = 2 ** 31;

// TextEncoder and TextDecoder are everywhere where this runs, but not in the language's own types, which lib/ sees.
const {TextEncoder, TextDecoder} = globalThis as unknown as {
  TextEncoder: new () => {encode(text: string): Uint8Array};
  TextDecoder: new () => {decode(bytes: Uint8Array): string};
};

/**
 * Returns what stands before an entry's bytes in a tar archive (POSIX ustar); after them come zeros up to a whole
 * block of 512, as `tarPadding` gives them.
 * @throws RangeError if the name is longer than 100 bytes
 */
export function tarHeader(name: string, size: number): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const write = (text: string, at: number) => header.set(new TextEncoder().encode(text), at);
  if (new TextEncoder().encode(name).length > 100) throw new RangeError(`name too long: ${name}`);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  write(name, 0);
  write(octal(0o600, 7), 100);
  write(octal(0, 7), 108);
  write(octal(0, 7), 116);
  write(octal(size, 11), 124);
  write(octal(0, 11), 136);
  write("        ", 148);
  write("0", 156);
  write("ustar\u000000", 257);
  write(`${octal(sum(header), 6)} `, 148);
  return header;
}

/** Returns the zeros after an entry of a size. */
export function tarPadding(size: number): Uint8Array {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

/** Returns what ends an archive. */
export function tarEnd(): Uint8Array {
  return new Uint8Array(2 * BLOCK);
}

/**
 * Reads a tar archive's files as its bytes come; an entry is in memory while it is looked at.
 * @throws StatementError `damaged` if it is none, or ends before its end
 */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
  const bytes = new Bytes(chunks);
  for (;;) {
    const header = await bytes.take(BLOCK);
    if (header.every((byte) => byte === 0)) return;
    const text = (from: number, length: number) =>
      new TextDecoder().decode(header.subarray(from, from + length)).split("\0", 1)[0];
    const size = Number.parseInt(text(124, 12), 8);
    const stated = Number.parseInt(text(148, 8), 8);
    header.fill(32, 148, 156);
    if (text(257, 5) !== "ustar" || stated !== sum(header) || !(size >= 0 && size < LARGEST)) throw damaged();
    const content = await bytes.take(size);
    await bytes.take(tarPadding(size).length);
    yield {name: text(0, 100), bytes: content};
  }
}

/** Returns the refusal of a file that is no archive, or not all of one. */
export function damaged(why = "it is not whole"): StatementError {
  return new StatementError({
    code: "damaged",
    message: `the file is no export of Tearsheet that can be restored: ${why}; nothing was restored`,
    where: ""
  });
}

function sum(header: Uint8Array): number {
  return header.reduce((total, byte) => total + byte, 0);
}

/** Bytes that come in chunks, taken in pieces of another size. */
class Bytes {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest = new Uint8Array(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async take(size: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let missing = size;
    for (;;) {
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.length);
      parts.push(part);
      missing -= part.length;
      if (missing === 0) return join(parts, size);
      const {value, done} = await this.#chunks.next();
      if (done) throw damaged();
      this.#rest = new Uint8Array(value);
    }
  }
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
