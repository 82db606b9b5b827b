import {UNIT} from "../../money/amount.js";
import {addDays} from "../../time/day.js";
import {baseCurrencies} from "../base-currency.js";
import {BASE_SUMMARY} from "../cash.js";
import {latestPositions, ownRate, RowConverter, type Convertible} from "../exposure.js";
import type {NavSeries} from "../nav-series.js";
import {ratesOf} from "../rates.js";
import type {LedgerTables} from "../tables.js";
import type {LakeSource} from "../views.js";
import {withoutLake} from "./lake-rows.js";

/** What the lake stands in for: one pair of currencies, or the price of one position. */
interface LakeUse {
  /** What it is called: `ECB fixing`. */
  source: string;
  what: "rate" | "price";
  /** `EUR/USD`, or the symbol. */
  of: string;
  /** Days on which it is used, oldest first, and how old it is on them. */
  days: {day: string; ageDays: number}[];
}

const kept = new WeakMap<NavSeries, LakeUse[]>();

/**
 * Returns what figures of some accounts take from the lake because no statement says it: rates of rows and of days with a
 * value, and prices of what is held; nothing without a lake.
 */
export function lakeUses(ledger: LedgerTables, series: NavSeries): LakeUse[] {
  if (!ledger.lake) return [];
  let uses = kept.get(series);
  if (!uses) kept.set(series, (uses = [...ratesUsed(ledger, series), ...pricesUsed(ledger, series)]));
  return uses;
}

/**
 * Returns the same as sentences, for what is used from one day to another.
 * @param from first day; all when null
 */
export function lakeSources(
  ledger: LedgerTables,
  series: NavSeries,
  from: string | null,
  to: string | null
): LakeSource[] {
  return lakeUses(ledger, series).flatMap(({source, what, of, days}) => {
    const own = days.filter(({day}) => (from === null || day >= from) && (to === null || day <= to));
    if (!own.length) return [];
    const [first, last] = [own[0], own[own.length - 1]];
    const age = own.reduce((oldest, {ageDays}) => Math.max(oldest, ageDays), 0);
    const when =
      own.length === 1
        ? `${first.day} by the ${source} of ${addDays(first.day, -first.ageDays)}`
        : `${own.length} days, ${first.day} to ${last.day}, by the ${source}, at most ${age} days old`;
    return [{source, sentence: `${what} of ${of} on ${when}: no statement says it`}];
  });
}

/** Rates of days with a value, and of rows that no rate of IBKR's converts. */
function ratesUsed(ledger: LedgerTables, series: NavSeries): LakeUse[] {
  const to = series.currency;
  if (to === null) return [];
  const own = new RowConverter(withoutLake(ledger), to);
  const base = baseCurrencies(ledger);
  const rates = ratesOf(ledger);
  const accounts = new Set(series.accounts);
  const {trades, cash, corporate_actions, transfers, cash_balances} = ledger;
  const rows: Convertible[] = [
    ...series.accounts.flatMap((account) =>
      series.days.map((day) => ({account, day, currency: base(account, day)}))
    ),
    ...[trades, cash, corporate_actions, transfers].flatMap((list: readonly Convertible[]) =>
      list.filter(({account}) => accounts.has(account))
    ),
    ...latestPositions(ledger, series.accounts),
    ...cash_balances.filter(
      ({account, currency, endingCash}) => accounts.has(account) && currency !== BASE_SUMMARY && endingCash
    )
  ];
  const seen = new Set<string>();
  const pairs = new Map<string, {source: string; days: Map<string, number>}>();
  for (const row of rows) {
    const {account, day, currency} = row;
    const key = `${account}/${day}/${currency}/${ownRate(row) === null}`;
    if (!currency || currency === to || seen.has(key)) continue;
    seen.add(key);
    if (own.convert(row, UNIT) !== null) continue;
    // IBKR's own rate to base leads to base: from there on it is the lake's.
    const from = (ownRate(row) && base(account, day)) || currency;
    const rate = rates.find(from, to, day);
    if (!rate?.source) continue;
    const pair = `${from}/${to}`;
    const used = pairs.get(pair) ?? {source: rate.source, days: new Map<string, number>()};
    pairs.set(pair, used);
    used.days.set(day, rate.ageDays);
  }
  return [...pairs].map(([of, {source, days}]) => ({
    source,
    what: "rate",
    of,
    days: [...days].map(([day, ageDays]) => ({day, ageDays})).sort((a, b) => (a.day < b.day ? -1 : 1))
  }));
}

function pricesUsed(ledger: LedgerTables, {accounts}: NavSeries): LakeUse[] {
  return latestPositions(ledger, accounts).flatMap((row): LakeUse[] => {
    const mark = ledger.lake?.filled.get(row.id);
    if (!mark) return [];
    const days = [{day: row.day, ageDays: mark.ageDays}];
    return [{source: mark.source, what: "price", of: row.symbol ?? row.conid ?? "a position", days}];
  });
}
