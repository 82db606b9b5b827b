import {INSTRUMENT, table} from "./table-spec.js";

/** What statements state of themselves: values, balances and sums, theirs to compare with ours. */
export const STATED_TABLES = {
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
  })
} as const;
