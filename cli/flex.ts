import type {ImportPool} from "../bridge/jobs/import-pool.js";
import type {Jobs} from "../bridge/jobs/jobs.js";
import {Problem} from "../bridge/problem.js";
import type {Flex, FlexStatus} from "../bridge/services.js";
import type {ImportReport} from "../bridge/store/import.js";
import type {Store} from "../bridge/store/open.js";
import {readState, writeState} from "../bridge/store/state.js";
import {checkQuery, type Present, type QueryGap} from "../lib/statements/query-check.js";
import {dayAt} from "../lib/time/calendar.js";
import type {Schedule} from "../lib/time/schedule.js";
import {createFlexClient} from "../loaders/flex/client.js";
import {
  createFlexJob,
  FLEX_SETUP,
  type FlexJob,
  type FlexProgress,
  progressSentence
} from "../loaders/flex/job.js";
import {historyPlan} from "../loaders/flex/plan.js";
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

/** Import of a pulled statement, and the boxes that its query lacks. */
type Outcome = ImportReport & {missing: QueryGap[]};

const STATE = "flex";

/** Returns the client of the settings; undefined without a token. */
export function flexClient(settings: FlexSettings, {now, log}: Pick<FlexParts, "now" | "log">) {
  const {url, token, waits = url.startsWith("http:") ? NO_WAITS : IBKR_WAITS} = settings;
  if (!token) return undefined;
  const userAgent = `Node/${process.versions.node.split(".")[0]}`;
  return createFlexClient({url, token, userAgent, now, log, waits});
}

/** Returns what imports a pulled statement and tells what its query lacks. */
export function flexImport({store, pool}: Pick<FlexParts, "store" | "pool">) {
  return async (
    body: AsyncIterable<Uint8Array>,
    {name, signal}: {name: string; signal?: AbortSignal | undefined}
  ): Promise<Outcome> => {
    const report = await pool.importFile({name, stream: body}, {...(signal && {signal})});
    const periods = report.statements.map(({from, to}) => ({from, to}));
    return {...report, missing: checkQuery(presenceOf(store, report.sha256), {periods})};
  };
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
    state: {load: () => readState(store, STATE), save: async (state) => writeState(store, STATE, state)},
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

/** Which sections, elements and levels a file has. */
function presenceOf(store: Store, sha256: string): Present[] {
  return store.raw
    .prepare<[string], Present>(
      "select distinct p.section, p.element, p.level from presence p join files f on f.id = p.file_id where f.sha256 = ?"
    )
    .all(sha256);
}

/** Returns the job as the bridge's pages and endpoints see it. */
export function flexService(
  job: WatchedFlexJob,
  {flex, store, now, jobs}: {flex: FlexSettings; store: Store; now: () => Date; jobs: Jobs}
): Flex {
  return {
    async status(): Promise<FlexStatus> {
      const {configured, message, queries, nextPull, progress} = await job.status();
      const running = jobs.list().find(({kind, state}) => kind === "flex" && state === "running");
      return {
        configured,
        message,
        queries,
        nextPull,
        running: running?.id ?? (progress ? "daily pull" : null),
        history: configured ? missingHistory(store, now()) : []
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
          return {message: run.message, result: run};
        } finally {
          unwatch();
        }
      });
    }
  };
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

/** Years that lie before an account's first statement and after its opening, to be downloaded by hand. */
function missingHistory(store: Store, now: Date): FlexStatus["history"] {
  const rows = store.raw
    .prepare<[], {account: string; first: string; opened: string | null}>(
      `select s.account, min(s.from_day) as first,
         (select min(json_extract(r.fields, '$.dateOpened')) from raw_rows r
          where r.account = s.account and r.element = 'AccountInformation') as opened
       from statements s group by s.account`
    )
    .all();
  const today = dayAt(now);
  return rows.flatMap(({account, first, opened}) =>
    opened && opened < first
      ? historyPlan(opened, today)
          .filter(({from}) => from < first)
          .map((file) => ({account, ...file}))
      : []
  );
}
