/**
 * The ledger's tables: one list from which the SQLite and DuckDB tables, the Arrow and Parquet schemas and the
 * TypeScript rows are made. Columns carry IBKR's own attribute names.
 */

/** text; ISO date; ISO time without zone as IBKR prints it; exact decimal at 12 places. */
export type ColumnKind = "text" | "date" | "time" | "amount";

type Columns = Readonly<Record<string, ColumnKind>>;

/** A row of a table: amounts are bigints at scale 12; an absent value is null. */
export type RowOf<C extends Columns> = {
  [K in keyof C]: C[K] extends "amount" ? bigint | null : string | null;
} & {id: string; account: string; day: string};

/** Rows of a statement that a table is made of. */
export interface RowSource {
  /** Flex container and row element. */
  section: string;
  element: string;
  /** Levels of detail that count; the empty one stands for "none given". */
  levels?: readonly string[];
  /** Columns that IBKR calls otherwise in this element: column -> attribute. */
  names?: Readonly<Record<string, string>>;
}

interface TableSpec<C extends Columns = Columns> extends RowSource {
  /** Further elements that say the same kind of thing. */
  also?: readonly RowSource[];
  /**
   * True where the rows are many and only checks, lots and returns below account level need them: they are read
   * together with all days of positions, else the table is empty.
   */
  heavy?: boolean;
  columns: C;
}

const table = <C extends Columns>(spec: TableSpec<C>): TableSpec<C> => spec;

/** Columns that every table has: deterministic row id, account, report day (last day of a period row; none in securities). */
export const COMMON = {id: "text", account: "text", day: "date"} as const satisfies Columns;

const INSTRUMENT = {
  assetCategory: "text",
  subCategory: "text",
  symbol: "text",
  description: "text",
  conid: "text",
  isin: "text",
  listingExchange: "text",
  underlyingConid: "text",
  underlyingSymbol: "text",
  multiplier: "amount",
  strike: "amount",
  expiry: "date",
  putCall: "text"
} as const satisfies Columns;

export const TABLES = {
  trades: table({
    section: "Trades",
    element: "Trade",
    levels: ["", "EXECUTION"],
    columns: {
      ...INSTRUMENT,
      currency: "text",
      fxRateToBase: "amount",
      tradeDate: "date",
      dateTime: "time",
      settleDateTarget: "date",
      transactionType: "text",
      exchange: "text",
      buySell: "text",
      openCloseIndicator: "text",
      quantity: "amount",
      tradePrice: "amount",
      tradeMoney: "amount",
      proceeds: "amount",
      taxes: "amount",
      ibCommission: "amount",
      ibCommissionCurrency: "text",
      netCash: "amount",
      closePrice: "amount",
      cost: "amount",
      fifoPnlRealized: "amount",
      mtmPnl: "amount",
      notes: "text",
      orderType: "text",
      orderReference: "text",
      tradeID: "text",
      ibOrderID: "text",
      ibExecID: "text",
      transactionID: "text",
      origTransactionID: "text"
    }
  }),
  cash: table({
    section: "CashTransactions",
    element: "CashTransaction",
    levels: ["", "DETAIL"],
    columns: {
      ...INSTRUMENT,
      currency: "text",
      fxRateToBase: "amount",
      type: "text",
      amount: "amount",
      dateTime: "time",
      settleDate: "date",
      exDate: "date",
      code: "text",
      tradeID: "text",
      transactionID: "text",
      actionID: "text"
    }
  }),
  positions: table({
    section: "OpenPositions",
    element: "OpenPosition",
    levels: ["", "SUMMARY"],
    columns: {
      ...INSTRUMENT,
      currency: "text",
      fxRateToBase: "amount",
      position: "amount",
      markPrice: "amount",
      positionValue: "amount",
      openPrice: "amount",
      costBasisPrice: "amount",
      costBasisMoney: "amount",
      percentOfNAV: "amount",
      fifoPnlUnrealized: "amount",
      side: "text",
      openDateTime: "time",
      accruedInt: "amount"
    }
  }),
  /** Open tax lots as IBKR keeps them. */
  lots: table({
    section: "OpenPositions",
    element: "OpenPosition",
    levels: ["LOT"],
    heavy: true,
    columns: {
      ...INSTRUMENT,
      currency: "text",
      fxRateToBase: "amount",
      position: "amount",
      markPrice: "amount",
      positionValue: "amount",
      openPrice: "amount",
      costBasisPrice: "amount",
      costBasisMoney: "amount",
      fifoPnlUnrealized: "amount",
      side: "text",
      openDateTime: "time",
      holdingPeriodDateTime: "time",
      originatingOrderID: "text",
      originatingTransactionID: "text"
    }
  }),
  /** Closed tax lots as IBKR booked them, and its wash sales: `levelOfDetail` says which. */
  closed_lots: table({
    section: "Trades",
    element: "Lot",
    also: [
      {section: "Trades", element: "WashSale"},
      {section: "Trades", element: "Trade", levels: ["CLOSED_LOT", "WASH_SALE"]}
    ],
    columns: {
      ...INSTRUMENT,
      currency: "text",
      fxRateToBase: "amount",
      levelOfDetail: "text",
      tradeDate: "date",
      dateTime: "time",
      openDateTime: "time",
      holdingPeriodDateTime: "time",
      whenRealized: "time",
      whenReopened: "time",
      buySell: "text",
      quantity: "amount",
      tradePrice: "amount",
      cost: "amount",
      fifoPnlRealized: "amount",
      capitalGainsPnl: "amount",
      fxPnl: "amount",
      notes: "text",
      transactionID: "text",
      tradeID: "text"
    }
  }),
  /** Positions of the day before a statement, with their price. */
  prior_positions: table({
    section: "PriorPeriodPositions",
    element: "PriorPeriodPosition",
    heavy: true,
    columns: {
      ...INSTRUMENT,
      currency: "text",
      fxRateToBase: "amount",
      date: "date",
      price: "amount",
      priorMtmPnl: "amount"
    }
  }),
  /** Mark-to-market by instrument over a period; sums stand where conid is null. */
  mtm: table({
    section: "MTMPerformanceSummaryInBase",
    element: "MTMPerformanceSummaryUnderlying",
    heavy: true,
    columns: {
      ...INSTRUMENT,
      fromDate: "date",
      toDate: "date",
      prevCloseQuantity: "amount",
      prevClosePrice: "amount",
      closeQuantity: "amount",
      closePrice: "amount",
      transactionMtm: "amount",
      priorOpenMtm: "amount",
      corpActionMtm: "amount",
      dividends: "amount",
      commissions: "amount",
      other: "amount",
      otherWithAccruals: "amount",
      total: "amount",
      totalWithAccruals: "amount"
    }
  }),
  /** Realized and unrealized profit by instrument over a period, in base; sums stand where conid is null. */
  fifo: table({
    section: "FIFOPerformanceSummaryInBase",
    element: "FIFOPerformanceSummaryUnderlying",
    heavy: true,
    columns: {
      ...INSTRUMENT,
      fromDate: "date",
      toDate: "date",
      costAdj: "amount",
      realizedSTProfit: "amount",
      realizedSTLoss: "amount",
      realizedLTProfit: "amount",
      realizedLTLoss: "amount",
      totalRealizedPnl: "amount",
      totalUnrealizedPnl: "amount",
      totalFifoPnl: "amount",
      transferredPnl: "amount"
    }
  }),
  nav: table({
    section: "EquitySummaryInBase",
    element: "EquitySummaryByReportDateInBase",
    columns: {
      cash: "amount",
      slbCashCollateral: "amount",
      stock: "amount",
      ipoSubscription: "amount",
      slbDirectSecuritiesBorrowed: "amount",
      slbDirectSecuritiesLent: "amount",
      options: "amount",
      bonds: "amount",
      commodities: "amount",
      notes: "amount",
      funds: "amount",
      crypto: "amount",
      dividendAccruals: "amount",
      interestAccruals: "amount",
      softDollars: "amount",
      forexCfdUnrealizedPl: "amount",
      cfdUnrealizedPl: "amount",
      total: "amount"
    }
  }),
  cash_balances: table({
    section: "CashReport",
    element: "CashReportCurrency",
    columns: {
      fromDate: "date",
      toDate: "date",
      currency: "text",
      levelOfDetail: "text",
      startingCash: "amount",
      endingCash: "amount",
      endingSettledCash: "amount"
    }
  }),
  /** Each movement of cash with the balance after it. */
  funds: table({
    section: "StmtFunds",
    element: "StatementOfFundsLine",
    heavy: true,
    columns: {
      ...INSTRUMENT,
      currency: "text",
      fxRateToBase: "amount",
      levelOfDetail: "text",
      date: "time",
      settleDate: "date",
      activityCode: "text",
      activityDescription: "text",
      tradeID: "text",
      transactionID: "text",
      amount: "amount",
      balance: "amount"
    }
  }),
  change_in_nav: table({
    section: "ChangeInNAV",
    element: "ChangeInNAV",
    /** One row for each numeric attribute; `part` is its Flex name, startingValue, endingValue and twr among them. */
    columns: {
      fromDate: "date",
      toDate: "date",
      currency: "text",
      model: "text",
      part: "text",
      amount: "amount"
    }
  }),
  rates: table({
    section: "ConversionRates",
    element: "ConversionRate",
    columns: {fromCurrency: "text", toCurrency: "text", rate: "amount"}
  }),
  corporate_actions: table({
    section: "CorporateActions",
    element: "CorporateAction",
    levels: ["", "DETAIL"],
    columns: {
      ...INSTRUMENT,
      currency: "text",
      fxRateToBase: "amount",
      type: "text",
      dateTime: "time",
      quantity: "amount",
      amount: "amount",
      proceeds: "amount",
      value: "amount",
      fifoPnlRealized: "amount",
      mtmPnl: "amount",
      actionDescription: "text",
      transactionID: "text",
      actionID: "text"
    }
  }),
  transfers: table({
    section: "Transfers",
    element: "Transfer",
    levels: ["", "DETAIL", "TRANSFER"],
    columns: {
      ...INSTRUMENT,
      currency: "text",
      fxRateToBase: "amount",
      type: "text",
      direction: "text",
      company: "text",
      /** The other account (IBKR's attribute `account`). */
      counterparty: "text",
      date: "date",
      quantity: "amount",
      transferPrice: "amount",
      positionAmount: "amount",
      positionAmountInBase: "amount",
      pnlAmount: "amount",
      cashTransfer: "amount",
      transactionID: "text"
    },
    names: {counterparty: "account"}
  }),
  transfer_lots: table({
    section: "Transfers",
    element: "TransferLot",
    columns: {
      ...INSTRUMENT,
      currency: "text",
      fxRateToBase: "amount",
      direction: "text",
      date: "date",
      quantity: "amount",
      transferPrice: "amount",
      positionAmount: "amount",
      pnlAmount: "amount",
      openDateTime: "time",
      costBasis: "amount",
      transactionID: "text"
    }
  }),
  dividend_accruals: table({
    section: "OpenDividendAccruals",
    element: "OpenDividendAccrual",
    columns: {
      ...INSTRUMENT,
      currency: "text",
      fxRateToBase: "amount",
      exDate: "date",
      payDate: "date",
      quantity: "amount",
      tax: "amount",
      fee: "amount",
      grossRate: "amount",
      grossAmount: "amount",
      netAmount: "amount"
    }
  }),
  dividend_changes: table({
    section: "ChangeInDividendAccruals",
    element: "ChangeInDividendAccrual",
    columns: {
      ...INSTRUMENT,
      currency: "text",
      fxRateToBase: "amount",
      date: "date",
      exDate: "date",
      payDate: "date",
      quantity: "amount",
      tax: "amount",
      fee: "amount",
      grossRate: "amount",
      grossAmount: "amount",
      netAmount: "amount",
      code: "text",
      actionID: "text"
    }
  }),
  interest_accruals: table({
    section: "InterestAccruals",
    element: "InterestAccrualsCurrency",
    columns: {
      fromDate: "date",
      toDate: "date",
      currency: "text",
      startingAccrualBalance: "amount",
      interestAccrued: "amount",
      accrualReversal: "amount",
      fxTranslation: "amount",
      endingAccrualBalance: "amount"
    }
  }),
  /** Exercises, assignments and expirations of options. */
  option_events: table({
    section: "OptionEAE",
    element: "OptionEAE",
    columns: {
      ...INSTRUMENT,
      currency: "text",
      fxRateToBase: "amount",
      transactionType: "text",
      quantity: "amount",
      tradePrice: "amount",
      markPrice: "amount",
      proceeds: "amount",
      commisionsAndTax: "amount",
      costBasis: "amount",
      realizedPnl: "amount",
      tradeID: "text"
    }
  }),
  /** Cash that moves by rows of its own, beside trades and cash transactions: taxes, CFD charges, client fees, card payments. */
  charges: table({
    section: "SalesTaxes",
    element: "SalesTax",
    names: {amount: "salesTax", text: "taxableDescription", tradeID: "taxableTransactionID"},
    also: [
      {
        section: "TransactionTaxes",
        element: "TransactionTax",
        levels: ["", "DETAIL", "SUMMARY"],
        names: {amount: "taxAmount", text: "taxDescription", tradeID: "tradeId"}
      },
      {section: "CFDCharges", element: "CFDCharge", names: {amount: "total", text: "activityDescription"}},
      {section: "ClientFees", element: "ClientFee", names: {amount: "net", text: "feeType"}},
      {section: "DebitCardActivities", element: "DebitCardActivity", names: {text: "category"}}
    ],
    columns: {
      assetCategory: "text",
      symbol: "text",
      description: "text",
      conid: "text",
      currency: "text",
      fxRateToBase: "amount",
      /** Row element that it came from. */
      element: "text",
      text: "text",
      amount: "amount",
      tradeID: "text",
      transactionID: "text"
    }
  }),
  /** Totals that a statement states of its own rows, beside what those rows add up to. */
  totals: table({
    section: "Totals",
    element: "Total",
    columns: {
      fromDate: "date",
      toDate: "date",
      /** Section that it sums up, the group of rows (`Stocks/USD`), the column. */
      of: "text",
      item: "text",
      attribute: "text",
      stated: "amount",
      added: "amount"
    }
  }),
  /** Figures that PortfolioAnalyst reports: theirs, to compare with ours. */
  reported: table({
    section: "PortfolioAnalyst",
    element: "ReportedFigure",
    columns: {
      fromDate: "date",
      toDate: "date",
      /** PortfolioAnalyst's section, the symbol, sector or benchmark in it, the column; percent stays percent. */
      of: "text",
      item: "text",
      figure: "text",
      /** `TWR` or `MWR`, where the report says so. */
      measure: "text",
      currency: "text",
      value: "amount",
      text: "text"
    }
  }),
  securities: table({
    section: "SecuritiesInfo",
    element: "SecurityInfo",
    columns: {
      ...INSTRUMENT,
      currency: "text",
      maturity: "date",
      issuer: "text",
      cusip: "text",
      figi: "text",
      type: "text"
    }
  })
} as const;

export type TableName = keyof typeof TABLES;

/** Tells whether a table is empty unless all days of positions are asked for. */
export function isHeavy(name: TableName): boolean {
  const {heavy = false}: TableSpec = TABLES[name];
  return heavy;
}

export type LedgerRow<T extends TableName> = RowOf<(typeof TABLES)[T]["columns"]>;

/** The merged rows of some accounts: what every figure is a function of. Each table is in order of account, day, id. */
export type LedgerTables = {[T in TableName]: LedgerRow<T>[]} & {
  /** Days that statements cover, by account and base currency, joined where they touch; base is null where no statement says it. */
  coverage: Coverage[];
};

export interface Coverage {
  account: string;
  from: string;
  to: string;
  base: string | null;
}
