import {randomUUID} from "node:crypto";
import {join} from "node:path";
import type {FigureLake} from "../bridge/jobs/figures.js";
import type {Jobs} from "../bridge/jobs/jobs.js";
import {Problem} from "../bridge/problem.js";
import type {ComponentHealth, LakeDesk, MarketDesk} from "../bridge/services.js";
import type {Config} from "../config.js";
import type {CatalogEntry} from "../lib/lake/catalog.js";
import {
  toldPull,
  type PullAsk,
  type PullProgress,
  type PullRecord,
  type VerifyReport
} from "../lib/lake/pull.js";
import {dayAt} from "../lib/time/calendar.js";
import type {LakeCalls} from "../loaders/lake-worker.js";
import {marketAsks, updateAsks} from "../loaders/pull/asks.js";
import {checkAsk} from "../loaders/pull/plan.js";
import type {PullCalls} from "../loaders/pull-worker.js";
import {progressSentence, titleOf} from "../loaders/pull/sentences.js";
import {vendorFacts, type VendorSettings} from "../loaders/sources.js";
import {createThread} from "../loaders/thread.js";
import {VENDORS} from "../loaders/vendors/index.js";
import {scheduleUpdates, type Schedule} from "./lake-schedule.js";

/** Where a lake is, and the vendors that fill it. */
export interface LakePlace extends VendorSettings {
  dir: string;
  /** The person's own list of central banks' meetings. */
  meetingsFile: string;
}

/** Returns the person's own lake and the vendors of the settings. */
export function lakeSettings(config: Config): LakePlace {
  return {
    dir: config.LAKE_DIR,
    meetingsFile: join(config.DATA_DIR, "meetings.csv"),
    urls: {
      yahoo: config.YAHOO_URL,
      polygon: config.POLYGON_URL,
      binance: config.BINANCE_URL,
      stooq: config.STOOQ_URL,
      ecb: config.ECB_URL,
      fred: config.FRED_URL,
      "fred-graph": config.FRED_GRAPH_URL,
      treasury: config.TREASURY_URL,
      "new-york-fed": config.NEW_YORK_FED_URL
    },
    keys: {
      ...(config.FRED_API_KEY !== undefined && {fred: config.FRED_API_KEY}),
      ...(config.POLYGON_API_KEY !== undefined && {polygon: config.POLYGON_API_KEY})
    }
  };
}

/** The lake of a room: what pages and endpoints ask, and the threads behind it. */
export interface LakeRoom {
  desk: LakeDesk;
  markets: MarketDesk;
  /** What figures of a ledger take from it. */
  ledger: FigureLake;
  /** Pulls as part of something larger: no job of its own. */
  pull(asks: readonly PullAsk[], what: PullRecord["what"]): Promise<PullRecord>;
  health(): Promise<ComponentHealth>;
  close(): Promise<void>;
}

interface LakeRoomOptions {
  place: LakePlace;
  /** Nothing is pulled but when asked where it is left out. */
  schedule?: Schedule;
  log?: (message: string) => void;
  jobs: Jobs;
  now: () => Date;
  /** Told after each change of the lake, another process's too, once it has been asked for anything. */
  onChange: (version: number) => void;
}

/** Kinds of jobs that are a lake's; they end when another lake is shown. */
export const LAKE_JOBS = ["pull", "verify", "repair"];

/** Opens the lake of a room; its threads start with the first question and the first pull. */
export function openLakeRoom({
  place,
  schedule = {cron: undefined, zone: "UTC"},
  log = () => undefined,
  jobs,
  now,
  onChange
}: LakeRoomOptions): LakeRoom {
  const {dir, meetingsFile, urls, keys} = place;
  const reader = createThread<LakeCalls>(new URL("../loaders/lake-worker.ts", import.meta.url), {
    dir,
    meetingsFile
  });
  const writer = createThread<PullCalls>(new URL("../loaders/pull-worker.ts", import.meta.url), {
    dir,
    urls,
    keys
  });
  const closing = new AbortController();
  let watching: Promise<void> | undefined;
  const running = new Map<string, {record: PullRecord; progress: PullProgress | null}>();

  const ask: typeof reader.call = (name, argument, options) => {
    watching ??= reader.call("watch", {}, {onNews: onChange, signal: closing.signal}).catch(() => {
      watching = undefined; // the next question starts it anew
    });
    return reader.call(name, argument, options);
  };

  function begin(what: PullRecord["what"], asks: readonly PullAsk[]) {
    return jobs.begin("pull", async (report, signal, id) => {
      const state = {record: waiting(id, what, asks, now()), progress: null as PullProgress | null};
      running.set(id, state);
      report({message: state.record.message});
      try {
        const record = await writer.call(
          "pull",
          {id, what, asks},
          {
            signal,
            onNews(progress) {
              state.progress = progress;
              report({message: progressSentence(progress), done: progress.done, total: progress.total});
            }
          }
        );
        signal.throwIfAborted();
        if (record.state === "failed") throw new Problem(502, record.failures[0].code, record.message);
        return {message: record.message, result: toldPull(record)};
      } finally {
        running.delete(id);
      }
    });
  }

  const desk: LakeDesk = {
    version: () => ask("version", null),
    catalog: () => ask("catalog", null),
    storage: async () => ({dir, ...(await ask("storage", null))}),
    symbols: (layer, id) => ask("symbols", {layer, id}),
    problems: (dataset) => ask("problems", {...(dataset !== undefined && {dataset})}),
    query: (query, format) => ask("query", {query, format}),
    partsOf: (layer, id) => ask("partsOf", {layer, id}),
    readPart: (layer, id, sha256) => ask("readPart", {layer, id, sha256}),
    vendors: () => vendorFacts(place),
    pull(given) {
      const {key, name} = checkAsk(given, VENDORS, dayAt(now()));
      if (key !== null && keys[given.vendor] === undefined)
        throw new Problem(
          409,
          "key-missing",
          `${name} needs a key: set ${key} in .env, then start the desk anew`
        );
      return begin("symbols", [given]);
    },
    pullMarkets: () => begin("markets", marketAsks(dayAt(now()), keys)),
    async updateAll() {
      const tracked = await ask("tracked", null);
      const asked = tracked.filter(({id}) => VENDORS.some((vendor) => vendor.id === id.provider)); // IBKR: in a terminal
      return begin("update-all", updateAsks(asked, dayAt(now())));
    },
    nextUpdate: () => updates.next()?.toISOString() ?? null,
    async pullStatus(id) {
      const live = running.get(id);
      const record = (await ask("pull", {id})) ?? live?.record;
      const progress = record?.state === "running" ? live?.progress : null; // the thread's last word may be on its way
      return record && {record: toldPull(record), progress: progress ?? null};
    },
    pulls: async () => (await ask("pulls", null)).map(toldPull),
    async importCsv(file) {
      try {
        return toldPull(await writer.call("importCsv", {id: randomUUID(), ...file}));
      } catch (error) {
        const {name, code, message} = error as Error & {code?: string};
        if (name === "VendorError") throw new Problem(422, String(code), message, {cause: error});
        throw error;
      }
    },
    verify: (options) =>
      jobs.start(options.repair ? "repair" : "verify", async (report, signal) => {
        const message = options.repair ? "checking and repairing the lake" : "checking the lake";
        report({message});
        const onNews = ({done, total}: {done: number; total: number}) => report({message, done, total});
        const result = await writer.call("verify", options, {signal, onNews});
        return {message: verifySentence(result), result};
      }),
    watchlists: () => ask("watchlists", null),
    setWatchlists: (lists) => ask("setWatchlists", {lists})
  };
  const updates = scheduleUpdates(schedule, {desk, log});
  return {
    desk,
    markets: {
      view: (name, query) => ask("view", {name, query}),
      series: () => ask("series", null)
    },
    ledger: {version: () => ask("version", null), rows: (wanted) => ask("ledgerRows", wanted)},
    health: async () => lakeHealth(await ask("catalog", null), await ask("meetingsProblem", null)),
    async pull(asks, what) {
      const record = await writer.call("pull", {id: randomUUID(), what, asks});
      await writer.close(); // what a large pull took of memory is given back
      return record;
    },
    async close() {
      updates.stop();
      closing.abort();
      await Promise.all([reader.close(), writer.close()]);
    }
  };
}

/**
 * Returns how a lake is.
 * @param meetingsProblem why the person's own list of meetings counts for nothing; null where it does
 */
export function lakeHealth(
  catalog: readonly CatalogEntry[],
  meetingsProblem: string | null
): ComponentHealth {
  const datasets = catalog.filter(({layer}) => layer === "clean");
  const rows = datasets.reduce((sum, dataset) => sum + dataset.rows, 0);
  const holds = `${datasets.length} datasets, ${rows.toLocaleString("en")} rows`;
  const failed = datasets.find(({lastPull}) => lastPull?.ok === false);
  if (meetingsProblem !== null) return {name: "lake", status: "degraded", message: meetingsProblem};
  if (failed)
    return {
      name: "lake",
      status: "degraded",
      message: `${holds}; ${failed.dataset}: ${failed.lastPull?.message}`
    };
  return datasets.length
    ? {name: "lake", status: "ok", message: holds}
    : {name: "lake", status: "off", message: "nothing has been pulled yet"};
}

/** A pull whose turn has not come: another one is under way. */
function waiting(id: string, what: PullRecord["what"], asks: readonly PullAsk[], at: Date): PullRecord {
  return {
    id,
    what,
    title: titleOf(what, asks),
    asks,
    startedAt: at.toISOString(),
    endedAt: null,
    state: "running",
    message: "waiting for its turn",
    symbols: {done: 0, total: new Set(asks.flatMap(({symbols}) => symbols)).size},
    finished: [],
    rows: {new: 0, changed: 0, quarantined: 0},
    bytes: 0,
    failures: []
  };
}

/** Returns what a check found as a sentence. */
export function verifySentence({datasets, parts, problems, repaired}: VerifyReport): string {
  const found = problems.length
    ? `${problems.length} problem${problems.length > 1 ? "s" : ""}`
    : "all is as it was written";
  const done = repaired.length ? `, ${repaired.length} put right` : "";
  return `${parts.toLocaleString("en")} parts of ${datasets} dataset${datasets === 1 ? "" : "s"}: ${found}${done}`;
}
