import {toNumber} from "../../money/amount.js";
import {isSession} from "../../time/calendar.js";
import type {Position} from "../exposure.js";
import {LakeRates} from "../lake/lake-rates.js";
import {type LakeHoldings, withoutLake} from "../lake/lake-rows.js";
import {holdingKey} from "../movements/holding.js";
import {ownRatesOf, type Rates} from "../rates.js";
import {marksOf} from "../roll/marks.js";
import type {LedgerTables} from "../tables.js";

/** Prices of one asset on the days that have one, before they are put on common days. */
export interface PastPrices {
  source: string;
  kind: "total return" | "price return";
  /** ISO day to price, in the asset's own currency. */
  prices: ReadonlyMap<string, number>;
  notes: string[];
}

/** What a lake's closes are of. */
const IN_LAKE = new Set(["STK", "ETF", "FUND"]);

/**
 * Returns what looks up the past prices of a position: the lake's, which know splits and dividends, where it has the
 * symbol; else the marks of the statements, since the last corporate action that changed how many there are.
 */
export function pastPrices(
  ledger: LedgerTables,
  lake: LakeHoldings | undefined
): (row: Position) => PastPrices | null {
  const own = withoutLake(ledger);
  const marks = marksOf(own);
  const histories = new Map(lake?.assets.map((one) => [`${one.symbol}/${one.currency}`, one]));
  const changed = new Map<string, string>();
  for (const row of own.corporate_actions) {
    const key = holdingKey(row);
    if (key !== null && row.quantity && row.day > (changed.get(key) ?? "")) changed.set(key, row.day);
  }
  return (row) => {
    const theirs = IN_LAKE.has(row.assetCategory ?? "")
      ? histories.get(`${row.symbol}/${row.currency}`)
      : undefined;
    if (theirs && theirs.closes.length > 1)
      return {
        source: theirs.source,
        kind: theirs.kind,
        prices: new Map(theirs.closes.filter(([, price]) => price > 0)),
        notes: []
      };
    const key = holdingKey(row);
    if (key === null) return null;
    const since = changed.get(key);
    const days = marks.daysOf(key).filter((day) => since === undefined || day >= since);
    const cut = days.length < marks.daysOf(key).length;
    return {
      source: "IBKR's marks",
      kind: "price return",
      prices: new Map(
        days.flatMap((day): [string, number][] => {
          const price = toNumber(marks.on(key, day)!.price); // daysOf lists the days with one
          return price > 0 ? [[day, price]] : [];
        })
      ),
      notes: cut ? [`marks before the corporate action of ${since} are left out`] : []
    };
  };
}

/** Rates of a currency on days, and whose they are. */
export interface PastRates {
  /** Units of the reporting currency for one of the other; null where there is none. */
  at(day: string): number | null;
  /** Returns a sentence on those that were asked for; none for the reporting currency itself. */
  notes(): string[];
}

/** Returns rates into the reporting currency: IBKR's of the day, else the lake's fixing, each with its age. */
export function pastRates(
  ledger: LedgerTables,
  lake: LakeHoldings | undefined,
  {from, to}: {from: string; to: string}
): PastRates {
  if (from === to) return {at: () => 1, notes: () => []};
  const own: Rates = ownRatesOf(ledger);
  const fixings = new LakeRates([...(lake?.rates ?? []), ...(ledger.lake?.rows.rates ?? [])]);
  const used = new Map<string, {days: number; age: number}>();
  return {
    at(day) {
      const ours = own.find(from, to, day);
      const rate = ours ?? fixings.find(from, to, day);
      if (!rate) return null;
      const source = rate.source ?? "IBKR's rates";
      const {days, age} = used.get(source) ?? {days: 0, age: 0};
      used.set(source, {days: days + 1, age: Math.max(age, rate.ageDays)});
      return toNumber(rate.rate);
    },
    notes: () =>
      [...used].map(
        ([source, {days, age}]) =>
          `${from}/${to} of ${days} days by ${source.startsWith("IBKR") ? source : `the ${source}`}, at most ${age} days old`
      )
  };
}

/** Returns the sessions on which any of the assets has a price, from one day to another, oldest first. */
export function commonDays(
  histories: Iterable<ReadonlyMap<string, unknown>>,
  {from, to}: {from?: string | undefined; to: string}
): string[] {
  const days = new Set<string>();
  for (const prices of histories) for (const day of prices.keys()) days.add(day);
  return [...days].filter((day) => day <= to && (from === undefined || day >= from) && isSession(day)).sort();
}
