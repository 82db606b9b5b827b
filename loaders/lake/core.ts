import {stampOf} from "./files.js";
import type {Catalog} from "./catalog.js";
import type {Engine} from "./engine.js";
import type {Integrity, WrongPart} from "./integrity.js";
import type {Lock} from "./lock.js";
import {
  manifestPath,
  readManifest,
  writeManifest,
  type Folder,
  type Manifest,
  type Names,
  type Part
} from "./manifest.js";

/** What all that a lake does is done with. */
export interface Core {
  dir: string;
  now: () => Date;
  engine: Engine;
  catalog: Catalog;
  integrity: Integrity;
  lock: Lock;
  /** The manifest of a dataset as it is now. */
  current(folder: Folder): Promise<Manifest>;
}

/** Returns what gives manifests, each read again only when it changed. */
export function manifestReader(): Core["current"] {
  const known = new Map<string, Manifest>();
  return async (folder) => {
    const stamp = await stampOf(manifestPath(folder));
    const before = known.get(folder.path);
    if (before && before.stamp === stamp) return before;
    const manifest = await readManifest(folder);
    known.set(folder.path, manifest);
    return manifest;
  };
}

/** Thrown by what finds wrong parts while it reads; `reading` tells it, or reads again when they are no longer listed. */
export class WrongParts extends Error {
  override readonly name = "WrongParts";
  readonly parts: readonly WrongPart[];

  constructor(parts: readonly WrongPart[]) {
    super(parts.map(({part}) => part.file).join(", "));
    this.parts = parts;
  }
}

/** @throws WrongParts where a part is not as it was written */
export async function checkParts({integrity}: Core, folder: Folder, parts: readonly Part[]): Promise<void> {
  const wrong = await integrity.wrongAmong(folder, parts);
  if (wrong.length) throw new WrongParts(wrong);
}

/**
 * Puts parts in the place of those that a dataset consisted of: from then on readers see them, and the lake has another
 * version. The caller holds the lock.
 */
export async function publish(
  {catalog}: Core,
  folder: Folder,
  parts: readonly Part[],
  names: Names
): Promise<Manifest> {
  const manifest = await writeManifest(folder, parts, names);
  catalog.commit(() => undefined);
  return manifest;
}
