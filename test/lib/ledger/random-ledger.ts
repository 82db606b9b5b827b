import * as fc from "fast-check";
import type {ViewContext, ViewQuery} from "../../../lib/ledger/views.js";
import {CONTEXT, ledgerOf} from "./tables.js";

const ACCOUNTS = ["U7000001", "U7000002", "U7000003"];
const DAYS = [
  "2024-12-31",
  "2025-12-30",
  "2025-12-31",
  "2026-01-02",
  "2026-01-03",
  "2026-01-05",
  "2026-01-06",
  "2026-01-07"
];
const CURRENCIES = ["USD", "EUR", "JPY"];
const PARTS =
  `startingValue endingValue mtm dividends depositsWithdrawals assetTransfers internalCashTransfers billPay
  fxTranslation otherFees newThing twr`.split(/\s+/);

/** A value that is often missing, and now and then zero, tiny or huge. */
const amount = fc.oneof(
  {weight: 6, arbitrary: fc.integer({min: -100_000, max: 100_000}).map((cents) => String(cents / 100))},
  {weight: 2, arbitrary: fc.constantFrom("0", "0.000000000001", "-0.000000000001", "1000000000000")},
  {weight: 2, arbitrary: fc.constant(undefined)}
);
const rate = fc.constantFrom("1", "1.2", "0.0067", "-1", "0", undefined);
const maybe = (...values: string[]) =>
  fc.oneof(
    {weight: 5, arbitrary: fc.constantFrom(...values)},
    {weight: 1, arbitrary: fc.constant(undefined)}
  );
const account = fc.constantFrom(...ACCOUNTS);
const day = fc.constantFrom(...DAYS);

const instrument = {
  conid: maybe("1", "2", "3"),
  symbol: maybe("ACME", "BETA", "__proto__"),
  assetCategory: maybe("STK", "OPT", "FUT", "CFD", "BOND", "FOP", "CASH"),
  multiplier: maybe("1", "100", "0"),
  strike: maybe("100", "0"),
  putCall: maybe("P", "C"),
  expiry: maybe("2026-01-07", "2026-02-03"),
  underlyingConid: maybe("1", "9"),
  currency: maybe(...CURRENCIES),
  fxRateToBase: rate
};
const rows = <T extends Record<string, fc.Arbitrary<string | undefined>>>(columns: T, maxLength = 8) =>
  fc.array(fc.record({account, day, ...columns}), {maxLength});
/** Values of most days of one or two accounts, most of them above zero. */
const nav = fc
  .tuple(fc.subarray(ACCOUNTS, {minLength: 1, maxLength: 2}), fc.subarray(DAYS, {minLength: 2}))
  .chain(([accounts, days]) =>
    fc.tuple(
      ...accounts.flatMap((own) =>
        days.map((on) =>
          fc.record({
            account: fc.constant(own),
            day: fc.constant(on),
            total: fc.oneof(
              {weight: 12, arbitrary: fc.integer({min: 1000, max: 2000}).map(String)},
              {weight: 1, arbitrary: amount}
            ),
            cash: amount,
            stock: amount,
            options: amount,
            dividendAccruals: amount
          })
        )
      )
    )
  )
  .chain((rows) => fc.subarray(rows, {minLength: Math.ceil(0.8 * rows.length)}));

/** Rates of most days. */
const rates = fc
  .tuple(...DAYS.flatMap((on) => CURRENCIES.slice(1).map((from) => quote(on, from))))
  .chain((rows) => fc.subarray(rows, {minLength: rows.length - 4}));

function quote(on: string, fromCurrency: string) {
  const rate = fc.oneof(
    {weight: 9, arbitrary: fc.constantFrom("1.1", "0.9", "0.0067")},
    {weight: 1, arbitrary: amount}
  );
  return fc.record({
    account,
    day: fc.constant(on),
    fromCurrency: fc.constant(fromCurrency),
    toCurrency: fc.constant("USD"),
    rate
  });
}

const lists = fc.record({
  nav,
  cash: rows({
    ...instrument,
    type: maybe("Deposits & Withdrawals", "Dividends", "Withholding Tax", ""),
    amount,
    exDate: maybe("2026-01-08")
  }),
  transfers: rows({
    ...instrument,
    direction: maybe("IN", "OUT"),
    counterparty: maybe(...ACCOUNTS, "EXTERNAL"),
    quantity: amount,
    positionAmount: amount,
    positionAmountInBase: amount,
    cashTransfer: amount
  }),
  trades: rows({
    ...instrument,
    dateTime: maybe("2026-01-05T10:00:00"),
    quantity: amount,
    tradePrice: amount,
    proceeds: amount,
    ibCommission: amount,
    ibCommissionCurrency: maybe(...CURRENCIES),
    fifoPnlRealized: amount,
    transactionType: maybe("ExchTrade", "TradeCancel"),
    origTransactionID: maybe("7"),
    transactionID: maybe("7", "8"),
    buySell: maybe("BUY", "SELL (Ca.)")
  }),
  positions: rows(
    {
      ...instrument,
      position: amount,
      markPrice: amount,
      positionValue: amount,
      openPrice: amount,
      costBasisMoney: amount,
      fifoPnlUnrealized: amount,
      openDateTime: maybe("2025-12-30T10:00:00")
    },
    12
  ),
  cash_balances: rows({
    currency: maybe(...CURRENCIES, "BASE_SUMMARY"),
    fromDate: maybe("2026-01-05"),
    endingCash: amount
  }),
  change_in_nav: fc
    .array(
      fc.record({
        account,
        period: fc.uniqueArray(day, {minLength: 1, maxLength: 2}).map((two) => two.toSorted()),
        currency: maybe("USD", "EUR", "BASE_SUMMARY"),
        part: fc.constantFrom(...PARTS),
        amount
      }),
      {maxLength: 30}
    )
    .map((parts) =>
      parts.map(({period, ...part}) => ({
        ...part,
        day: period.at(-1) as string,
        fromDate: period[0],
        toDate: period.at(-1)
      }))
    ),
  rates,
  corporate_actions: rows(
    {...instrument, type: maybe("FS"), quantity: amount, proceeds: amount, fifoPnlRealized: amount},
    4
  ),
  dividend_accruals: rows(
    {...instrument, exDate: maybe("2026-01-08", "2026-02-02"), quantity: amount, grossRate: amount},
    4
  ),
  coverage: fc
    .tuple(...ACCOUNTS.map(() => fc.constantFrom("USD", "USD", "USD", "USD", "EUR", null)))
    .map((bases) =>
      bases.map((base, i) => ({account: ACCOUNTS[i], from: "2025-01-01", to: "2026-01-07", base}))
    )
});

/** Ledgers that no broker would send: whatever can be missing, zero, negative or contradictory is so at times. */
export const randomLedger = lists.map((given) => ledgerOf(given as Parameters<typeof ledgerOf>[0])); // texts or nothing

const numbers = fc
  .array(fc.tuple(day, fc.constantFrom(1.1, 50, 55.5, 1e-9, 0, -1, NaN, Infinity)), {maxLength: 8})
  .map((list) => [...new Map(list)].toSorted(([a], [b]) => (a < b ? -1 : 1)));
const lake = fc.record({
  marks: fc.array(
    fc.record({
      symbol: fc.constantFrom("ACME", "BETA", "__proto__"),
      currency: fc.constantFrom(...CURRENCIES),
      source: fc.constant("Yahoo Finance close"),
      closes: numbers
    }),
    {maxLength: 3}
  ),
  rates: fc.array(
    fc.record({
      base: fc.constant("EUR"),
      quote: fc.constantFrom("USD", "JPY"),
      source: fc.constant("ECB fixing"),
      rates: numbers
    }),
    {maxLength: 2}
  ),
  benchmarks: fc.constant([]),
  names: fc.constant(["ACME (Yahoo Finance)"])
});

export const randomContext: fc.Arbitrary<ViewContext> = fc
  .record({
    lake: fc.option(lake, {nil: undefined}),
    now: fc.constantFrom("2026-01-07T12:00:00Z", "2026-02-02T03:00:00Z"),
    currency: fc.constantFrom(...CURRENCIES),
    closes: fc.array(fc.tuple(day, fc.constantFrom(50, 50, 55.5, 60, 0, -1, NaN, Infinity)), {maxLength: 30})
  })
  .map(({now, currency, closes, lake: given}) => ({
    ...CONTEXT,
    ...(given && {lake: given}),
    now,
    failures: ["the pull failed"],
    benchmark: {
      name: "Demo 500",
      kind: "price return" as const,
      currency,
      closes: [...new Map(closes)].toSorted(([a], [b]) => (a < b ? -1 : 1))
    }
  }));

export const randomQuery: fc.Arbitrary<ViewQuery> = fc.record(
  {
    accounts: fc.subarray([...ACCOUNTS, "U9999999"]),
    currency: fc.constantFrom("USD", "USD", ...CURRENCIES, "XXX"),
    range: fc.constantFrom("1D", "1W", "MTD", "YTD", "1Y", "ALL"),
    convention: fc.constantFrom("start-end", "ibkr")
  },
  {requiredKeys: []}
);
