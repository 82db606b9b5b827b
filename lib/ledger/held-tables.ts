import {INSTRUMENT, table} from "./table-spec.js";

/** What is held at the end of a day, what it is, at which rates, and what has accrued on it. */
export const HELD_TABLES = {
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
  rates: table({
    section: "ConversionRates",
    element: "ConversionRate",
    columns: {fromCurrency: "text", toCurrency: "text", rate: "amount"}
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
