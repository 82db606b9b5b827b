import {A, ledgerOf, navRows} from "../tables.js";

const ACME = {conid: "1", symbol: "ACME", assetCategory: "STK", currency: "EUR", description: "ACME SE"};
const BETA = {conid: "2", symbol: "BETA", assetCategory: "STK", currency: "USD", fxRateToBase: "1"};

const held = (
  day: string,
  instrument: object,
  position: string,
  markPrice: string,
  positionValue: string,
  fx = "1"
) => ({
  day,
  ...instrument,
  position,
  markPrice,
  positionValue,
  fxRateToBase: fx
});
const euros = (day: string, rate: string) => ({day, fromCurrency: "EUR", toCurrency: "USD", rate});
const balance = (day: string, currency: string, endingCash: string) => ({
  day,
  fromDate: day,
  toDate: day,
  currency,
  endingCash
});

/**
 * An account in dollars. It starts with 10 ACME at 100 EUR, 50 EUR and 1,000 USD, at 1.10 USD/EUR: 2,155. On the
 * first day ACME closes at 104 and the euro at 1.12, a dividend of 8 EUR comes with 2 EUR withheld, 5 BETA are bought
 * at 40 USD (commission 1, tax 0.50) and close at 41, 3 USD of interest come: 2,234.02. On the second they are sold
 * at 42, commission 1: 2,238.02.
 */
export const twoCurrencies = (account = A) =>
  ledgerOf({
    nav: navRows({"2026-01-02": "2155", "2026-01-05": "2234.02", "2026-01-06": "2238.02"}, account),
    positions: [
      held("2026-01-02", ACME, "10", "100", "1000", "1.1"),
      held("2026-01-05", ACME, "10", "104", "1040", "1.12"),
      held("2026-01-05", BETA, "5", "41", "205"),
      held("2026-01-06", ACME, "10", "104", "1040", "1.12")
    ].map((row) => ({...row, account})),
    trades: [
      {
        ...BETA,
        account,
        day: "2026-01-05",
        dateTime: "2026-01-05T10:00:00",
        quantity: "5",
        tradePrice: "40",
        proceeds: "-200",
        ibCommission: "-1",
        ibCommissionCurrency: "USD",
        taxes: "-0.5"
      },
      {
        ...BETA,
        account,
        day: "2026-01-06",
        dateTime: "2026-01-06T10:00:00",
        quantity: "-5",
        tradePrice: "42",
        proceeds: "210",
        ibCommission: "-1",
        ibCommissionCurrency: "USD"
      }
    ],
    cash: [
      {...ACME, account, day: "2026-01-05", type: "Dividends", amount: "8", fxRateToBase: "1.12"},
      {...ACME, account, day: "2026-01-05", type: "Withholding Tax", amount: "-2", fxRateToBase: "1.12"},
      {
        account,
        day: "2026-01-05",
        type: "Broker Interest Received",
        currency: "USD",
        amount: "3",
        fxRateToBase: "1"
      }
    ],
    cash_balances: [
      balance("2026-01-02", "EUR", "50"),
      balance("2026-01-02", "USD", "1000"),
      balance("2026-01-05", "EUR", "56"),
      balance("2026-01-05", "USD", "801.5")
    ].map((row) => ({...row, account})),
    rates: [euros("2026-01-02", "1.1"), euros("2026-01-05", "1.12"), euros("2026-01-06", "1.12")].map(
      (row) => ({
        ...row,
        account
      })
    )
  });
