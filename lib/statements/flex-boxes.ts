/** A section of a Flex query that this desk reads. */
export interface FlexBox {
  /** Container in the XML, e.g. `Trades`. */
  section: string;
  /** What to tick in the portal. */
  box: string;
  /** What is lost without it. */
  why: string;
}

/** The sections of an activity Flex query that everything here can be computed from. */
export const FLEX_BOXES: readonly FlexBox[] = [
  {
    section: "AccountInformation",
    box: "Account Information",
    why: "says the base currency and when the account was opened"
  },
  {
    section: "ChangeInNAV",
    box: "Change in NAV",
    why: "is IBKR's own account of what changed, to reconcile with"
  },
  {
    section: "EquitySummaryInBase",
    box: "Net Asset Value (NAV) in Base",
    why: "gives the worth of each day, from which every return is computed"
  },
  {
    section: "CashReport",
    box: "Cash Report",
    why: "gives the cash of each currency at the start and the end"
  },
  {
    section: "OpenPositions",
    box: "Open Positions: Summary, Lots",
    why: "gives what is held, its price and its tax lots"
  },
  {
    section: "Trades",
    box: "Trades: Execution, Closed Lots",
    why: "gives every fill, and the lots each sale closed"
  },
  {
    section: "CashTransactions",
    box: "Cash Transactions: Detail",
    why: "gives deposits, withdrawals, dividends, withholding, interest and fees one by one"
  },
  {
    section: "CorporateActions",
    box: "Corporate Actions",
    why: "explains positions that change without a trade: splits, mergers, spin-offs"
  },
  {
    section: "Transfers",
    box: "Transfers",
    why: "tells what came from or went to another account from a gain or a loss"
  },
  {
    section: "TradeTransfers",
    box: "Incoming/Outgoing Trade Transfers",
    why: "gives trades made at another broker and settled here"
  },
  {
    section: "InterestAccruals",
    box: "Interest Accruals",
    why: "gives interest earned and not yet paid, a part of NAV"
  },
  {
    section: "OpenDividendAccruals",
    box: "Open Dividend Accruals",
    why: "gives dividends to come, a part of NAV, with their pay dates"
  },
  {
    section: "ChangeInDividendAccruals",
    box: "Change in Dividend Accruals",
    why: "gives accruals posted and reversed, which move NAV before the cash comes"
  },
  {
    section: "SecuritiesInfo",
    box: "Financial Instrument Information",
    why: "names each instrument, its multiplier, expiry and ISIN"
  },
  {
    section: "ConversionRates",
    box: "General Configuration > Include Currency Rates? Yes",
    why: "gives the rate of each day; without it other currencies have no value in base"
  },
  {
    section: "MTMPerformanceSummaryInBase",
    box: "Mark-to-Market Performance Summary in Base",
    why: "gives IBKR's result of each instrument, to reconcile with"
  },
  {
    section: "FIFOPerformanceSummaryInBase",
    box: "Realized and Unrealized Performance Summary in Base",
    why: "gives IBKR's realized and unrealized gains, to reconcile with"
  }
];

/**
 * Returns the boxes that are not ticked in the query a statement came from: IBKR leaves a section out whole when
 * its box is not ticked, and gives an empty one when it merely has no rows.
 *
 * @param sections the sections that stand in the statement, by container or as `inspect` counts them; in any order
 * @returns in the portal's order; none for a query of trade confirmations, which has no such boxes
 */
export function missingBoxes(sections: Iterable<string>): FlexBox[] {
  const present = new Set([...sections].map((section) => section.toLowerCase()));
  if (present.has("securities")) present.add("securitiesinfo");
  if (present.has("tradeconfirms")) return [];
  return FLEX_BOXES.filter(({section}) => !present.has(section.toLowerCase()));
}
