import {tableFromIPC, type Table} from "apache-arrow";
import {isHeavy, TABLES, type Coverage, type LedgerTables, type TableName} from "../lib/ledger/tables.js";
import type {LakeHoldings, LakeRows} from "../lib/ledger/lake/lake-rows.js";
import type {Provenance} from "../lib/ledger/provenance.js";
import type {ViewContext} from "../lib/ledger/views.js";
import type {LakeQuery} from "./lake-figures.js";
import {rowsOf} from "./ledger-arrow.js";
import {marketRowsOf, type MarketRows} from "./market-arrow.js";

/**
 * Where a page's rows come from: the bridge, the browser's own store, or the snapshot built into the site. It
 * gives rows, never figures: those are made by lib/ beside it.
 */
export interface Source {
  kind: "bridge" | "own" | "snapshot";
  accounts(): Promise<Coverage[]>;
  /** Rows of the accounts, all when empty; positions of the last 31 position days, or of every day. */
  ledger(accounts: readonly string[], options?: {positions?: "latest" | "all"}): Promise<LedgerTables>;
  context(): Promise<ViewContext>;
  /** What the lake has for a currency or a benchmark beside what the context has; absent where there is no lake to ask. */
  lake?: (query: LakeQuery) => Promise<LakeRows | undefined>;
  /** Series of the lake that Markets is made of, with the person's own lists. */
  market(): Promise<MarketRows>;
  /** Where a ledger row comes from, its latest edition first; absent where only the ledger is kept. */
  provenance?(table: TableName, id: string): Promise<Provenance[]>;
}

const NAMES = Object.keys(TABLES) as TableName[];

/** Returns the source that asks the bridge that served the page. */
export function bridgeSource(origin: string): Source {
  const get = async (path: string): Promise<Response> => {
    const response = await fetch(new URL(path, origin), {credentials: "same-origin"});
    if (response.ok) return response;
    const {detail, title} = (await response.json().catch(() => ({}))) as {detail?: string; title?: string};
    throw new Error(detail ?? title ?? `the bridge answers ${response.status}: see its log`);
  };
  const context = async (query: LakeQuery = {}) => {
    const {currency, benchmark, holdings} = query;
    const asked = new URLSearchParams({
      ...(currency !== undefined && {currency}),
      ...(benchmark !== undefined && {benchmark}),
      ...(holdings && {holdings: "true"})
    }).toString();
    return (await (await get(`/api/ledger/context${asked && `?${asked}`}`)).json()) as LedgerContext;
  };
  return {
    kind: "bridge",
    accounts: async () => (await context()).coverage,
    context: () => context(),
    lake: async (query) => (await context(query)).lake,
    async market() {
      return marketRowsOf(tableFromIPC(new Uint8Array(await (await get("/api/data/market")).arrayBuffer())));
    },
    async ledger(accounts, {positions = "latest"} = {}) {
      const query = new URLSearchParams({accounts: accounts.join(), positions});
      const tables = NAMES.map(async (name) => {
        const bytes = new Uint8Array(await (await get(`/api/ledger/${name}?${query}`)).arrayBuffer());
        return [name, rowsOf(name, tableFromIPC(bytes))] as const;
      });
      const {coverage} = await context();
      return ledgerOf(await Promise.all(tables), coverage);
    },
    async provenance(table, id) {
      const reply = await get(`/api/ledger/${table}/${encodeURIComponent(id)}/provenance`);
      return ((await reply.json()) as {editions: Provenance[]}).editions;
    }
  };
}

/** A view's context, and the days that statements cover. */
export type LedgerContext = ViewContext & {coverage: Coverage[]};

/** Address of each file of the snapshot: `positions` has the last days only, `positions_all` every day. */
export type SnapshotFiles = Readonly<Record<TableFile | "context" | "holdings" | "market", string>>;

/** Returns the source that reads the Parquet files built into the site. */
export function snapshotSource(files: SnapshotFiles): Source {
  const read = async (file: string): Promise<unknown> => {
    const response = await fetch(file);
    if (!response.ok)
      throw new Error(`the site's snapshot is incomplete: ${file} answers ${response.status}`);
    return response.json();
  };
  const context = async () => (await read(files.context)) as LedgerContext; // as src/data/ledger.tar.ts writes it
  return {
    kind: "snapshot",
    accounts: async () => (await context()).coverage,
    context: async () => ({...(await context()), now: new Date().toISOString()}),
    async lake({holdings: wanted}) {
      const {lake} = await context();
      if (!lake || !wanted) return lake;
      const holdings = (await read(files.holdings)) as LakeHoldings | null; // as above
      return {...lake, ...(holdings && {holdings})};
    },
    async market() {
      const response = await fetch(files.market);
      if (!response.ok)
        throw new Error(`the site's snapshot is incomplete: ${files.market} answers ${response.status}`);
      return marketRowsOf(tableFromIPC(new Uint8Array(await response.arrayBuffer())));
    },
    async ledger(accounts, {positions = "latest"} = {}) {
      const {parquetToIpc} = await import("./parquet-file.js"); // five megabytes that a page of the bridge needs not
      const {coverage} = await context();
      return ledgerFrom(accounts, positions, coverage, async (name) =>
        tableFromIPC(await parquetToIpc(files[name]))
      );
    }
  };
}

/**
 * Returns the ledger of some accounts, all when none is named, from tables that are kept whole: `positions` has the
 * last days only, `positions_all` every day. The heavy tables are read only with it.
 */
export async function ledgerFrom(
  accounts: readonly string[],
  positions: "latest" | "all",
  coverage: Coverage[],
  read: (name: TableFile) => Table | Promise<Table>
): Promise<LedgerTables> {
  const wanted = new Set(accounts);
  const tables = NAMES.map(async (name) => {
    const file = fileFor(name, positions);
    if (!file) return [name, [] as unknown[]] as const;
    const rows: {account: string}[] = rowsOf(name, await read(file));
    return [name, wanted.size ? rows.filter(({account}) => wanted.has(account)) : rows] as const;
  });
  return ledgerOf(await Promise.all(tables), coverage);
}

/** A table as it is kept whole. */
export type TableFile = TableName | "positions_all";

/** Returns the tables that are read for the last days of positions, or for every day. */
export function namesFor(positions: "latest" | "all"): TableFile[] {
  return NAMES.flatMap((name) => fileFor(name, positions) ?? []);
}

function fileFor(name: TableName, positions: "latest" | "all"): TableFile | null {
  if (positions === "latest") return isHeavy(name) ? null : name;
  return name === "positions" ? "positions_all" : name;
}

function ledgerOf(tables: readonly (readonly [TableName, unknown[]])[], coverage: Coverage[]): LedgerTables {
  return {...Object.fromEntries(tables), coverage} as LedgerTables; // one entry for each name of TABLES
}
