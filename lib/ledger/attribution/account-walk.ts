import {divide, UNIT, type Amount, absolute} from "../../money/amount.js";
import {
  isNotional,
  positionValue,
  RowConverter,
  valueInNav,
  worth,
  type Convertible,
  type Position
} from "../exposure.js";
import type {NavSeries} from "../nav-series.js";
import type {LedgerTables} from "../tables.js";
import {accrualsByDay, type Accruals} from "./accruals.js";
import type {CashEvent} from "./cash-events.js";
import type {HoldingEvent, Instrument} from "./events.js";
import {toFloat} from "./float.js";
import type {MarkedDay} from "./marked-days.js";
import type {HoldingSteps, Step} from "./steps.js";

interface Before {
  index: number;
  day: MarkedDay;
  /** Undefined where they are not known: the account's then stand with its cash. */
  accruals: ReadonlyMap<string, Accruals> | undefined;
}

/** One account, day by day: books what each holding did from one known day to the next. */
export class AccountWalk {
  readonly #account: string;
  readonly #series: NavSeries;
  readonly #converter: RowConverter;
  readonly #result: HoldingSteps;
  readonly #accruals: (account: string, day: string) => ReadonlyMap<string, Accruals> | undefined;
  #before: Before | undefined;
  /** What each holding of the last known day was worth at its marks, in the reporting currency. */
  readonly #worth = new Map<string, Amount>();
  #events: HoldingEvent[] = [];
  #income: CashEvent[] = [];

  constructor(account: string, ledger: LedgerTables, series: NavSeries, result: HoldingSteps) {
    this.#account = account;
    this.#series = series;
    this.#converter = new RowConverter(ledger, series.currency);
    this.#result = result;
    this.#accruals = accrualsByDay(ledger);
  }

  add(events: readonly HoldingEvent[], income: readonly CashEvent[]) {
    this.#events.push(...events);
    this.#income.push(...income);
  }

  /** Books the steps up to a day; false where what it holds cannot be all. */
  to(index: number, day: MarkedDay): boolean {
    const accruals = this.#accruals(this.#account, this.#series.days[index]);
    if (this.#before) {
      const [then, now] =
        accruals && this.#before.accruals ? [this.#before.accruals, accruals] : [NO_ACCRUALS, NO_ACCRUALS];
      const events = byHolding(this.#events);
      const income = byHolding(this.#income);
      if (day.source === "nothing held" && !this.#isEmptied(events)) return false;
      const busy = new Set([...events.keys(), ...income.keys(), ...then.keys(), ...now.keys()] as string[]); // income without a holding was left out
      const before = this.#before.day.positions;
      const book = (name: string) =>
        this.#book(
          name,
          index,
          day,
          events.get(name) ?? [],
          income.get(name) ?? [],
          then.get(name),
          now.get(name)
        );
      for (const [name, row] of day.positions) {
        const earlier = before.get(name);
        if (earlier?.position === row.position && !busy.has(name) && !isNotional(row)) {
          this.#mark(name, index, earlier, row);
        } else book(name);
      }
      for (const name of before.keys()) if (!day.positions.has(name)) book(name);
      for (const name of busy) if (!day.positions.has(name) && !before.has(name)) book(name);
    }
    this.#before = {index, day, accruals};
    this.#events = [];
    this.#income = [];
    return true;
  }

  /** Whether all that was held has left since. */
  #isEmptied(events: ReadonlyMap<string | null, readonly HoldingEvent[]>): boolean {
    return [...(this.#before?.day.positions ?? [])].every(
      ([name, {position}]) =>
        (position ?? 0n) + (events.get(name) ?? []).reduce((sum, {quantity}) => sum + quantity, 0n) === 0n
    );
  }

  /** Books a day on which nothing but its mark and its rate changed: most are of this kind. */
  #mark(holding: string, index: number, row0: Position, row1: Position) {
    const [u0, u1] = [positionValue(row0) ?? 0n, positionValue(row1) ?? 0n];
    const step = this.#empty(holding, row1, index);
    step.start = this.#worth.get(holding) ?? this.#base(row0, u0);
    step.end = this.#base(row1, u1);
    step.price = this.#base(row0, u1 - u0);
    step.currency = step.end - step.start - step.price;
    step.atStart = toFloat(absolute(step.start));
    this.#worth.set(holding, step.end);
    this.#result.steps.push(step);
  }

  #empty(holding: string, instrument: Instrument, to: number): Step {
    return {
      account: this.#account,
      holding,
      instrument,
      from: (this.#before as Before).index, // a step has a day before
      to,
      start: 0n,
      end: 0n,
      inflow: 0n,
      outflow: 0n,
      price: 0n,
      currency: 0n,
      income: 0n,
      fee: 0n,
      tax: 0n,
      accrued: 0n,
      atStart: 0,
      added: 0
    };
  }

  #book(
    holding: string,
    index: number,
    day: MarkedDay,
    events: readonly HoldingEvent[],
    income: readonly CashEvent[],
    accruedBefore: Accruals | undefined,
    accrued: Accruals | undefined
  ) {
    const before = this.#before as Before; // its caller has seen it
    const [row0, row1] = [before.day.positions.get(holding), day.positions.get(holding)];
    const instrument = row1 ?? row0 ?? events[0]?.row ?? income[0]?.row ?? accrued?.row ?? accruedBefore?.row;
    if (!instrument) return;
    const step = this.#empty(holding, instrument, index);
    if (row0 || row1 || events.length) this.#market(step, row0, row1, events);
    for (const {charges} of events)
      for (const {part, row, amount} of charges) step[part] += this.#base(row, amount);
    for (const {part, row, amount} of income) {
      const paid = this.#base(row, amount);
      step[part === "currency" ? "income" : part] += paid;
      step.outflow += paid;
    }
    this.#accrue(step, accruedBefore, accrued);
    this.#result.steps.push(step);
  }

  /** Price and currency: what stands there now, less what stood there, less what came in since. */
  #market(
    step: Step,
    row0: Position | undefined,
    row1: Position | undefined,
    given: readonly HoldingEvent[]
  ) {
    const open = row0 ?? given[0]?.row ?? (row1 as Position); // one of them is there
    const close = row1 ?? given.at(-1)?.row ?? open;
    const events = this.#completed(step, row0, row1, given);
    const [unit0, unit1] = [this.#base(open, UNIT), this.#base(close, UNIT)];
    const notional = isNotional(open);
    const [u0, u1] = [row0 ? (valueInNav(row0) ?? 0n) : 0n, row1 ? (valueInNav(row1) ?? 0n) : 0n];
    const [n0, n1] = notional
      ? [row0 ? (positionValue(row0) ?? 0n) : 0n, row1 ? (positionValue(row1) ?? 0n) : 0n]
      : [u0, u1];
    let [held, local, paid] = [row0?.position ?? 0n, n1 - n0, 0n];
    step.start = row0 ? this.#base(row0, u0) : 0n;
    step.end = row1 ? this.#base(row1, u1) : 0n;
    if (row1) this.#worth.set(step.holding, step.end);
    else this.#worth.delete(step.holding);
    step.atStart += toFloat(absolute(notional && row0 ? this.#base(row0, n0) : step.start));
    for (const {row, quantity, cost: known, costInBase} of events) {
      const cost = known ?? worth(row, quantity, row1?.markPrice ?? row0?.markPrice ?? null) ?? 0n;
      const inBase =
        costInBase === undefined
          ? this.#base(row, cost)
          : this.#base({...row, currency: null, fxRateToBase: UNIT}, costInBase);
      const same = row.currency === open.currency || unit0 === 0n;
      local -= same ? cost : divide(inBase, unit0);
      paid += inBase;
      const added = addedBy(held, quantity, absolute(inBase), cost);
      held += quantity;
      step.inflow += added;
      step.outflow += absolute(inBase) - added;
      step.added += toFloat(added);
    }
    if (!notional) {
      step.price += this.#base(open, local);
      step.currency += step.end - step.start - paid - this.#base(open, local);
    } else {
      step.price += this.#base(close, local);
      step.currency += unit1 === unit0 ? 0n : this.#base(close, u0) - step.start;
    }
  }

  /** Adds what the rows do not tell of the quantity, at the mark, so that no purchase unseen is a gain. */
  #completed(
    {holding, to}: Step,
    row0: Position | undefined,
    row1: Position | undefined,
    events: readonly HoldingEvent[]
  ): readonly HoldingEvent[] {
    const missing = events.reduce(
      (left, {quantity}) => left - quantity,
      (row1?.position ?? 0n) - (row0?.position ?? 0n)
    );
    const row = row1 ?? row0;
    if (missing === 0n || !row) return events;
    const day = this.#series.days[to];
    this.#result.problems.push(
      `${row.symbol ?? holding}: what ${this.#account} holds on ${day} is not what its rows make of the day before`
    );
    const unseen = {account: this.#account, holding, day, time: day, row, charges: []};
    return [...events, {...unseen, quantity: missing, cost: worth(row, missing, row.markPrice)}];
  }

  /**
   * Dividends that were announced stand in net asset value from the ex-date to the pay-date; what their rate changes
   * meanwhile is currency.
   */
  #accrue(step: Step, before: Accruals | undefined, now: Accruals | undefined) {
    const day = this.#series.days[step.to];
    const [gross0, tax0] = before
      ? [this.#base(before.row, before.gross), this.#base(before.row, before.tax)]
      : [0n, 0n];
    const [gross1, tax1] = now ? [this.#base(now.row, now.gross), this.#base(now.row, now.tax)] : [0n, 0n];
    const today = before && {...before.row, day, fxRateToBase: now?.row.fxRateToBase ?? null};
    const [gross, tax] = today
      ? [
          this.#converter.convert(today, before.gross) ?? gross0,
          this.#converter.convert(today, before.tax) ?? tax0
        ]
      : [0n, 0n];
    step.income += gross1 - gross;
    step.tax += tax1 - tax;
    step.currency += gross + tax - gross0 - tax0;
    step.accrued = gross1 + tax1 - gross0 - tax0;
    step.start += gross0 + tax0;
    step.end += gross1 + tax1;
    step.atStart += toFloat(absolute(gross0 + tax0));
  }

  #base(row: Convertible, amount: Amount): Amount {
    const converted = this.#converter.convert(row, amount);
    if (converted !== null) return converted;
    this.#result.problems.push(this.#converter.reason(row));
    return 0n;
  }
}

const NO_ACCRUALS: ReadonlyMap<string, Accruals> = new Map();
const NONE: ReadonlyMap<string | null, never[]> = new Map();

function byHolding<Row extends {holding: string | null}>(
  rows: readonly Row[]
): ReadonlyMap<string | null, Row[]> {
  return rows.length ? Map.groupBy(rows, ({holding}) => holding) : NONE;
}

/** Returns how much of an event's worth adds to what is held, long or short; the rest takes from it. */
function addedBy(held: Amount, quantity: Amount, inBase: Amount, cost: Amount): Amount {
  if (quantity === 0n) return cost > 0n ? inBase : 0n;
  if (held === 0n || held > 0n === quantity > 0n) return inBase;
  const rest = absolute(quantity) - absolute(held);
  return rest <= 0n ? 0n : (inBase * rest) / absolute(quantity);
}
