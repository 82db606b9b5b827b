import {stat} from "node:fs/promises";
import {join} from "node:path";
import {daysOf} from "./parts.js";
import {publish, type Core} from "./core.js";
import {filesBelow, sha256Of} from "./files.js";
import type {MarkWriting} from "./lock.js";
import {PART_FILE, type Folder, type Part} from "./manifest.js";

/**
 * Makes a lost manifest anew from the parts that are there and are as their names say; what symbols are called comes
 * back with the next pull. The caller holds the lock.
 *
 * @returns a sentence
 */
export async function rebuildManifest(core: Core, folder: Folder, mark: MarkWriting): Promise<string> {
  const files = (await filesBelow(folder.dir)).filter((file) => PART_FILE.test(file));
  const parts: Part[] = [];
  for (const file of files) {
    const path = join(folder.dir, file);
    const sha256 = await sha256Of(path);
    if (!file.endsWith(`/${sha256.slice(0, 32)}.parquet`)) continue;
    const days = await core.engine.run((connection) => daysOf(connection, path));
    parts.push({file, sha256, bytes: (await stat(path)).size, ...days});
  }
  await mark();
  await publish(core, folder, parts, new Map());
  return `${folder.path}: its manifest is made anew from ${parts.length} of ${files.length} parts`;
}
