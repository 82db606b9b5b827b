import {AMOUNT_SCALE, formatAmount, type Amount, absolute} from "../../money/amount.js";
import {accountFlows} from "../account-flows.js";
import {accountNavs, type AccountNav} from "../account-nav.js";
import {baseCurrencies} from "../base-currency.js";
import {bridgesOf, type Bridge} from "../bridges.js";
import {RowConverter, type Convertible} from "../exposure.js";
import {money, noMoney} from "../money-view.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {ratesOf} from "../rates.js";
import {lastAtOrBefore} from "../sorted-days.js";
import type {Study} from "../study.js";
import type {LedgerRow} from "../tables.js";
import {LINE_LABELS, lineOf} from "./lines.js";
import {BRIDGE_LINES, type BridgeLine, type NavBridgeView} from "./nav-bridge-view.js";
import {wayOf, type Leg} from "./way.js";

/**
 * Returns what led from the value at the range's start to that at its end: IBKR's ChangeInNAV of each period in it,
 * one after the other, with what they do not explain. Days that none covers are told from rows, their mark-to-market
 * by difference, and are labelled so.
 */
export function navBridgeView(study: Study): NavBridgeView {
  const {ledger, series, span, scope, nothing} = study;
  const [start, end] = span ? [series.nav[span.from], series.nav[span.to]] : [null, null];
  if (!span || start === null || end === null || start === undefined || end === undefined)
    return unknown(study, nothing);
  const sum = new LineSum();
  const view: Pick<NavBridgeView, "segments" | "notes"> = {segments: [], notes: []};
  let tolerance = 0n;
  try {
    for (const account of series.accounts) {
      const nav = accountNavs(ledger).get(account);
      if (nav) tolerance += cross(study, nav, span, sum, view);
    }
  } catch (error) {
    if (!(error instanceof NoRate)) throw error;
    return unknown(study, error.message);
  }
  const residual = end - start - sum.total;
  if (view.segments.some(({source}) => source === "rows")) {
    view.notes.push(
      "No Change in NAV covers some days: their lines are from rows and their mark-to-market is what remains, so that no residual can show there. Tick Change in NAV in the Flex query, with Breakout by Day."
    );
  }
  return {
    scope,
    start: money(start),
    end: money(end),
    total: money(end - start),
    lines: sum.lines(),
    residual: money(residual),
    tolerance: formatAmount(tolerance),
    closes: absolute(residual) <= tolerance,
    ...view
  };
}

function unknown({scope, series}: Study, reason: string): NavBridgeView {
  const none = noMoney(series.problems[0] ?? reason);
  return {
    scope,
    start: none,
    end: none,
    total: none,
    lines: [],
    residual: none,
    tolerance: null,
    closes: null,
    segments: [],
    notes: []
  };
}

/** A rate is missing: nothing can be said of the whole. */
class NoRate extends Error {
  override readonly name = "NoRate";
}

/** Lines as they add up, by name. */
class LineSum {
  total = 0n;
  readonly #names = new Map<BridgeLine, Map<string, Amount>>();

  add(line: BridgeLine, name: string, amount: Amount) {
    if (amount === 0n) return;
    let names = this.#names.get(line);
    if (!names) this.#names.set(line, (names = new Map()));
    names.set(name, (names.get(name) ?? 0n) + amount);
    this.total += amount;
  }

  addAll(other: LineSum) {
    for (const [line, names] of other.#names)
      for (const [name, amount] of names) this.add(line, name, amount);
  }

  lines(): NavBridgeView["lines"] {
    return BRIDGE_LINES.map((line) => {
      const names = [...(this.#names.get(line) ?? [])];
      return {
        line,
        label: LINE_LABELS[line],
        amount: money(names.reduce((sum, [, amount]) => sum + amount, 0n)),
        names: names
          .filter(([, amount]) => amount !== 0n)
          .map(([name, amount]) => ({name, amount: formatAmount(amount)}))
      };
    });
  }
}

/** Adds one account's lines; returns what its residual may be by rounding. */
function cross(
  {ledger, series}: Study,
  nav: AccountNav,
  {fromDay, toDay}: {fromDay: string; toDay: string},
  sum: LineSum,
  {segments}: Pick<NavBridgeView, "segments">
): Amount {
  const {account, days, values} = nav;
  const {currency: to} = series;
  const rates = ratesOf(ledger);
  const at = (day: string, amount: Amount): Amount => {
    const base = baseCurrencies(ledger)(account, day);
    const converted = base && to ? rates.convert(amount, base, to, day) : null;
    if (amount !== 0n && converted === null)
      throw new NoRate(`no rate of ${account}'s base currency on ${day}`);
    return converted ?? 0n;
  };
  const joins = days[0] > fromDay;
  if (joins && days[0] <= toDay) {
    sum.add("transfers", "account joins", at(days[0], values.get(days[0]) ?? 0n));
  }
  const last = days[Math.max(0, lastAtOrBefore(days, toDay))];
  const first = joins ? days[0] : days[lastAtOrBefore(days, fromDay)];
  if (first >= last) return 0n;
  let tolerance = 0n;
  for (const leg of wayOf(nav, bridgesOf(ledger).get(account) ?? [], first, last)) {
    const before = segments.at(-1);
    const source = leg.bridge ? "ChangeInNAV" : "rows";
    if (before?.account === account && before.source === source) before.to = leg.to;
    else segments.push({account, from: leg.from, to: leg.to, source});
    if (leg.bridge) {
      const {start, parts} = leg.bridge;
      const opening = start ?? values.get(leg.from) ?? 0n;
      sum.add("fx", "reporting currency", at(leg.to, opening) - at(leg.from, opening));
      for (const [name, amount] of parts) sum.add(lineOf(name), name, at(leg.to, amount));
      tolerance += roundingOf(leg.bridge);
    } else {
      const change = at(leg.to, values.get(leg.to) ?? 0n) - at(leg.from, values.get(leg.from) ?? 0n);
      fromRows(ledger, account, leg, to, change, sum, at);
    }
  }
  return tolerance;
}

/** Half a unit of the last decimal that the period prints, for each of its figures. */
function roundingOf({start, end, parts}: Bridge): Amount {
  const figures = [start ?? 0n, end ?? 0n, ...parts.values()];
  let places = 0;
  for (
    let unit = 10n ** BigInt(AMOUNT_SCALE);
    unit > 1n && figures.some((x) => x % unit !== 0n);
    unit /= 10n
  ) {
    ++places;
  }
  const unit = 10n ** BigInt(AMOUNT_SCALE - Math.max(2, places));
  return (BigInt(figures.length) * unit) / 2n;
}

const LINE_OF_CASH: ReadonlyMap<string | null, BridgeLine> = new Map<string | null, BridgeLine>([
  ["Dividends", "dividends"],
  ["Payment In Lieu Of Dividends", "dividends"],
  ["Withholding Tax", "withholding"],
  ["871(m) Withholding", "withholding"],
  ["Broker Interest Received", "interest"],
  ["Broker Interest Paid", "interest"],
  ["Bond Interest Received", "interest"],
  ["Bond Interest Paid", "interest"]
]);

const EXTERNAL = "Deposits & Withdrawals";

const rowsByAccount = oncePerLedger(({cash, trades, nav}) => ({
  cash: Map.groupBy(cash, ({account}) => account),
  trades: Map.groupBy(trades, ({account}) => account),
  nav: Map.groupBy(nav, ({account}) => account)
}));

/** Adds the lines of days without a ChangeInNAV; what rows do not say is their mark-to-market. */
function fromRows(
  ledger: Study["ledger"],
  account: string,
  {from, to}: Leg,
  currency: string | null,
  change: Amount,
  sum: LineSum,
  at: (day: string, amount: Amount) => Amount
) {
  const converter = new RowConverter(ledger, currency);
  const rows = rowsByAccount(ledger);
  const inside = ({day}: {day: string}) => day > from && day <= to;
  const own = new LineSum();
  const book = (line: BridgeLine, name: string, row: Convertible, amount: Amount | null) => {
    const converted = converter.convert(row, amount ?? 0n);
    if (converted === null) throw new NoRate(converter.reason(row));
    own.add(line, name, converted);
  };
  for (const flow of accountFlows(ledger).get(account)?.flows ?? []) {
    if (!inside(flow)) continue;
    if (flow.amount === null)
      throw new NoRate(`no rate, or no value, of what was moved in or out of ${account} on ${flow.day}`);
    own.add(flow.kind === "transfer" ? "transfers" : "deposits", "by row", at(flow.day, flow.amount));
  }
  for (const row of (rows.cash.get(account) ?? []).filter(inside)) {
    if (row.type !== EXTERNAL) book(LINE_OF_CASH.get(row.type) ?? "fees", "by row", row, row.amount);
  }
  for (const row of (rows.trades.get(account) ?? []).filter(inside)) {
    const {ibCommissionCurrency: other} = row;
    const paid = other && other !== row.currency ? {...row, currency: other, fxRateToBase: null} : row;
    book("commissions", "by row", paid, row.ibCommission);
    book("fees", "taxes of trades", row, row.taxes);
  }
  const accrued = (day: string): Amount | null => {
    const row = (rows.nav.get(account) ?? []).findLast((other) => other.day === day);
    return row ? at(day, accruals(row)) : null;
  };
  const [then, now] = [accrued(from), accrued(to)];
  if (then !== null && now !== null) own.add("accruals", "by row", now - then);
  own.add("mark-to-market", "by difference", change - own.total);
  sum.addAll(own);
}

function accruals({dividendAccruals, interestAccruals}: LedgerRow<"nav">): Amount {
  return (dividendAccruals ?? 0n) + (interestAccruals ?? 0n);
}
