import {createHash, randomUUID} from "node:crypto";
import {createReadStream} from "node:fs";
import {mkdir, open, readdir, rename, rm, stat} from "node:fs/promises";
import {dirname, join} from "node:path";
import {pipeline} from "node:stream/promises";
import {LakeError} from "./port.js";
import {processOf} from "./process.js";

/** What a file that is being written is called; one that is left behind was never whole. */
const TEMPORARY = /^\.tmp-/;

/** Returns a name in a folder, for a file that is not whole yet. */
export function temporaryIn(folder: string): string {
  return join(folder, `.tmp-${process.pid}-${randomUUID()}`);
}

/** Returns whether a name is one that {@link temporaryIn} gives. */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}

/** Returns whether a name is one that a process gave that has ended. */
export function isLeftBehind(name: string): boolean {
  const [, pid] = /^\.tmp-(\d+)-/.exec(name) ?? [];
  return pid !== undefined && processOf(Number(pid)) === "";
}

/** Writes a file whole or not at all: under another name, to the disk, then into its place. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = temporaryIn(dirname(path));
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, {force: true});
    throw cause;
  }
  await syncFolder(dirname(path));
}

/** Waits until the disk holds a file. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Waits until the disk holds the names in a folder. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Makes a folder and those above it, and waits until the disk holds their names. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, {recursive: true});
  if (first === undefined) return;
  for (let folder = dirname(path); folder.length >= dirname(first).length; folder = dirname(folder))
    await syncFolder(folder);
}

/** Returns the SHA-256 of a file, hexadecimal. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, {highWaterMark: 2 ** 20}), hash);
  return hash.digest("hex");
}

/** What tells, without reading it, that a file is still the one that was checked; null when it is gone. */
export async function stampOf(path: string): Promise<string | null> {
  try {
    const {ino, size, mtimeNs, ctimeNs} = await stat(path, {bigint: true});
    return `${ino}-${size}-${mtimeNs}-${ctimeNs}`;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Returns the names in a folder; none where there is no such folder. */
export async function namesIn(path: string): Promise<string[]> {
  return (await readdir(path).catch(noneWhereMissing)).toSorted();
}

/** Returns the files below a folder, by their paths from it. */
export async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, {recursive: true, withFileTypes: true}).catch(noneWhereMissing);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .toSorted();
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR";
}

function noneWhereMissing(error: unknown): [] {
  if (isMissing(error)) return [];
  throw error;
}

const FULL_CODES = new Set(["ENOSPC", "EDQUOT", "EFBIG", "SQLITE_FULL"]);
/** DuckDB tells it in words alone. */
const FULL_WORDS = /No space left on device|Disk quota exceeded|File too large|Could not write all bytes/i;

/** Returns the error that a full disk is told by; any other as it is. */
export function explained(error: unknown, dir: string): unknown {
  const message = error instanceof Error ? error.message : "";
  if (error instanceof LakeError || !(FULL_CODES.has(codeOf(error)) || FULL_WORDS.test(message)))
    return error;
  return new LakeError(
    "disk-full",
    `the disk of the lake is full: ${dir}: free some space and do it again; what was there is unchanged`,
    {cause: error}
  );
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  return typeof code === "string" ? code : "";
}
