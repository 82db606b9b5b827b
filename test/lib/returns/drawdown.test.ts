import * as fc from "fast-check";
import {expect, it} from "vitest";
import {drawdowns, maxDrawdown, underwater, worstDrawdown} from "../../../lib/returns/drawdown.js";
import {priceReturns} from "../../../lib/returns/growth.js";
import expected from "../../reference/sp500.json" with {type: "json"};
import {close, days} from "../../reference/sp500.js";

const of = (...values: number[]) => Float64Array.from(values);

it("maxDrawdown(equity) finds the deepest fall, not the longest", () => {
  expect(maxDrawdown(of(100, 120, 90, 125, 120, 115))).toEqual({depth: -0.25, peak: 1, trough: 2});
});

it("maxDrawdown(equity) is zero when equity never falls", () => {
  expect(maxDrawdown(of(1, 1, 2)).depth).toBe(0);
});

it("maxDrawdown(equity) has NaN depth when there is no data", () => {
  expect(maxDrawdown(of()).depth).toBeNaN();
});

it("maxDrawdown(equity) names the first value it cannot use", () => {
  expect(() => maxDrawdown(of(1, NaN))).toThrow(new RangeError("invalid equity[1]: NaN"));
});

const equity = fc.array(fc.double({min: 0.01, max: 1e6, noNaN: true}), {minLength: 1, maxLength: 60});

it("maxDrawdown(equity) does not depend on the currency", () => {
  fc.assert(
    fc.property(equity, (values) => {
      const {depth} = maxDrawdown(Float64Array.from(values));
      const {depth: scaled} = maxDrawdown(Float64Array.from(values, (v) => v * 7));
      expect(scaled).toBeCloseTo(depth, 12);
    })
  );
});

it("maxDrawdown(equity) is the worst of all pairs of a value and a later one", () => {
  fc.assert(
    fc.property(equity, (values) => {
      const pairs = values.flatMap((peak, i) => values.slice(i).map((later) => later / peak - 1));
      expect(maxDrawdown(Float64Array.from(values)).depth).toBe(Math.min(...pairs));
    })
  );
});

it("maxDrawdown(close) of the S&P 500 agrees with empyrical max_drawdown", () => {
  const {depth, peak, trough} = maxDrawdown(close);
  expect(depth).toBeCloseTo(expected.maxDrawdown, 12);
  expect([days[peak], days[trough]]).toEqual(["2007-10-09", "2009-03-09"]);
});

it("underwater(index) is the depth below the running peak", () => {
  expect([...underwater(of(100, 80, NaN, 120, 60, 0))]).toEqual([
    0,
    expect.closeTo(-0.2, 12),
    NaN,
    0,
    -0.5,
    -1
  ]);
});

it("underwater(index) of the past does not change when the future is cut off", () => {
  fc.assert(
    fc.property(equity, fc.nat(60), (values, t) => {
      const index = Float64Array.from(values);
      expect(underwater(index.slice(0, t))).toEqual(underwater(index).slice(0, t));
    })
  );
});

it("underwater(index) names the first value it cannot use", () => {
  expect(() => underwater(of(1, -1))).toThrow(new RangeError("invalid index[1]: -1"));
});

it("drawdowns(index) lists each fall with its peak, trough and recovery, the deepest first", () => {
  expect(drawdowns(of(100, 90, 95, 100, 120, 60, 119))).toEqual([
    {depth: -0.5, peak: 4, trough: 5, recovery: undefined},
    {depth: expect.closeTo(-0.1, 12), peak: 0, trough: 1, recovery: 3}
  ]);
});

it("drawdowns(index) is empty when the index never falls", () => {
  expect(drawdowns(of(1, 1, 2))).toEqual([]);
  expect(drawdowns(of())).toEqual([]);
});

it("drawdowns(close) of the S&P 500 agree with QuantStats drawdown_details, which ends a day before recovery", () => {
  const found = drawdowns(close).slice(0, 5);
  const rows = found.map(({depth, trough, recovery}) => [
    +depth.toFixed(6),
    days[trough],
    days[recovery === undefined ? close.length - 1 : recovery - 1]
  ]);
  expect(rows).toEqual(expected.drawdowns);
});

it("drawdowns(index) begin with maxDrawdown, do not overlap and cover all days under water", () => {
  fc.assert(
    fc.property(equity, (values) => {
      const index = Float64Array.from(values);
      const spells = drawdowns(index);
      expect(spells[0]?.depth ?? 0).toBe(maxDrawdown(index).depth);
      const under = spells.reduce((sum, {peak, recovery = index.length}) => sum + recovery - peak - 1, 0);
      expect(under).toBe(underwater(index).filter((depth) => depth < 0).length);
    })
  );
});

it("worstDrawdown(returns) counts the first loss from the value before it", () => {
  expect(worstDrawdown(of(-0.5, 1)).value).toBe(-0.5);
  expect(worstDrawdown(of(NaN, 0.1)).value).toBe(0);
  expect(worstDrawdown(of(-1, 0.5)).value).toBe(-1);
});

it("worstDrawdown(returns) has a reason when there is no return", () => {
  expect(worstDrawdown(of(NaN))).toEqual({value: null, reason: "no returns"});
});

it("worstDrawdown(returns) of the S&P 500 agrees with empyrical max_drawdown", () => {
  expect(worstDrawdown(priceReturns(close).returns).value).toBeCloseTo(expected.maxDrawdown, 12);
});
