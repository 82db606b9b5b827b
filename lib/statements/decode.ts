import {refusal, shorten} from "./refusal.js";
import type {StatementError} from "./statement.js";

interface Decoder {
  decode(bytes: Uint8Array): string;
}

// TextDecoder is everywhere where this runs, but not in the language's own types, which are all that lib/ sees.
const {TextDecoder} = globalThis as unknown as {
  TextDecoder: new (label: string, options: {fatal: boolean; ignoreBOM: boolean}) => Decoder;
};

/** Encodings that a statement may declare, and the decoder for each. */
const LABELS = new Map([
  ["utf-8", "utf-8"],
  ["utf8", "utf-8"],
  ["us-ascii", "utf-8"],
  ["ascii", "utf-8"],
  ["iso-8859-1", "windows-1252"],
  ["latin1", "windows-1252"],
  ["windows-1252", "windows-1252"]
]);

const DECLARED = /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/;
const HEAD = 200;

/**
 * Decodes a statement's bytes as they come, strictly: UTF-8, or Latin-1 where the XML declaration says so.
 * Characters cut by the end of a chunk wait for the next; a byte order mark is left out.
 */
export class StatementDecoder {
  #decoder: Decoder | undefined;
  #wide = true;
  #rest = new Uint8Array(0);
  #offset = 0;

  /** @throws StatementError `encoding` if the bytes are not what they say they are */
  decode(chunk: Uint8Array): string {
    return this.#read(chunk, false);
  }

  /** Returns what is left at the end; @throws StatementError as `decode` does */
  end(): string {
    return this.#read(new Uint8Array(0), true);
  }

  #read(chunk: Uint8Array, final: boolean): string {
    let bytes = chunk;
    if (this.#rest.length > 0) {
      bytes = new Uint8Array(this.#rest.length + chunk.length);
      bytes.set(this.#rest);
      bytes.set(chunk, this.#rest.length);
    }
    if (!this.#decoder) {
      if (bytes.length < HEAD && !final) {
        this.#rest = bytes.slice();
        return "";
      }
      bytes = this.#choose(bytes);
    }
    const end = final || !this.#wide ? bytes.length : wholeCharacters(bytes);
    this.#rest = bytes.slice(end);
    this.#offset += end;
    try {
      return this.#decoder!.decode(bytes.subarray(0, end)); // chosen above
    } catch (cause) {
      throw wrongEncoding(`the file is not UTF-8 text (within the first ${this.#offset} bytes)`, cause);
    }
  }

  #choose(bytes: Uint8Array): Uint8Array {
    if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
      throw wrongEncoding("the file is UTF-16 text");
    if ((bytes[0] === 0x3c && bytes[1] === 0) || (bytes[0] === 0 && bytes[1] === 0x3c))
      throw wrongEncoding("the file is UTF-16 text");
    const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    const declared = DECLARED.exec(
      String.fromCharCode(...bytes.subarray(marked ? 3 : 0, HEAD))
    )?.[1].toLowerCase();
    const label = declared === undefined ? "utf-8" : LABELS.get(declared);
    if (!label || (marked && label !== "utf-8"))
      throw wrongEncoding(`the file says that it is ${shorten(declared ?? "")} text`);
    this.#wide = label === "utf-8";
    this.#decoder = new TextDecoder(label, {fatal: true, ignoreBOM: true});
    return marked ? bytes.subarray(3) : bytes;
  }
}

/** Returns the length of the bytes less a UTF-8 character at their end that is not all there. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); ++back) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0)
      return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function wrongEncoding(what: string, cause?: unknown): StatementError {
  return refusal("encoding", `${what}: save it as UTF-8, or download the statement again`, "", cause);
}
