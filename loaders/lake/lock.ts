import {readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {setTimeout} from "node:timers/promises";
import Database from "better-sqlite3";
import {isMissing} from "./files.js";
import {LakeError} from "./port.js";

/** How long a writer waits before it tries again. */
const RETRY_MS = 20;

/** Called by a writer before its first file. */
export type MarkWriting = () => Promise<void>;

/** Lets one writer at a time into the lake, whatever thread or process it is in. */
export interface Lock {
  /**
   * Does a work while no one else writes.
   * @throws LakeError `busy` when another process writes for longer than is waited
   */
  hold<T>(work: (mark: MarkWriting) => Promise<T>): Promise<T>;
  close(): void;
}

interface LockOptions {
  now: () => Date;
  maxWaitMs: number;
  /** Puts in order what a writer that was ended left behind. */
  recover: () => Promise<unknown>;
}

/**
 * Returns the lock of a lake: SQLite's on an empty file, which the system lets go of with the process that holds it,
 * however that ends. So there is no stale lock to tell from a live one.
 */
export function createLock(dir: string, {now, maxWaitMs, recover}: LockOptions): Lock {
  const db = new Database(join(dir, "lake.lock"), {timeout: 0});
  /** A writer after it finds this only when that one was ended in the middle. */
  const markPath = join(dir, "lake.writing");
  let queue: Promise<unknown> = Promise.resolve();

  async function take(): Promise<void> {
    for (let waited = 0; ; waited += RETRY_MS) {
      try {
        db.exec("begin exclusive");
        return;
      } catch (error) {
        if (!(error instanceof Database.SqliteError && error.code === "SQLITE_BUSY")) throw error;
        if (waited >= maxWaitMs) throw await busy();
      }
      await setTimeout(RETRY_MS);
    }
  }

  async function busy(): Promise<LakeError> {
    const who = (await readMark()) ?? "another process";
    const sentence = `the lake is being written by ${who}: ${dir}: try again when that is done, or end it`;
    return new LakeError("busy", sentence);
  }

  async function readMark(): Promise<string | null> {
    try {
      return await readFile(markPath, "utf8");
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async function held<T>(work: (mark: MarkWriting) => Promise<T>): Promise<T> {
    await take();
    try {
      if ((await readMark()) !== null) {
        await recover();
        await rm(markPath, {force: true});
      }
      let isMarked = false;
      const result = await work(async () => {
        if (isMarked) return;
        await writeFile(markPath, `process ${process.pid} since ${now().toISOString()}`);
        isMarked = true;
      });
      if (isMarked) await rm(markPath, {force: true});
      return result;
    } finally {
      db.exec("rollback");
    }
  }

  return {
    hold(work) {
      const turn = queue.then(() => held(work));
      queue = turn.catch(() => undefined);
      return turn;
    },
    close: () => db.close()
  };
}
