import {expose, transfer} from "comlink";
import {createFigures, NEEDS_ALL, type Figures} from "../lib/ledger/figures.js";
import type {LedgerTables, TableName} from "../lib/ledger/tables.js";
import type {ViewContext} from "../lib/ledger/views.js";
import {bridgeSource, snapshotSource, type Source} from "./sources.js";

/** Where the rows are: at the bridge that served the page, or in the site's own files. */
export type Place = {bridge: string} | {files: Parameters<typeof snapshotSource>[0]};

let source: Source | undefined;

interface Opened {
  ledger: LedgerTables;
  context: ViewContext;
  figures: Figures;
}

/** With the last days of positions, and whole: the second is read only for the views that need it. */
const opened: {latest?: Promise<Opened>; all?: Promise<Opened>} = {};

function open(positions: keyof typeof opened): Promise<Opened> {
  return (opened[positions] ??= load(positions));
}

async function load(positions: keyof typeof opened): Promise<Opened> {
  if (!source) throw new Error("the desk is not open");
  const [ledger, context] = await Promise.all([source.ledger([], {positions}), source.context()]);
  return {ledger, context, figures: createFigures(ledger, context)};
}

function forget(): void {
  delete opened.latest;
  delete opened.all;
}

const api = {
  /** Says where the rows are; nothing is read until a view is asked for. */
  open(place: Place): void {
    source = "bridge" in place ? bridgeSource(place.bridge) : snapshotSource(place.files);
    forget();
  },
  /** Forgets the rows: the next view reads them anew. */
  refresh(): void {
    forget();
  },
  /** Returns one view of the ledger, computed here. */
  async view<N extends keyof Figures>(
    name: N,
    query: Parameters<Figures[N]>[0]
  ): Promise<ReturnType<Figures[N]>> {
    const {figures} = await open(NEEDS_ALL.has(name) ? "all" : "latest");
    return figures[name](query) as ReturnType<Figures[N]>;
  },
  /** Returns a ledger table, whole, as an Arrow IPC stream. */
  async table(name: TableName): Promise<Uint8Array<ArrayBuffer>> {
    const [{ledger}, {ledgerIpc}] = await Promise.all([open("all"), import("./ledger-ipc.js")]);
    const stream = ledgerIpc(name, ledger);
    return transfer(stream, [stream.buffer]);
  },
  /** What the frame shows: mode, accounts, currencies, symbols, age. */
  async context() {
    const {ledger, context, figures} = await open("latest");
    const bases = new Map(ledger.coverage.map(({account, base}) => [account, base]));
    const quoted = ledger.rates.flatMap(({fromCurrency, rate}) => (rate === null ? [] : [fromCurrency]));
    const names = new Map<string, string>();
    for (const {symbol, description} of [...ledger.positions, ...ledger.trades]) {
      if (symbol && !names.has(symbol)) names.set(symbol, description ?? "");
    }
    const {asOf, ageDays} = figures.health({}).scope;
    return {
      mode: context.mode,
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
