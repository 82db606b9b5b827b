import type {Amount} from "../../money/amount.js";
import {holdingKey} from "../movements/holding.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {Instrument} from "./events.js";

/** Dividends of a holding that were announced and not yet paid, in its dividend's currency. */
export interface Accruals {
  row: Instrument;
  gross: Amount;
  /** What will be withheld, and fees; signed as cash. */
  tax: Amount;
}

const NONE: ReadonlyMap<string, Accruals> = new Map();

/**
 * Returns the look-up of an account's open dividend accruals by day; undefined where its net asset value has some and
 * no row tells of what.
 */
export const accrualsByDay = oncePerLedger(({dividend_accruals, nav}) => {
  const days = new Map<string, Map<string, Accruals>>();
  for (const row of dividend_accruals) {
    const holding = holdingKey(row);
    if (holding === null || row.netAmount === null) continue;
    const key = `${row.account}/${row.day}`;
    let own = days.get(key);
    if (!own) days.set(key, (own = new Map()));
    const gross = row.grossAmount ?? row.netAmount;
    const same = own.get(holding);
    own.set(holding, {
      row,
      gross: (same?.gross ?? 0n) + gross,
      tax: (same?.tax ?? 0n) + row.netAmount - gross
    });
  }
  const accruing = new Set(
    nav.filter(({dividendAccruals}) => dividendAccruals).map(({account, day}) => `${account}/${day}`)
  );
  return (account: string, day: string): ReadonlyMap<string, Accruals> | undefined => {
    const key = `${account}/${day}`;
    return days.get(key) ?? (accruing.has(key) ? undefined : NONE);
  };
});
