import {rm} from "node:fs/promises";
import {formatDatasetId} from "../../lib/lake/dataset.js";
import type {Rows} from "../../lib/lake/columns.js";
import {setAside, wrongError} from "./aside.js";
import {checkParts, publish, WrongParts, type Core} from "./core.js";
import {filesBelow} from "./files.js";
import {PART_FILE, pathOf, type Folder, type Names} from "./manifest.js";
import {merge, type Revision} from "./merge.js";
import type {MarkWriting} from "./lock.js";
import {LakeError, type RowProblem, type SymbolEntryFacts, type Written} from "./port.js";
import {addProblems, settleProblems} from "./problems.js";

/** Merges rows into a dataset: see Lake.write. */
export async function writeRows(
  core: Core,
  folder: Folder,
  rows: Rows,
  facts: readonly SymbolEntryFacts[]
): Promise<Written> {
  if (rows.kind !== folder.id.kind)
    throw new RangeError(`rows of ${rows.kind} are none of ${formatDatasetId(folder.id)}`);
  return core.lock.hold(async (mark) => {
    try {
      return await writeHeld(core, folder, rows, facts, mark);
    } catch (error) {
      if (!(error instanceof WrongParts)) throw error;
      throw wrongError(error, await setAside(core, folder, error.parts, mark));
    }
  });
}

async function writeHeld(
  core: Core,
  folder: Folder,
  rows: Rows,
  facts: readonly SymbolEntryFacts[],
  mark: MarkWriting
): Promise<Written> {
  const {engine, catalog, integrity} = core;
  const before = await core.current(folder);
  if (before.stamp === null) await refuseOrphans(folder);
  const merged = await engine.run((connection) =>
    merge(connection, rows, {
      folder,
      parts: before.parts,
      onRead: (parts) => checkParts(core, folder, parts),
      onWrite: mark
    })
  );
  const {written, replaced, revisions, gains} = merged;
  const names = withFacts(before.names, facts);
  if (written.length || replaced.length || names !== before.names) {
    await mark();
    const isKnown = catalog.isCurrent(folder, before);
    const kept = before.parts.filter((part) => !replaced.includes(part));
    const after = await publish(core, folder, [...kept, ...written], names);
    await integrity.trust(folder, written);
    if (before.stamp === null) catalog.replace(folder, after, gains);
    else if (isKnown && !merged.changed) catalog.add(folder, after, gains);
    await Promise.all(replaced.map((part) => rm(pathOf(folder, part), {force: true})));
  }
  settleProblems(catalog, folder, rows);
  if (folder.layer !== "features")
    addProblems(catalog, folder, revisions.map(problemOf), core.now().toISOString());
  return {
    new: merged.new,
    same: merged.same,
    changed: merged.changed,
    bytes: written.reduce((sum, {bytes}) => sum + bytes, 0)
  };
}

/** Returns names with those given; the very same ones where that changes nothing. */
function withFacts(names: Names, facts: readonly SymbolEntryFacts[]): Names {
  const differs = facts.some(({symbol, name, unit, timeZone}) => {
    const known = names.get(symbol);
    return known?.name !== name || known.unit !== unit || known.timeZone !== timeZone;
  });
  if (!differs) return names;
  return new Map([...names, ...facts.map(({symbol, ...rest}) => [symbol, rest] as const)]);
}

function problemOf({symbol, day, change}: Revision): RowProblem {
  const sentence = `${symbol} of ${day} was changed by the vendor: ${change}: the later value counts`;
  return {code: "revised", symbol, day, sentence, state: "kept"};
}

/** Parts without a manifest are someone's loss: a new manifest would make it final. */
async function refuseOrphans({dir, path}: Folder): Promise<void> {
  if (!(await filesBelow(dir)).some((file) => PART_FILE.test(file))) return;
  throw new LakeError(
    "invalid",
    `${path} has parts but no manifest: verify with repair makes it anew from them`
  );
}
