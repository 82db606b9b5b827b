import {FileAttachment} from "observablehq:stdlib";
import type {LakeProblem, SymbolEntry} from "../../lib/lake/catalog.js";
import type {Catalog, DatasetName, LakeHost} from "./lake-host.js";

/** What is built into the site: the catalog, and where each dataset's Parquet lies among all of them. */
export interface LakeSnapshot extends Catalog {
  files: readonly (DatasetName & {from: number; bytes: number; sha256: string})[];
  symbols: readonly (DatasetName & {symbols: readonly SymbolEntry[]})[];
  problems: readonly (LakeProblem & {dataset: string})[];
}

/** Returns the lake that is built into the site. */
export function snapshotLake(): LakeHost {
  let read: Promise<LakeSnapshot> | undefined;
  const snapshot = () => (read ??= FileAttachment("../../data/lake/catalog.json").json<LakeSnapshot>());
  const isOf = (name: DatasetName) => (one: DatasetName) =>
    one.dataset === name.dataset && one.layer === name.layer;
  return {
    kind: "snapshot",
    catalog: snapshot,
    storage: async () => null,
    symbols: async (name) => (await snapshot()).symbols.find(isOf(name))?.symbols ?? [],
    async problems(dataset) {
      const {problems} = await snapshot();
      return dataset === undefined ? problems : problems.filter((one) => one.dataset === dataset);
    },
    async parts(name) {
      const file = (await snapshot()).files.find(isOf(name));
      if (!file) throw new Error(`the site has no rows of ${name.layer}/${name.dataset}`);
      const {from, bytes, sha256} = file;
      const url = new URL(await FileAttachment("../../data/lake/parts.bin").url(), document.baseURI).href;
      return [{url, slice: {from, bytes}, keep: {key: sha256, of: `${name.layer}/${name.dataset}`}, bytes}];
    },
    subscribe: () => () => undefined
  };
}
