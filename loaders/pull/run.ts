import {isDeepStrictEqual} from "node:util";
import type {PullAsk, PullProgress, PullRecord} from "../../lib/lake/pull.js";
import {dayAt} from "../../lib/time/calendar.js";
import type {Lake} from "../lake/port.js";
import type {Vendor} from "../vendors/vendor.js";
import type {Web} from "../web.js";
import {Asking} from "./asking.js";
import {checkAsk, planAsk, type Plan} from "./plan.js";
import {countsOf, outcomeOf, titleOf} from "./sentences.js";

export interface PullJob {
  id: string;
  what: PullRecord["what"];
  asks: readonly PullAsk[];
}

/** A vendor's client and its way to the web. */
export interface Source {
  vendor: Vendor;
  web: Web;
}

export interface PullTools {
  lake: Lake;
  /** By the vendor's id. */
  sources: ReadonlyMap<string, Source>;
  now: () => Date;
  onProgress: (progress: PullProgress) => void;
  signal: AbortSignal;
  /** After so long what has come is written: what a crash may lose. */
  writeEveryMs?: number;
}

/** Pulls that are looked through for one to go on with. */
const LOOKED_AT = 20;

/**
 * Asks vendors for symbols and writes checked rows to the lake. What fails for one symbol does not stop the others. A pull
 * like one of today that was interrupted or cancelled goes on with its rest.
 *
 * @returns the record as the history has it; cancelled, it counts what had come
 * @throws LakeError when the lake cannot be written, PullError for an ask that makes no sense; the record says so, too
 */
export async function runPull({id, what, asks}: PullJob, tools: PullTools): Promise<PullRecord> {
  const {lake, now, signal} = tools;
  const today = dayAt(now());
  const record: PullRecord = {
    id,
    what,
    title: titleOf(what, asks),
    asks,
    startedAt: now().toISOString(),
    endedAt: null,
    state: "running",
    message: "started",
    symbols: {done: 0, total: 0},
    finished: finishedBefore(lake, {what, asks}, today),
    rows: {new: 0, changed: 0, quarantined: 0},
    bytes: 0,
    failures: []
  };
  const end = (news: Pick<PullRecord, "state" | "message">) => {
    Object.assign(record, news, {endedAt: now().toISOString()});
    lake.recordPull(record);
  };
  const vendors = [...tools.sources.values()].map(({vendor}) => vendor);
  lake.recordPull(record);
  try {
    const plans = await Promise.all(
      asks.map((ask) => planAsk(ask, checkAsk(ask, vendors, today), lake, today))
    );
    await new Asking(record, plans, tools).all();
    for (const plan of plans) note(plan, record, tools);
    if (signal.aborted) end({state: "cancelled", message: `cancelled: ${countsOf(record)}`});
    else end({state: isFailed(record) ? "failed" : "done", message: outcomeOf(record)});
    return record;
  } catch (error) {
    try {
      end({state: "failed", message: (error as Error).message});
    } catch {
      // where the disk is full it takes no record either: the error is told
    }
    throw error;
  }
}

/** What the latest pull of the same has finished, where that ended before its end, today. */
function finishedBefore(lake: Lake, job: Pick<PullJob, "what" | "asks">, today: string): readonly string[] {
  const like = lake
    .pulls(LOOKED_AT)
    .find(
      ({what, asks}) => what === job.what && isDeepStrictEqual(asks, JSON.parse(JSON.stringify(job.asks)))
    );
  const isUnfinished = like?.state === "interrupted" || like?.state === "cancelled";
  return isUnfinished && like.startedAt.startsWith(today) ? like.finished : [];
}

/** Leaves in the catalog how a dataset's pull went, and what "update all" shall ask for. */
function note(
  {id, tasks, current, regains, vendor}: Plan,
  record: PullRecord,
  {lake, now, signal}: PullTools
): void {
  const failed = record.failures.filter((failure) => failure.vendor === vendor.id);
  const failedSymbols = new Set(failed.map(({symbol}) => symbol));
  const symbols = [...new Set([...tasks.map(({symbol}) => symbol), ...current])];
  const got = symbols.filter((symbol) => !failedSymbols.has(symbol));
  const ok = failed.length === 0 && !signal.aborted;
  if (ok) for (const range of regains) lake.regained(id, range);
  const message = signal.aborted
    ? "cancelled"
    : (failed[0]?.message ?? `${got.length} symbols are up to date`);
  for (const kind of [id.kind, "actions" as const]) {
    if (lake.has("clean", {...id, kind}))
      lake.notePull({...id, kind}, {at: now().toISOString(), ok, message});
  }
  if (got.length && lake.has("clean", id)) lake.track(id, got);
}

function isFailed({failures, symbols}: PullRecord): boolean {
  return (
    failures.length > 0 &&
    new Set(failures.map(({vendor, symbol}) => `${vendor} ${symbol}`)).size >= symbols.total
  );
}
