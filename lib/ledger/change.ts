import {formatAmount, type Amount} from "../money/amount.js";
import {addDays} from "../time/day.js";
import {money, noMoney} from "./money-view.js";
import {baseCurrencies, type NavSeries} from "./nav-series.js";
import {Rates, lastAtOrBefore} from "./rates.js";
import type {LedgerTables} from "./tables.js";
import type {ChangePart, SummaryView} from "./views.js";

type Part = ChangePart["part"];

/** Which part of the change each ChangeInNAV attribute belongs to; one that is not here is `other`, and named. */
const PART_OF: Readonly<Record<string, Part>> = {
  mtm: "price",
  corporateActionProceeds: "price",
  fxTranslation: "fx",
  netFxTrading: "fx",
  dividends: "income",
  withholdingTax: "income",
  withholding871m: "income",
  withholdingTaxCollected: "income",
  changeInDividendAccruals: "income",
  interest: "income",
  changeInInterestAccruals: "income",
  bondInterest: "income",
  grantActivity: "flows",
  depositsWithdrawals: "flows",
  internalCashTransfers: "flows",
  assetTransfers: "flows",
  cryptoTransfers: "flows",
  excessFundSweep: "flows",
  debitCardActivity: "flows",
  billPay: "flows",
  donations: "flows",
  commissions: "cost",
  forexCommissions: "cost",
  otherFees: "cost",
  advisorFees: "cost",
  clientFees: "cost",
  brokerFees: "cost",
  transactionTax: "cost",
  salesTax: "cost",
  billableSalesTax: "cost",
  paxosTransactionFees: "cost",
  carbonCredits: "cost"
};

/** Attributes that are no part of the change: the ends, the return, and IBKR's alternative split of `mtm`. */
const NOT_SUMMED = new Set([
  "startingValue",
  "endingValue",
  "twr",
  "realized",
  "changeInUnrealized",
  "costAdjustments",
  "transferredPnlAdjustments"
]);

const ORDER: readonly Part[] = ["price", "fx", "income", "cost", "flows", "other", "residual"];

/**
 * Returns what changed from the statement before to the last one: IBKR's ChangeInNAV of the last period, its
 * parts grouped, against the NAV of EquitySummary, so that the residual is what the one does not explain of the
 * other. The parts and the residual sum to the total exactly.
 */
export function lastChange(ledger: LedgerTables, series: NavSeries): SummaryView["change"] {
  const to = series.days.at(-1) ?? null;
  const na = noMoney(
    to
      ? "tick Change in NAV in the Flex query, with Breakout by Day"
      : "no net asset value: tick Net Asset Value (NAV) in Base"
  );
  const empty = {from: null, to, start: na, end: na, total: na, parts: [], source: "ChangeInNAV"};
  if (!to || !series.currency) return empty;

  const alive = series.accounts.filter((account) =>
    ledger.nav.some((row) => row.account === account && row.day === to && row.total !== 0n)
  );
  const periods = alive.map((account) => lastPeriod(ledger, account, to));
  const begins = new Set(periods.map((rows) => rows[0]?.fromDate ?? null));
  const [begin] = begins;
  if (!begin || begins.size !== 1) return {...empty, end: money(series.nav[series.nav.length - 1])};

  const base = baseCurrencies(ledger.coverage);
  const rates = new Rates(ledger.rates);
  const startAt = lastAtOrBefore(series.days, addDays(begin, -1));
  const start = startAt < 0 ? null : series.nav[startAt];
  const end = series.nav[series.nav.length - 1];
  const sums = new Map<Part, {sum: Amount; lines: Map<string, Amount>}>();
  let begun = 0n;
  for (const {account, part, amount} of periods.flat()) {
    const from = base(account, to);
    const converted = amount === null || !from ? null : rates.convert(amount, from, series.currency, to);
    if (!part || converted === null) continue;
    if (part === "startingValue") begun += converted;
    if (NOT_SUMMED.has(part) || converted === 0n) continue;
    const group = PART_OF[part] ?? "other";
    const entry = sums.get(group) ?? {sum: 0n, lines: new Map()};
    entry.sum += converted;
    entry.lines.set(part, (entry.lines.get(part) ?? 0n) + converted);
    sums.set(group, entry);
  }
  const opening = start ?? begun;
  if (alive.some((account) => base(account, to) !== series.currency)) {
    const translation = begun - opening;
    const entry = sums.get("fx") ?? {sum: 0n, lines: new Map()};
    entry.lines.set("reporting currency", translation);
    sums.set("fx", {...entry, sum: entry.sum + translation});
  }
  const explained = [...sums.values()].reduce((total, {sum}) => total + sum, 0n);
  sums.set("residual", {sum: end - opening - explained, lines: new Map()});
  const parts = ORDER.map((part) => {
    const {sum, lines} = sums.get(part) ?? {sum: 0n, lines: new Map<string, Amount>()};
    return {
      part,
      amount: money(sum),
      lines: [...lines].map(([name, amount]) => ({name, amount: formatAmount(amount)}))
    };
  }).filter(({part, lines}) => part !== "other" || lines.length);
  return {
    from: startAt < 0 ? begin : series.days[startAt],
    to,
    start: money(opening),
    end: money(end),
    total: money(end - opening),
    parts,
    source: "ChangeInNAV against EquitySummary"
  };
}

/** The rows of the shortest period that ends on the day. */
function lastPeriod(ledger: LedgerTables, account: string, to: string) {
  const ending = ledger.change_in_nav.filter(
    (row) => row.account === account && row.toDate === to && row.fromDate && !row.currency && !row.model
  );
  const begin = ending
    .map(({fromDate}) => fromDate as string)
    .sort()
    .at(-1);
  return ending.filter(({fromDate}) => fromDate === begin);
}
