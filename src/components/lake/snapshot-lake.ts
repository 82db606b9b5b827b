import {FileAttachment} from "observablehq:stdlib";
import type {LakeProblem, SymbolEntry} from "../../lib/lake/catalog.js";
import type {Catalog, DatasetName, LakeHost} from "./lake-host.js";

/** What is built into the site: the catalog, and where the parts of each dataset lie among all of them. */
export interface LakeSnapshot extends Catalog {
  files: readonly (DatasetName & {from: number; bytes: number; sha256: string})[];
  symbols: readonly (DatasetName & {symbols: readonly SymbolEntry[]})[];
  problems: readonly (LakeProblem & {dataset: string})[];
}

/** Returns the lake that is built into the site. */
export function snapshotLake(): LakeHost {
  let read: Promise<LakeSnapshot> | undefined;
  const snapshot = () =>
    (read ??= FileAttachment("../../data/lake/catalog.json").json() as Promise<LakeSnapshot>); // as src/data/lake.tar.ts writes it
  const isOf = (name: DatasetName) => (one: DatasetName) =>
    one.dataset === name.dataset && one.layer === name.layer;
  return {
    kind: "snapshot",
    catalog: snapshot,
    symbols: async (name) => (await snapshot()).symbols.find(isOf(name))?.symbols ?? [],
    async problems(dataset) {
      const {problems} = await snapshot();
      return dataset === undefined ? problems : problems.filter((one) => one.dataset === dataset);
    },
    async parts(name) {
      const files = (await snapshot()).files.filter(isOf(name));
      const url = new URL(await FileAttachment("../../data/lake/parts.bin").url(), document.baseURI).href;
      const of = `${name.layer}/${name.dataset}`;
      return files.map(({from, bytes, sha256}) => ({
        url,
        slice: {from, bytes},
        keep: {key: sha256, of},
        bytes
      }));
    },
    subscribe: () => () => undefined
  };
}
