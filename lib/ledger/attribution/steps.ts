import {divide, UNIT, type Amount} from "../../money/amount.js";
import {
  isNotional,
  positionValue,
  RowConverter,
  valueInNav,
  worth,
  type Convertible,
  type Position
} from "../exposure.js";
import {accrualsByDay, type Accruals} from "./accruals.js";
import {cashEvents, type CashEvent} from "./cash-events.js";
import {holdingEvents, type HoldingEvent, type Instrument} from "./events.js";
import {markedDays, type MarkedDay, type MarkSource} from "./marked-days.js";
import type {NavSeries} from "../nav-series.js";
import {lastBefore} from "../sorted-days.js";
import type {LedgerTables} from "../tables.js";
import {toFloat} from "./float.js";

/** What made a gain; they sum to it exactly. */
export const GAIN_PARTS = ["price", "currency", "income", "fee", "tax"] as const;
export type GainPart = (typeof GAIN_PARTS)[number];
export type GainParts = Record<GainPart, Amount>;

/** What a holding did between two days on which it is known, in the reporting currency. */
export interface Step {
  account: string;
  holding: string;
  instrument: Instrument;
  /** Indexes of days of the series. */
  from: number;
  to: number;
  /** What it stands for in net asset value at both ends, dividends accrued included. */
  start: Amount;
  end: Amount;
  /** What came in (bought, sold short, received) and left (sold, covered, paid out), both positive. */
  inflow: Amount;
  outflow: Amount;
  parts: GainParts;
  /** Change of its dividends announced, which is in income and tax. */
  accrued: Amount;
  /** What was at work: the size of what stood there at the start, futures at notional, and what was added to it. */
  atStart: number;
  added: number;
}

/** The steps of some accounts' holdings, and which days their marks are known. */
export interface HoldingSteps {
  /** In order of account, day, holding. */
  steps: Step[];
  /** By account: where the marks of each day of the series are from; undefined where there are none. */
  sources: ReadonlyMap<string, readonly (MarkSource | undefined)[]>;
  /** What does not add up, a sentence each. */
  problems: string[];
}

/** Returns what each holding of the series' accounts did from one known day to the next. */
export function holdingSteps(ledger: LedgerTables, series: NavSeries): HoldingSteps {
  const marks = markedDays(ledger);
  const accounts = new Set(series.accounts);
  const at = (day: string) => lastBefore(series.days, day) + 1;
  const ofAccount = <Row extends {account: string; day: string}>(rows: readonly Row[]) =>
    Map.groupBy(
      rows.filter(({account}) => accounts.has(account)),
      ({account}) => account
    );
  const events = ofAccount(holdingEvents(ledger));
  const income = ofAccount(cashEvents(ledger).filter(({holding}) => holding !== null));
  const result: HoldingSteps = {steps: [], sources: new Map(), problems: []};
  const sources = new Map<string, (MarkSource | undefined)[]>();
  result.sources = sources;
  for (const account of series.accounts) {
    const own = byIndex(events.get(account) ?? [], at);
    const earned = byIndex(income.get(account) ?? [], at);
    const walk = new AccountWalk(account, ledger, series, result);
    const known: (MarkSource | undefined)[] = [];
    for (let i = 0; i < series.days.length; ++i) {
      walk.add(own.get(i) ?? [], earned.get(i) ?? []);
      const marked = marks(account, series.days[i]);
      known.push(marked && walk.to(i, marked) ? marked.source : undefined);
    }
    sources.set(account, known);
  }
  return result;
}

function byIndex<Row extends {day: string}>(
  rows: readonly Row[],
  at: (day: string) => number
): Map<number, Row[]> {
  return Map.groupBy(rows, ({day}) => at(day));
}

interface Before {
  index: number;
  day: MarkedDay;
  /** Undefined where they are not known: the account's then stand with its cash. */
  accruals: ReadonlyMap<string, Accruals> | undefined;
}

/** One account, day by day. */
class AccountWalk {
  readonly #account: string;
  readonly #series: NavSeries;
  readonly #converter: RowConverter;
  readonly #result: HoldingSteps;
  readonly #accruals: (account: string, day: string) => ReadonlyMap<string, Accruals> | undefined;
  #before: Before | undefined;
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
      const names = new Set([
        ...this.#before.day.positions.keys(),
        ...day.positions.keys(),
        ...then.keys(),
        ...now.keys(),
        ...this.#events.map(({holding}) => holding),
        ...this.#income.map(({holding}) => holding as string) // those without were left out
      ]);
      const events = byHolding(this.#events);
      const income = byHolding(this.#income);
      if (day.source === "nothing held" && !this.#isEmptied(events)) return false;
      for (const name of names) {
        this.#book(
          name,
          index,
          day,
          events.get(name) ?? [],
          income.get(name) ?? [],
          then.get(name),
          now.get(name)
        );
      }
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
    const step: Step = {
      account: this.#account,
      holding,
      instrument,
      from: before.index,
      to: index,
      start: 0n,
      end: 0n,
      inflow: 0n,
      outflow: 0n,
      parts: {price: 0n, currency: 0n, income: 0n, fee: 0n, tax: 0n},
      accrued: 0n,
      atStart: 0,
      added: 0
    };
    if (row0 || row1 || events.length) this.#market(step, row0, row1, events);
    for (const {charges} of events)
      for (const {part, row, amount} of charges) step.parts[part] += this.#base(row, amount);
    for (const {part, row, amount} of income) {
      const paid = this.#base(row, amount);
      step.parts[part === "currency" ? "income" : part] += paid;
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
    step.atStart += toFloat(size(notional && row0 ? this.#base(row0, n0) : step.start));
    for (const {row, quantity, cost: known, costInBase} of events) {
      const cost = known ?? worth(row, quantity, row1?.markPrice ?? row0?.markPrice ?? null) ?? 0n;
      const inBase =
        costInBase === undefined
          ? this.#base(row, cost)
          : this.#base({...row, currency: null, fxRateToBase: UNIT}, costInBase);
      const same = row.currency === open.currency || unit0 === 0n;
      local -= same ? cost : divide(inBase, unit0);
      paid += inBase;
      const added = addedBy(held, quantity, size(inBase), cost);
      held += quantity;
      step.inflow += added;
      step.outflow += size(inBase) - added;
      step.added += toFloat(added);
    }
    if (!notional) {
      step.parts.price += this.#base(open, local);
      step.parts.currency += step.end - step.start - paid - this.#base(open, local);
    } else {
      step.parts.price += this.#base(close, local);
      step.parts.currency += unit1 === unit0 ? 0n : this.#base(close, u0) - step.start;
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
    step.parts.income += gross1 - gross;
    step.parts.tax += tax1 - tax;
    step.parts.currency += gross + tax - gross0 - tax0;
    step.accrued = gross1 + tax1 - gross0 - tax0;
    step.start += gross0 + tax0;
    step.end += gross1 + tax1;
    step.atStart += toFloat(size(gross0 + tax0));
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
  const rest = size(quantity) - size(held);
  return rest <= 0n ? 0n : (inBase * rest) / size(quantity);
}

function size(amount: Amount): Amount {
  return amount < 0n ? -amount : amount;
}
