import {rm, rmdir} from "node:fs/promises";
import {join} from "node:path";
import {isLeftBehind, isTemporary, namesIn} from "./files.js";
import {foldersIn, PART_FILE, readManifest, type Folder} from "./manifest.js";
import {LakeError} from "./port.js";

/**
 * Deletes what a writer that was ended left behind: files that were never whole, and parts that no manifest lists yet
 * or any more. The caller holds the lock.
 *
 * @returns the files that are gone, by their paths in the lake
 */
export async function recover(dir: string): Promise<string[]> {
  const gone: string[] = [];
  for (const folder of await foldersIn(dir)) gone.push(...(await sweep(folder)));
  for (const name of (await namesIn(dir)).filter(isLeftBehind)) {
    await rm(join(dir, name), {force: true, recursive: true});
    gone.push(name);
  }
  return gone;
}

/**
 * Deletes it in a dataset's folder. Nothing goes where the manifest cannot be read: the parts are all there is of the dataset then.
 *
 * @returns the files that are gone, by their paths in the lake
 */
export async function sweep(folder: Folder): Promise<string[]> {
  const manifest = await readManifest(folder).catch((error: unknown) => {
    if (error instanceof LakeError && error.code === "invalid") return null;
    throw error;
  });
  if (!manifest) return [];
  const listed = new Set(manifest.parts.map(({file}) => file));
  const gone: string[] = [];
  for (const name of await namesIn(folder.dir)) {
    const files = (await namesIn(join(folder.dir, name))).map((file) => `${name}/${file}`);
    const left = [name, ...files].filter(
      (file) => isTemporary(file.slice(file.indexOf("/") + 1)) || (PART_FILE.test(file) && !listed.has(file))
    );
    for (const file of left) await rm(join(folder.dir, file), {force: true});
    gone.push(...left.map((file) => `${folder.path}/${file}`));
    if (files.length && files.every((file) => left.includes(file))) await rmdir(join(folder.dir, name));
  }
  return gone;
}
