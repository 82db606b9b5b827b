import * as fc from "fast-check";
import {expect, it} from "vitest";
import {priceReturns} from "../../../lib/returns/growth.js";
import {alignReturns, compareWithBenchmark} from "../../../lib/risk/benchmark.js";
import {addDays} from "../../../lib/time/day.js";
import expected from "../../reference/sp500.json" with {type: "json"};
import {close, days, middle} from "../../reference/sp500.js";

const of = (...values: number[]) => Float64Array.from(values);
const dated = (dates: readonly string[], prices: Float64Array) => ({
  days: dates,
  daily: priceReturns(prices)
});
const MEASURES = [
  "beta",
  "alpha",
  "correlation",
  "trackingError",
  "informationRatio",
  "upCapture",
  "downCapture",
  "excessReturn"
] as const;

it("alignReturns(portfolio, benchmark) spans the days that only one of them has", () => {
  const portfolio = dated(["2024-01-02", "2024-01-03", "2024-01-04"], of(100, 110, 121));
  const benchmark = dated(["2024-01-01", "2024-01-02", "2024-01-04"], of(7, 50, 60));
  const aligned = alignReturns(portfolio, benchmark);
  expect([aligned.base, ...aligned.days]).toEqual(["2024-01-02", "2024-01-04"]);
  expect([...aligned.portfolio, ...aligned.benchmark]).toEqual([
    expect.closeTo(0.21, 12),
    expect.closeTo(0.2, 12)
  ]);
});

it("alignReturns(portfolio, benchmark) drops a pair on both when either has no return", () => {
  const dates = ["2024-01-01", "2024-01-02", "2024-01-03"];
  const aligned = alignReturns(dated(dates, of(NaN, 100, 110)), dated(dates, of(50, 55, 66)));
  expect([aligned.base, ...aligned.days]).toEqual(["2024-01-02", "2024-01-03"]);
});

it("alignReturns(portfolio, benchmark) without common dates is empty, and all measures say so", () => {
  const aligned = alignReturns(dated(["2024-01-01"], of(1)), dated(["2024-01-02"], of(1)));
  expect(aligned).toEqual({base: undefined, days: [], portfolio: of(), benchmark: of()});
  const compared = compareWithBenchmark(aligned);
  for (const name of MEASURES) expect(compared[name]).toEqual({value: null, reason: expect.any(String)});
  expect(compared.constants).toMatchObject({n: 0, from: null, to: null});
});

const dates = ["2023-01-01", "2023-05-01", "2023-09-01", "2024-01-01"];

it("compareWithBenchmark(aligned) of twice the benchmark has beta 2 and no alpha", () => {
  const benchmark = of(0.02, -0.01, 0.03);
  const compared = compareWithBenchmark({
    base: dates[0],
    days: dates.slice(1),
    portfolio: benchmark.map((r) => 2 * r),
    benchmark
  });
  expect(compared.beta.value).toBeCloseTo(2, 12);
  expect(compared.alpha.value).toBeCloseTo(0, 12);
  expect(compared.correlation.value).toBeCloseTo(1, 12);
  expect(compared.excessReturn.value).toBeCloseTo(1.04 * 0.98 * 1.06 - 1.02 * 0.99 * 1.03, 12);
  expect(compared.trackingError.value).toBeCloseTo(0.020816659994661 * Math.sqrt(252), 12); // std(0.02, -0.01, 0.03)
  expect(compared.constants).toEqual({
    periodsPerYear: 252,
    riskFree: 0,
    ddof: 1,
    n: 3,
    from: "2023-01-01",
    to: "2024-01-01"
  });
});

it("compareWithBenchmark(aligned, {periodsPerYear}) captures what the benchmark's rises and falls gave", () => {
  const portfolio = of(0.01, -0.02, 0.01);
  const aligned = {base: dates[0], days: dates.slice(1), portfolio, benchmark: of(0.02, -0.01, 0.02)};
  const {upCapture, downCapture} = compareWithBenchmark(aligned, {periodsPerYear: 1});
  expect(upCapture.value).toBeCloseTo(0.5, 12);
  expect(downCapture.value).toBeCloseTo(2, 12);
});

it("compareWithBenchmark(aligned) says what does not vary, and what is below a year", () => {
  const still = compareWithBenchmark({
    base: "2024-01-01",
    days: ["2024-01-02", "2024-01-03"],
    portfolio: of(0.1, 0.1),
    benchmark: of(0.1, 0.1)
  });
  expect(still.beta.reason).toBe("the benchmark's returns do not vary");
  expect(still.correlation.reason).toBe("the benchmark's returns do not vary");
  expect(still.informationRatio.reason).toBe("the difference to the benchmark does not vary");
  expect(still.trackingError.value).toBe(0);
  expect(still.downCapture.reason).toBe("the benchmark has no such day in 2");
  expect(still.alpha.reason).toBe("not annualised: 2 days are less than a year");
});

it("compareWithBenchmark(aligned) of the S&P 500's middle and close agrees with empyrical and numpy", () => {
  const compared = compareWithBenchmark(alignReturns(dated(days, middle), dated(days, close)), {
    riskFree: 0.0001
  });
  expect(compared.constants.n).toBe(expected.n);
  for (const name of MEASURES) expect(compared[name].value).toBeCloseTo(expected.comparison[name], 11);
});

it("compareWithBenchmark(aligned) agrees where the benchmark misses each day divisible by 7", () => {
  const rows = days.flatMap((day, i) => (+day.slice(-2) % 7 ? [i] : []));
  const gappy = dated(
    rows.map((i) => days[i]),
    Float64Array.from(rows, (i) => close[i])
  );
  const compared = compareWithBenchmark(alignReturns(dated(days, middle), gappy), {riskFree: 0.0001});
  expect(compared.constants.n).toBe(expected.gappy.n);
  for (const name of MEASURES) expect(compared[name].value).toBeCloseTo(expected.gappy[name], 11);
});

it("compareWithBenchmark(aligned) of a series with itself has beta 1, no alpha and no difference", () => {
  const returns = fc.array(fc.double({min: -0.1, max: 0.1, noNaN: true}), {minLength: 3, maxLength: 60});
  fc.assert(
    fc.property(returns, (values) => {
      const series = Float64Array.from(values);
      const own = values.map((_, i) => addDays("2020-01-01", 300 * (i + 1)));
      const compared = compareWithBenchmark({
        base: "2020-01-01",
        days: own,
        portfolio: series,
        benchmark: series
      });
      expect(compared.excessReturn.value).toBe(0);
      expect(compared.trackingError.value).toBe(0);
      if (compared.beta.value === null) return;
      expect(compared.beta.value).toBeCloseTo(1, 9);
      expect(compared.alpha.value).toBeCloseTo(0, 9);
      expect(compared.correlation.value).toBeCloseTo(1, 9);
    })
  );
});
