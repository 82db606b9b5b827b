import {wrap, type Remote} from "comlink";
import type {Figures} from "../lib/ledger/figures.js";
import type {ImportedFile, ViewQuery} from "../lib/ledger/views.js";
import type {TableName} from "../lib/ledger/tables.js";
import type {Markets} from "../lib/market/markets.js";
import type {Watchlist} from "../lib/market/watchlist.js";
import type {TagBook} from "../lib/ledger/tags/tag.js";
import type {DeskWorker, RawRow} from "../workers/desk.js";
import {CHANNEL} from "../workers/own/lock.js";
import type {Source} from "../workers/sources.js";
import type {TagChange} from "../workers/tag-store.js";
import {startWorker} from "../workers/start.js";
import {frameInfo} from "./frame-info.js";
import {snapshotFiles} from "./snapshot.js";
import {onAnnouncement} from "./socket.js";

/** Where the rows are from, and the files that they are of. */
export interface Holdings {
  kind: Source["kind"];
  mode: "demo" | "real";
  files: readonly ImportedFile[];
}

/**
 * The page's desk: asks its worker for views of the ledger, and says when they are to be asked again. The worker
 * reads rows from the bridge that served the page, else from the browser's own store, else from the snapshot built
 * into the site.
 */
export interface Desk {
  holdings(): Promise<Holdings>;
  view<N extends keyof Figures>(name: N, query: Parameters<Figures[N]>[0]): Promise<ReturnType<Figures[N]>>;
  /** A view of Markets, the holdings laid over it as the query asks for them. */
  market<N extends keyof Markets>(
    name: N,
    query: ViewQuery,
    ...args: Parameters<Markets[N]>
  ): Promise<ReturnType<Markets[N]>>;
  /** Keeps the person's watchlists. */
  watch(lists: readonly Watchlist[]): Promise<void>;
  /** The person's own tags, notes and rules; and a change of them. */
  tags(): Promise<TagBook>;
  tag(change: TagChange): Promise<void>;
  /** Where a ledger row comes from. */
  rawRow(table: TableName, id: string): Promise<RawRow>;
  /** A ledger table, whole, as an Arrow IPC stream. */
  table(name: TableName): Promise<Uint8Array>;
  /** Calls the listener after each change of the rows; returns what ends it. */
  subscribe(listener: () => void): () => void;
}

let desk: Promise<Desk> | undefined;

/** Returns the page's one desk, opening it the first time. */
export function openDesk(): Promise<Desk> {
  return (desk ??= open());
}

async function open(): Promise<Desk> {
  const thread = startWorker(import.meta.resolve("../workers/desk.js"));
  const worker: Remote<DeskWorker> = wrap(thread);
  const broken = new Promise<never>((_, reject) =>
    thread.addEventListener("error", ({message}) =>
      reject(new Error(`the page's worker did not start${message ? `: ${message}` : ""}: reload the page`))
    )
  );
  const bridged = isServedByBridge(document.cookie, location.port);
  const place = bridged ? {bridge: location.origin} : {files: await snapshotFiles()};
  await Promise.race([worker.open(place), broken]);
  const listeners = new Set<() => void>();
  const changed = async () => {
    await worker.refresh();
    await tellFrame(worker, bridged);
    for (const listener of listeners) listener();
  };
  let quiet: ReturnType<typeof setTimeout> | undefined;
  const lakeChanged = async () => {
    await worker.refreshLake();
    for (const listener of listeners) listener();
  };
  if (bridged) {
    onAnnouncement(({type}) => {
      if (type === "import" || type === "mode" || type === "again") void changed();
      if (type !== "lake") return;
      clearTimeout(quiet);
      quiet = setTimeout(() => void lakeChanged(), LAKE_QUIET_MS);
    });
  } else new BroadcastChannel(CHANNEL).addEventListener("message", () => void changed());
  void tellFrame(worker, bridged);
  return {
    async holdings() {
      const {kind, mode, files} = await worker.context();
      return {kind, mode, files};
    },
    view: (name, query) => worker.view(name, query as never) as never, // comlink cannot carry the name's type over
    market: (name, query, ...args) => worker.market(name, query, args) as never, // as above
    async watch(lists) {
      await worker.watch(lists);
      for (const listener of listeners) listener();
    },
    rawRow: (table, id) => worker.rawRow(table, id),
    table: (name) => worker.table(name),
    tags: () => worker.tags(),
    tag: (change) => worker.tag(change),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }
  };
}

/** Returns whether the cookie that a bridge sets on its pages is there; without it no request goes to `/api`. */
export function isServedByBridge(cookie: string, port: string): boolean {
  return cookie.split("; ").some((pair) => pair.startsWith(`tearsheet_bridge_${port || "80"}=`));
}

async function tellFrame(worker: Remote<DeskWorker>, bridged: boolean): Promise<void> {
  const {mode, accounts, currencies, symbols, asOf, ageDays, failures} = await worker.context();
  frameInfo.set({
    mode: mode === "demo" ? "DEMO" : bridged ? await tradingMode() : null,
    imports: true,
    accounts,
    currencies,
    symbols,
    freshness: asOf
      ? [
          {
            source: mode === "demo" ? "Demo" : "Flex",
            asOf,
            state: failures.length ? "failed" : (ageDays ?? 0) > 5 ? "late" : "fresh",
            detail: failures[0] ?? `last statement ${asOf}`
          }
        ]
      : []
  });
}

/** Where the bridge's orders go: to paper, or to a live account. A page without a bridge sends none. */
async function tradingMode(): Promise<"PAPER" | "LIVE"> {
  const response = await fetch("/api/session");
  const {trading} = (await response.json()) as {trading?: string};
  return trading === "live" ? "LIVE" : "PAPER";
}

/** A pull writes again and again: what it brought is read once it has been quiet for so long. */
const LAKE_QUIET_MS = 3000;
