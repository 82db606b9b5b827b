import * as fc from "fast-check";
import {expect, it} from "vitest";
import {blackValue, type OptionRight} from "../../../../lib/risk/options/black.js";
import {impliedVolatility} from "../../../../lib/risk/options/implied-volatility.js";
import expected from "../../../reference/risk.json" with {type: "json"};

const terms = {
  right: "call" as OptionRight,
  forward: 100,
  strike: 100,
  years: 1,
  volatility: 0.2,
  discount: 1
};

it("blackValue(terms) at the money is forward times twice P(v sqrt T / 2) less one", () => {
  // P(0.1) = 0.539827837277029 (scipy 1.17.1)
  expect(blackValue(terms)).toBeCloseTo(100 * (2 * 0.539827837277029 - 1), 11);
  expect(blackValue({...terms, discount: 0.9})).toBeCloseTo(0.9 * blackValue(terms), 12);
});

it("blackValue(terms) without time or volatility is the discounted gain of exercise", () => {
  expect(blackValue({...terms, strike: 90, years: 0})).toBe(10);
  expect(blackValue({...terms, right: "put", strike: 130, volatility: 0, discount: 0.5})).toBe(15);
  expect(blackValue({...terms, strike: 130, volatility: 0})).toBe(0);
});

it("blackValue(terms) agrees with QuantLib blackFormula to 1e-12 of the forward", () => {
  for (const {value, right, ...one} of expected.options) {
    const ours = blackValue({...one, right: right as OptionRight});
    expect(Math.abs(ours - value)).toBeLessThan(1e-12 * one.forward);
  }
});

it("impliedVolatility(terms, price) finds the volatility of QuantLib's prices", () => {
  for (const {value, volatility, right, ...one} of expected.options) {
    const implied = impliedVolatility({...one, right: right as OptionRight}, value);
    expect(implied.value, JSON.stringify(one)).not.toBe(null);
    expect(blackValue({...one, right: right as OptionRight, volatility: implied.value ?? NaN})).toBeCloseTo(
      value,
      9
    );
    const least = blackValue({...one, right: right as OptionRight, volatility: 0});
    if (value - least > 1e-6 * one.forward) expect(implied.value).toBeCloseTo(volatility, 6);
  }
});

const market = fc.record({
  right: fc.constantFrom<OptionRight>("call", "put"),
  forward: fc.integer({min: 10, max: 500}),
  strike: fc.integer({min: 10, max: 500}),
  years: fc.integer({min: 1, max: 1000}).map((days) => days / 365),
  volatility: fc.integer({min: 2, max: 200}).map((percent) => percent / 100),
  discount: fc.integer({min: 800, max: 1020}).map((promille) => promille / 1000)
});

it("a call less a put is the discounted forward less the strike (parity)", () => {
  fc.assert(
    fc.property(market, (one) => {
      const [call, put] = (["call", "put"] as const).map((right) => blackValue({...one, right}));
      expect(call - put).toBeCloseTo(one.discount * (one.forward - one.strike), 9);
    })
  );
});

it("impliedVolatility undoes blackValue where the price has more than exercise gives", () => {
  fc.assert(
    fc.property(market, (one) => {
      const price = blackValue(one);
      const least = blackValue({...one, volatility: 0});
      fc.pre(price - least > 1e-5 * one.forward);
      const {value} = impliedVolatility(one, price);
      expect(Math.abs((value ?? NaN) - one.volatility)).toBeLessThan(1e-6);
    }),
    {numRuns: 300}
  );
});

it("impliedVolatility(terms, price) has none at or below the exercise value, above the bound, at expiry", () => {
  const put = {...terms, right: "put" as const, strike: 130};
  expect(impliedVolatility(put, 30).reason).toBe(
    "the price 30 is not above 30, which the option is worth without volatility"
  );
  expect(impliedVolatility(put, 131).reason).toBe("the price 131 is above what the option can be worth");
  expect(impliedVolatility({...put, years: 0.0001}, 60).reason).toBe(
    "no volatility up to 10 gives the price 60"
  );
  expect(impliedVolatility({...put, years: 0}, 31).reason).toBe("the option has expired");
  expect(impliedVolatility(terms, NaN).value).toBe(null);
});

it("terms are checked", () => {
  expect(() => blackValue({...terms, forward: 0})).toThrow(new RangeError("invalid forward: 0"));
  expect(() => blackValue({...terms, strike: NaN})).toThrow(new RangeError("invalid strike: NaN"));
  expect(() => blackValue({...terms, years: -1})).toThrow(new RangeError("invalid years: -1"));
});
