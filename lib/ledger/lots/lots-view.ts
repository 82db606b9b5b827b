import {latestPositions, RowConverter, worth, type Position} from "../exposure.js";
import {money, moneyOr, noMoney} from "../money-view.js";
import {holdingKey} from "../movements/holding.js";
import type {Study} from "../study.js";
import type {Money, Scope, ViewQuery} from "../views.js";
import {formatAmount, type Amount} from "../../money/amount.js";
import {daysBetween} from "../../time/day.js";
import {dayRates} from "./day-rates.js";
import {termOf} from "./books.js";
import type {Lot, LotBasis, LotChoice, LotMethod, LotProblem, RowRef} from "./lot.js";
import {lotsOf} from "./lots-of.js";
import {holdingNamesOf} from "./names.js";

/** By which rules lots are chosen. */
export interface MethodQuery {
  /** Of accounts that name none; first in first out when absent. */
  method?: LotMethod;
  /** Accounts with a method of their own. */
  methods?: Readonly<Record<string, LotMethod>>;
  /** For method `specific`. */
  choices?: readonly LotChoice[];
}

export interface LotsQuery extends ViewQuery, MethodQuery {
  /** Only lots of this instrument. */
  conid?: string;
}

/** An open lot; money is in the lot's own currency, that of the names with Base in the reporting currency. */
export interface LotRow {
  id: string;
  account: string;
  holding: string;
  symbol: string;
  description: string;
  conid: string | null;
  assetCategory: string;
  currency: string;
  /** ISO days; null where nothing says them. */
  opened: string | null;
  heldSince: string | null;
  daysHeld: number | null;
  /** As it would be if it were closed on the day of the mark; null where it is not known since when it is held. */
  term: "short" | "long" | null;
  quantity: string;
  cost: Money;
  /** At the opening day's rate. */
  costBase: Money;
  price: string | null;
  value: Money;
  unrealized: Money;
  /** At the rate of the mark's day, less the cost at the opening day's: price and currency together. */
  unrealizedBase: Money;
  premium: string;
  washSale: string;
  basis: LotBasis;
  source: RowRef;
  path: readonly RowRef[];
}

/** A problem as it is shown. */
export interface LotProblemRow extends LotProblem {
  symbol: string;
}

export interface LotsView {
  scope: Scope;
  method: LotMethod;
  methods: Readonly<Record<string, LotMethod>>;
  rows: LotRow[];
  problems: LotProblemRow[];
}

/** The last moment: lots as they stand after all that is known. */
const NOW = "9999-12-30";

/** Returns the open lots of the accounts at the end of day `to`, else after the last statement, by holding, the oldest first. */
export function lotsView(
  {ledger, series, scope}: Study,
  {method = "fifo", methods = {}, choices = [], conid, to}: LotsQuery
): LotsView {
  const lots = lotsOf(ledger, {method, methods, choices});
  const nameOf = holdingNamesOf(ledger);
  const converter = new RowConverter(ledger, series.currency);
  const rates = dayRates(ledger, converter);
  const accounts = new Set(series.accounts);
  const positions =
    to === undefined
      ? latestPositions(ledger, series.accounts)
      : ledger.positions.filter(({account, day}) => day === to && accounts.has(account));
  const marks = new Map(positions.map((row) => [`${row.account}/${holdingKey(row)}`, row]));
  const isAsked = (holding: string) => conid === undefined || nameOf(holding).conid === conid;
  return {
    scope,
    method,
    methods,
    rows: series.accounts.flatMap((account) =>
      lots
        .open(account, to ?? NOW)
        .filter(({holding}) => isAsked(holding))
        .map((lot) => lotRow(lot, marks.get(`${account}/${lot.holding}`)))
    ),
    problems: lots.problems
      .filter(({account, holding}) => accounts.has(account) && isAsked(holding))
      .map((problem) => ({...problem, symbol: nameOf(problem.holding).symbol}))
  };

  function lotRow(lot: Lot, mark: Position | undefined): LotRow {
    const {quantity, cost, heldSince} = lot;
    const value = mark ? worth(mark, quantity, mark.markPrice) : null;
    const costBase = cost === null ? {amount: null, reason: NO_COST} : rates.opening(lot, cost);
    const unmarked = mark ? "the statement gives no mark" : "the last statement does not list it";
    const valueBase = value === null || !mark ? null : converter.convert(mark, value);
    return {
      id: lot.id,
      account: lot.account,
      holding: lot.holding,
      ...nameOf(lot.holding),
      currency: lot.currency,
      opened: lot.opened,
      heldSince,
      daysHeld: heldSince !== null && mark ? daysBetween(heldSince, mark.day) : null,
      term: mark ? termOf(heldSince, mark.day) : null,
      quantity: formatAmount(quantity),
      cost: moneyOr(cost, NO_COST),
      costBase: costBase.amount === null ? noMoney(costBase.reason) : money(costBase.amount),
      price: mark?.markPrice === null || mark === undefined ? null : formatAmount(mark.markPrice),
      value: moneyOr(value, unmarked),
      unrealized: difference(value, cost, value === null ? unmarked : NO_COST),
      unrealizedBase:
        costBase.amount === null
          ? noMoney(costBase.reason)
          : valueBase === null
            ? noMoney(value === null || !mark ? unmarked : converter.reason(mark))
            : money(valueBase - costBase.amount),
      premium: formatAmount(lot.premium),
      washSale: formatAmount(lot.washSale),
      basis: lot.basis,
      source: lot.source,
      path: lot.path
    };
  }
}

/** Why a cost is n/a. */
export const NO_COST = "no statement tells what it had cost";

function difference(a: Amount | null, b: Amount | null, reason: string): Money {
  return a === null || b === null ? noMoney(reason) : money(a - b);
}
