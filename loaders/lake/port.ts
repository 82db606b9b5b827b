import type {CatalogEntry, LakeProblem, SymbolEntry} from "../../lib/lake/catalog.js";
import type {Rows} from "../../lib/lake/columns.js";
import type {DatasetId, Kind, Layer} from "../../lib/lake/dataset.js";

/** What a write changed: rows by the key of their kind against those that were there. */
export interface Written {
  new: number;
  same: number;
  /** Rows that the vendor gave with other values than before; the later ones count, the earlier are listed. */
  changed: number;
  /** Bytes of the parts written; zero when nothing was new. */
  bytes: number;
}

/** The lake on disk: immutable, content-addressed Parquet parts with a manifest each dataset, and a catalog in SQLite. */
export interface Lake {
  dir: string;
  /**
   * Merges rows into a dataset: whole or not at all, whatever ends the process. Rows equal to those there change
   * nothing, and then no file is written.
   */
  write<K extends Kind>(
    layer: Layer,
    id: DatasetId,
    rows: Rows<K>,
    facts?: readonly SymbolEntryFacts[]
  ): Promise<Written>;
  /** Rows of a dataset in the order of their key; none where there is no such dataset. */
  read<K extends Kind>(layer: Layer, id: DatasetId & {kind: K}, options?: ReadOptions): Promise<Rows<K>>;
  catalog(): Promise<CatalogEntry[]>;
  symbols(layer: Layer, id: DatasetId): Promise<SymbolEntry[]>;
  problems(dataset: string): LakeProblem[];
  /** Puts rows that cannot be used beside the lake, listed with their problem. */
  quarantine(layer: Layer, id: DatasetId, problems: readonly LakeProblem[]): void;
  close(): void;
}

export interface SymbolEntryFacts {
  symbol: string;
  name: string;
  unit: string;
}

export interface ReadOptions {
  symbols?: readonly string[];
  /** Days, ISO, included. */
  from?: string;
  to?: string;
}
