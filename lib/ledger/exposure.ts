import {multiply, UNIT, type Amount} from "../money/amount.js";
import {baseCurrencies} from "./nav-series.js";
import {Rates} from "./rates.js";
import type {LedgerRow, LedgerTables} from "./tables.js";

export type Position = LedgerRow<"positions">;

/** Categories whose positionValue is a notional and no part of net asset value: their gain is settled daily, or carried as unrealized. */
const NOTIONAL = new Set(["FUT", "CFD", "FSFOP"]);

/** Returns whether the position's value is only a notional. */
export function isNotional({assetCategory}: {assetCategory: string | null}): boolean {
  return NOTIONAL.has(assetCategory ?? "");
}

/** Returns units of underlying in one contract or share: 1 where none is stated. */
export function multiplierOf({multiplier}: {multiplier: Amount | null}): Amount {
  return multiplier === null || multiplier === 0n ? UNIT : multiplier;
}

/** Returns the position's value in its own currency: IBKR's, else quantity x multiplier x mark; null without a mark. */
export function positionValue(row: Position): Amount | null {
  if (row.positionValue !== null) return row.positionValue;
  if (row.position === null || row.markPrice === null) return null;
  return multiply(multiply(row.position, row.markPrice), multiplierOf(row));
}

/** Returns each account's positions on its last position day, at most its last statement day. */
export function latestPositions(ledger: LedgerTables, accounts: readonly string[]): Position[] {
  const lastDay = lastDayOf(ledger.positions);
  const lastNav = lastDayOf(ledger.nav);
  return ledger.positions.filter(
    (row) =>
      accounts.includes(row.account) &&
      row.day === lastDay.get(row.account) &&
      row.day >= (lastNav.get(row.account) ?? "")
  );
}

/** Returns, by account, the last day with positions before that of the given ones. */
export function previousPositionDays(ledger: LedgerTables, latest: readonly Position[]): Map<string, string> {
  const last = lastDayOf(latest);
  return lastDayOf(ledger.positions.filter(({account, day}) => day < (last.get(account) ?? "")));
}

/** Returns the last day of rows by account. */
export function lastDayOf(rows: Iterable<{account: string; day: string}>): Map<string, string> {
  const last = new Map<string, string>();
  for (const {account, day} of rows) if (day > (last.get(account) ?? "")) last.set(account, day);
  return last;
}

/** Converts amounts of rows to one currency: by the row's own rate to base, then by the day's. */
export class RowConverter {
  readonly #rates: Rates;
  readonly #base: (account: string, day: string) => string | null;
  readonly #to: string | null;

  constructor(ledger: LedgerTables, to: string | null) {
    this.#rates = new Rates(ledger.rates);
    this.#base = baseCurrencies(ledger.coverage);
    this.#to = to;
  }

  /** Returns the amount in the reporting currency; null where a rate is missing. */
  convert(
    row: {account: string; day: string; currency: string | null; fxRateToBase?: Amount | null},
    amount: Amount
  ): Amount | null {
    if (this.#to === null) return null;
    if (amount === 0n || row.currency === this.#to) return amount;
    const base = this.#base(row.account, row.day);
    if (base && row.fxRateToBase) {
      return this.#rates.convert(multiply(amount, row.fxRateToBase), base, this.#to, row.day);
    }
    return row.currency ? this.#rates.convert(amount, row.currency, this.#to, row.day) : null;
  }
}
