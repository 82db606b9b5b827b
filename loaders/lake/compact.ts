import {rm, stat} from "node:fs/promises";
import {keyOf, storedSelection} from "./columns.js";
import {checkParts, publish, type Core} from "./core.js";
import {literal, parquet} from "./engine.js";
import type {MarkWriting} from "./lock.js";
import {partitionOfPart, pathOf, type Folder, type Part} from "./manifest.js";
import {writePart} from "./parts.js";

/**
 * Makes one part of all parts of a partition. The caller holds the lock.
 *
 * @param chosen partitions whose rows are not as they should be: of those with the same key that of the latest file stays;
 * when left out, the partitions with several parts, whose rows are
 * @returns a sentence each
 */
export async function compactDataset(
  core: Core,
  folder: Folder,
  mark: MarkWriting,
  chosen?: ReadonlySet<string>
): Promise<string[]> {
  const before = await core.current(folder);
  const partitions = [...Map.groupBy(before.parts, partitionOfPart)].filter(([partition, parts]) =>
    chosen ? chosen.has(partition) : parts.length > 1
  );
  if (!partitions.length) return [];
  const old = partitions.flatMap(([, parts]) => parts);
  await checkParts(core, folder, old);
  await mark();
  const written: Part[] = [];
  const sentences: string[] = [];
  for (const [partition, parts] of partitions) {
    const paths = await oldestFirst(parts.map((part) => pathOf(folder, part)));
    const select = rowsIn(folder, paths, chosen !== undefined);
    const part = await core.engine.run((connection) => writePart(connection, folder, partition, select));
    if (part) written.push(part);
    const [from, to] = [parts.length === 1 ? "a part" : `${parts.length} parts`, part?.rows ?? 0];
    sentences.push(`${folder.path}/${partition}: ${from} made one of ${to} rows`);
  }
  const names = new Set(written.map(({file}) => file));
  const kept = before.parts.filter((part) => !old.includes(part));
  await publish(core, folder, [...kept, ...written], before.names);
  await core.integrity.trust(folder, written);
  for (const part of old) if (!names.has(part.file)) await rm(pathOf(folder, part), {force: true});
  return sentences;
}

async function oldestFirst(paths: readonly string[]): Promise<string[]> {
  const dated = await Promise.all(paths.map(async (path) => ({path, at: (await stat(path)).mtimeMs})));
  return dated.sort((a, b) => a.at - b.at).map(({path}) => path);
}

function rowsIn({id}: Folder, paths: readonly string[], isUnique: boolean): string {
  const columns = storedSelection(id.kind);
  const [key, age] = [keyOf(id.kind), `list_position([${paths.map(literal).join(", ")}], filename)`];
  const unique = isUnique ? `qualify row_number() over (partition by ${key} order by ${age} desc) = 1` : "";
  return `select ${columns} from ${parquet(paths)} ${unique} order by ${key}`;
}
