import {z} from "zod";
import type {QueryGap} from "../../lib/statements/query-check.js";

const Pending = z.object({
  queryId: z.string(),
  reference: z.string(),
  from: z.string().exactOptional(),
  to: z.string().exactOptional(),
  requestedAt: z.string(),
  rangeRefused: z.boolean().exactOptional()
});

const Gap = z.object({
  section: z.string(),
  box: z.string(),
  why: z.string(),
  severity: z.enum(["needed", "advised"])
}) satisfies z.ZodType<QueryGap>;

const QueryState = z.object({
  /** As its last report said it. */
  name: z.string().nullable(),
  /** Last report day that has come. */
  to: z.string().nullable(),
  /** Where its last run left off: a report asked for and not yet fetched. */
  pending: Pending.nullable(),
  lastPull: z
    .object({at: z.string(), ok: z.boolean(), message: z.string(), code: z.string().nullable()})
    .nullable(),
  missing: z.array(Gap)
});

const FlexState = z.object({
  /** When the last finished run began, ISO 8601 UTC. */
  lastRun: z.string().nullable(),
  lastError: z
    .object({at: z.string(), queryId: z.string(), message: z.string(), code: z.string(), retry: z.boolean()})
    .nullable(),
  /** Why the statement is too old, as a sentence. */
  stale: z.string().nullable(),
  /** Runs since the last scheduled time that must be made again: late or failed in passing. */
  tries: z.int(),
  queries: z.record(z.string(), QueryState)
});

/** What a job keeps over restarts. */
export type FlexState = z.infer<typeof FlexState>;
export type QueryState = z.infer<typeof QueryState>;

/** Where a job's state is kept: one small JSON value. */
export interface StateStore {
  load(): unknown;
  save(state: FlexState): void | Promise<void>;
}

/** Returns the state kept, or that of a job that never ran where nothing usable is kept. */
export function readFlexState(kept: unknown): FlexState {
  const read = FlexState.safeParse(kept);
  return read.success ? read.data : {lastRun: null, lastError: null, stale: null, tries: 0, queries: {}};
}

/** Returns a query's part of the state, made where there is none yet. */
export function queryState(state: FlexState, queryId: string): QueryState {
  return (state.queries[queryId] ??= {name: null, to: null, pending: null, lastPull: null, missing: []});
}
