import type {QueryGap} from "../../lib/statements/query-check.js";
import {daysBetween} from "../../lib/time/day.js";
import type {FlexClient, FlexPull, PendingReference} from "./client.js";
import {FlexError} from "./errors.js";
import type {DateRange} from "./plan.js";
import type {QueryState} from "./state.js";

/** What an import says of the file it stored; the job hands the rest of it on as it is. */
export interface ImportOutcome {
  statements: readonly DateRange[];
  new: number;
  same: number;
  changed: number;
  retired: number;
  /** Boxes that are not ticked in the query. */
  missing?: readonly QueryGap[];
}

export type ImportStatement<Outcome extends ImportOutcome> = (
  body: AsyncIterable<Uint8Array>,
  file: {name: string; signal?: AbortSignal | undefined}
) => Promise<Outcome>;

/** What came of one query in one run. */
export interface QueryRun<Outcome extends ImportOutcome> {
  queryId: string;
  ok: boolean;
  /** What came, or why nothing did, as a sentence. */
  message: string;
  code: string | null;
  bytes: number;
  /** Ranges asked for; empty where the query's own period was. */
  asked: DateRange[];
  /** First and last report day that came; null when none did. */
  given: DateRange | null;
  new: number;
  same: number;
  changed: number;
  retired: number;
  /** What the import said of each file, what IBKR changed included. */
  imports: Outcome[];
}

export interface QueryTools<Outcome extends ImportOutcome> {
  client: FlexClient;
  importStatement: ImportStatement<Outcome>;
  /** Keeps the state as it is now. */
  save: () => Promise<void>;
  now: () => Date;
  onPhase: (phase: "asking" | "waiting" | "receiving", bytes: number) => void;
  signal?: AbortSignal | undefined;
}

/** How often a statement that breaks off is fetched again. */
const FETCHES = 3;
/** How long a report that was asked for is worth fetching: the next day has a new one. */
const FRESH_MS = 12 * 3_600_000;

/**
 * Pulls and imports one query, range by range, and returns what came; a failure is in `run`, not thrown, unless
 * the run was called off. Progress in `state` is kept as it is made.
 * @param ranges oldest first; empty for the query's own period
 */
export async function pullQuery<Outcome extends ImportOutcome>(
  queryId: string,
  ranges: readonly DateRange[],
  state: QueryState,
  tools: QueryTools<Outcome>
): Promise<{run: QueryRun<Outcome>; error?: unknown}> {
  const run: QueryRun<Outcome> = {
    queryId,
    ok: false,
    message: "",
    code: null,
    bytes: 0,
    asked: [...ranges],
    given: null,
    new: 0,
    same: 0,
    changed: 0,
    retired: 0,
    imports: []
  };
  const heldTo = state.to;
  let refused = false;
  try {
    for (const range of ranges.length ? ranges : [undefined]) {
      const {pull, outcome, bytes} = await pullRange(queryId, range, state, tools);
      state.name = pull.queryName || state.name;
      state.missing = [...(outcome.missing ?? [])];
      add(run, outcome, bytes);
      if (run.given && (state.to === null || run.given.to > state.to)) state.to = run.given.to;
      await tools.save();
      refused = pull.rangeRefused ?? false;
      if (refused) break;
    }
    run.ok = true;
    run.message = summary(run, refused ? {heldTo} : undefined);
  } catch (error) {
    tools.signal?.throwIfAborted();
    run.message = error instanceof Error ? error.message : String(error);
    run.code = codeOf(error);
    return {run, error};
  }
  return {run};
}

/** Pulls one range and imports it; a statement that breaks off is fetched again by the same reference. */
async function pullRange<Outcome extends ImportOutcome>(
  queryId: string,
  range: DateRange | undefined,
  state: QueryState,
  {client, importStatement, save, now, onPhase, signal}: QueryTools<Outcome>
): Promise<{pull: FlexPull; outcome: Outcome; bytes: number}> {
  const keep = async (pending: PendingReference | null) => {
    state.pending = pending;
    await save();
  };
  for (let fetches = 1; ; ++fetches) {
    const ended = new AbortController();
    let bytes = 0;
    let broken: unknown;
    onPhase("asking", 0);
    try {
      const pull = await client.pull(queryId, {
        ...range,
        resume: usable(state.pending, range, now()) ?? undefined,
        onPending: async (pending) => {
          await keep(pending);
          onPhase("waiting", 0);
        },
        onProgress: (progress) => onPhase("receiving", (bytes = progress.bytes)),
        signal: signal ? AbortSignal.any([signal, ended.signal]) : ended.signal
      });
      const body = watched(pull.body, (error) => (broken = error));
      const outcome = await importStatement(body, {name: fileName(queryId, pull, now()), signal});
      await keep(null);
      return {pull, outcome, bytes};
    } catch (error) {
      const reason = broken ?? error; // an import may wrap what the stream threw, or lose its type in a worker
      if (!signal?.aborted) {
        if (!mayPass(reason)) await keep(null);
        if (reason instanceof FlexError && reason.code === "truncated" && fetches < FETCHES) continue;
      }
      throw reason;
    } finally {
      ended.abort(); // lets go of a body that the import did not read to its end
    }
  }
}

/** Returns whether a failure may pass by itself: what IBKR says will, and a store in the way, but no refused file. */
export function mayPass(error: unknown): boolean {
  if (error instanceof FlexError) return error.retry;
  return !(error instanceof Error && error.name === "StatementError");
}

/** The report asked for before, if it is the one that would be asked for now. */
function usable(
  pending: PendingReference | null,
  range: DateRange | undefined,
  now: Date
): PendingReference | null {
  if (!pending || now.getTime() - Date.parse(pending.requestedAt) > FRESH_MS) return null;
  const same = pending.from === range?.from && pending.to === range?.to;
  return same || (range && pending.rangeRefused) ? pending : null;
}

async function* watched(body: AsyncIterable<Uint8Array>, onError: (error: unknown) => void) {
  try {
    yield* body;
  } catch (error) {
    onError(error);
    throw error;
  }
}

function fileName(queryId: string, {from, to}: PendingReference, now: Date): string {
  return from && to
    ? `flex-${queryId}-${from}-${to}.xml`
    : `flex-${queryId}-${now.toISOString().slice(0, 10)}.xml`;
}

function add<Outcome extends ImportOutcome>(run: QueryRun<Outcome>, outcome: Outcome, bytes: number): void {
  run.imports.push(outcome);
  run.bytes += bytes;
  for (const count of ["new", "same", "changed", "retired"] as const) run[count] += outcome[count];
  for (const {from, to} of outcome.statements) {
    const {given} = run;
    run.given = given
      ? {from: from < given.from ? from : given.from, to: to > given.to ? to : given.to}
      : {from, to};
  }
}

function summary(run: QueryRun<ImportOutcome>, refused?: {heldTo: string | null}): string {
  const {queryId, given} = run;
  if (!given) return `query ${queryId} brought no statement: choose its accounts in the portal`;
  const rows = `${run.new} new rows, ${run.changed} changed, ${run.retired} retired`;
  const days = `${given.from} to ${given.to}`;
  if (!refused) return `query ${queryId} brought ${days}: ${rows}`;
  const own = `query ${queryId} takes no range of days, its own period brought ${days}`;
  if (refused.heldTo === null) return `${own}: ${rows}`;
  const overlap = daysBetween(given.from, refused.heldTo) + 1;
  return overlap >= 0
    ? `${own}, which overlaps what was here by ${overlap} days: ${rows}`
    : `${own}, which leaves out ${-overlap} days after ${refused.heldTo}: set its period to Last 365 Calendar Days`;
}

function codeOf(error: unknown): string {
  // whatever was thrown may carry a code
  const {code, problem} = error as {code?: string | number; problem?: {code?: string}};
  return String(code ?? problem?.code ?? "failed");
}
