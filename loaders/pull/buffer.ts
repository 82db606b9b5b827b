import type {LakeProblem} from "../../lib/lake/catalog.js";
import type {Rows} from "../../lib/lake/columns.js";
import {concatRows, rowAt, symbolAt} from "../../lib/lake/concat.js";
import {formatDatasetId, type DatasetId} from "../../lib/lake/dataset.js";
import {calendarOf, type Calendar} from "../../lib/lake/gaps.js";
import {validate} from "../../lib/lake/validate.js";
import {compareText} from "../../lib/order.js";
import {addDays, dayOf} from "../../lib/time/day.js";
import type {Lake, RowProblem, SymbolEntryFacts} from "../lake/port.js";
import type {Pulled, Vendor} from "../vendors/vendor.js";
import {writeFeatures} from "./features.js";

/** What a write brought. */
export interface Brought {
  new: number;
  changed: number;
  quarantined: number;
  bytes: number;
}

/** Days before new rows that they are judged against: a jump over a long holiday is still seen. */
const DAYS_BEFORE = 40;

interface Held {
  id: DatasetId;
  facts: Map<string, SymbolEntryFacts>;
  /** Chunks of rows by the calendar that their symbols go by. */
  chunks: Map<Calendar, Rows[]>;
}

/** Keeps rows of many symbols until they are checked and written, a dataset at a time. */
export class RowBuffer {
  readonly #lake: Lake;
  readonly #today: () => string;
  readonly #held = new Map<string, Held>();
  #rows = 0;

  constructor(lake: Lake, today: () => string) {
    this.#lake = lake;
    this.#today = today;
  }

  /** Rows that wait to be written. */
  get rows(): number {
    return this.#rows;
  }

  /** @param id of the rows that were asked for; rows of another kind go into the like dataset of that kind */
  add(id: DatasetId, {facts, rows}: Pulled, vendor: Pick<Vendor, "calendar">): void {
    const calendar = calendarOf(vendor.calendar, facts.timeZone);
    for (const chunk of rows) {
      if (!chunk.length) continue;
      const own = {...id, kind: chunk.kind};
      const key = formatDatasetId(own);
      const held = this.#held.get(key) ?? {id: own, facts: new Map(), chunks: new Map()};
      this.#held.set(key, held);
      held.facts.set(facts.symbol, facts);
      held.chunks.set(calendar, [...(held.chunks.get(calendar) ?? []), chunk]);
      this.#rows += chunk.length;
    }
  }

  /** Checks and writes all that waits, actions before the bars whose jumps they explain. */
  async write(): Promise<Brought> {
    const all = [...this.#held.values()].toSorted(
      (a, b) => Number(b.id.kind === "actions") - Number(a.id.kind === "actions")
    );
    this.#held.clear();
    this.#rows = 0;
    const brought: Brought = {new: 0, changed: 0, quarantined: 0, bytes: 0};
    const touched = new Map<string, {id: DatasetId & {kind: "bars"}; symbols: Set<string>}>();
    for (const held of all) {
      const {symbols, ...counts} = await this.#writeOne(held);
      for (const name of ["new", "changed", "quarantined", "bytes"] as const) brought[name] += counts[name];
      if (!counts.new && !counts.changed) continue;
      const bars = {...held.id, kind: "bars" as const};
      const of = touched.get(formatDatasetId(bars)) ?? {id: bars, symbols: new Set()};
      touched.set(formatDatasetId(bars), of);
      for (const symbol of symbols) of.symbols.add(symbol);
    }
    for (const {id, symbols} of touched.values())
      brought.bytes += await writeFeatures(this.#lake, id, [...symbols], this.#today());
    return brought;
  }

  async #writeOne({id, facts, chunks}: Held): Promise<Brought & {symbols: string[]}> {
    const good: Rows[] = [];
    const problems: RowProblem[] = [];
    let quarantined = 0;
    for (const [calendar, parts] of chunks) {
      const bySymbol = parts.toSorted((a, b) => compareText(symbolAt(a, 0), symbolAt(b, 0))); // each is of one symbol
      const rows = concatRows(id.kind, bySymbol);
      const checked = validate(rows, {
        calendar,
        frequency: id.frequency,
        today: this.#today(),
        ...(await this.#context(id, rows))
      });
      good.push(checked.good);
      quarantined += checked.quarantined.length;
      problems.push(...withRows(checked.problems, checked.quarantined));
    }
    const rows = concatRows(id.kind, good);
    const written = await this.#lake.write("clean", id, rows, [...facts.values()]);
    if (problems.length) this.#lake.quarantine("clean", id, problems);
    const {new: added, changed, bytes} = written;
    return {new: added, changed, bytes, quarantined, symbols: [...facts.keys()]};
  }

  /** What the lake holds of the same symbols: rows to judge against, and actions that explain jumps. */
  async #context(id: DatasetId, rows: Rows): Promise<{previous?: Rows; actions?: Rows<"actions">}> {
    const symbols = [...symbolsOf(rows)];
    const days = rows.columns.day;
    const from = addDays(dayOf(days.reduce((least, day) => Math.min(least, day))), -DAYS_BEFORE);
    const actions = {...id, kind: "actions" as const};
    return {
      ...(this.#lake.has("clean", id) && {previous: await this.#lake.read("clean", id, {symbols, from})}),
      ...(id.kind === "bars" &&
        this.#lake.has("clean", actions) && {actions: await this.#lake.read("clean", actions, {symbols})})
    };
  }
}

/** The symbols of rows, each once. */
function symbolsOf(rows: Rows): Set<string> {
  const symbols = new Set<string>();
  for (let i = 0; i < rows.length; ++i) symbols.add(symbolAt(rows, i));
  return symbols;
}

/** Puts beside each problem of a row that was kept out that row, the nth one of a symbol and day to the nth. */
function withRows(problems: readonly LakeProblem[], quarantined: Rows): RowProblem[] {
  const waiting = new Map<string, number[]>();
  for (let i = 0; i < quarantined.length; ++i) {
    const key = `${symbolAt(quarantined, i)} ${dayOf(quarantined.columns.day[i])}`;
    waiting.set(key, [...(waiting.get(key) ?? []), i]);
  }
  return problems.map((problem) => {
    const place =
      problem.state === "quarantined" ? waiting.get(`${problem.symbol} ${problem.day}`)?.shift() : undefined;
    return place === undefined ? problem : {...problem, row: rowAt(quarantined, place)};
  });
}
