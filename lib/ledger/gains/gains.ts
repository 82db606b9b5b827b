import {compareText} from "../../order.js";
import {isNotional, RowConverter} from "../exposure.js";
import {dayRates, type Converted, type DayRates} from "../lots/day-rates.js";
import type {Disposal} from "../lots/lot.js";
import {lotsOf} from "../lots/lots-of.js";
import {NO_COST} from "../lots/lots-view.js";
import {holdingNamesOf, type HoldingName} from "../lots/names.js";
import {money, moneyOr, noMoney} from "../money-view.js";
import {movementsOf} from "../movements/movements.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {Study} from "../study.js";
import {bookedIn} from "../trades-view.js";
import type {Money} from "../views.js";
import {formatAmount, parseAmount, type Amount} from "../../money/amount.js";
import type {GainRow, GainsQuery, GainsView, GainSum, HoldingGains} from "./gains-view.js";
import {notesOf} from "./notes.js";

/**
 * Returns the gains realized in a tax year, or in the range where one is asked for instead: what came in at the rate of its day less what was paid at the rate of its
 * day, in parts of price and currency, by holding and by how long it was held.
 */
export function gainsView(
  study: Study,
  {method = "fifo", methods = {}, choices = [], year: asked, conid}: GainsQuery
): GainsView {
  const {ledger, series, scope, query} = study;
  const {disposals, problems} = lotsOf(ledger, {method, methods, choices});
  const nameOf = holdingNamesOf(ledger);
  const rates = dayRates(ledger, new RowConverter(ledger, series.currency));
  const accounts = new Set(series.accounts);
  const own = disposals.filter(
    ({account, holding}) => accounts.has(account) && (conid === undefined || nameOf(holding).conid === conid)
  );
  const years = [...new Set(own.map(yearOf))].sort((a, b) => b - a);
  const {range = "ALL", from, to} = query;
  const isRange = asked === undefined && (range !== "ALL" || (from ?? to) !== undefined);
  const year = isRange ? null : (asked ?? years.at(0) ?? null);
  const inRange = bookedIn(study);
  const isAsked = (day: string) => (isRange ? inRange({day}) : Number(day.slice(0, 4)) === year);
  const chosen = own.filter(({taxDay}) => isAsked(taxDay));
  const rows = chosen.map((disposal) => gainRow(disposal, nameOf(disposal.holding), rates));
  const booked = bookedOf(ledger);
  const holdings = [...Map.groupBy(rows, ({account, holding}) => `${account}/${holding}`).values()];
  const of = (term: Disposal["term"]) => rows.filter((row) => row.term === term);
  const known = rows.reduce((sum, {gainBase}) => sum + parseAmount(gainBase.value ?? "0"), 0n);
  return {
    scope,
    year,
    years,
    method,
    methods,
    rows,
    holdings: holdings
      .map((group) => holdingGains(group, booked))
      .sort((a, b) => compareText(a.symbol, b.symbol) || compareText(a.account, b.account)),
    totals: {
      short: sumOf(of("short")),
      long: sumOf(of("long")),
      undated: sumOf(of(null)),
      all: sumOf(rows),
      known: formatAmount(known)
    },
    notes: notesOf({scope, year, method, methods, currency: series.currency}),
    problems: problems
      .filter(
        (problem) =>
          accounts.has(problem.account) &&
          isAsked(problem.day) &&
          (conid === undefined || nameOf(problem.holding).conid === conid)
      )
      .map((problem) => ({...problem, symbol: nameOf(problem.holding).symbol}))
  };
}

const yearOf = ({taxDay}: Disposal) => Number(taxDay.slice(0, 4));

function gainRow(disposal: Disposal, name: HoldingName, rates: DayRates): GainRow {
  const {proceeds, cost, gain} = disposal;
  const isLong = disposal.quantity >= 0n;
  const closing = (amount: Amount) => rates.closing(disposal.close, disposal.closed, disposal, amount);
  const opening = (amount: Amount): Converted =>
    disposal.open === null ? closing(amount) : rates.opening({...disposal, source: disposal.open}, amount);
  const nothing: Converted = {amount: null, reason: NO_COST};
  const atClosing = isNotional(name);
  const came = proceeds === null ? nothing : isLong || atClosing ? closing(proceeds) : opening(proceeds);
  const paid = cost === null ? nothing : isLong && !atClosing ? opening(cost) : closing(cost);
  const price = gain === null ? nothing : opening(gain);
  const total = came.amount === null || paid.amount === null ? null : came.amount - paid.amount;
  const why = came.reason ?? paid.reason ?? price.reason ?? "";
  return {
    account: disposal.account,
    holding: disposal.holding,
    ...name,
    currency: disposal.currency,
    quantity: formatAmount(disposal.quantity),
    opened: disposal.opened,
    heldSince: disposal.heldSince,
    closed: disposal.closed,
    taxDay: disposal.taxDay,
    term: disposal.term,
    proceeds: moneyOr(proceeds, NO_COST),
    cost: moneyOr(cost, NO_COST),
    gain: moneyOr(gain, NO_COST),
    proceedsBase: shown(came),
    costBase: shown(paid),
    gainBase: moneyOr(total, why),
    priceBase: shown(price),
    fxBase: total === null || price.amount === null ? noMoney(why) : money(total - price.amount),
    premium: formatAmount(disposal.premium),
    washSale: formatAmount(disposal.washSale),
    basis: disposal.basis,
    by: disposal.by,
    lot: disposal.lot,
    open: disposal.open,
    path: disposal.path,
    close: disposal.close
  };
}

const shown = ({amount, reason}: Converted): Money => (amount === null ? noMoney(reason) : money(amount));

type Summed = "proceedsBase" | "costBase" | "gainBase" | "priceBase" | "fxBase" | "gain";

function sumOf(rows: readonly GainRow[]): GainSum {
  return {
    count: rows.length,
    unknown: rows.filter(({gainBase}) => gainBase.value === null).length,
    proceedsBase: total(rows, "proceedsBase"),
    costBase: total(rows, "costBase"),
    gainBase: total(rows, "gainBase"),
    priceBase: total(rows, "priceBase"),
    fxBase: total(rows, "fxBase")
  };
}

function total(rows: readonly GainRow[], name: Summed): Money {
  let sum = 0n;
  const missing = rows.filter((row) => row[name].value === null);
  for (const row of rows) sum += parseAmount(row[name].value ?? "0");
  const [first] = missing;
  if (!first) return money(sum);
  const others = rows.length > 1 ? `${missing.length} of ${rows.length} are not known: ` : "";
  return noMoney(`${others}${first[name].reason ?? ""} (${first.symbol}, ${first.closed})`);
}

function holdingGains(rows: readonly GainRow[], booked: ReadonlyMap<string, Amount | null>): HoldingGains {
  const [{account, holding, symbol, conid, assetCategory, currency}] = rows;
  const closings = [...new Set(rows.map(({close}) => close.id))].map((id) => booked.get(id) ?? null);
  const theirs = closings.includes(null)
    ? noMoney("IBKR says no realized gain on each of these rows: tick Realized P/L in Trades")
    : money((closings as Amount[]).reduce((sum, amount) => sum + amount, 0n)); // none is null
  const washSale = rows.reduce((sum, row) => sum + parseAmount(row.washSale), 0n);
  return {
    account,
    holding,
    symbol,
    conid,
    assetCategory,
    currency,
    ...sumOf(rows),
    short: total(
      rows.filter(({term}) => term === "short"),
      "gainBase"
    ),
    long: total(
      rows.filter(({term}) => term === "long"),
      "gainBase"
    ),
    own: {gain: total(rows, "gain"), booked: theirs, washSale: formatAmount(washSale)}
  };
}

/** What IBKR booked as realized, by row. */
const bookedOf = oncePerLedger((ledger): ReadonlyMap<string, Amount | null> => {
  const booked = new Map<string, Amount | null>();
  for (const own of movementsOf(ledger).values()) for (const {id, realized} of own) booked.set(id, realized);
  return booked;
});
