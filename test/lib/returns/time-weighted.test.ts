import * as fc from "fast-check";
import {expect, it} from "vitest";
import {annualize, chain, dailyReturns, type FlowConvention} from "../../../lib/returns/time-weighted.js";
import {growth, priceReturns} from "../../../lib/returns/growth.js";
import expected from "../../reference/sp500.json" with {type: "json"};
import {close} from "../../reference/sp500.js";

const of = (...values: number[]) => Float64Array.from(values);
const conventions: FlowConvention[] = ["start-end", "ibkr"];

/** 1000; day 1: deposit 500, value 1530; day 2: withdraw 200, value 1340 (money.md V1). */
const V1 = [of(1000, 1530, 1340), of(0, 500, 0), of(0, 0, 200)] as const;

it("dailyReturns(…, start-end) counts in-flows at the start and out-flows at the end of their day", () => {
  const daily = dailyReturns(...V1, {convention: "start-end"});
  expect(daily.returns[0]).toBeNaN();
  expect(daily.returns[1]).toBeCloseTo(0.02, 12);
  expect(daily.returns[2]).toBeCloseTo(0.006535947712, 12);
  expect(chain(daily).value).toBeCloseTo(1540 / 1500 - 1, 12);
  expect(daily.warnings).toEqual([]);
});

it("dailyReturns(…, ibkr) counts all flows at the end of their day", () => {
  const daily = dailyReturns(...V1, {convention: "ibkr"});
  expect(daily.returns[1]).toBeCloseTo(0.03, 12);
  expect(daily.returns[2]).toBeCloseTo(0.006535947712, 12);
  expect(chain(daily).value).toBeCloseTo(1.03 * (1540 / 1530) - 1, 12);
});

it("dailyReturns(…) of a full withdrawal is the day's gain, and nothing afterwards (V2)", () => {
  for (const convention of conventions) {
    const daily = dailyReturns(of(1000, 0, 0), of(0, 0, 0), of(0, 1010, 0), {convention});
    expect(daily.returns[1]).toBeCloseTo(0.01, 12);
    expect(daily.returns[2]).toBeNaN();
    expect(daily.warnings).toEqual([]);
    expect(chain(daily).value).toBeCloseTo(0.01, 12);
    expect(chain(daily, {from: 1}).value).toBeNull();
  }
});

it("dailyReturns(…) links over a time without capital as 1, and goes on when money comes back", () => {
  const daily = dailyReturns(of(100, 0, 0, 110), of(0, 0, 0, 100), of(0, 100, 0, 0), {
    convention: "start-end"
  });
  expect([...daily.returns]).toEqual([NaN, 0, NaN, expect.closeTo(0.1, 12)]);
  expect(chain(daily).value).toBeCloseTo(0.1, 12);
});

it("dailyReturns(…, {convention: ibkr}) begins after the day on which an empty account is funded", () => {
  const daily = dailyReturns(of(0, 1010, 1020.1), of(0, 1000, 0), of(0, 0, 0), {convention: "ibkr"});
  expect(daily.warnings).toMatchObject([{index: 1, code: "inception", breaks: false}]);
  expect(daily.returns[1]).toBeNaN();
  expect(chain(daily).value).toBeCloseTo(0.01, 12);
});

it("dailyReturns(…) warns of a gain without capital, and the chain breaks there", () => {
  const options = {convention: "start-end", days: ["2024-01-01", "2024-01-02", "2024-01-03"]} as const;
  const daily = dailyReturns(of(100, 0, 0.5), of(0, 0, 0), of(0, 101, 0), options);
  const message = "2024-01-03: 0.5 gained without capital";
  expect(daily.warnings).toEqual([{index: 2, code: "no-capital", breaks: true, message}]);
  expect(chain(daily)).toEqual({value: null, reason: message});
  expect(chain(daily, {to: 1}).value).toBeCloseTo(0.01, 12);
});

it("dailyReturns(…) takes an exact full withdrawal for no gain in spite of float rounding", () => {
  const daily = dailyReturns(of(0, 0), of(0, 0.1 + 0.2), of(0, 0.3), {convention: "ibkr"});
  expect(daily.warnings).toEqual([]);
});

it("dailyReturns(…) is not available while the value is negative", () => {
  const daily = dailyReturns(of(100, -5, 20, 22), of(0, 0, 0, 0), of(0, 0, 0, 0), {convention: "start-end"});
  expect([...daily.returns]).toEqual([NaN, NaN, NaN, expect.closeTo(0.1, 12)]);
  expect(daily.warnings.map(({index, code}) => [index, code])).toEqual([
    [1, "negative-value"],
    [2, "negative-value"]
  ]);
  expect(chain(daily).reason).toBe("row 1: the account's value is negative: -5");
});

it("dailyReturns(…, ibkr) does not show a return below -100 %", () => {
  const daily = dailyReturns(of(100, 950), of(0, 1000), of(0, 0), {convention: "ibkr"});
  expect(chain(daily).reason).toBe("row 1: a deposit of 1000 lost before its day's end: 950 left");
});

it("dailyReturns(…) breaks where a flow is unknown", () => {
  const daily = dailyReturns(of(100, 150), of(0, NaN), of(0, 0), {convention: "start-end"});
  expect(chain(daily).reason).toBe("row 1: a flow has no value in base currency");
});

it("dailyReturns(…) spans days without a value, with their flows, and says so", () => {
  const daily = dailyReturns(of(NaN, 100, NaN, 165), of(9, 9, 50, 0), of(0, 0, 0, 0), {
    convention: "start-end"
  });
  expect([...daily.returns]).toEqual([NaN, NaN, NaN, expect.closeTo(0.1, 12)]);
  expect(daily.warnings).toEqual([
    {index: 3, code: "gap", breaks: false, message: "row 3: days without a value that the return spans: 1"}
  ]);
  expect(chain(daily).value).toBeCloseTo(0.1, 12);
});

it("dailyReturns(…) of an account that joins counts its opening value as a contribution (V8)", () => {
  const daily = dailyReturns(of(100, 110, 1110, 1110), of(0, 0, 1000, 0), of(0, 0, 0, 0), {
    convention: "start-end"
  });
  expect([...growth(daily, {start: 1})].map((v) => +v.toFixed(12))).toEqual([1, 1.1, 1.1, 1.1]);
});

it("dailyReturns(…) of nothing is empty, and its chain has a reason", () => {
  const daily = dailyReturns(of(), of(), of(), {convention: "start-end"});
  expect(daily).toEqual({returns: of(), warnings: []});
  expect(chain(daily)).toEqual({value: null, reason: "no return in the period"});
});

it("dailyReturns(…) names what it cannot use", () => {
  const options = {convention: "start-end"} as const;
  expect(() => dailyReturns(of(1, 2), of(0), of(0, 0), options)).toThrow("inflow has 1 rows, nav has 2");
  expect(() => dailyReturns(of(1, 2), of(0, 0), of(0, -1), options)).toThrow("invalid outflow[1]: -1");
  expect(() => dailyReturns(of(1, Infinity), of(0, 0), of(0, 0), options)).toThrow(
    "invalid nav[1]: Infinity"
  );
});

const account = fc
  .array(fc.tuple(fc.double({min: 1, max: 1e6, noNaN: true}), fc.nat(1000), fc.nat(1000)), {minLength: 2})
  .map((rows) => [0, 1, 2].map((k) => Float64Array.from(rows, (row) => row[k])));

it("dailyReturns(…) does not depend on the currency's unit", () => {
  fc.assert(
    fc.property(account, fc.constantFrom(...conventions), ([nav, inflow, outflow], convention) => {
      const times = (column: Float64Array) => column.map((value) => value * 7);
      const daily = dailyReturns(nav, inflow, outflow, {convention});
      const scaled = dailyReturns(times(nav), times(inflow), times(outflow), {convention});
      scaled.returns.forEach((r, i) => {
        if (Number.isNaN(r)) expect(daily.returns[i]).toBeNaN();
        else expect(Math.abs(r - daily.returns[i])).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(r)));
      });
    })
  );
});

it("dailyReturns(…) of the past does not change when the future is cut off", () => {
  fc.assert(
    fc.property(
      account,
      fc.constantFrom(...conventions),
      fc.nat(),
      ([nav, inflow, outflow], convention, cut) => {
        const t = cut % nav.length;
        const whole = dailyReturns(nav, inflow, outflow, {convention});
        const past = dailyReturns(nav.slice(0, t), inflow.slice(0, t), outflow.slice(0, t), {convention});
        expect(past.returns).toEqual(whole.returns.slice(0, t));
        expect(past.warnings).toEqual(whole.warnings.filter(({index}) => index < t));
      }
    )
  );
});

it("dailyReturns(…) agree between the conventions on days without flows", () => {
  fc.assert(
    fc.property(account, ([nav]) => {
      const none = new Float64Array(nav.length);
      const [ours, theirs] = conventions.map(
        (convention) => dailyReturns(nav, none, none, {convention}).returns
      );
      expect(ours).toEqual(theirs);
    })
  );
});

it("chain(daily) of a span is the product of the chains of its parts", () => {
  const returns = fc.array(fc.double({min: -0.9, max: 1, noNaN: true}), {minLength: 3, maxLength: 60});
  fc.assert(
    fc.property(returns, fc.nat(), (values, cut) => {
      const daily = {returns: Float64Array.from(values), warnings: []};
      const middle = 1 + (cut % (values.length - 2));
      const [whole, left, right] = [{}, {to: middle}, {from: middle}].map(
        (span) => chain(daily, span).value as number
      );
      expect(Math.abs((1 + left) * (1 + right) - (1 + whole))).toBeLessThanOrEqual(1e-12 * (1 + whole));
    })
  );
});

it("chain(daily) of the S&P 500 agrees with empyrical cum_returns_final", () => {
  expect(chain(priceReturns(close)).value).toBeCloseTo(expected.total, 12);
});

it("annualize(total, days) is the yearly rate over days of 365.25", () => {
  expect(annualize(0.21, 730.5).value).toBeCloseTo(0.1, 12);
  expect(annualize(-1, 400).value).toBe(-1);
});

it("annualize(total, days) of the S&P 500 agrees with the calendar's rate by pandas", () => {
  expect(annualize(expected.total, expected.days).value).toBeCloseTo(expected.annual, 12);
});

it("annualize(total, days) never annualises below a year", () => {
  expect(annualize(0.1, 364)).toEqual({value: null, reason: "not annualised: 364 days are less than a year"});
  expect(annualize(0.1, NaN).value).toBeNull();
  expect(annualize(-1.5, 400).reason).toBe("a total return of -1.5 cannot be annualised");
});
