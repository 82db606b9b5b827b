import {UNIT} from "../../money/amount.js";
import {addDays} from "../../time/day.js";
import {baseCurrencies} from "../base-currency.js";
import {BASE_SUMMARY} from "../cash.js";
import {latestPositions, ownRate, RowConverter, type Convertible} from "../exposure.js";
import type {NavSeries} from "../nav-series.js";
import {ratesOf} from "../rates.js";
import type {LedgerTables} from "../tables.js";
import type {LakeSource, Scope} from "../views.js";
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

/** Whose rates count: days with a value and rows of money; or cash by currency, too, which attribution translates. */
type Reach = "booked" | "with-balances";

const kept = {
  booked: new WeakMap<NavSeries, LakeUse[]>(),
  "with-balances": new WeakMap<NavSeries, LakeUse[]>()
} satisfies Record<Reach, object>;

function usesOf(ledger: LedgerTables, series: NavSeries, reach: Reach): LakeUse[] {
  if (!ledger.lake) return [];
  let uses = kept[reach].get(series);
  if (!uses) {
    uses = [...ratesUsed(ledger, series, reach), ...pricesUsed(ledger, series)];
    kept[reach].set(series, uses);
  }
  return uses;
}

/**
 * Returns what figures of some accounts take from the lake because no statement says it: rates, and prices of what is held,
 * each with its days and age in a sentence; nothing without a lake.
 *
 * @param days from one to another, both included; all that there are when left out
 */
export function lakeSources(
  ledger: LedgerTables,
  series: NavSeries,
  {from = null, to = null, reach = "booked"}: {from?: string | null; to?: string | null; reach?: Reach} = {}
): LakeSource[] {
  return usesOf(ledger, series, reach).flatMap(({source, what, of, days}) => {
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

/** Returns the scope of a study whose figures also translate cash by currency. */
export function scopeWithBalances({
  ledger,
  series,
  scope
}: {
  ledger: LedgerTables;
  series: NavSeries;
  scope: Scope;
}): Scope {
  const lake = lakeSources(ledger, series, {from: scope.from, to: scope.to, reach: "with-balances"});
  return lake.length ? {...scope, lake} : scope;
}

/** Rates that no rate of IBKR's stands for. */
function ratesUsed(ledger: LedgerTables, series: NavSeries, reach: Reach): LakeUse[] {
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
    ...(reach === "booked" ? [] : cash_balances).filter(
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
