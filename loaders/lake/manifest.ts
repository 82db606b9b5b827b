import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {
  datasetPath,
  FREQUENCIES,
  isDatasetName,
  KINDS,
  LAYERS,
  parseDatasetId
} from "../../lib/lake/dataset.js";
import type {DatasetId, Layer} from "../../lib/lake/dataset.js";
import {compareText} from "../../lib/order.js";
import {isMissing, makeFolder, namesIn, stampOf, writeWhole} from "./files.js";
import {LakeError, type SymbolEntryFacts} from "./port.js";

/** Of the form of manifests and parts: changes when a part of before could not be read as one of now. */
const FORMAT = 1;

export const PART_FILE = /^(year=\d{4}|month=\d{4}-\d{2})\/[0-9a-f]{32}\.parquet$/;

const Part = z.strictObject({
  /** Below the dataset's folder: `year=2025/<first half of its sha256>.parquet`. */
  file: z.string().regex(PART_FILE),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int(),
  rows: z.int(),
  /** First and last day, ISO. */
  from: z.iso.date(),
  to: z.iso.date()
});
/** A file of rows that is never changed, only replaced. The parts of a dataset share no key. */
export type Part = z.infer<typeof Part>;

const Manifest = z.strictObject({
  format: z.literal(FORMAT),
  /** Symbol, name, unit, time zone where it is known. */
  names: z.array(z.tuple([z.string(), z.string(), z.string()]).rest(z.string())),
  parts: z.array(Part)
});

/** What symbols are called, their units and time zones. */
export type Names = ReadonlyMap<string, Omit<SymbolEntryFacts, "symbol">>;

/** The parts that a dataset is made of, and what its symbols are called. */
export interface Manifest {
  parts: readonly Part[];
  names: Names;
  /** Changes when the manifest does; null while there is none. */
  stamp: string | null;
}

const NO_MANIFEST: Manifest = {parts: [], names: new Map(), stamp: null};

/** A dataset's folder in the lake. */
export interface Folder {
  layer: Layer;
  id: DatasetId;
  /** From the lake's: `clean/yahoo/bars/markets/1d`. */
  path: string;
  /** Whole. */
  dir: string;
}

/** @throws RangeError if the id has a name that is none */
export function folderOf(dir: string, layer: Layer, id: DatasetId): Folder {
  const path = datasetPath(layer, id);
  return {layer, id, path, dir: join(dir, path)};
}

/** Returns the folders of datasets, with a manifest or without, in the order of their paths. */
export async function foldersIn(dir: string): Promise<Folder[]> {
  const isKind = (name: string) => KINDS.some((kind) => kind === name);
  const isFrequency = (name: string) => FREQUENCIES.some((frequency) => frequency === name);
  let paths = LAYERS.toSorted() as string[]; // names of folders from here on
  for (const isLevel of [isDatasetName, isKind, isDatasetName, isFrequency]) {
    const below = async (path: string) =>
      (await namesIn(join(dir, path))).filter(isLevel).map((name) => `${path}/${name}`);
    paths = (await Promise.all(paths.map(below))).flat();
  }
  return paths.map((path) => readFolder(dir, path));
}

/** Reads the path of a dataset's folder in a lake; @throws RangeError if it is none */
export function readFolder(dir: string, path: string): Folder {
  const [layer, ...id] = path.split("/");
  return folderOf(dir, layer as Layer, parseDatasetId(id.join("/"))); // of LAYERS
}

/**
 * Returns the manifest of a dataset; one without parts where there is none.
 * @throws LakeError `invalid` if someone edited it
 */
export async function readManifest({dir, path}: Folder): Promise<Manifest> {
  const file = manifestPath({dir});
  const stamp = await stampOf(file);
  if (stamp === null) return NO_MANIFEST;
  try {
    const {names, parts} = Manifest.parse(JSON.parse(await readFile(file, "utf8")));
    return {parts, names: new Map(names.map(readName)), stamp};
  } catch (cause) {
    if (isMissing(cause)) return NO_MANIFEST;
    const sentence = `the manifest of ${path} is not what was written: verify with repair makes it anew from the parts`;
    throw new LakeError("invalid", sentence, {cause});
  }
}

function readName([symbol, name, unit, timeZone]: string[]): [string, Omit<SymbolEntryFacts, "symbol">] {
  return [symbol, {name, unit, ...(timeZone !== undefined && {timeZone})}];
}

/** Puts a manifest in the place of the one before: from then on its parts are the dataset. */
export async function writeManifest(
  folder: Pick<Folder, "dir">,
  parts: readonly Part[],
  names: Names
): Promise<Manifest> {
  await makeFolder(folder.dir);
  const sorted = parts.toSorted((a, b) => compareText(a.file, b.file));
  const called = [...names].map(([symbol, {name, unit, timeZone}]) =>
    JSON.stringify([symbol, name, unit, ...(timeZone === undefined ? [] : [timeZone])])
  );
  const lines = sorted.map((part) => JSON.stringify(part));
  const file = manifestPath(folder);
  await writeWhole(
    file,
    `{"format":${FORMAT},"names":[\n${called.join(",\n")}\n],"parts":[\n${lines.join(",\n")}\n]}\n`
  );
  return {parts: sorted, names, stamp: await stampOf(file)};
}

/** Returns the partition that a part is in: `year=2025`. */
export function partitionOfPart({file}: Part): string {
  return file.slice(0, file.indexOf("/"));
}

/** Returns where a part is, whole. */
export function pathOf({dir}: Folder, {file}: Part): string {
  return join(dir, file);
}

/** Returns where the manifest of a dataset is, whole. */
export function manifestPath({dir}: Pick<Folder, "dir">): string {
  return join(dir, "manifest.json");
}
