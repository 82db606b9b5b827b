import {INSTRUMENT, table} from "./table-spec.js";

/** What was booked line by line: trades, cash, and what happened to holdings. */
export const BOOKED_TABLES = {
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
      /** When it was booked, where the row says it. */
      dateTime: "time",
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
  })
} as const;
