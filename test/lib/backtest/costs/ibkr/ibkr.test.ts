import * as fc from "fast-check";
import {expect, it} from "vitest";
import {
  IBKR_SCHEDULES,
  ibkrCosts,
  type IbkrOptions,
  ibkrSchedule
} from "../../../../../lib/backtest/costs/ibkr/ibkr.js";
import {MARKETS, PLANS} from "../../../../../lib/backtest/costs/ibkr/schedule.js";
import {isDay} from "../../../../../lib/time/day.js";
import {flatBars} from "../../bars.js";

const bars = (currency: string) => flatBars([1], {currency});
/** What IBKR itself takes of a purchase, what others take left out. */
const own = (options: IbkrOptions, units: number, price: number, currency = "USD") => {
  const {fees} = ibkrSchedule(options.market ?? "us-stocks", options.plan);
  const contracts = units / (options.multiplier ?? 1);
  const all = ibkrCosts(options).commission!(units, price, bars(currency), 0);
  const parts = {unit: 0, value: 0, commission: 0, order: 0};
  for (const {of, rate, side} of fees) if (side === "both") parts[of] += rate;
  return (all - contracts * parts.unit - units * price * parts.value - parts.order) / (1 + parts.commission);
};

it.each([
  // IBKR, Commissions Stocks: "Fixed Examples"
  [100, 25, 1],
  [1000, 25, 5],
  [1000, 0.25, 2.5],
  // its note on the maximum: what is below the minimum is charged all the same
  [10, 0.2, 0.02]
])("fixed: %d US shares at %d cost %d", (units, price, commission) => {
  expect(own({plan: "fixed"}, units, price)).toBeCloseTo(commission, 12);
});

it("tiered: 30 million US shares in one order pay each tier's rate for its part", () => {
  // IBKR, Fixed vs. Tiered examples: 1,050 + 5,400 + 25,500 + 10,000
  expect(own({plan: "tiered"}, 30_000_000, 5)).toBeCloseTo(41_950, 6);
  // what was traded in the month before counts first
  expect(own({plan: "tiered", monthly: 300_000}, 1000, 50)).toBeCloseTo(2, 12);
  expect(own({plan: "tiered", monthly: 299_900}, 1000, 50)).toBeCloseTo(100 * 0.0035 + 900 * 0.002, 12);
  expect(own({plan: "tiered"}, 10, 50)).toBeCloseTo(0.35, 12);
});

it("what regulators take of US shares is on sales, but for the audit trail", () => {
  const {commission} = ibkrCosts({plan: "fixed"});
  // 5 + 1000 x 0.000072; and for the sale 50,000 x 20.6e-6 and 1000 x 0.000195 on top
  expect(commission!(1000, 50, bars("USD"), 0)).toBeCloseTo(5.072, 12);
  expect(commission!(-1000, 50, bars("USD"), 0)).toBeCloseTo(5.072 + 1.03 + 0.195, 12);
  // the trading activity fee ends at 9.79
  const many = commission!(-1e6, 50, bars("USD"), 0) - commission!(1e6, 50, bars("USD"), 0);
  expect(many).toBeCloseTo(1030 + 9.79, 8);
});

it("FINRA's trading activity fee is paused for sales from 2026-10-01 to 2026-12-31, and taken the days beside", () => {
  const soldAt = (
    plan: "fixed" | "tiered",
    market: "us-stocks" | "us-options",
    price: number,
    time: string
  ) => {
    const on = {...bars("USD"), time: Float64Array.of(Date.parse(time))};
    return ibkrCosts({plan, market, multiplier: market === "us-options" ? 100 : 1}).commission!(
      -1000,
      price,
      on,
      0
    );
  };
  // 1000 shares at 50: 5 + 1000 x 0.000072 + 50,000 x 20.6e-6, and 1000 x 0.000195 but in the pause
  for (const time of ["2026-09-30T20:00:00Z", "2027-01-01T00:00:00Z", "2027-01-04T21:00:00Z"])
    expect(soldAt("fixed", "us-stocks", 50, time)).toBeCloseTo(6.102 + 0.195, 12);
  for (const time of ["2026-10-01T00:00:00Z", "2026-11-23T21:00:00Z", "2026-12-31T23:59:59.999Z"])
    expect(soldAt("fixed", "us-stocks", 50, time)).toBeCloseTo(6.102, 12);
  // 10 contracts of an option at 2: 6.5 + 10 x (0.02685 + 0.02) + 2000 x 20.6e-6, and 10 x 0.00329 but in the pause
  expect(soldAt("tiered", "us-options", 2, "2026-09-30")).toBeCloseTo(7.0097 + 0.0329, 12);
  expect(soldAt("tiered", "us-options", 2, "2026-10-01")).toBeCloseTo(7.0097, 12);
});

it("tiered US shares also pay exchange, clearing and what is passed through", () => {
  const {commission} = ibkrCosts({plan: "tiered"});
  const expected = 0.35 * (1 + 0.000175 + 0.000563) + 100 * (0.003 + 0.0002 + 0.000072);
  expect(commission!(100, 50, bars("USD"), 0)).toBeCloseTo(expected, 12);
});

it.each([
  // IBKR, Commissions Options: "Tiered Examples", by contracts a month
  [1, 2, 0, 1],
  [2, 5, 0, 1.3],
  [3, 0.075, 0, 1.5],
  [5, 0.03, 0, 1.25],
  [3, 0.075, 10_000, 1.5],
  [5, 2, 50_000, 1.25],
  [7, 2, 100_000, 1.05],
  [5, 5, 100_000, 1]
])(
  "tiered: %d option contracts at a premium of %d after %d in the month cost %d",
  (n, premium, monthly, expected) => {
    const options = {plan: "tiered", market: "us-options", multiplier: 100, monthly} as const;
    expect(own(options, 100 * n, premium)).toBeCloseTo(expected, 12);
  }
);

it("European shares: tiered is IBKR's example of 1,000 shares at 20 on Xetra, fixed has a minimum", () => {
  const {commission} = ibkrCosts({plan: "tiered", market: "europe-stocks"});
  expect(commission!(1000, 20, bars("EUR"), 0)).toBeCloseTo(11.15, 12);
  expect(own({plan: "tiered", market: "europe-stocks"}, 100_000, 20, "EUR")).toBeCloseTo(29, 9);
  expect(own({plan: "fixed", market: "europe-stocks"}, 100, 40, "EUR")).toBe(3);
  expect(own({plan: "fixed", market: "europe-stocks"}, 1000, 40, "EUR")).toBe(20);
});

it("forex: a fifth of a basis point, at least two dollars, also of a pair in another currency", () => {
  // IBKR, Spot Currencies: 50,000 of EUR are 2.00; a billion is 20,000
  const options = {plan: "fixed", market: "forex"} as const;
  expect(own(options, 50_000, 1.1)).toBe(2);
  expect(own(options, 1e9, 1)).toBeCloseTo(20_000, 6);
  expect(own({...options, monthly: 2e9}, 50_000, 1)).toBe(1.25);
  // 1,000,000 USD.JPY at 150: 20 dollars, in yen
  const yen = ibkrCosts({...options, rate: 150}).commission!(1e6, 150, bars("JPY"), 0);
  expect(yen).toBeCloseTo(20 * 150, 9);
});

it("futures pay for each contract: IBKR, exchange and regulator", () => {
  const es = ibkrCosts({plan: "fixed", market: "us-futures", multiplier: 50});
  expect(es.commission!(-100, 5000, bars("USD"), 0)).toBeCloseTo(2 * (0.85 + 1.28 + 0.02), 12);
  const mes = ibkrCosts({plan: "tiered", market: "us-micro-futures", multiplier: 5, monthly: 20_000});
  expect(mes.commission!(5, 5000, bars("USD"), 0)).toBeCloseTo(0.1 + 0.3 + 0.02, 12);
  expect(own({plan: "tiered", market: "us-futures"}, 1500, 10)).toBeCloseTo(1000 * 0.85 + 500 * 0.65, 9);
});

it("every market and plan has one row, with a source and a day, and tiers without a hole", () => {
  for (const market of MARKETS)
    for (const plan of PLANS)
      expect(IBKR_SCHEDULES.filter((row) => row.market === market && row.plan === plan)).toHaveLength(1);
  for (const {bands, source, taken, fees} of IBKR_SCHEDULES) {
    expect(source).toMatch(/IBKR/);
    expect(isDay(taken)).toBe(true);
    for (const fee of fees) expect(fee.source.length).toBeGreaterThan(4);
    expect(bands.at(-1)!.below).toBe(Infinity);
    for (const {tiers} of bands) {
      expect(tiers.at(-1)!.upTo).toBe(Infinity);
      const ends = tiers.map(({upTo}) => upTo);
      expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    }
  }
});

it("a commission is never below zero, and never falls when more is bought", () => {
  const option = fc.record({plan: fc.constantFrom(...PLANS), market: fc.constantFrom(...MARKETS)});
  const units = fc.integer({min: 1, max: 1_000_000});
  const price = fc.double({min: 0.01, max: 1000, noNaN: true});
  fc.assert(
    fc.property(option, units, units, price, (options, a, b, at) => {
      const {commission} = ibkrCosts({...options, rate: 1});
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map((n) => commission!(n, at, bars("USD"), 0));
      expect(less).toBeGreaterThanOrEqual(0);
      expect(more).toBeGreaterThanOrEqual(less - 1e-9);
    })
  );
});

it("a fill of nothing costs nothing, and what makes no sense is refused", () => {
  const {commission} = ibkrCosts({plan: "fixed"});
  expect(commission!(0, 50, bars("USD"), 0)).toBe(0);
  expect(() => commission!(1, 50, bars("EUR"), 0)).toThrow(
    "IBKR's us-stocks are in USD, A is in EUR: say its rate"
  );
  expect(() => ibkrCosts({plan: "fixed", multiplier: 0})).toThrow("invalid multiplier: 0");
  expect(() => ibkrCosts({plan: "fixed", rate: NaN})).toThrow("invalid rate: NaN");
  expect(() => ibkrCosts({plan: "fixed", monthly: -1})).toThrow("invalid monthly volume: -1: zero or more");
});
