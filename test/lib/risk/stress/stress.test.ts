import * as fc from "fast-check";
import {expect, it} from "vitest";
import type {Holding, OptionTerms} from "../../../../lib/risk/stress/holding.js";
import {revalueOption} from "../../../../lib/risk/stress/revalue.js";
import type {Scenario, Shock} from "../../../../lib/risk/stress/scenario.js";
import {stress} from "../../../../lib/risk/stress/stress.js";
import {blackValue} from "../../../../lib/risk/options/black.js";

const share = (symbol: string, value: number, more: Partial<Holding> = {}): Holding => ({
  symbol,
  value,
  currency: "USD",
  class: "STK",
  ...more
});
const scenario = (shocks: Shock[], more: Partial<Scenario> = {}): Scenario => ({
  id: "mine",
  name: "Mine",
  shocks,
  rest: "unchanged",
  ...more
});
const CRASH: Shock = {kind: "class", key: "STK", change: -0.3};
const usd = {base: "USD"};

it("stress(holdings) moves a class, and leaves the rest as it is when the scenario says so", () => {
  const result = stress([share("A", 1000), share("CASH", 500, {class: "CASH"})], scenario([CRASH]), usd);
  expect(result).toMatchObject({scenario: "mine", value: 1500, unknown: 0});
  expect(result.gain).toEqual({value: -300});
  expect(result.change.value).toBeCloseTo(-0.2, 12);
  expect(result.holdings).toEqual([
    {symbol: "A", value: 1000, gain: {value: -300}, price: -300, currency: 0, notes: ["class STK"]},
    {symbol: "CASH", value: 500, gain: {value: 0}, price: 0, currency: 0, notes: []}
  ]);
});

it("stress(holdings) takes the symbol's shock before its factors', and these before its class's", () => {
  const shocks: Shock[] = [
    CRASH,
    {kind: "factor", key: "equity", change: -0.4},
    {kind: "factor", key: "rates", change: 0.02},
    {kind: "symbol", key: "A", change: 0.1}
  ];
  const {holdings} = stress(
    [
      share("A", 100, {exposures: {equity: 1.5}}),
      share("B", 100, {exposures: {equity: 1.5, oil: 3}}),
      share("BOND", 100, {class: "BOND", exposures: {rates: -7}}),
      share("C", -100)
    ],
    scenario(shocks),
    usd
  );
  expect(holdings.map(({gain, notes}) => [+(gain.value ?? NaN).toFixed(9), ...notes])).toEqual([
    [10, "symbol A"],
    [-60, "factor equity"],
    [-14, "factor rates"],
    [30, "class STK"]
  ]);
});

it("stress(holdings) lets a price lose no more than all", () => {
  const shocks: Shock[] = [{kind: "factor", key: "equity", change: -0.5}];
  expect(stress([share("A", 100, {exposures: {equity: 3}})], scenario(shocks), usd).gain.value).toBe(-100);
});

it("stress(holdings) converts by both currencies against the dollar, on the value after the price moved", () => {
  const shocks: Shock[] = [
    {kind: "currency", key: "EUR", change: -0.1},
    {kind: "currency", key: "GBP", change: -0.2},
    {kind: "class", key: "STK", change: -0.5}
  ];
  const held = [
    share("US", 100),
    share("UK", 100, {currency: "GBP"}),
    share("CASH", 90, {class: "CASH", currency: "USD"})
  ];
  const {holdings} = stress(held, scenario(shocks), {base: "EUR"});
  // the dollar gains 1 / 0.9 - 1 against the euro, the pound loses 0.8 / 0.9 - 1
  expect(holdings[0].price).toBeCloseTo(-50, 12);
  expect(holdings[0].currency).toBeCloseTo(50 / 9, 12);
  expect(holdings[1].currency).toBeCloseTo(-50 / 9, 12);
  expect(holdings[2].gain.value).toBeCloseTo(10, 12);
  expect(holdings[1].notes).toEqual(["class STK", "GBP against EUR"]);
});

it("stress(holdings) says what a scenario that knows only a part leaves unknown, and sums the others", () => {
  const partly = scenario([CRASH, {kind: "currency", key: "EUR", change: -0.1}], {
    name: "Partly",
    rest: "unknown"
  });
  const held = [
    share("A", 100),
    share("COIN", 50, {class: "CRYPTO"}),
    share("T", 25, {class: "BOND"}),
    share("JP", 25, {currency: "JPY"}),
    share("CASH", 40, {class: "CASH"})
  ];
  const result = stress(held, partly, usd);
  expect(result.gain.value).toBeCloseTo(-30, 12);
  expect(result.unknown).toBeCloseTo(100 / 240, 12);
  expect(result.holdings.map(({gain}) => gain.reason)).toEqual([
    undefined,
    "Partly says nothing of COIN (CRYPTO): add a shock, or its exposure to a factor",
    "Partly says nothing of T: state its exposure to rates, minus its duration",
    "Partly says nothing of JPY against the dollar",
    undefined
  ]);
  expect(stress([held[1]], partly, usd).gain.reason).toBe("the scenario speaks of no holding");
  expect(stress([], partly, usd)).toMatchObject({value: 0, gain: {value: null}, unknown: 0});
});

const OPTION: OptionTerms = {
  right: "put",
  style: "european",
  underlying: "A",
  underlyingClass: "STK",
  underlyingPrice: 100,
  on: "spot",
  strike: 95,
  years: 0.5,
  mark: 4,
  rate: 0.03
};
const still = {underlying: 0, volatility: 0, rate: 0};

it("revalueOption(terms, shift) starts from the mark: no shift is no change", () => {
  const {change, volatility, notes} = revalueOption(OPTION, still);
  expect(change.value).toBeCloseTo(0, 12);
  expect(notes).toEqual([]);
  const forward = 100 * Math.exp(0.015);
  const value = blackValue({...OPTION, forward, discount: Math.exp(-0.015), volatility: volatility ?? NaN});
  expect(value).toBeCloseTo(4, 10);
});

it("revalueOption(terms, shift) revalues by Black's formula with the volatility moved", () => {
  const {change, volatility} = revalueOption(OPTION, {underlying: -0.2, volatility: 0.1, rate: -0.01});
  const moved = {
    right: "put" as const,
    strike: 95,
    years: 0.5,
    forward: 80 * Math.exp(0.02 * 0.5),
    discount: Math.exp(-0.02 * 0.5),
    volatility: (volatility ?? NaN) + 0.1
  };
  expect(change.value).toBeCloseTo(blackValue(moved) / 4 - 1, 10);
});

it("revalueOption(terms) on a future takes its price for the forward", () => {
  const on = {...OPTION, on: "future" as const, strike: 100, mark: 5};
  const {volatility} = revalueOption(on, still);
  const value = blackValue({...on, forward: 100, discount: Math.exp(-0.015), volatility: volatility ?? NaN});
  expect(value).toBeCloseTo(5, 10);
});

it("revalueOption(terms) keeps an American option at its exercise value or above, and says that it approximates", () => {
  const american = {...OPTION, style: "american" as const};
  const {change, notes} = revalueOption(american, {underlying: -0.9, volatility: 0, rate: 0.2});
  expect(change.value).toBeCloseTo(85 / 4 - 1, 12); // the European one is worth 95 exp(-0.115) - 10 at most
  expect(notes).toEqual(["american: valued as european, at least at its exercise value"]);
});

it("revalueOption(terms) has a reason without a price, without the underlying's, or without time value", () => {
  expect(revalueOption({...OPTION, mark: 0}, still).change.reason).toBe("the option has no price");
  expect(revalueOption({...OPTION, underlyingPrice: NaN}, still).change.reason).toBe(
    "no price of the underlying A"
  );
  const deep = revalueOption({...OPTION, strike: 200, mark: 97}, still);
  expect(deep.change.reason).toMatch(
    /^the price 97 is not above 97\.02\d+, which the option is worth without volatility$/
  );
  const given = revalueOption(
    {...OPTION, strike: 200, mark: 97, volatility: 0.25},
    {...still, underlying: 0.1}
  );
  expect(given.change.value).toBeLessThan(0);
  expect(given.notes).toEqual(["volatility as given, not from the mark"]);
});

it("revalueOption(terms) of an expired option is its exercise value; of one whose underlying is gone too", () => {
  const expired = revalueOption({...OPTION, years: 0, mark: 2}, {...still, underlying: -0.1});
  expect(expired.change.value).toBeCloseTo(5 / 2 - 1, 12);
  expect(expired.notes).toEqual(["expired: exercise value"]);
  expect(revalueOption(OPTION, {...still, underlying: -1}).change.value).toBeCloseTo(95 / 4 - 1, 10);
  expect(revalueOption(OPTION, {...still, volatility: -5}).notes).toEqual([
    "volatility kept at its floor of 0.1 %"
  ]);
});

it("stress(holdings) revalues an option with its underlying's shock, and the volatility's by root of time", () => {
  const calm = scenario([CRASH]);
  const wild = scenario([CRASH], {volatility: {change: 0.4, days: 30}});
  const option = share("A P95", 400, {class: "OPT", option: OPTION});
  const [without, with_] = [calm, wild].map((one) => stress([option], one, usd).holdings[0]);
  const shift = {underlying: -0.3, rate: 0};
  expect(without.gain.value).toBeCloseTo(
    400 * (revalueOption(OPTION, {...shift, volatility: 0}).change.value ?? NaN),
    9
  );
  const moved = 0.4 * Math.sqrt(30 / 365 / 0.5);
  expect(with_.gain.value).toBeCloseTo(
    400 * (revalueOption(OPTION, {...shift, volatility: moved}).change.value ?? NaN),
    9
  );
  expect(without.notes).toEqual(["class STK", "volatility unchanged: the scenario says nothing of it"]);
  expect(with_.volatility).toBeGreaterThan(0.1);
  const short = stress([share("A P95", -400, {class: "OPT", option: OPTION})], wild, usd);
  expect(short.gain.value).toBeCloseTo(-(with_.gain.value ?? NaN), 9);
});

it("stress(holdings) of an option moves volatility in full up to the days it is said of", () => {
  const option = share("A P95", 400, {class: "OPT", option: {...OPTION, years: 10 / 365, mark: 0.5}});
  const [days, none] = [{change: 0.4, days: 30}, {change: 0.4}].map(
    (volatility) => stress([option], scenario([CRASH], {volatility}), usd).gain.value
  );
  expect(days).toBe(none);
});

it("gains add up: of the parts of a holding, and of an account's halves", () => {
  const holding = fc.record({
    symbol: fc.constantFrom("A", "B", "C"),
    value: fc.integer({min: -1000, max: 1000}),
    currency: fc.constantFrom("USD", "EUR", "JPY"),
    class: fc.constantFrom("STK", "CASH", "BOND")
  });
  const shock = fc.record({
    kind: fc.constantFrom("symbol" as const, "class" as const, "currency" as const),
    key: fc.constantFrom("A", "B", "STK", "BOND", "EUR", "JPY"),
    change: fc.integer({min: -99, max: 300}).map((percent) => percent / 100)
  });
  fc.assert(
    fc.property(
      fc.array(holding),
      fc.array(holding),
      fc.array(shock),
      fc.constantFrom("USD", "EUR"),
      (a, b, shocks, base) => {
        const result = (held: Holding[]) => stress(held, scenario(shocks), {base});
        const parts = [a, b].map((held) => result(held).gain.value ?? 0);
        expect(result([...a, ...b]).gain.value ?? 0).toBeCloseTo(parts[0] + parts[1], 7);
        for (const {gain, price, currency} of result(a).holdings) {
          expect(gain.value).toBeCloseTo((price ?? NaN) + (currency ?? NaN), 9);
        }
      }
    )
  );
});

it("values and changes are checked", () => {
  expect(() => stress([share("A", NaN)], scenario([]), usd)).toThrow(
    new RangeError("invalid value of A: NaN")
  );
  expect(() => stress([], scenario([{kind: "class", key: "STK", change: -1.5}]), usd)).toThrow(
    new RangeError("invalid change of class STK: -1.5")
  );
});
