/** The chart of accounts of the demo's books, and what stands in them. */

import type {Amount} from "./amounts.js";
import type {Instrument} from "../market/instruments.js";
import type {Lot} from "./lots.js";

/** Asset books, by IBKR's names of the NAV components. */
export const COMPONENTS = [
  "cash",
  "stock",
  "options",
  "bonds",
  "dividendAccruals",
  "interestAccruals",
  "cfdUnrealizedPl"
] as const;
export type Component = (typeof COMPONENTS)[number];

/** Nominal books, by IBKR's names of the parts of the change in NAV. */
export const PARTS = [
  "mtm",
  "depositsWithdrawals",
  "internalCashTransfers",
  "assetTransfers",
  "dividends",
  "withholdingTax",
  "changeInDividendAccruals",
  "interest",
  "changeInInterestAccruals",
  "otherFees",
  "commissions",
  "transactionTax",
  "netFxTrading",
  "fxTranslation",
  "corporateActionProceeds"
] as const;
export type Part = (typeof PARTS)[number];

/** Lines of the cash report. */
export const CASH_LINES = [
  "commissions",
  "deposits",
  "withdrawals",
  "internalTransfers",
  "dividends",
  "paymentInLieu",
  "brokerInterest",
  "cashSettlingMtm",
  "realizedVm",
  "netTradesSales",
  "netTradesPurchases",
  "transactionTax",
  "withholdingTax",
  "otherFees"
] as const;
export type CashLine = (typeof CASH_LINES)[number];

export interface Posting {
  /** What happened, e.g. `trade`; lines of one event share its number. */
  event: number;
  book: Component | Part;
  /** Currency of cash and accruals, conid of a position, empty for a nominal book. */
  of: string;
  currency: string;
  local: Amount;
  base: Amount;
}

export interface Line {
  book: Component | Part;
  of?: string;
  currency: string;
  local: Amount;
  /** Where the cash report shows it; only for cash. */
  line?: CashLine;
}

export interface Position {
  instrument: Instrument;
  lots: Lot[];
  /** What it stands for in NAV, in its currency. */
  value: Amount;
}

export interface Accrual {
  instrument: Instrument;
  exDate: string;
  payDate: string;
  quantity: Amount;
  grossRate: Amount;
  gross: Amount;
  tax: Amount;
  net: Amount;
  actionID: string;
}

/** One row that a statement prints; empty attributes are left out. */
export interface Row {
  section: string;
  element: string;
  instrument?: Instrument;
  fields: Record<string, string | Amount | undefined>;
}

/** What one instrument earned in a day, in base. */
export interface Performance {
  instrument: Instrument;
  previousQuantity: Amount;
  previousPrice: Amount | null;
  transactionMtm: Amount;
  priorOpenMtm: Amount;
  commissions: Amount;
  other: Amount;
  accruals: Amount;
  realizedShortTerm: Amount;
  realizedLongTerm: Amount;
}

export interface InterestFlow {
  start: Amount;
  accrued: Amount;
  reversed: Amount;
}

export function isComponent(book: Component | Part): book is Component {
  return (COMPONENTS as readonly string[]).includes(book);
}

/** The asset book that a position stands in; none for a future, whose gains are cash each night. */
export function componentOf({assetCategory}: Instrument): Component | null {
  switch (assetCategory) {
    case "STK":
      return "stock";
    case "OPT":
      return "options";
    case "BILL":
      return "bonds";
    case "CFD":
      return "cfdUnrealizedPl";
    default:
      return null;
  }
}
