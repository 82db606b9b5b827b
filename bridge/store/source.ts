import {createHash, type Hash} from "node:crypto";
import {createReadStream} from "node:fs";
import {hasSlashDates} from "../../lib/statements/date-order.js";
import type {OpenBytes} from "../../lib/statements/read.js";

/** Bytes that are looked at to tell what a file is. */
const HEAD = 1 << 16;

/** Returns how to read a file on disk. */
export function fromFile(path: string): OpenBytes {
  return () => createReadStream(path, {highWaterMark: 1 << 18});
}

/**
 * Returns how to read what can be read but once: the reader looks at the head first, then reads from the
 * start; where dates with slashes make it read a third time, the bytes are kept for that.
 */
export function fromStream(stream: AsyncIterable<Uint8Array>): OpenBytes {
  const rest = stream[Symbol.asyncIterator]();
  const kept: Uint8Array[] = [];
  async function* read(keep: (bytes: number) => boolean): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for (const chunk of kept.slice()) {
      bytes += chunk.byteLength;
      yield chunk;
    }
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      if (keep(bytes)) kept.push(next.value);
      bytes += next.value.byteLength;
      yield next.value;
    }
  }
  let opened = 0;
  return () => {
    const slashes = opened === 1 && hasSlashDates(Buffer.concat(kept).toString("latin1", 0, HEAD));
    return read(opened++ === 0 ? () => true : () => slashes);
  };
}

/** Counts and hashes what is read; of a file that is read again, the last reading counts. */
export class Meter {
  #hash: Hash = createHash("sha256");
  bytes = 0;

  /** Returns the same bytes, measured; `onChunk` is called after each. */
  measure(open: OpenBytes, onChunk: () => Promise<void>): OpenBytes {
    return () => {
      this.#hash = createHash("sha256");
      this.bytes = 0;
      return this.#read(open(), onChunk);
    };
  }

  async *#read(chunks: AsyncIterable<Uint8Array>, onChunk: () => Promise<void>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#hash.update(chunk);
      this.bytes += chunk.byteLength;
      yield chunk;
      await onChunk();
    }
  }

  sha256(): string {
    return this.#hash.digest("hex");
  }
}
