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

interface TableSpec<C extends Columns = Columns> {
  /** Flex containers and row elements that it is made of. */
  section: string;
  element: string;
  /** Levels of detail that count; the empty one stands for "none given". */
  levels?: readonly string[];
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
