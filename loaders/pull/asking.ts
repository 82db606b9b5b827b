import type {PullFailure, PullRecord} from "../../lib/lake/pull.js";
import {dayAt} from "../../lib/time/calendar.js";
import {type Vendor, VendorError, type VendorErrorCode} from "../vendors/vendor.js";
import {RowBuffer} from "./buffer.js";
import {taskKey, type Plan, type Task} from "./plan.js";
import type {PullTools} from "./run.js";

/** Rows and milliseconds after which what has come is written. */
const MOST_ROWS = 500_000;
const WRITE_MS = 15_000;
const TELL_MS = 100;

/** Errors after which a vendor is asked for nothing more: each further request would end the same. */
const ENDS_VENDOR: ReadonlySet<VendorErrorCode> = new Set([
  "key-missing",
  "key-wrong",
  "banned",
  "challenge",
  "quota-used",
  "rate-limited"
]);

/** Symbols in a row without an answer, after which a vendor is taken to be away. */
const MOST_UNANSWERED = 3;

/** The work of one pull: vendors side by side, the symbols of each one after the other. */
export class Asking {
  readonly #record: PullRecord;
  readonly #plans: readonly Plan[];
  readonly #tools: PullTools;
  readonly #buffer: RowBuffer;
  /** Set off by the person, and by a lake that cannot be written. */
  readonly #broken = new AbortController();
  readonly #signal: AbortSignal;
  readonly #begun = performance.now();
  readonly #finished: Set<string>;
  #failures: PullFailure[] = [];
  /** Tasks whose rows are in the buffer. */
  #waiting: Task[] = [];
  #came = 0;
  #skipped = 0;
  #writtenAt = performance.now();
  #toldAt = -Infinity;
  #writing: Promise<void> = Promise.resolve();

  /** @param record counted up as the work goes on */
  constructor(record: PullRecord, plans: readonly Plan[], tools: PullTools) {
    [this.#record, this.#plans, this.#tools] = [record, plans, tools];
    this.#finished = new Set(record.finished);
    this.#buffer = new RowBuffer(tools.lake, () => dayAt(tools.now()));
    this.#signal = AbortSignal.any([tools.signal, this.#broken.signal]);
  }

  /** @throws LakeError when rows cannot be written */
  async all(): Promise<void> {
    const {symbols} = this.#record;
    const groups = Map.groupBy(this.#plans, ({vendor}) => vendor);
    const work = [...groups].map(([vendor, plans]) => ({
      vendor,
      tasks: plans.flatMap(({tasks}) => tasks).filter((task) => !this.#finished.has(keyOf(task)))
    }));
    const wanted = this.#plans.flatMap(({id, tasks, current}) => [
      ...tasks.map(keyOf),
      ...current.map((symbol) => taskKey(id, symbol))
    ]);
    symbols.total = new Set(wanted).size;
    symbols.done = symbols.total - new Set(work.flatMap(({tasks}) => tasks.map(keyOf))).size;
    this.#skipped = symbols.done;
    await Promise.all(work.map(async ({vendor, tasks}) => this.#askAll(vendor, tasks)));
    await this.#write();
  }

  async #askAll(vendor: Vendor, tasks: readonly Task[]): Promise<void> {
    let unanswered = 0;
    for (const [place, task] of tasks.entries()) {
      if (this.#signal.aborted) return;
      const error = await this.#ask(vendor, task);
      if (this.#signal.aborted) return;
      if (error) this.#fail(vendor, task, error);
      const isLast = !tasks[place + 1] || keyOf(tasks[place + 1]) !== keyOf(task);
      if (isLast) ++this.#record.symbols.done;
      this.#tell(task.symbol);
      unanswered = error?.code === "unavailable" ? unanswered + 1 : 0;
      if (!error || (!ENDS_VENDOR.has(error.code) && unanswered < MOST_UNANSWERED)) continue;
      const why = new VendorError(error.code, `not asked for after ${task.symbol}: ${error.message}`);
      const rest = tasks.slice(place + 1).filter((other) => keyOf(other) !== keyOf(task));
      for (const other of new Map(rest.map((one) => [keyOf(one), one])).values()) {
        this.#fail(vendor, other, why);
        ++this.#record.symbols.done;
      }
      return;
    }
  }

  /** Returns the error that a vendor gave instead of rows; its rows before that are kept. */
  async #ask(vendor: Vendor, task: Task): Promise<VendorError | null> {
    const {id, symbol, range, heldFrom} = task;
    const {web} = this.#tools.sources.get(vendor.id)!; // the plan is made of the sources
    if (heldFrom !== null && range.from < heldFrom) this.#tools.lake.noteAsked(id, [symbol], heldFrom);
    try {
      const ask = {kind: id.kind, symbol, frequency: id.frequency, ...range};
      for await (const pulled of vendor.pull(ask, web, this.#signal)) {
        for (const rows of pulled.rows) this.#came += rows.length;
        this.#buffer.add(id, pulled, vendor);
        this.#tell(symbol);
        if (this.#buffer.rows > MOST_ROWS) await this.#write();
      }
    } catch (error) {
      if (this.#signal.aborted) return null;
      if (!(error instanceof VendorError)) {
        this.#broken.abort();
        throw error;
      }
      if (error.code !== "no-data" || heldFrom === null) return error; // days without rows after others are none
    }
    this.#waiting.push(task);
    if (performance.now() - this.#writtenAt > (this.#tools.writeEveryMs ?? WRITE_MS)) await this.#write();
    return null;
  }

  /** Writes what has come, one write at a time; then its symbols are finished. */
  async #write(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const done = this.#waiting;
      this.#waiting = [];
      const {bytes, ...rows} = await this.#buffer.write();
      const {lake} = this.#tools;
      this.#record.bytes += bytes;
      for (const name of ["new", "changed", "quarantined"] as const) this.#record.rows[name] += rows[name];
      for (const task of done) {
        const {id, symbol, wantedFrom, heldFrom} = task;
        if (heldFrom === null || wantedFrom < heldFrom) lake.noteAsked(id, [symbol], wantedFrom);
        this.#finished.add(keyOf(task));
      }
      this.#record.finished = [...this.#finished];
      lake.recordPull(this.#record);
      this.#writtenAt = performance.now();
    });
    try {
      await this.#writing;
    } catch (error) {
      this.#broken.abort();
      throw error;
    }
  }

  #fail(vendor: Vendor, {symbol}: Task, {code, message}: VendorError): void {
    this.#failures.push({vendor: vendor.id, symbol, code, message});
    this.#record.failures = this.#failures;
  }

  #tell(symbol: string): void {
    const {done, total} = this.#record.symbols;
    const time = performance.now();
    if (time - this.#toldAt < TELL_MS && done < total) return;
    this.#toldAt = time;
    const asked = done - this.#skipped;
    const etaSeconds = asked ? ((time - this.#begun) / 1000 / asked) * (total - done) : null;
    this.#tools.onProgress({symbol, done, total, rows: this.#came, bytes: this.#record.bytes, etaSeconds});
  }
}

const keyOf = ({id, symbol}: Task): string => taskKey(id, symbol);
