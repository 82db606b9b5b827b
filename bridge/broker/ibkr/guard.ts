import type {IBApi} from "@stoqey/ib";

/** What an official client keeps at most of a message. */
const MOST_BYTES = 0xffffff;
const HEAD_BYTES = 4;
const NUL = "\0";
const ERROR_MESSAGE = "4";
/** Place of the JSON of a rejection among an error's fields. */
const REJECTION = 5;
const COMPLETED_ORDER = "101";
/** Place of a completed order's faProfile among its fields, which TWS sends up to version 176. */
const FA_PROFILE = 31;
const FIRST_WITHOUT_FA_PROFILE = 177;

export interface GuardOptions {
  /** Once, with what was wrong: the bytes behind it are not read, and nothing more is. */
  onGarbled: (what: string) => void;
  /** A field was left out that the library would have failed at; the rest of its message was read. */
  onLeftOut: (what: string) => void;
}

/** The library's own reader, which it keeps to itself. */
interface Inside {
  controller?: {socket?: {onData?: (piece: Buffer) => void}};
}

/**
 * Reads what TWS sends before the client library does, which trusts it (1.6.10): a length below zero makes it loop for
 * ever, bytes without their last NUL are put before the next message, and what its decoder throws at ends the process and
 * leaves the rest of the message behind. It is given whole messages, one at a time, until the first that is not one. Up to
 * version 176 it loses every completed order, as it does not know of a field: it is given them without.
 *
 * @returns what ends it
 * @throws Error if the library has changed inside
 */
export function guard(api: IBApi, {onGarbled, onLeftOut}: GuardOptions): () => void {
  const {socket} = (api as unknown as Inside).controller ?? {}; // private, and the only way in
  const read = socket?.onData?.bind(socket);
  if (!socket || !read)
    throw new Error("@stoqey/ib has changed inside: what reads its socket cannot be found");
  let held: Buffer = Buffer.alloc(0);
  let isOver = false;
  /** The first message's number is the server's version. */
  let version: number | undefined;

  const take = (piece: Buffer) => {
    held = held.length ? Buffer.concat([held, piece]) : piece;
    while (!isOver && held.length >= HEAD_BYTES) {
      const length = held.readInt32BE();
      if (!(length > 0 && length <= MOST_BYTES)) throw new RangeError(`a message of ${length} bytes`);
      const end = HEAD_BYTES + length;
      if (held.length < end) return;
      const frame = held.subarray(0, end);
      held = held.subarray(end);
      const number = numberOf(frame);
      if (version === undefined) {
        version = Number(number);
        read(frame);
      } else read(readable(frame, number, version));
    }
  };

  /** Returns a message as the library's decoder can take it. */
  const readable = (frame: Buffer, number: string, spoken: number): Buffer => {
    if (number === ERROR_MESSAGE) return withoutRejection(frame, onLeftOut);
    if (number !== COMPLETED_ORDER || spoken >= FIRST_WITHOUT_FA_PROFILE) return frame;
    return framed(fieldsOf(frame).toSpliced(FA_PROFILE, 1));
  };

  socket.onData = (piece) => {
    if (isOver) return;
    try {
      take(piece);
    } catch (error) {
      isOver = true;
      onGarbled(error instanceof Error ? error.message : String(error));
    }
  };
  return () => void (isOver = true);
}

/** @throws RangeError if it is no message */
function numberOf(frame: Buffer): string {
  if (frame.at(-1) !== 0) throw new RangeError("a message that breaks off");
  const number = frame.toString("latin1", HEAD_BYTES, HEAD_BYTES + 6).split(NUL, 1)[0];
  if (!/^\d{1,5}$/.test(number)) throw new RangeError("a message without a number");
  return number;
}

/** Leaves the details of a rejection out where they are no JSON. */
function withoutRejection(frame: Buffer, onLeftOut: GuardOptions["onLeftOut"]): Buffer {
  const fields = fieldsOf(frame);
  const rejection = fields[REJECTION];
  if (!rejection || isJson(rejection)) return frame;
  onLeftOut(`the details of error ${fields[3]} of ${fields[2]} are no JSON`);
  return framed(fields.with(REJECTION, ""));
}

/** A message's fields, an empty one behind the last NUL. */
const fieldsOf = (frame: Buffer): string[] => frame.toString("utf8", HEAD_BYTES).split(NUL);

/** Whether a text is JSON once the library has replaced its escapes, which it does first. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text.replaceAll(/\\u(.{4})/gs, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))));
    return true;
  } catch {
    return false;
  }
}

function framed(fields: readonly string[]): Buffer {
  const body = Buffer.from(fields.join(NUL));
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeInt32BE(body.length);
  return Buffer.concat([head, body]);
}
