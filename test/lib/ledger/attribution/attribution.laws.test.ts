import * as fc from "fast-check";
import {expect, it} from "vitest";
import {GROUPINGS} from "../../../../lib/ledger/attribution/attribution-view.js";
import {createFigures} from "../../../../lib/ledger/figures.js";
import {formatAmount, multiply, parseAmount, type Amount} from "../../../../lib/money/amount.js";
import {long} from "../../../long.js";
import {CONTEXT, ledgerOf} from "../tables.js";

const DAYS = ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09"];
const ACCOUNTS = ["U7000001", "U7000002"];
const EUR = {conid: "1", symbol: "ACME", assetCategory: "STK", currency: "EUR"};
const USD = {conid: "2", symbol: "BETA", assetCategory: "STK", currency: "USD"};

interface Day {
  /** Cents, ten-thousandths, shares, cents. */
  price: number;
  other: number;
  rate: number;
  bought: number;
  sold: number;
  dividend: number;
  fee: number;
  deposit: number;
}

const day = fc.record({
  price: fc.integer({min: 5_000, max: 20_000}),
  other: fc.integer({min: 5_000, max: 20_000}),
  rate: fc.integer({min: 8_000, max: 13_000}),
  bought: fc.integer({min: -9, max: 9}),
  sold: fc.integer({min: -9, max: 9}),
  dividend: fc.constantFrom(0, 0, 0, 1_000),
  fee: fc.constantFrom(0, 100, 135),
  deposit: fc.constantFrom(0, 0, 100_000, -50_000)
});
const story = fc.array(day, {minLength: DAYS.length, maxLength: DAYS.length});

const cents = (n: number): Amount => BigInt(n) * 10n ** 10n;
const tenThousandths = (n: number): Amount => BigInt(n) * 10n ** 8n;
const print = formatAmount;

/** Books two accounts from the same prices: what they hold, pay and are worth, all told by rows. */
function books(days: readonly Day[], flowFree = false, scale = 1) {
  const rows: Record<"nav" | "positions" | "trades" | "cash" | "cash_balances" | "rates", object[]> = {
    nav: [],
    positions: [],
    trades: [],
    cash: [],
    cash_balances: [],
    rates: []
  };
  for (const [n, account] of ACCOUNTS.entries()) {
    const held = {EUR: BigInt(20 * scale), USD: BigInt(10 * (n + 1) * scale)};
    const cash = {EUR: cents(50_000 * scale), USD: cents(5_000_000 * scale)};
    for (const [i, date] of DAYS.entries()) {
      const {price, other, rate, bought, sold, dividend, fee, deposit} = days[i];
      const fx = tenThousandths(rate);
      rows.rates.push({account, day: date, fromCurrency: "EUR", toCurrency: "USD", rate: print(fx)});
      const trade = (row: typeof EUR, quantity: number, at: number, own: "EUR" | "USD") => {
        if (!quantity) return;
        const proceeds = -BigInt(quantity * scale) * cents(at);
        held[own] += BigInt(quantity * scale);
        cash[own] += proceeds - cents(fee * scale);
        rows.trades.push({
          ...row,
          account,
          day: date,
          dateTime: `${date}T1${n}:00:00`,
          quantity: String(quantity * scale),
          tradePrice: print(cents(at)),
          proceeds: print(proceeds),
          ibCommission: print(-cents(fee * scale)),
          ibCommissionCurrency: own,
          fxRateToBase: own === "EUR" ? print(fx) : "1"
        });
      };
      if (i && !flowFree) {
        trade(EUR, bought, price + 37, "EUR");
        trade(USD, sold, other - 11, "USD");
        if (dividend) {
          cash.EUR += cents(dividend * scale);
          const paid = {...EUR, account, day: date, type: "Dividends", fxRateToBase: print(fx)};
          rows.cash.push({...paid, amount: print(cents(dividend * scale))});
        }
        if (deposit) {
          cash.USD += cents(deposit * scale);
          const paid = {
            account,
            day: date,
            type: "Deposits & Withdrawals",
            currency: "USD",
            fxRateToBase: "1"
          };
          rows.cash.push({...paid, amount: print(cents(deposit * scale))});
        }
      }
      let stock = 0n;
      for (const [row, own, at] of [
        [EUR, "EUR", price],
        [USD, "USD", other]
      ] as const) {
        const value = held[own] * cents(at);
        stock += own === "EUR" ? multiply(value, fx) : value;
        if (held[own]) {
          rows.positions.push({
            ...row,
            account,
            day: date,
            position: String(held[own]),
            markPrice: print(cents(at)),
            positionValue: print(value),
            fxRateToBase: own === "EUR" ? print(fx) : "1"
          });
        }
      }
      for (const currency of ["EUR", "USD"] as const) {
        const endingCash = print(cash[currency]);
        rows.cash_balances.push({account, day: date, fromDate: date, toDate: date, currency, endingCash});
      }
      const inBase = multiply(cash.EUR, fx) + cash.USD;
      const total = print(stock + inBase);
      rows.nav.push({account, day: date, total, cash: print(inBase), stock: print(stock)});
    }
  }
  return ledgerOf(rows as Parameters<typeof ledgerOf>[0]); // texts by column
}

const sum = (texts: readonly (string | null)[]) =>
  texts.reduce((total, text) => total + parseAmount(text ?? "NaN"), 0n);

it("parts sum to each gain, and gains to that of the accounts, to the last decimal, with nothing unexplained", () => {
  fc.assert(
    fc.property(story, fc.constantFrom(...GROUPINGS), fc.constantFrom("USD", "EUR"), (days, by, currency) => {
      const {rows, total} = createFigures(books(days), CONTEXT).attribution({by, currency});
      for (const {gain, price, income, currency: fx, fee, tax} of rows.filter(
        ({kind}) => kind !== "unexplained"
      )) {
        expect(print(sum([price, income, fx, fee, tax].map(({value}) => value)))).toBe(gain.value);
      }
      expect(print(sum(rows.map(({gain}) => gain.value)))).toBe(total.gain.value);
      const rest = rows.find(({kind}) => kind === "unexplained");
      expect(Math.abs(Number(rest?.gain.value ?? 0))).toBeLessThan(currency === "USD" ? 1e-12 : 1e-9); // EUR is 1 / rate, rounded
    }),
    {numRuns: long(300)}
  );
});

it("contributions sum to the time-weighted return, whatever the profile", () => {
  fc.assert(
    fc.property(story, fc.constantFrom("default", "portfolio-analyst"), (days, profile) => {
      const convention = profile === "default" ? "start-end" : "ibkr";
      const {rows, total} = createFigures(books(days), CONTEXT).attribution({
        by: "class",
        profile,
        convention
      });
      expect(total.contribution.value).not.toBeNull();
      const shares = rows.map(({contribution}) => contribution.value ?? NaN);
      expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(total.contribution.value ?? NaN, 9);
    }),
    {numRuns: long(200)}
  );
});

it("without flows (1 + r in base) = (1 + r in the instrument's currency) (1 + r of the rate)", () => {
  fc.assert(
    fc.property(story, (days) => {
      const {rows} = createFigures(books(days, true), CONTEXT).attribution({});
      const [first, last] = [days[0], days[days.length - 1]];
      const acme = rows.find(({label}) => label === "ACME")?.return.value ?? NaN;
      expect(acme).toBeCloseTo((last.price / first.price) * (last.rate / first.rate) - 1, 9);
    }),
    {numRuns: long(200)}
  );
});

it("returns and contributions do not depend on the size of the account", () => {
  fc.assert(
    fc.property(story, (days) => {
      const [one, seven] = [1, 7].map((scale) =>
        createFigures(books(days, false, scale), CONTEXT).attribution({by: "position"})
      );
      const of = ({rows}: typeof one) =>
        new Map(rows.map((row) => [row.key, [row.return.value ?? 0, row.contribution.value ?? 0]]));
      for (const [key, values] of of(one)) {
        const others = of(seven).get(key) ?? [];
        values.forEach((value, k) => expect(others[k]).toBeCloseTo(value, 9));
      }
    }),
    {numRuns: long(100)}
  );
});
