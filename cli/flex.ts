import type {ImportPool} from "../bridge/jobs/import-pool.js";
import type {Jobs} from "../bridge/jobs/jobs.js";
import {Problem} from "../bridge/problem.js";
import type {Flex, FlexStatus, Mode} from "../bridge/services.js";
import type {ImportReport} from "../bridge/store/import.js";
import type {Store} from "../bridge/store/open.js";
import {readCoverage} from "../bridge/store/read.js";
import {readState, writeState} from "../bridge/store/state.js";
import type {Config} from "../config.js";
import {dayAt} from "../lib/time/calendar.js";
import {nextPull, type Schedule} from "../lib/time/schedule.js";
import {twoClocks} from "../lib/time/wall-clock.js";
import {createFlexClient} from "../loaders/flex/client.js";
import {
  createFlexJob,
  FLEX_SETUP,
  type FlexJob,
  type FlexProgress,
  progressSentence
} from "../loaders/flex/job.js";
import {missingHistory} from "../loaders/flex/plan.js";
import {type FlexWaits, IBKR_WAITS, NO_WAITS} from "../loaders/flex/waits.js";

export interface FlexSettings {
  url: string;
  token: string | undefined;
  queryIds: readonly string[];
  schedule?: Schedule;
  /** By default IBKR's for IBKR, and none for a stand-in on loopback, which alone is reached by http. */
  waits?: FlexWaits;
}

export interface FlexParts {
  store: Store;
  pool: ImportPool;
  now: () => Date;
  log: (message: string, fields?: Record<string, unknown>) => void;
}

/** The daily job, and how far it is. */
export interface WatchedFlexJob extends FlexJob {
  /** Tells the listener, as a sentence, each time a run gets on; returns what ends it. */
  onProgress(listener: (progress: FlexProgress & {message: string}) => void): () => void;
}

/** Returns the settings of the person's own queries. */
export function flexSettings(config: Config): FlexSettings {
  const weekdays = config.FLEX_PULL_DAYS.map((day) => WEEKDAYS[day]);
  return {
    url: config.FLEX_URL,
    token: config.FLEX_TOKEN,
    queryIds: config.FLEX_QUERY_IDS,
    schedule: {time: config.FLEX_PULL_TIME, zone: config.FLEX_PULL_ZONE, weekdays}
  };
}

const WEEKDAYS = {mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7};

/** Key of the job's state in the store. */
export const FLEX_STATE = "flex";

/** Returns when the desk, while it runs, fetches by itself again. */
export function nextPullSentence(nextPull: string): string {
  const {timeZone} = Intl.DateTimeFormat().resolvedOptions();
  return `while the desk runs, the next pull is on ${twoClocks(nextPull, timeZone)}`;
}

/** Returns the client of the settings; undefined without a token. */
export function flexClient(settings: FlexSettings, {now, log}: Pick<FlexParts, "now" | "log">) {
  const {url, token, waits = url.startsWith("http:") ? NO_WAITS : IBKR_WAITS} = settings;
  if (!token) return undefined;
  const userAgent = `Node/${process.versions.node.split(".")[0]}`;
  return createFlexClient({url, token, userAgent, now, log, waits});
}

/** Returns what imports a pulled statement and tells what its query lacks. */
export function flexImport({pool}: Pick<FlexParts, "pool">) {
  return async (
    body: AsyncIterable<Uint8Array>,
    {name, signal}: {name: string; signal?: AbortSignal | undefined}
  ): Promise<ImportReport> => pool.importFile({name, stream: body}, {...(signal && {signal})});
}

/** Returns the daily job, its state kept in the store. */
export function flexJob(settings: FlexSettings, parts: FlexParts): WatchedFlexJob {
  const {store, now, log} = parts;
  const client = flexClient(settings, parts);
  const listeners = new Set<(progress: FlexProgress & {message: string}) => void>();
  const job = createFlexJob({
    ...(client && {client}),
    queryIds: settings.queryIds,
    importStatement: flexImport(parts),
    state: {
      load: () => readState(store, FLEX_STATE),
      save: async (state) => writeState(store, FLEX_STATE, state)
    },
    ...(settings.schedule && {schedule: settings.schedule}),
    now,
    log,
    progress(progress) {
      const message = progressSentence(progress);
      for (const listener of listeners) listener({...progress, message});
    }
  });
  return {
    ...job,
    onProgress(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }
  };
}

/** Returns the job as the bridge's pages and endpoints see it. */
export function flexService(
  job: WatchedFlexJob,
  {mode, flex, store, now, jobs}: {mode: Mode; flex: FlexSettings; store: Store; now: () => Date; jobs: Jobs}
): Flex {
  return {
    async status(): Promise<FlexStatus> {
      const {configured, message, queries, nextPull: due, progress} = await job.status();
      const running = jobs.list().find(({kind, state}) => kind === "flex" && state === "running");
      return {
        configured,
        message,
        queries: queries.map((query) => ({...query, missing: missingOf(query, queries, store)})),
        nextPull: mode === "real" ? due : nextPull(now(), flex.schedule).toISOString(), // none is missed in the demo
        running: running?.id ?? (progress ? "daily pull" : null),
        history: configured ? historyOf(store, now()) : []
      };
    },
    fetch(what) {
      const running = jobs.list().find(({kind, state}) => kind === "flex" && state === "running");
      if (running) return running;
      if (!flex.token || !flex.queryIds.length) throw new Problem(409, "flex-not-configured", FLEX_SETUP);
      return jobs.start("flex", async (report, signal) => {
        const unwatch = job.onProgress(
          seldom(({message, query, queries}) => report({message, done: query - 1, total: queries}))
        );
        try {
          const run = await job.run(signal, what);
          if (!run.ok) throw new Problem(502, "flex-failed", run.message);
          const counts = run.queries.map(({imports, ...query}) => ({...query, files: imports.length}));
          return {message: run.message, result: {...run, queries: counts}};
        } finally {
          unwatch();
        }
      });
    }
  };
}

type QueryStatus = FlexStatus["queries"][number];

/**
 * Boxes that a query lacks, less the sections that another one brings whole for the same accounts; what all lack is told
 * once, at the query that lacks least.
 */
function missingOf(
  query: QueryStatus,
  queries: readonly QueryStatus[],
  store: Store
): QueryStatus["missing"] {
  const accounts = accountsOf(store);
  const of = ({name}: QueryStatus) => accounts.get(name ?? "") ?? [];
  const isOfAll = (other: QueryStatus) => of(query).every((account) => of(other).includes(account));
  const others = queries.filter((other) => other !== query && other.to !== null && isOfAll(other));
  const isTold = (other: QueryStatus) =>
    other.missing.length < query.missing.length ||
    (other.missing.length === query.missing.length && queries.indexOf(other) < queries.indexOf(query));
  return query.missing.filter(({section}) =>
    others.every((other) => !isTold(other) && other.missing.some((gap) => gap.section === section))
  );
}

/** The accounts that each query, by its name, brought statements of. */
function accountsOf(store: Store): Map<string, string[]> {
  const rows = store.raw
    .prepare<[], {query: string; account: string}>(
      "select distinct query_name as query, account from statements"
    )
    .all();
  const byQuery = Map.groupBy(rows, ({query}) => query);
  return new Map([...byQuery].map(([query, of]) => [query, of.map(({account}) => account)]));
}

/** Passes progress on when a phase begins, and some times a second within it. */
function seldom<P extends FlexProgress>(tell: (progress: P) => void, everyMs = 200): (progress: P) => void {
  let [last, told] = ["", 0];
  return (progress) => {
    const phase = `${progress.query} ${progress.phase}`;
    if (phase === last && performance.now() - told < everyMs) return;
    [last, told] = [phase, performance.now()];
    tell(progress);
  };
}

/** The files to download by hand, account by account. */
function historyOf(store: Store, now: Date): FlexStatus["history"] {
  const opened = new Map(
    store.raw
      .prepare<[], [account: string, opened: string | null]>(
        `select account, min(json_extract(fields, '$.dateOpened')) from raw_rows
         where element = 'AccountInformation' group by account`
      )
      .raw()
      .all()
  );
  const byAccount = Map.groupBy(readCoverage(store, null), ({account}) => account);
  return [...byAccount].flatMap(([account, covered]) =>
    missingHistory(covered, dayAt(now), opened.get(account)).map((file) => ({account, ...file}))
  );
}
