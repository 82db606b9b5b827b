import * as fc from "fast-check";
import {expect, it} from "vitest";
import {METRIC_IDS, METRIC_PROFILES, type MetricId} from "../../../../lib/backtest/metrics/metric.js";
import {metricsOf, metricValues} from "../../../../lib/backtest/metrics/metrics.js";
import type {BacktestRecord, TradeRecord} from "../../../../lib/backtest/metrics/record.js";

const DAY = 86_400_000;
const MONDAY = Date.UTC(2024, 0, 1);
const time = (count: number) => Float64Array.from({length: count}, (_, i) => MONDAY + i * DAY);
const trade = (entry: number, exit: number, pnl: number, returnPercent: number): TradeRecord => ({
  entryTime: MONDAY + entry * DAY,
  exitTime: MONDAY + exit * DAY,
  pnl,
  returnPercent
});

// five days: +10 %, -10 %, +20 %, 0 %
const RECORD: BacktestRecord = {
  time: time(5),
  equity: Float64Array.of(1000, 1100, 990, 1188, 1188),
  cash: 1000,
  trades: [trade(1, 1, 100, 10), trade(2, 3, 98, 20), trade(3, 3, -10, -1)],
  traded: 4000,
  benchmark: Float64Array.of(50, 51, 49.98, 50.98, 50.98)
};
const value = (record: BacktestRecord, id: MetricId, options: Parameters<typeof metricsOf>[1] = {}) =>
  metricsOf(record, options)[id].value;

it("metricsOf(record) by hand", () => {
  const options = {frequency: 4};
  expect(value(RECORD, "finalEquity")).toBe(1188);
  expect(value(RECORD, "totalReturn")).toBeCloseTo(0.188, 12);
  expect(value(RECORD, "annualReturn", options)).toBeCloseTo(0.188, 12); // four returns are a year
  expect(value(RECORD, "cagr")).toBeCloseTo(1.188 ** (365.25 / 4) - 1, 6);
  // mean 5 %, deviations 5, -15, 15, -5 %: variance 0.05 / 3
  expect(value(RECORD, "volatility", options)).toBeCloseTo(2 * Math.sqrt(0.05 / 3), 12);
  expect(value(RECORD, "sharpe", options)).toBeCloseTo((2 * 0.05) / Math.sqrt(0.05 / 3), 12);
  expect(value(RECORD, "sortino", options)).toBeCloseTo((2 * 0.05) / 0.05, 12); // one of four is -10 %
  expect(value(RECORD, "maxDrawdown")).toBeCloseTo(-0.1, 12);
  expect(value(RECORD, "calmar", options)).toBeCloseTo(1.88, 12);
  expect(value(RECORD, "omega")).toBeCloseTo(3, 12);
  expect(value(RECORD, "maxDrawdownDays")).toBe(2);
  expect(value(RECORD, "averageDrawdown")).toBeCloseTo(-0.1, 12);
  expect(value(RECORD, "trades")).toBe(3);
  expect(value(RECORD, "winRate")).toBeCloseTo(2 / 3, 12);
  expect(value(RECORD, "profitFactor")).toBeCloseTo(19.8, 12);
  expect(value(RECORD, "expectancy")).toBeCloseTo(188 / 3, 12);
  expect(value(RECORD, "exposure")).toBe(0.6);
  expect(value(RECORD, "turnover")).toBeCloseTo(4000 / 1093.2 / (4 / 365.25), 9);
});

it("metricsOf(record, {profile: backtesting.py}) takes trades in percent", () => {
  const options = {profile: "backtesting.py"} as const;
  expect(value(RECORD, "profitFactor", options)).toBeCloseTo(30, 12);
  expect(value(RECORD, "expectancy", options)).toBeCloseTo(0.29 / 3, 12);
});

it("metricsOf(record, {profile: quantstats}) takes days for trades", () => {
  const options = {profile: "quantstats"} as const;
  expect(value(RECORD, "winRate", options)).toBeCloseTo(2 / 3, 12); // the day without a return does not count
  expect(value(RECORD, "profitFactor", options)).toBeCloseTo(3, 12);
  expect(value(RECORD, "exposure", options)).toBe(0.75);
});

it("metricsOf(record, {profile}) prints whose rule each number follows, and what went in", () => {
  for (const profile of METRIC_PROFILES) {
    const metrics = metricsOf(RECORD, {profile, frequency: 252});
    for (const id of METRIC_IDS) {
      const {convention, constants, value: number, reason} = metrics[id];
      expect(convention, id).toMatch(/^(ours|empyrical|quantstats|backtesting\.py): \S/);
      expect(constants, id).toBeTypeOf("object");
      expect(number === null, id).toBe(reason !== undefined);
      if (number !== null) expect(Number.isFinite(number), id).toBe(true);
    }
    expect(JSON.parse(JSON.stringify(metrics))).toEqual(metrics);
  }
  const {sharpe, turnover} = metricsOf(RECORD, {profile: "empyrical", riskFree: 0.02});
  expect(sharpe.convention).toBe("empyrical: mean(r - rf) / std(r - rf, ddof 1) x sqrt(A)");
  expect(sharpe.constants).toEqual({periodsPerYear: 252, riskFree: 1.02 ** (1 / 252) - 1, ddof: 1, n: 4});
  expect(turnover.convention).toMatch(/^ours: /);
});

it("metricsOf(record) annualises less than a year, and says so", () => {
  expect(metricsOf(RECORD).annualReturn.constants).toEqual({periodsPerYear: 252, n: 4, belowYear: true});
  expect(metricsOf(RECORD, {frequency: 4}).annualReturn.constants.belowYear).toBe(false);
});

it("metricsOf(record) of an account that stands still has no ratio in any profile: never 1, never infinity", () => {
  const still: BacktestRecord = {
    time: time(6),
    equity: new Float64Array(6).fill(1000),
    cash: 1000,
    trades: [],
    benchmark: new Float64Array(6).fill(50)
  };
  const none: MetricId[] = [
    "sharpe",
    "sortino",
    "calmar",
    "omega",
    "tailRatio",
    "stability",
    "skewness",
    "excessKurtosis",
    "cornishFisherValueAtRisk",
    "cornishFisherConditionalValueAtRisk",
    "probabilisticSharpe",
    "minimumTrackRecord",
    "winRate",
    "profitFactor",
    "expectancy",
    "sqn",
    "kelly",
    "alpha",
    "beta",
    "upCapture"
  ];
  for (const profile of METRIC_PROFILES) {
    const metrics = metricsOf(still, {profile});
    for (const id of none) {
      if (profile === "quantstats" && id === "expectancy") continue; // of periods: 0, as it is
      expect(metrics[id].value, `${profile} ${id}`).toBe(null);
      expect(metrics[id].reason, `${profile} ${id}`).toMatch(/^[a-z]/);
    }
    expect(metrics.maxDrawdown.value).toBe(0);
    expect(metrics.totalReturn.value).toBe(0);
  }
});

it("metricsOf(record) of steady growth has no Sharpe ratio in any profile", () => {
  const steady: BacktestRecord = {
    time: time(40),
    equity: Float64Array.from({length: 40}, (_, i) => 1000 * 1.01 ** i),
    cash: 1000,
    trades: []
  };
  for (const profile of METRIC_PROFILES) {
    const metrics = metricsOf(steady, {profile, trials: {count: 3, deviation: 0.1}});
    for (const id of ["sharpe", "probabilisticSharpe", "deflatedSharpe", "stability"] as const) {
      expect(metrics[id], `${profile} ${id}`).toMatchObject({value: null, reason: "the returns do not vary"});
    }
  }
});

it.each([0, 1, 2])("metricsOf(record) of %i bars is all numbers and reasons", (count) => {
  const short: BacktestRecord = {
    time: time(count),
    equity: new Float64Array(count).fill(900),
    cash: 1000,
    trades: []
  };
  for (const profile of METRIC_PROFILES) {
    for (const [id, {value: number, reason}] of Object.entries(metricsOf(short, {profile}))) {
      if (number === null) expect(reason, `${profile} ${id}`).toMatch(/^[a-z]/);
      else expect(Number.isFinite(number), `${profile} ${id}`).toBe(true);
    }
  }
  expect(metricsOf(short).totalReturn.value === null).toBe(count === 0);
});

it("metricsOf(record) counts the first loss, from the value before the first bar", () => {
  const fell = {...RECORD, equity: RECORD.equity.map((v) => v / 2)};
  expect(value(fell, "maxDrawdown")).toBeCloseTo(-0.505, 12); // 1,000 before, 495 at the worst
  expect(value(fell, "maxDrawdown", {profile: "backtesting.py"})).toBeCloseTo(-0.1, 12);
});

it("metricsOf(record) takes a debt as the loss of everything, and the total as it is", () => {
  const ruined = {...RECORD, equity: Float64Array.of(1000, 500, -100, -100, -100)};
  const metrics = metricsOf(ruined);
  expect(metrics.maxDrawdown.value).toBe(-1);
  expect(metrics.totalReturn.value).toBeCloseTo(-1.1, 12);
  expect(metrics.annualReturn.reason).toBe("more than everything was lost");
  expect(metrics.cagr.value).toBe(-1);
});

it("metricsOf(record) takes exposure from the bars held, where these are given", () => {
  expect(value({...RECORD, held: Uint8Array.of(0, 1, 1, 1, 1)}, "exposure")).toBe(0.8);
  expect(value({...RECORD, trades: []}, "exposure")).toBe(0);
  const {traded, ...without} = RECORD;
  expect(traded).toBe(4000);
  expect(metricsOf(without).turnover.reason).toBe("the value traded is not known");
});

it("metricsOf(record) says the number of trials, and deducts them where it is asked", () => {
  const {probabilisticSharpe, deflatedSharpe, minimumBacktestYears} = metricsOf(RECORD, {
    trials: {count: 20, deviation: 0.3}
  });
  expect(probabilisticSharpe.constants.trials).toBe(20);
  expect(deflatedSharpe.value).toBeLessThan(probabilisticSharpe.value ?? NaN);
  expect(minimumBacktestYears.constants.trials).toBe(20);
  expect(metricsOf(RECORD).deflatedSharpe.reason).toBe("the number of trials is not said");
});

it("metricsOf(record) without a benchmark has a reason for what compares", () => {
  const {benchmark, ...alone} = RECORD;
  expect(benchmark?.length).toBe(5);
  for (const profile of METRIC_PROFILES) {
    const metrics = metricsOf(alone, {profile});
    for (const id of ["alpha", "beta", "upCapture", "downCapture"] as const) {
      expect(metrics[id].reason).toBe("no benchmark to compare with");
    }
  }
});

it("metricValues(metrics) are the numbers alone", () => {
  const values = metricValues(metricsOf(RECORD));
  expect(Object.keys(values)).toEqual([...METRIC_IDS]);
  expect(values.finalEquity).toBe(1188);
  expect(values.deflatedSharpe).toBe(null);
});

it("metricsOf(record): ratios do not depend on the currency, in any profile", () => {
  const moves = fc.array(fc.integer({min: -900, max: 900}), {minLength: 3, maxLength: 40});
  fc.assert(
    fc.property(moves, fc.constantFrom(...METRIC_PROFILES), (list, profile) => {
      let account = 1000;
      const equity = Float64Array.from([1000, ...list.map((move) => (account *= 1 + move / 1e4))]);
      const one: BacktestRecord = {time: time(equity.length), equity, cash: 1000, trades: []};
      const other = {...one, equity: equity.map((v) => 8 * v), cash: 8000};
      const [a, b] = [one, other].map((record) => metricValues(metricsOf(record, {profile})));
      for (const id of METRIC_IDS) {
        if (id === "finalEquity") expect(b[id]).toBe(8 * (a[id] ?? NaN));
        else expect(b[id], id).toBe(a[id]); // times a power of two is exact
      }
    })
  );
});

it("a riskless rate is a number above -1", () => {
  expect(() => metricsOf(RECORD, {riskFree: -1})).toThrow(new RangeError("invalid riskless rate: -1"));
  expect(() => metricsOf(RECORD, {tail: 0})).toThrow(RangeError);
});
