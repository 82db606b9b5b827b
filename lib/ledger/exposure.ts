import {divide, multiply, UNIT, type Amount} from "../money/amount.js";
import {baseCurrencies, NO_BASE, type BaseCurrency} from "./base-currency.js";
import {oncePerLedger} from "./once-per-ledger.js";
import {money, noMoney} from "./money-view.js";
import {ownRatesOf, ratesOf, type Rates} from "./rates.js";
import type {LedgerRow, LedgerTables} from "./tables.js";
import type {Money} from "./views.js";

export type Position = LedgerRow<"positions">;

/** Whose gain is settled in cash every day: no part of net asset value. */
const SETTLED_DAILY = new Set(["FUT", "FSFOP"]);

/** Which stand in net asset value with their unrealized gain only. */
const CONTRACTS_FOR_DIFFERENCE = new Set(["CFD", "FXCFD"]);

/** Whose marks are percent of the face value that is their quantity. */
const PRICED_IN_PERCENT = new Set(["BOND", "BILL"]);

type Category = Pick<Position, "assetCategory">;

/** Returns whether its gain is settled in cash every day: a future, an option on one that is margined like it. */
export function isSettledDaily({assetCategory}: Category): boolean {
  return SETTLED_DAILY.has(assetCategory ?? "");
}

/** Returns whether it stands in net asset value with its unrealized gain only. */
export function isForDifference({assetCategory}: Category): boolean {
  return CONTRACTS_FOR_DIFFERENCE.has(assetCategory ?? "");
}

/** Returns whether the position's value is only a notional (R18). */
export function isNotional(row: Category): boolean {
  return isSettledDaily(row) || isForDifference(row);
}

/** Returns units of underlying in one contract or share: 1 where none is stated. */
export function multiplierOf({multiplier}: Pick<Position, "multiplier">): Amount {
  return multiplier === null || multiplier === 0n ? UNIT : multiplier;
}

/**
 * Returns quantity x price x multiplier in the instrument's currency, of bonds and bills a hundredth where their
 * multiplier does not say so already; null without a quantity or a price.
 */
export function worth(
  row: Category & Pick<Position, "multiplier">,
  quantity: Amount | null,
  price: Amount | null
): Amount | null {
  if (quantity === null || price === null) return null;
  const multiplier = multiplierOf(row);
  const value = multiply(multiply(quantity, price), multiplier);
  const inPercent = PRICED_IN_PERCENT.has(row.assetCategory ?? "") && multiplier === UNIT;
  return inPercent ? divide(value, 100n * UNIT) : value;
}

/** Returns the position's value in its own currency: IBKR's, else by its mark; null without a mark. */
export function positionValue(row: Position): Amount | null {
  return row.positionValue ?? worth(row, row.position, row.markPrice);
}

/**
 * Returns what the position stands for in net asset value, in its own currency; null where that is not stated. Of a
 * CFD its value less that at its opening price, for its commission is in cash already.
 */
export function valueInNav(row: Position): Amount | null {
  if (SETTLED_DAILY.has(row.assetCategory ?? "")) return 0n;
  const value = positionValue(row);
  if (!CONTRACTS_FOR_DIFFERENCE.has(row.assetCategory ?? "")) return value;
  const opened = worth(row, row.position, row.openPrice);
  return value === null || opened === null ? row.fifoPnlUnrealized : value - opened;
}

/** Returns each account's positions on its last position day, if its net asset value does not end later. */
export function latestPositions(ledger: LedgerTables, accounts: readonly string[]): Position[] {
  const days = positionDays(ledger);
  return accounts.flatMap((account) => {
    const last = days.get(account)?.last;
    return last && last.day >= (lastNavDays(ledger).get(account) ?? "") ? last.rows : [];
  });
}

/** Returns the last day with positions of the account before its latest one; null if there is none. */
export function previousPositionDay(ledger: LedgerTables, account: string): string | null {
  return positionDays(ledger).get(account)?.previous ?? null;
}

const positionDays = oncePerLedger(({positions}) => {
  const byAccount = Map.groupBy(positions, ({account}) => account);
  return new Map(
    [...byAccount].map(([account, rows]) => {
      const day = latest(rows);
      const previous = latest(rows.filter((row) => row.day < day));
      return [
        account,
        {last: {day, rows: rows.filter((row) => row.day === day)}, previous: previous || null}
      ];
    })
  );
});

/** Returns the last day with a net asset value of each account. */
export const lastNavDays = oncePerLedger(({nav}) => lastDayOf(nav));

/** Returns the last day of rows by account. */
export function lastDayOf(rows: Iterable<{account: string; day: string}>): Map<string, string> {
  const last = new Map<string, string>();
  for (const {account, day} of rows) if (day > (last.get(account) ?? "")) last.set(account, day);
  return last;
}

function latest(rows: readonly {day: string}[]): string {
  return rows.reduce((last, {day}) => (day > last ? day : last), "");
}

/** What a row's amounts are converted by. */
export interface Convertible {
  account: string;
  day: string;
  currency: string | null;
  fxRateToBase?: Amount | null | undefined;
}

/** Returns the row's own rate to base; null where it has none (IBKR prints 0 or -1 for "no rate"). */
export function ownRate({fxRateToBase}: Pick<Convertible, "fxRateToBase">): Amount | null {
  return fxRateToBase && fxRateToBase > 0n ? fxRateToBase : null;
}

/**
 * Converts amounts of rows to one currency: by the row's own rate to base, then by the day's; by the lake's rates only
 * where IBKR's lead nowhere.
 */
export class RowConverter {
  readonly #own: Rates;
  readonly #rates: Rates;
  readonly #base: BaseCurrency;
  readonly #to: string | null;

  constructor(ledger: LedgerTables, to: string | null) {
    this.#own = ownRatesOf(ledger);
    this.#rates = ratesOf(ledger);
    this.#base = baseCurrencies(ledger);
    this.#to = to;
  }

  /** Returns the amount in the reporting currency; null where a rate is missing. */
  convert(row: Convertible, amount: Amount): Amount | null {
    if (this.#to === null) return null;
    if (amount === 0n || row.currency === this.#to) return amount;
    const own = this.#by(this.#own, row, amount, this.#to);
    return own !== null || this.#own === this.#rates ? own : this.#by(this.#rates, row, amount, this.#to);
  }

  #by(rates: Rates, row: Convertible, amount: Amount, to: string): Amount | null {
    const base = this.#base(row.account, row.day);
    const own = ownRate(row);
    if (base && own) {
      const inBase = rates.convert(multiply(amount, own), base, to, row.day);
      if (inBase !== null) return inBase;
    }
    return row.currency ? rates.convert(amount, row.currency, to, row.day) : null;
  }

  /** Returns the sum of the rows' amounts in the reporting currency, an absent amount counting nothing; null where a rate is missing. */
  sum<Row extends Convertible>(rows: Iterable<Row>, amount: (row: Row) => Amount | null): Amount | null {
    let total = 0n;
    for (const row of rows) {
      const converted = this.convert(row, amount(row) ?? 0n);
      if (converted === null) return null;
      total += converted;
    }
    return total;
  }

  /** Returns the same as a view's amount, n/a for the first row that cannot be converted. */
  total<Row extends Convertible>(rows: readonly Row[], amount: (row: Row) => Amount | null): Money {
    const sum = this.sum(rows, amount);
    if (sum !== null) return money(sum);
    const missing = rows.find((row) => this.convert(row, amount(row) ?? 0n) === null);
    return noMoney(missing ? this.reason(missing) : NO_BASE);
  }

  /** Returns why a row's amount cannot be converted, as a sentence. */
  reason({currency, day}: Convertible): string {
    if (this.#to === null) return NO_BASE;
    return currency ? `no rate ${currency}/${this.#to} on ${day}` : `a row of ${day} names no currency`;
  }
}
