import {UNIT, multiply, roundAmount, type Amount, absolute} from "../../money/amount.js";
import {baseCurrencies} from "../base-currency.js";
import {ownRate} from "../exposure.js";
import {withoutLake} from "../lake/lake-rows.js";
import type {Lot} from "../lots/lot.js";
import {matchedLots} from "./matching.js";
import {missingBox} from "./missing-box.js";
import {holdingsOf, type Holding} from "../movements/holdings.js";
import type {Movement} from "../movements/movement.js";
import {movementsOf} from "../movements/movements.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {ratesOf} from "../rates.js";
import {marksOf, type Marks} from "../roll/marks.js";
import {rolledNavs, type HeldValue, type RolledNav, type Unknown} from "../roll/nav.js";
import {dayBefore, periodsOf, type Period} from "../roll/periods.js";
import {rollOf, type AccountRoll} from "../roll/roll.js";
import type {LedgerRow, LedgerTables, TableName} from "../tables.js";
import type {CheckStatus, CheckWhat, Reason} from "./check.js";
import type {Changes} from "./changes.js";
import {KnownDifferences} from "./known.js";
import {type Comparison, type Place, type Sheet} from "./sheet.js";

/** Tables that are compared, or that tell what ours is made of. */
const TABLES = [
  "nav",
  "cash_balances",
  "positions",
  "mtm",
  "fifo",
  "change_in_nav",
  "trades",
  "cash",
  "charges",
  "corporate_actions",
  "transfers",
  "dividend_accruals",
  "dividend_changes",
  "interest_accruals",
  "prior_positions",
  "totals",
  "reported",
  "option_events",
  "lots",
  "closed_lots",
  "funds",
  "rates"
] as const satisfies TableName[];

type Rows = {[T in (typeof TABLES)[number]]: readonly LedgerRow<T>[]};

const grouped = oncePerLedger(
  (ledger: LedgerTables) =>
    new Map(
      TABLES.map((table) => [
        table,
        Map.groupBy<string, {account: string}>(ledger[table], ({account}) => account)
      ])
    )
);

/** A row whose amounts are in a currency, with its own rate to base. */
interface RatedRow {
  id: string;
  day: string;
  currency: string | null;
  fxRateToBase: Amount | null;
}

/** One account on its way through the checks: its rows, what was rolled of it, where comparisons go. */
export class Frame {
  /** The statements' rows alone. */
  readonly ledger: LedgerTables;
  /** With the lake's marks and rates; null without a lake. */
  readonly lake: LedgerTables | null;
  readonly account: string;
  readonly rows: Rows;
  readonly sheet: Sheet;
  readonly changes: Changes;
  readonly roll: AccountRoll;
  readonly movements: readonly Movement[];
  readonly marks: Marks;
  /** Days at whose end a statement says a state, oldest first. */
  readonly closings: readonly string[];
  /** Differences of cash, holdings and accruals, from which those of their sums follow. */
  readonly known = new KnownDifferences();
  readonly #navs = new Map<string, RolledNav>();
  readonly #bases = new Map<string, string | null>();
  #rated: ReadonlyMap<string, RatedRow> | undefined;
  readonly #isDaily: ReadonlySet<string>;
  readonly #longest: ReadonlyMap<string, Period>;
  #byDay: ReadonlyMap<string, Movement[]> | undefined;

  constructor(given: LedgerTables, account: string, {sheet, changes}: {sheet: Sheet; changes: Changes}) {
    const ledger = withoutLake(given);
    this.ledger = ledger;
    this.lake = given.lake ? given : null;
    this.account = account;
    this.sheet = sheet;
    this.changes = changes;
    const tables = grouped(ledger);
    this.rows = Object.fromEntries(
      TABLES.map((table) => [table, tables.get(table)?.get(account) ?? []])
    ) as unknown as Rows; // each under its name
    this.roll = rollOf(ledger).get(account)!; // every account of the ledger was rolled
    this.movements = movementsOf(ledger).get(account) ?? [];
    this.marks = marksOf(ledger);
    const periods = periodsOf(ledger).get(account) ?? [];
    this.closings = [...new Set(periods.map(({to}) => to))].sort();
    this.#isDaily = new Set(periods.filter(({from, to}) => from === to).map(({to}) => to));
    const longest = new Map<string, Period>();
    for (const period of periods) if (!longest.has(period.to)) longest.set(period.to, period);
    this.#longest = longest;
  }

  /** Returns our net asset value at the end of a day. */
  nav(day: string): RolledNav {
    let nav = this.#navs.get(day);
    if (!nav) this.#navs.set(day, (nav = rolledNavs(this.ledger)(this.account, day)!)); // the account was rolled
    return nav;
  }

  /** Returns what it makes in base when IBKR rounds the value of each holding to the cent, half to even, as some reports do (R1). */
  rounding(held: readonly HeldValue[], day: string): Amount {
    let sum = 0n;
    for (const {value, holding} of held) {
      if (!value) continue;
      const moved = absolute(value - roundAmount(value, 2));
      if (moved) sum += this.inBase(moved, holding.currency, day) ?? 0n;
    }
    return sum;
  }

  base(day: string): string | null {
    let base = this.#bases.get(day);
    if (base === undefined) this.#bases.set(day, (base = baseCurrencies(this.ledger)(this.account, day)));
    return base;
  }

  holding(key: string): Holding | undefined {
    return holdingsOf(this.ledger).get(key);
  }

  /** Returns the day whose close a statement of a day begins with. */
  dayBefore(day: string): string {
    return dayBefore(this.ledger)(day);
  }

  /** Returns our lots of the account at the end of a day, matched as it elected. */
  openLots(day: string): readonly Lot[] {
    return matchedLots(this.ledger).open(this.account, day);
  }

  /** Whether a trade is told as an order: several executions may be in it, of which each is a lot of its own. */
  isOrder(id: string): boolean {
    const row = this.rowOf(id);
    if (!row || !("ibExecID" in row)) return false;
    const {tradeID, transactionID, ibExecID} = row as LedgerRow<"trades">; // no other of these tables has that column
    return !tradeID && !transactionID && !ibExecID;
  }

  /** Returns what a holding is called. */
  symbol(key: string): string {
    return this.holding(key)?.symbol ?? key;
  }

  /** Returns the amount in base at the day's rate; null without one. */
  inBase(amount: Amount, currency: string | null, day: string): Amount | null {
    const base = this.base(day);
    if (amount === 0n) return 0n;
    return base && currency ? ratesOf(this.ledger).convert(amount, currency, base, day) : null;
  }

  /** Returns a row's amount in base: by its own rate, else by the day's. */
  rowInBase(
    row: {day: string; currency: string | null; fxRateToBase: Amount | null},
    amount: Amount
  ): Amount | null {
    const own = ownRate(row);
    if (own) return own === UNIT ? amount : multiply(amount, own);
    return this.inBase(amount, row.currency, row.day);
  }

  /** Returns the row that a movement was made of, where it says its rate. */
  rowOf(id: string): RatedRow | undefined {
    if (!this.#rated) {
      const {trades, cash, charges, transfers, corporate_actions} = this.rows;
      const rows: RatedRow[] = [...trades, ...cash, ...charges, ...transfers, ...corporate_actions];
      this.#rated = new Map(rows.map((row) => [row.id, row]));
    }
    return this.#rated.get(id);
  }

  /** Returns the known difference of a currency's cash, where it accounts for the amount. */
  knownCash(day: string, currency: string, difference: Amount, tolerance: Amount): Reason | null {
    const inBase = this.inBase(difference, currency, day);
    return inBase === null ? null : this.known.explainItem(day, "cash", currency, inBase, tolerance);
  }

  /** Returns the movements of a day. */
  movementsOn(day: string): readonly Movement[] {
    this.#byDay ??= Map.groupBy(this.movements, (movement) => movement.day);
    return this.#byDay.get(day) ?? [];
  }

  /** Returns the movements from one day to another, both included. */
  movementsIn({from, to}: Period): Movement[] {
    return from === to
      ? [...this.movementsOn(from)]
      : this.movements.filter(({day}) => day >= from && day <= to);
  }

  /** Whether one of the account's statements is of that day alone. */
  isDaily(day: string): boolean {
    return this.#isDaily.has(day);
  }

  /** Returns the period that a state of a day is checked in: the statement's own, where it is longer than a day, else the month. */
  periodAt(day: string): string {
    const own = this.isDaily(day) ? undefined : this.#longest.get(day);
    return own ? `${own.from}/${own.to}` : day.slice(0, 7);
  }

  /** Returns the period that rows of a statement are checked in. */
  periodOf(from: string, to: string): string {
    return from === to ? to.slice(0, 7) : `${from}/${to}`;
  }

  /** Returns what makes a comparison whose ours is not known: whether it is not given, or explained by what nobody has. */
  lack({kind, item, reason}: Unknown): NonNullable<Comparison["lack"]> {
    if (kind === "rate" && this.hasRates(item)) {
      return {status: "explained", reason: {code: "missing-rate", sentence: reason}};
    }
    const code = LACKS[kind];
    return {status: "not-given", reason: {code, sentence: reason}};
  }

  /** Whether the statements have rates of a currency, so that only a day of them is missing. */
  hasRates(currency: string): boolean {
    return ratedCurrencies(this.ledger).has(currency);
  }

  /** Returns why ours may lack what led to a figure: a section that it is made of has no row in any statement; null where all are there. */
  missingSection(what: CheckWhat): Reason | null {
    const box = missingBox(this.rows, what);
    return box === null ? null : lackOf(this.account, box);
  }

  /**
   * Compares; where the two differ and a section that ours is made of is in none of the account's statements, ours is not
   * known.
   */
  compare(place: Omit<Place, "account">, line: Comparison): CheckStatus {
    const {ours, theirs, tolerance, itself, unsure} = line;
    const whole = {...place, account: this.account};
    if (ours !== null && theirs !== null && absolute(ours - theirs) > tolerance) {
      const reason = unsure ?? (itself ? null : this.missingSection(place.what));
      if (reason)
        return this.sheet.compare(whole, {...line, ours: null, lack: {status: "not-given", reason}});
    }
    return this.sheet.compare(whole, line);
  }

  /** Says that a check cannot be made, over all days of the account's statements. */
  lacks(what: CheckWhat, box: string): void {
    const spans = this.ledger.coverage.filter(({account}) => account === this.account);
    const from = spans[0]?.from ?? this.closings[0] ?? "";
    const to = spans.at(-1)?.to ?? this.closings.at(-1) ?? from;
    const sentence = `no statement of ${this.account} has it: tick ${box} in the Flex query`;
    const place = {account: this.account, what, period: `${from}/${to}`, from, to};
    this.sheet.lacks(place, {code: "missing-section", sentence});
  }
}

function lackOf(account: string, box: string): Reason {
  const sentence = `what led to it is not in the statements of ${account}: tick ${box} in the Flex query`;
  return {code: "missing-section", sentence};
}

const LACKS: Readonly<Record<Unknown["kind"], Reason["code"]>> = {
  opening: "missing-history",
  basis: "missing-history",
  mark: "missing-price",
  rate: "missing-rate",
  base: "missing-section",
  currency: "missing-section"
};

const ratedCurrencies = oncePerLedger(
  ({rates}): ReadonlySet<string | null> =>
    new Set(
      rates
        .filter(({rate}) => rate !== null && rate > 0n)
        .flatMap(({fromCurrency, toCurrency}) => [fromCurrency, toCurrency])
    )
);
