import {forgetReplaced} from "./kept-files.js";
import {heldTables, loadStreams, readParquet, release} from "../sql.js";
import type {DatasetName, LakeHost, Part} from "./lake-host.js";

/** How far a dataset is on its way into the page's database. */
export interface LoadProgress {
  doing: "fetching" | "reading";
  bytes: number;
  total: number;
}

/** Parts that are fetched at once. */
const AT_ONCE = 4;
/** Bytes of tables that are held beside the one that is loaded; the oldest go first. */
const MOST_BYTES = 512 * 1024 ** 2;

const loaded = new Map<string, {edition: string; loading: Promise<void>}>();
/** Tables that a cell asks for by name: they are released by nobody else. */
const kept = new Set<string>();

interface LoadOptions {
  onProgress?: (progress: LoadProgress) => void;
  /** Held as long as the page lives. */
  isKept?: boolean;
}

/** Returns the table of the page's database that a dataset is loaded as. */
export function tableOf({dataset, layer}: DatasetName): string {
  return `${layer}/${dataset}`;
}

/**
 * Makes a dataset a table of the page's database, once for each edition of its parts: of what is there already nothing
 * is fetched. Older tables of datasets are released where memory asks for it.
 * @throws with the reason in a sentence; the table is then not there
 */
export async function loadDataset(
  host: LakeHost,
  name: DatasetName,
  {onProgress = () => undefined, isKept = false}: LoadOptions = {}
): Promise<{table: string; edition: string}> {
  const table = tableOf(name);
  if (isKept) kept.add(table);
  const parts = await host.parts(name);
  if (parts.length === 0) throw new Error(`${name.dataset} has no row yet: pull some`);
  const edition = parts.map(({keep}) => keep?.key).join();
  const known = loaded.get(table);
  const isHeld = heldTables.get().some((one) => one.name === table);
  if (known?.edition === edition && (isHeld || isLoading(known.loading))) {
    await known.loading;
    return {table, edition};
  }
  const loading = load(table, parts, onProgress);
  loaded.set(table, {edition, loading});
  underWay.add(loading);
  try {
    await loading;
  } catch (error) {
    loaded.delete(table);
    throw error;
  } finally {
    underWay.delete(loading);
  }
  return {table, edition};
}

/** Drops a dataset's table, unless a cell has asked for it. */
export async function releaseDataset(table: string): Promise<void> {
  if (kept.has(table)) return;
  loaded.delete(table);
  await release(table);
}

const underWay = new Set<Promise<void>>();
const isLoading = (loading: Promise<void>) => underWay.has(loading);

async function load(
  table: string,
  parts: readonly Part[],
  onProgress: (progress: LoadProgress) => void
): Promise<void> {
  const total = parts.reduce((sum, {bytes}) => sum + bytes, 0);
  const done = new Float64Array(parts.length);
  const read = (part: Part, i: number) =>
    readParquet(part, (progress) => {
      done[i] = progress.done;
      const bytes = Math.min(
        total,
        done.reduce((sum, n) => sum + n, 0)
      );
      onProgress({doing: bytes < total ? "fetching" : "reading", bytes, total});
    });
  await loadStreams(table, inOrder(parts, read));
  void forgetReplaced(
    table,
    parts.flatMap(({keep}) => (keep ? [keep.key] : []))
  );
  await releaseOldest(table);
}

/** Begins some tasks ahead and hands them on in order. */
function* inOrder<T, R>(
  items: readonly T[],
  begin: (item: T, i: number) => Promise<R>
): Generator<Promise<R>> {
  const begun: Promise<R>[] = [];
  for (let i = 0; i < items.length; ++i) {
    while (begun.length < Math.min(items.length, i + AT_ONCE)) {
      const task = begin(items[begun.length], begun.length);
      task.catch(() => undefined); // told by whoever waits for it
      begun.push(task);
    }
    yield begun[i];
  }
}

async function releaseOldest(newest: string): Promise<void> {
  const tables = heldTables.get().filter(({name}) => loaded.has(name) && !kept.has(name));
  let bytes = tables.reduce((sum, one) => sum + one.bytes, 0);
  for (const one of tables) {
    if (bytes <= MOST_BYTES || one.name === newest) continue;
    bytes -= one.bytes;
    await releaseDataset(one.name);
  }
}
