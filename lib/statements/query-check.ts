/** What a statement was seen to hold: its containers (element and level empty where they have no row) and kinds of row. */
export interface Present {
  section: string;
  element: string;
  level: string;
}

/** A box that is to be ticked in the Flex query, in the words of IBKR's page. */
export interface QueryGap {
  /** Section of the query's page, or `General Configuration`. */
  section: string;
  /** The box, option or field in it. */
  box: string;
  /** What is missing as long as it is not ticked. */
  why: string;
  /** `needed`: figures cannot be computed; `advised`: some detail or check is missing. */
  severity: "needed" | "advised";
}

export interface QueryFacts {
  /** Attributes seen in any row, by row element; fields are checked only of elements that are in it. */
  attributes?: ReadonlyMap<string, ReadonlySet<string>>;
  /** First and last day of each statement: longer than a day tells that the query is not broken out by day. */
  periods?: Iterable<{from: string; to: string}>;
}

interface Need {
  /** Flex container. */
  container: string;
  section: string;
  why: string;
  severity: QueryGap["severity"];
  /** What is ticked inside the section; by default all of it. */
  box?: string;
  /** Row element and the levels of which one must be there if there are rows. */
  rows?: {element: string; levels: readonly string[]; box: string; why: string};
  /** Fields that no row is without, under the attribute's name. */
  fields?: Readonly<Record<string, string>>;
}

const IDENTITY = {
  currency: "Currency",
  fxRateToBase: "FX Rate To Base",
  assetCategory: "Asset Class",
  symbol: "Symbol",
  conid: "Conid"
};

const NEEDS: readonly Need[] = [
  {
    container: "AccountInformation",
    section: "Account Information",
    why: "without it the account's base currency is not known",
    severity: "needed",
    box: "Account ID, Currency",
    fields: {currency: "Currency"}
  },
  {
    container: "EquitySummaryInBase",
    section: "Net Asset Value (NAV) in Base",
    why: "it is the account's value day by day, which every return and chart starts from",
    severity: "needed",
    fields: {reportDate: "Report Date", cash: "Cash", total: "Total"}
  },
  {
    container: "ChangeInNAV",
    section: "Change in NAV",
    why: "it says which part of a change was deposits, market, income and cost, and IBKR's own return",
    severity: "needed",
    fields: {
      startingValue: "Starting Value",
      endingValue: "Ending Value",
      mtm: "Mtm",
      depositsWithdrawals: "Deposits/Withdrawals",
      twr: "TWR"
    }
  },
  {
    container: "CashReport",
    section: "Cash Report",
    why: "it is the cash of each currency at the start and the end, against which cash is checked",
    severity: "needed",
    box: "Base Currency Summary and Currency Breakout, Select All",
    fields: {currency: "Currency", startingCash: "Starting Cash", endingCash: "Ending Cash"}
  },
  {
    container: "OpenPositions",
    section: "Open Positions",
    why: "it is what the account holds",
    severity: "needed",
    box: "Summary, Select All",
    rows: {
      element: "OpenPosition",
      levels: ["", "SUMMARY"],
      box: "Summary",
      why: "there are lots only, from which positions are not summed"
    },
    fields: {
      ...IDENTITY,
      reportDate: "Report Date",
      position: "Quantity",
      markPrice: "Mark Price",
      positionValue: "Position Value",
      costBasisMoney: "Cost Basis Money"
    }
  },
  {
    container: "Trades",
    section: "Trades",
    why: "it is what was bought and sold",
    severity: "needed",
    box: "Execution, Select All",
    rows: {
      element: "Trade",
      levels: ["", "EXECUTION"],
      box: "Execution",
      why: "there are orders or summaries only, which are not executions"
    },
    fields: {
      ...IDENTITY,
      reportDate: "Report Date",
      transactionID: "Transaction ID",
      quantity: "Quantity",
      tradePrice: "Trade Price",
      proceeds: "Proceeds",
      ibCommission: "IB Commission",
      netCash: "Net Cash",
      multiplier: "Multiplier"
    }
  },
  {
    container: "CashTransactions",
    section: "Cash Transactions",
    why: "it is deposits, withdrawals, dividends, taxes, interest and fees",
    severity: "needed",
    box: "all types, Detail, Select All",
    rows: {
      element: "CashTransaction",
      levels: ["", "DETAIL"],
      box: "Detail",
      why: "there are sums only, which cannot be told apart by day"
    },
    fields: {
      currency: "Currency",
      fxRateToBase: "FX Rate To Base",
      reportDate: "Report Date",
      type: "Type",
      amount: "Amount",
      transactionID: "Transaction ID"
    }
  },
  {
    container: "ConversionRates",
    section: "General Configuration",
    why: "without the day's rates amounts in other currencies cannot be told in base currency",
    severity: "needed",
    box: "Include Currency Rates? Yes"
  },
  {
    container: "CorporateActions",
    section: "Corporate Actions",
    why: "splits, mergers and spin-offs change positions without a trade",
    severity: "needed",
    box: "Detail, Select All"
  },
  {
    container: "Transfers",
    section: "Transfers",
    why: "positions and cash that come from or go to another account are no gain and no loss",
    severity: "needed",
    box: "Transfer, Select All"
  },
  {
    container: "SecuritiesInfo",
    section: "Financial Instrument Information",
    why: "it names the instruments: identifiers, multiplier, expiry, issuer",
    severity: "advised"
  },
  {
    container: "MTMPerformanceSummaryInBase",
    section: "Mark-to-Market Performance Summary in Base",
    why: "it is IBKR's own gain of each instrument, against which ours is checked",
    severity: "advised"
  },
  {
    container: "FIFOPerformanceSummaryInBase",
    section: "Realized and Unrealized Performance Summary in Base",
    why: "it is IBKR's own realized and unrealized gain, against which ours is checked",
    severity: "advised"
  },
  {
    container: "OpenDividendAccruals",
    section: "Open Dividend Accruals",
    why: "dividends that are announced and not yet paid belong to the account's value",
    severity: "advised"
  },
  {
    container: "ChangeInDividendAccruals",
    section: "Change in Dividend Accruals",
    why: "it explains the change of announced dividends",
    severity: "advised"
  },
  {
    container: "InterestAccruals",
    section: "Interest Accruals",
    why: "it explains the interest that has run up and is not yet booked",
    severity: "advised"
  },
  {
    container: "OptionEAE",
    section: "Option Exercises, Assignments and Expirations",
    why: "it says how an option ended",
    severity: "advised"
  }
];

const GENERAL = "General Configuration";

/**
 * Tells what is missing from the Flex query that gave some statements, and which box to tick.
 *
 * IBKR writes the container of a ticked section also when nothing happened, so `present` should name containers
 * without rows too; a section whose container was never seen counts as not ticked.
 *
 * @returns what to tick, the most needed first; empty if nothing is missing
 */
export function checkQuery(
  present: Iterable<Present>,
  {attributes, periods = []}: QueryFacts = {}
): QueryGap[] {
  const sections = new Map<string, Present[]>();
  for (const item of present) {
    const known = sections.get(item.section);
    if (known) known.push(item);
    else sections.set(item.section, [item]);
  }
  const gaps = NEEDS.flatMap((need) => check(need, sections.get(need.container), attributes));
  for (const {from, to} of periods) {
    if (from === to) continue;
    gaps.push({
      section: GENERAL,
      box: "Breakout by Day? Yes",
      why: "without it the change in NAV and IBKR's own return are told for the whole period only, not day by day",
      severity: "advised"
    });
    break;
  }
  return gaps.sort((a, b) => rank(a) - rank(b));
}

function check(
  need: Need,
  seen: readonly Present[] | undefined,
  attributes: QueryFacts["attributes"]
): QueryGap[] {
  const {section, why, severity, box = "Select All", rows, fields = {}} = need;
  if (!seen) return [{section, box, why, severity}];
  if (rows) {
    const levels = seen
      .filter((item) => item.element !== "")
      .map((item) => (item.element === rows.element ? item.level : undefined));
    if (levels.length > 0 && !levels.some((level) => level !== undefined && rows.levels.includes(level)))
      return [{section, box: rows.box, why: rows.why, severity}];
  }
  const element = rows?.element ?? seen.find((item) => item.element !== "")?.element;
  const known = element === undefined ? undefined : attributes?.get(element);
  if (!known) return [];
  const missing = Object.entries(fields).filter(([attribute]) => !known.has(attribute));
  if (missing.length === 0) return [];
  return [
    {
      section,
      box: missing.map(([, field]) => field).join(", "),
      why: `these fields are not in the query: ${why}`,
      severity
    }
  ];
}

function rank({severity}: QueryGap): number {
  return severity === "needed" ? 0 : 1;
}
