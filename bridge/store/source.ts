import {createHash, type Hash} from "node:crypto";
import {createReadStream} from "node:fs";
import {scanFor, type OpenBytes} from "../../lib/statements/read.js";
import {StatementError} from "../../lib/statements/statement.js";
import type {DateOrder} from "../../lib/time/flex-date.js";

/** Bytes at the start that tell whether a file must be read twice. */
const HEAD = 1 << 16;

/** Bytes of a stream that are kept to be read twice. */
const MOST_KEPT = 1 << 27;

/** Returns how to read a file on disk. */
export function fromFile(path: string): OpenBytes {
  return async function* () {
    try {
      yield* createReadStream(path, {highWaterMark: 1 << 18});
    } catch (cause) {
      throw unreadable(path, cause);
    }
  };
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "you may not read it"
};

function unreadable(path: string, cause: unknown): unknown {
  const why = WHY[(cause as NodeJS.ErrnoException).code ?? ""];
  if (!why) return cause;
  return new StatementError(
    {code: "unreadable", message: `${path} cannot be read: ${why}: name a file of yours`, where: ""},
    {cause}
  );
}

/**
 * Returns how to read what comes but once: the reader looks at the head first, then reads from the start. Where
 * it must read a third time, to tell day from month or the period, the bytes are kept for that.
 */
export function fromStream(
  stream: AsyncIterable<Uint8Array>,
  {dateFormat}: {dateFormat?: DateOrder} = {}
): OpenBytes {
  const rest = stream[Symbol.asyncIterator]();
  const kept: Uint8Array[] = [];
  async function* read(keep: boolean): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for (const chunk of kept.slice()) {
      bytes += chunk.byteLength;
      yield chunk;
    }
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      bytes += next.value.byteLength;
      if (keep && bytes > MOST_KEPT) throw tooLong();
      if (keep) kept.push(next.value);
      yield next.value;
    }
  }
  let opened = 0;
  return () => {
    ++opened;
    if (opened !== 2) return read(opened === 1);
    return read(scanFor(Buffer.concat(kept).toString("latin1", 0, HEAD), {dateFormat}) !== undefined);
  };
}

function tooLong(): StatementError {
  return new StatementError({
    code: "ambiguous-date",
    message: `the file has more than ${MOST_KEPT >> 20} MB and must be read twice, for its dates with slashes or its period: import it from a file`,
    where: ""
  });
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
