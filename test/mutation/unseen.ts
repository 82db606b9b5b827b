/** Kinds of faults that no check can see, each with the reason: the whole list, printed by the test. */
import {sortOf, type Fault} from "./faults.js";

export interface Unseen {
  what: string;
  reason: string;
  fits: (fault: Fault) => boolean;
}

const of = (fault: Fault, sort: RegExp, field = /^/) =>
  sort.test(sortOf(fault.row)) && field.test(fault.field);

export const UNSEEN: readonly Unseen[] = [
  {
    what: "rows of levels that are never booked: Order, CashTransaction SUMMARY",
    reason: "they repeat executions and details, which alone count (R21): no figure is made of them",
    fits: (fault) => of(fault, /^Order |^CashTransaction SUMMARY/)
  },
  {
    what: "FxPositions",
    reason:
      "what cash in other currencies cost is told nowhere else; quantity and price repeat Cash Report and rates, and only those are booked",
    fits: (fault) => of(fault, /^FxLot/)
  },
  {
    what: "lines of the Cash Report between starting and ending cash, and settled cash",
    reason:
      "only the ends are booked; the ends are rolled from rows, and what settles when is no figure of ours",
    fits: (fault) => of(fault, /^CashReportCurrency/, /^(?!startingCash|endingCash$)./)
  },
  {
    what: "multiplier and strike of rows in which nothing is multiplied",
    reason: "they say what an instrument is, as a description does; no amount of the row depends on them",
    fits: (fault) =>
      fault.field === "strike" ||
      (fault.field === "multiplier" &&
        of(fault, /^(CashTransaction|.*DividendAccrual|CorporateAction|Lot|Transfer)/))
  },
  {
    what: "debit and credit of the Statement of Funds",
    reason: "they repeat `amount`, which is what is booked",
    fits: (fault) => of(fault, /^StatementOfFundsLine/, /^(debit|credit)$/)
  },
  {
    what: "realized, changeInUnrealized, costAdjustments, transferredPnlAdjustments of ChangeInNAV",
    reason: "IBKR's alternative split of mtm (R14), which its bridge does not add up",
    fits: (fault) =>
      of(fault, /^ChangeInNAV/, /^(realized|changeInUnrealized|costAdjustments|transferredPnlAdjustments)$/)
  },
  {
    what: "a rate that is not in one account's statement",
    reason: "another account's statement of that day states it: nothing is missing",
    fits: ({row, kind}) => row.element === "ConversionRate" && (kind === "dropped" || kind === "date")
  },
  {
    what: "rate of a currency that nothing is in",
    reason: "no row of the account has that currency on that day",
    fits: ({row}) => row.element === "ConversionRate" && row.fields["fromCurrency"] === "CNH"
  },
  {
    what: "transferPrice and pnlAmount of a Transfer",
    reason:
      "IBKR prints them as zero where it does not say them, and nothing else in a statement repeats them",
    fits: (fault) => of(fault, /^Transfer/, /^(transferPrice|pnlAmount)$/)
  },
  {
    what: "percentOfNAV of a position",
    reason:
      "a share of the account in two decimals, of two figures that are compared each by itself; nothing is made of it",
    fits: (fault) => of(fault, /^OpenPosition/, /^percentOfNAV$/)
  },
  {
    what: "price of opening, of a lot or a position",
    reason: "the cost beside it has commissions in it, so that the price is not to be told from it",
    fits: (fault) => of(fault, /^Lot/, /^tradePrice$/) || of(fault, /^OpenPosition/, /^openPrice$/)
  },
  {
    what: "a row of totals or of a balance at the ends that is missing or stands twice",
    reason:
      "no figure is made of it: the rows that it sums up, and the same balance in the Cash Report, are there",
    fits: (fault) =>
      ["dropped", "doubled", "date"].includes(fault.kind) &&
      of(fault, /^(FIFO|MTM|StatementOfFunds)/) &&
      !fault.row.fields["symbol"]
  },
  {
    what: "currency of a line of the Statement of Funds in base",
    reason: "its level says BaseCurrency: the currency is that of the account, whatever stands there",
    fits: (fault) => fault.kind === "currency" && of(fault, /^StatementOfFundsLine BASECURRENCY/)
  },
  {
    what: "sign of what a transfer takes out",
    reason: "its direction says it as well: nothing changes",
    fits: (fault) =>
      fault.kind === "sign" && of(fault, /^Transfer/) && fault.row.fields["direction"] === "OUT"
  },
  {
    what: "the one row of a section that is missing on the first or last day",
    reason: "a query whose boxes were changed looks the same: what stands on one side only proves nothing",
    fits: (fault) =>
      isGone(fault) &&
      of(fault, /^(EquitySummary|ChangeInNAV|CashReportCurrency BASE|InterestAccrualsCurrency)/) &&
      fault.isOuter
  },
  {
    what: "the only closed lot of all statements, missing",
    reason: "then no trade has closed lots, as in a query without that box",
    fits: (fault) => fault.kind === "dropped" && of(fault, /^Lot/)
  },
  {
    what: "the FIFO row of an instrument that gained nothing, where less than ten of its kind have one",
    reason: "too few rows to tell a row that is missing from one that IBKR does not print",
    fits: (fault) => isGone(fault) && of(fault, /^FIFO/) && fault.row.fields["totalFifoPnl"] === "0"
  },
  {
    what: "an open dividend accrual that is missing on the first day",
    reason: "nothing says what was accrued before: the next day, on which it is there, turns red",
    fits: (fault) => isGone(fault) && of(fault, /^OpenDividendAccrual/) && fault.isOuter
  }
];

const isGone = ({kind}: Fault): boolean => kind === "dropped" || kind === "date";
