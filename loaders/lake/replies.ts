import {createHash} from "node:crypto";
import type {Stats} from "node:fs";
import {rename, rm, stat, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {promisify} from "node:util";
import {gzip} from "node:zlib";
import {isDatasetName} from "../../lib/lake/dataset.js";
import {filesBelow, makeFolder, namesIn, stampOf, temporaryIn} from "./files.js";
import type {RawReply} from "./port.js";

const compress = promisify(gzip);

/** Share of the limit that is left after replies went: so they do not go one by one. */
const LEFT = 0.9;

/** Replies of vendors as they came: evidence, not data; nothing else in the lake hangs on them. */
export interface Replies {
  keep(reply: RawReply): Promise<void>;
  bytes(): Promise<number>;
}

export function createReplies(dir: string, mostBytes: number): Replies {
  const root = join(dir, "raw");
  let total: number | undefined;

  async function files(): Promise<{path: string; bytes: number; at: number}[]> {
    const found = [];
    for (const vendor of await namesIn(root)) {
      const folder = join(root, vendor, "replies");
      for (const name of await filesBelow(folder)) {
        const path = join(folder, name);
        const kept = await statIfThere(path);
        if (kept) found.push({path, bytes: kept.size, at: kept.mtimeMs});
      }
    }
    return found;
  }

  async function measured(): Promise<number> {
    return (await files()).reduce((sum, {bytes}) => sum + bytes, 0);
  }

  async function prune(): Promise<number> {
    const all = (await files()).sort((a, b) => a.at - b.at);
    let left = all.reduce((sum, {bytes}) => sum + bytes, 0);
    for (const {path, bytes} of all) {
      if (left <= LEFT * mostBytes) break;
      await rm(path, {force: true});
      left -= bytes;
    }
    return left;
  }

  return {
    bytes: measured,
    async keep({vendor, url, status, fetchedAt, text}) {
      const month = /^\d{4}-\d{2}(?=-)/.exec(fetchedAt)?.[0];
      if (!isDatasetName(vendor) || !month) throw new RangeError(`invalid reply: ${vendor} ${fetchedAt}`);
      const hash = createHash("sha256").update(`${url}\n${status}\n${text}`).digest("hex");
      const path = join(root, vendor, "replies", month, `${hash.slice(0, 32)}.gz`);
      if ((await stampOf(path)) !== null) return;
      const bytes = await compress(`${JSON.stringify({url, status, fetchedAt})}\n${text}`);
      await makeFolder(dirname(path));
      const temporary = temporaryIn(dirname(path));
      try {
        await writeFile(temporary, bytes);
        await rename(temporary, path);
      } finally {
        await rm(temporary, {force: true});
      }
      total = (total ?? (await measured())) + bytes.length;
      if (total > mostBytes) total = await prune();
    }
  };
}

/** A reply that is being kept meanwhile has its name for a moment only. */
async function statIfThere(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
