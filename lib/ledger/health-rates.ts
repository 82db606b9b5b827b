import {UNIT} from "../money/amount.js";
import {baseCurrencies} from "./base-currency.js";
import {lastNavDays, latestPositions, RowConverter, type Convertible} from "./exposure.js";
import {runsOf} from "./health-days.js";
import {lakeSources} from "./lake/lake-use.js";
import {oncePerLedger} from "./once-per-ledger.js";
import {ratesOf} from "./rates.js";
import type {Study} from "./study.js";
import type {Finding} from "./views.js";

/**
 * Returns days with a value on which the rate of a currency that the accounts use is missing, from its first rate
 * to its last use. Days in a row are one finding.
 */
export function missingRates({ledger, series}: Study): Finding[] {
  const accounts = new Set(series.accounts);
  const rates = Map.groupBy(
    ledger.rates.filter(({account, rate}) => accounts.has(account) && rate !== null && rate > 0n),
    ({fromCurrency, toCurrency}) => `${fromCurrency}/${toCurrency}`
  );
  return [...rates].flatMap(([pair, rows]) => {
    const [currency, to] = pair.split("/");
    const used = currency === series.currency ? series.days.at(-1) : lastUse(ledger).get(currency);
    if (used === undefined || currency === to) return [];
    const have = new Set(rows.map(({day}) => day));
    const sorted = [...have].sort();
    const last = used > sorted[sorted.length - 1] ? used : sorted[sorted.length - 1];
    const wanted = series.days.filter((day) => day > sorted[0] && day <= last);
    return runsOf(
      wanted.filter((day) => !have.has(day)),
      wanted
    ).map((run): Finding => {
      const when = run.length === 1 ? run[0] : `${run.length} days, ${run[0]} to ${run[run.length - 1]}`;
      const others = run.map((day) => ratesOf(ledger).find(currency, to, day)?.source);
      const [other] = others;
      const filled = others.every((source) => source !== undefined);
      return {
        code: "missing-rate",
        severity: "warning",
        account: null,
        day: run[0],
        sentence: `no rate ${pair} on ${when}${filled ? `: the ${other} of the data lake stands in` : ""}`,
        next: "tick Include Currency Rates in the Flex query and import that day again",
        rows: []
      };
    });
  });
}

/** The last day on which a row of any account is in the currency. */
const lastUse = oncePerLedger(
  ({trades, cash, positions, cash_balances, coverage}): ReadonlyMap<string, string> => {
    const last = new Map<string, string>();
    const use = (currency: string | null, day: string) => {
      if (currency && day > (last.get(currency) ?? "")) last.set(currency, day);
    };
    for (const rows of [trades, cash, positions, cash_balances])
      for (const {currency, day} of rows) use(currency, day);
    for (const {base, to} of coverage) use(base, to);
    return last;
  }
);

/** Returns, by currency, rows of money that cannot be converted: trades, cash, and what is held on the last day. */
export function unconvertible({ledger, series}: Study): Finding[] {
  if (series.currency === null) return [];
  const converter = new RowConverter(ledger, series.currency);
  const base = baseCurrencies(ledger);
  const accounts = new Set(series.accounts);
  const last = lastNavDays(ledger);
  const rows: (Convertible & {id: string})[] = [
    ...ledger.trades.filter(({proceeds}) => proceeds),
    ...ledger.cash.filter(({amount}) => amount),
    ...latestPositions(ledger, series.accounts),
    ...ledger.cash_balances.filter(
      ({account, day, endingCash, currency}) =>
        endingCash && currency !== "BASE_SUMMARY" && day >= (last.get(account) ?? "")
    )
  ];
  const bad = rows.filter(
    (row) => accounts.has(row.account) && base(row.account, row.day) && converter.convert(row, UNIT) === null
  );
  return [...Map.groupBy(bad, ({currency}) => currency)].map(([currency, group]): Finding => {
    const days = group.map(({day}) => day).sort();
    const when =
      days[0] === days[days.length - 1] ? `on ${days[0]}` : `from ${days[0]} to ${days[days.length - 1]}`;
    return {
      code: "no-rate",
      severity: "warning",
      account: null,
      day: days[days.length - 1],
      sentence: `${group.length} rows in ${currency ?? "no currency"} cannot be told in ${series.currency}: no rate ${when}`,
      next: "tick Include Currency Rates, and FX Rate To Base in each section, in the Flex query",
      rows: group.map(({id}) => id)
    };
  });
}

/** Returns what the data lake stands in for, so that nobody takes it for IBKR's. */
export function fromLake({ledger, series}: Study): Finding[] {
  return lakeSources(ledger, series, {reach: "with-balances"}).map(({source, sentence}) => ({
    code: "from-lake",
    severity: "info",
    account: null,
    day: null,
    sentence,
    next: `tick Conversion Rates, and Mark Price in Open Positions, in the Flex query: IBKR's come before the ${source}`,
    rows: []
  }));
}
