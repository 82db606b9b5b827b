import type {CatalogEntry, LakeProblem, SymbolEntry} from "../../lib/lake/catalog.js";
import type {ColumnType} from "../../lib/lake/columns.js";
import type {Layer} from "../../lib/lake/dataset.js";
import type {ParquetFile} from "../../workers/parquet.js";
import {ask} from "../data/bridge-importer.js";
import {isServedByBridge} from "../desk.js";
import {onAnnouncement} from "../socket.js";
import {snapshotLake} from "./snapshot-lake.js";

/** A column of a kind of rows. */
export interface ColumnFacts {
  name: string;
  type: ColumnType;
  meaning: string;
}

export interface Catalog {
  datasets: readonly CatalogEntry[];
  /** Columns of each kind, in order. */
  columns: Readonly<Record<string, readonly ColumnFacts[]>>;
  /** Absent where there is no disk to speak of. */
  storage?: Storage;
  /** When what is new is pulled by itself, ISO UTC; null or absent when only when asked. */
  nextUpdate?: string | null;
}

/** Bytes on disk, by what they are, and where. */
export interface Storage {
  dir: string;
  parts: number;
  replies: number;
  quarantine: number;
  catalog: number;
}

/** A file of a dataset's rows that never changes. */
export interface Part extends ParquetFile {
  bytes: number;
}

/** Which dataset of which layer. */
export interface DatasetName {
  dataset: string;
  layer: Layer;
}

/** Where the page's lake is: at the bridge that served it, or in the site's own files. */
export interface LakeHost {
  kind: "bridge" | "snapshot";
  catalog(): Promise<Catalog>;
  symbols(name: DatasetName): Promise<readonly SymbolEntry[]>;
  problems(dataset?: string): Promise<readonly (LakeProblem & {dataset: string})[]>;
  /** The files that the dataset is made of now. */
  parts(name: DatasetName): Promise<readonly Part[]>;
  /** Calls the listener after each change of the lake; returns what ends it. */
  subscribe(listener: () => void): () => void;
}

let host: LakeHost | undefined;

/** Returns the page's lake. */
export function lakeHost(): LakeHost {
  return (host ??= isServedByBridge(document.cookie, location.port) ? bridgeLake() : snapshotLake());
}

function bridgeLake(): LakeHost {
  const query = ({dataset, layer}: DatasetName) => new URLSearchParams({dataset, layer});
  return {
    kind: "bridge",
    catalog: () => ask<Catalog>("/api/data/catalog", {}),
    async symbols(name) {
      return (await ask<{symbols: SymbolEntry[]}>(`/api/data/symbols?${query(name)}`, {})).symbols;
    },
    async problems(dataset) {
      const path = `/api/data/problems${dataset === undefined ? "" : `?${new URLSearchParams({dataset})}`}`;
      return (await ask<{problems: (LakeProblem & {dataset: string})[]}>(path, {})).problems;
    },
    async parts(name) {
      const {parts} = await ask<{parts: {sha256: string; bytes: number}[]}>(
        `/api/data/parts?${query(name)}`,
        {}
      );
      return parts.map(({sha256, bytes}) => ({
        url: new URL(`/api/data/parts/${sha256}?${query(name)}`, location.origin).href,
        keep: {key: sha256, of: `${name.layer}/${name.dataset}`},
        bytes
      }));
    },
    subscribe: (listener) =>
      onAnnouncement(({type}) => (type === "lake" || type === "mode" || type === "again") && listener())
  };
}
