import {expose, transfer} from "comlink";
import {NEEDS_ALL, type Figures} from "../lib/ledger/figures.js";
import type {Provenance} from "../lib/ledger/provenance.js";
import {isHeavy, type LedgerTables, type TableName} from "../lib/ledger/tables.js";
import {formatAmount} from "../lib/money/amount.js";
import type {TagBook} from "../lib/ledger/tags/tag.js";
import type {ViewContext, ViewQuery} from "../lib/ledger/views.js";
import {createMarkets, type Markets} from "../lib/market/markets.js";
import type {Watchlist} from "../lib/market/watchlist.js";
import {lakeFigures, type LakeFigures, type LakeQuery} from "./lake-figures.js";
import {openVault} from "./own/indexed-db.js";
import {ownSource} from "./own/source.js";
import {OwnStoreError} from "./own/vault.js";
import type {MarketRows} from "./market-arrow.js";
import {bridgeSource, snapshotSource, type Source} from "./sources.js";
import {tagAtBridge, tagAtHome, type TagChange} from "./tag-store.js";
import {watchAtBridge, watchAtHome} from "./watchlist-store.js";

/** Where the rows are: at the bridge that served the page, or in the site's own files. */
export type Place = {bridge: string} | {files: Parameters<typeof snapshotSource>[0]};

let place: Place | undefined;

interface Opened {
  kind: Source["kind"];
  ledger: LedgerTables;
  context: ViewContext;
  figures: LakeFigures;
}

/** With the last days of positions, and whole: the second is read only for the views that need it. */
const opened: {latest?: Promise<Opened>; all?: Promise<Opened>} = {};

function open(positions: keyof typeof opened): Promise<Opened> {
  return (opened[positions] ??= load(positions));
}

async function load(positions: keyof typeof opened, known?: LedgerTables): Promise<Opened> {
  const source = await choose();
  const [ledger, context] = await Promise.all([known ?? source.ledger([], {positions}), source.context()]);
  return {kind: source.kind, ledger, context, figures: lakeFigures(ledger, context, source.lake)};
}

/** The browser's own store comes before the site's snapshot, as soon as it holds a file. */
async function choose(): Promise<Source> {
  if (!place) throw new Error("the desk is not open");
  if ("bridge" in place) return bridgeSource(place.bridge);
  const own = await openOwn();
  return own ?? snapshotSource(place.files);
}

let vaultOpened: ReturnType<typeof openVault> | undefined;

/** Null where the browser holds no file of the person's own, or lets none be held. */
async function openOwn(): Promise<Source | null> {
  try {
    const vault = await (vaultOpened ??= openVault());
    return (await vault.state()).files.length ? ownSource(vault) : null;
  } catch (error) {
    if (error instanceof OwnStoreError && error.code === "denied") return null;
    throw error;
  }
}

let marketRows: Promise<MarketRows> | undefined;
/** Of the accounts and the currency asked for last. */
let markets: {key: string; made: Promise<Markets>} | undefined;

/** Without a bridge the person's own watchlists, once there are any, come before those built into the site. */
async function readMarket(): Promise<MarketRows> {
  const source = await choose();
  const rows = await source.market();
  if (source.kind !== "snapshot") return rows;
  const lists = await ownWatchlists();
  return lists ? {...rows, watchlists: lists} : rows;
}

async function ownWatchlists(): Promise<readonly Watchlist[] | undefined> {
  try {
    return (await (await (vaultOpened ??= openVault())).state()).watchlists;
  } catch (error) {
    if (error instanceof OwnStoreError && error.code === "denied") return undefined;
    throw error;
  }
}

async function openMarkets(query: ViewQuery): Promise<Markets> {
  const [rows, figures] = await Promise.all([
    (marketRows ??= readMarket()),
    open("latest").then((own) => own.figures.asked(query))
  ]);
  const holdings = {summary: figures.summary(query), positions: figures.positions(query)};
  return createMarkets(rows.set, {...rows, now: new Date(), holdings});
}

function forget(): void {
  delete opened.latest;
  delete opened.all;
  marketRows = undefined;
  markets = undefined;
}

/** A ledger row, and every edition of it in every file where the source keeps files. */
export interface RawRow {
  booked: Readonly<Record<string, string>>;
  editions: Provenance[] | null;
}

function bookedFields(row: Record<string, string | bigint | null> = {}): Record<string, string> {
  const given = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === "bigint" ? formatAmount(value) : String(value)])
  );
}

const api = {
  /** Says where the rows are; nothing is read until a view is asked for. */
  open(at: Place): void {
    place = at;
    forget();
  },
  /** Forgets the rows: the next view reads them anew. */
  refresh(): void {
    forget();
  },
  /** Reads anew what is of the lake, and keeps the ledger's rows. */
  refreshLake(): void {
    marketRows = undefined;
    markets = undefined;
    for (const positions of ["latest", "all"] as const) {
      const known = opened[positions];
      if (known) opened[positions] = known.then(({ledger}) => load(positions, ledger));
    }
  },
  /** Returns one view of the ledger, computed here. */
  async view<N extends keyof Figures>(
    name: N,
    query: Parameters<Figures[N]>[0]
  ): Promise<ReturnType<Figures[N]>> {
    const own = await open(NEEDS_ALL.has(name) ? "all" : "latest");
    const asked = {
      ...(query as LakeQuery),
      ...((name === "holdings" || name === "ownFills") && {holdings: true})
    }; // views without a benchmark have none
    const figures = await own.figures.asked(asked);
    return figures[name](query) as ReturnType<Figures[N]>;
  },
  /** Returns one view of Markets, computed here; holdings are of the accounts and in the currency asked for. */
  async market<N extends keyof Markets>(
    name: N,
    query: ViewQuery,
    args: Parameters<Markets[N]>
  ): Promise<ReturnType<Markets[N]>> {
    const key = JSON.stringify(query);
    if (markets?.key !== key) markets = {key, made: openMarkets(query)};
    const view = (await markets.made)[name] as (...args: unknown[]) => ReturnType<Markets[N]>; // whose arguments these are
    return view(...args);
  },
  /** Keeps the person's watchlists, where the rows are from: at the bridge, or in the browser's own store. */
  async watch(lists: readonly Watchlist[]): Promise<void> {
    if (place && "bridge" in place) await watchAtBridge(place.bridge, lists);
    else await watchAtHome(await (vaultOpened ??= openVault()), lists);
    marketRows = undefined;
    markets = undefined;
  },
  /** Returns tags, notes and rules. */
  async tags(): Promise<TagBook> {
    const {context} = await open("latest");
    return context.tags ?? {entries: [], rules: []};
  },
  /** Keeps a change of them, where the rows are from: at the bridge, or in the browser's own store. */
  async tag(change: TagChange): Promise<void> {
    if (place && "bridge" in place) return tagAtBridge(place.bridge, change);
    const {kind} = await open("latest");
    if (kind !== "own")
      throw new Error(
        "this page shows a demo that is built into it: import a statement to tag your own trades"
      );
    await tagAtHome(await (vaultOpened ??= openVault()), change);
  },
  /** Returns where a ledger row comes from. */
  async rawRow(table: TableName, id: string): Promise<RawRow> {
    const {ledger} = await open(isHeavy(table) || table === "positions" ? "all" : "latest");
    const rows: readonly ({id: string} & Record<string, string | bigint | null>)[] = ledger[table];
    const source = await choose();
    return {
      booked: bookedFields(rows.find((row) => row.id === id)),
      editions: (await source.provenance?.(table, id)) ?? null
    };
  },
  /** Returns a ledger table, whole, as an Arrow IPC stream. */
  async table(name: TableName): Promise<Uint8Array<ArrayBuffer>> {
    const [{ledger}, {ledgerIpc}] = await Promise.all([open("all"), import("./ledger-ipc.js")]);
    const stream = ledgerIpc(name, ledger);
    return transfer(stream, [stream.buffer]);
  },
  /** What the frame shows: mode, accounts, currencies, symbols, age. */
  async context() {
    const {kind, ledger, context, figures} = await open("latest");
    const bases = new Map(ledger.coverage.map(({account, base}) => [account, base]));
    const quoted = ledger.rates.flatMap(({fromCurrency, rate}) => (rate === null ? [] : [fromCurrency]));
    const names = new Map<string, string>();
    for (const {symbol, description} of [...ledger.positions, ...ledger.trades]) {
      if (symbol && !names.has(symbol)) names.set(symbol, description ?? "");
    }
    const {asOf, ageDays} = (await figures.asked({})).health({}).scope;
    return {
      kind,
      mode: context.mode,
      files: context.files,
      failures: context.failures,
      accounts: [...bases].map(([account, base]) => ({account, base})),
      currencies: [...new Set([...bases.values(), ...quoted])].filter((code) => code !== null).sort(),
      symbols: [...names].map(([symbol, description]) => ({symbol, description})),
      asOf,
      ageDays
    };
  }
};

export type DeskWorker = typeof api;

expose(api);
