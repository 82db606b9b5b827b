import {dayAt, lastSession, sessionBefore} from "../../lib/time/calendar.js";
import {
  DAILY_PULL,
  LATE_TRIES,
  missedPull,
  nextPull,
  previousPull,
  retryPull,
  type Schedule
} from "../../lib/time/schedule.js";
import type {FlexClient, Log, PendingReference} from "./client.js";
import {FlexError} from "./errors.js";
import {dailyPlan} from "./plan.js";
import {type ImportOutcome, type ImportStatement, mayPass, pullQuery, type QueryRun} from "./query.js";
import {type FlexState, queryState, readFlexState, type QueryState, type StateStore} from "./state.js";

export interface FlexProgress {
  queryId: string;
  /** Which of how many queries, from 1. */
  query: number;
  queries: number;
  phase: "asking" | "waiting" | "receiving";
  /** Bytes of the statement received. */
  bytes: number;
}

export interface FlexJobOptions<Outcome extends ImportOutcome> {
  /** Absent when there is no token. */
  client?: FlexClient | undefined;
  queryIds: readonly string[];
  importStatement: ImportStatement<Outcome>;
  state: StateStore;
  schedule?: Schedule;
  now?: () => Date;
  log?: Log;
  progress?: (progress: FlexProgress) => void;
}

/** What came of a run. */
export interface FlexRun<Outcome extends ImportOutcome> {
  /** When it began, ISO 8601 UTC. */
  at: string;
  ok: boolean;
  message: string;
  queries: QueryRun<Outcome>[];
}

export interface FlexJobStatus {
  configured: boolean;
  /** How it stands and what to do, as a sentence. */
  message: string;
  queryIds: string[];
  queries: ({id: string} & Omit<QueryState, "pending">)[];
  lastRun: string | null;
  lastError: FlexState["lastError"];
  nextPull: string | null;
  pending: PendingReference[];
  running: boolean;
  progress: FlexProgress | null;
  stale?: string;
}

export type FlexJob = ReturnType<typeof createFlexJob>;

/** What to do where no query is set up. */
export const FLEX_SETUP =
  "no Flex query is set up: put FLEX_TOKEN and FLEX_QUERY_IDS into .env, as guides/flex-query-setup.md says";

const HOUR_MS = 3_600_000;

/** Codes that concern the token: no other query would fare better. */
const OF_TOKEN: readonly unknown[] = [1011, 1012, 1013, 1015, 1018];

/** Returns the job that fetches the Flex queries every day, and again each hour while the statement is late. */
export function createFlexJob<Outcome extends ImportOutcome>(options: FlexJobOptions<Outcome>) {
  const {client, queryIds, importStatement, schedule = DAILY_PULL, log = () => undefined} = options;
  const {now = () => new Date()} = options;
  let running: Promise<FlexRun<Outcome>> | undefined;
  let progress: FlexProgress | null = null;
  /** A run that was called off or could not keep its state is not begun again at once; a restart forgets this. */
  let notBefore = new Date(0);

  /** Read anew each time: a pull in a terminal keeps its state in the same place. */
  const load = async (): Promise<FlexState> => readFlexState(await options.state.load());

  /** When the next run is due; in the past when one was missed. */
  function nextRun({lastRun, tries}: FlexState): Date {
    const last = lastRun === null ? undefined : new Date(lastRun);
    if (!last) return now();
    if (missedPull(last, now(), schedule)) return previousPull(now(), schedule);
    return (tries > 0 ? retryPull(last, tries, schedule) : undefined) ?? nextPull(now(), schedule);
  }

  /** Whether a run should begin now: its time has come, or was slept through, or a late one is asked for again. */
  async function due(): Promise<boolean> {
    if (!client || queryIds.length === 0 || running) return false;
    return notBefore <= now() && nextRun(await load()) <= now();
  }

  /**
   * Fetches all queries, one after the other; a run that is under way is joined.
   * @param what `new`: the days that a daily pull asks for; `all`: each query's own period
   * @throws when nothing is set up, or the run is called off; a query that fails is told in the result
   */
  function run(signal?: AbortSignal, what: "new" | "all" = "new"): Promise<FlexRun<Outcome>> {
    running ??= pullAll(what, signal)
      .catch((error: unknown) => {
        notBefore = signal?.aborted ? nextPull(now(), schedule) : new Date(now().getTime() + HOUR_MS);
        throw error;
      })
      .finally(() => {
        running = undefined;
        progress = null;
      });
    return running;
  }

  async function pullAll(what: "new" | "all", signal?: AbortSignal): Promise<FlexRun<Outcome>> {
    if (!client || queryIds.length === 0) throw new Error(FLEX_SETUP);
    const kept = await load();
    const save = async () => options.state.save(kept);
    const begun = now();
    const runs: QueryRun<Outcome>[] = [];
    let retry = false;
    let lastError: FlexState["lastError"] = null;
    for (const [index, queryId] of queryIds.entries()) {
      const query = queryState(kept, queryId);
      const tell = (phase: FlexProgress["phase"], bytes: number) => {
        progress = {queryId, query: index + 1, queries: queryIds.length, phase, bytes};
        options.progress?.(progress);
      };
      const tools = {client, importStatement, save, now, onPhase: tell, signal};
      const {run, error} = await pullQuery(queryId, what === "all" ? [] : plan(query), query, tools);
      runs.push(run);
      const at = now().toISOString();
      query.lastPull = {at, ok: run.ok, message: run.message, code: run.code};
      log(`flex: ${run.message}`, {queryId, bytes: run.bytes, code: run.code});
      if (!run.ok) {
        const passing = mayPass(error);
        retry ||= passing;
        lastError = {at, queryId, message: run.message, code: run.code ?? "failed", retry: passing};
      }
      if (error instanceof FlexError && OF_TOKEN.includes(error.code)) break;
    }
    const late = lateness(kept, begun);
    const first = kept.lastRun === null || new Date(kept.lastRun) < previousPull(begun, schedule);
    const tries = late || retry ? (first ? 1 : kept.tries + 1) : 0;
    Object.assign(kept, {
      lastRun: begun.toISOString(),
      lastError,
      tries,
      stale: late && lateSentence(late, tries)
    });
    await save();
    const ok = runs.every((run) => run.ok) && runs.length === queryIds.length;
    const message = runs.map((run) => run.message).join("; ");
    return {at: begun.toISOString(), ok, message, queries: runs};
  }

  function plan({to}: QueryState) {
    const today = dayAt(now());
    return dailyPlan({session: sessionBefore(today), today, heldTo: to ?? undefined});
  }

  /** The query whose statement does not reach the last session that is due, if one does. */
  function lateness({queries}: FlexState, at: Date): {id: string; to: string; session: string} | null {
    const session = lastSession(previousPull(at, schedule));
    for (const id of queryIds) {
      const to = queries[id]?.to;
      if (to && to < session) return {id, to, session};
    }
    return null;
  }

  async function status(): Promise<FlexJobStatus> {
    const kept = await load();
    const configured = client !== undefined && queryIds.length > 0;
    const queries = queryIds.map((id) => {
      const {name, to, lastPull, missing} = queryState(kept, id);
      return {id, name, to, lastPull, missing};
    });
    const next = nextRun(kept);
    return {
      configured,
      message: configured ? message(kept) : FLEX_SETUP,
      queryIds: [...queryIds],
      queries,
      lastRun: kept.lastRun,
      lastError: kept.lastError,
      nextPull: configured ? (next < now() ? now() : next).toISOString() : null,
      pending: queryIds.flatMap((id) => kept.queries[id]?.pending ?? []),
      running: running !== undefined,
      progress,
      ...(kept.stale && {stale: kept.stale})
    };
  }

  function message({lastRun, lastError, stale, queries}: FlexState): string {
    if (progress) return progressSentence(progress);
    if (lastError) return lastError.message;
    if (stale) return stale;
    if (!lastRun) return "not fetched yet";
    const days = queryIds.map((id) => queries[id]?.to ?? "").sort();
    return days[0]
      ? `statements to ${days[0]} are here`
      : "the queries brought no statement: choose their accounts in the portal";
  }

  return {run, status, due};
}

function lateSentence({id, to, session}: {id: string; to: string; session: string}, tries: number): string {
  const what = `IBKR's statement of query ${id} ends ${to}, the last session was ${session}`;
  return tries > LATE_TRIES
    ? `${what}, and ${LATE_TRIES} hourly tries did not bring it: see in the portal whether the query's period ends with the last business day`
    : `${what}: it is asked for again every hour`;
}

/** Returns how far a run is, for people. */
export function progressSentence({queryId, query, queries, phase, bytes}: FlexProgress): string {
  const which = `query ${queryId} (${query} of ${queries})`;
  if (phase === "receiving") return `receiving ${which}: ${(bytes / 1e6).toFixed(1)} MB`;
  return phase === "waiting"
    ? `waiting until IBKR has made the statement of ${which}`
    : `asking for ${which}`;
}
