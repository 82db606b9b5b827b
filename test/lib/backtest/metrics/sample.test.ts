import * as fc from "fast-check";
import {expect, it} from "vitest";
import type {BacktestRecord} from "../../../../lib/backtest/metrics/record.js";
import {sampleEquity} from "../../../../lib/backtest/metrics/sample.js";

const of = (...values: number[]) => Float64Array.from(values);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.UTC(2024, 0, 1); // a Monday

const record = (time: number[], equity: number[] = time.map((_, i) => 100 + i)): BacktestRecord => ({
  time: Float64Array.from(time),
  equity: Float64Array.from(equity),
  cash: 100,
  trades: []
});
const every = (step: number, count: number) => Array.from({length: count}, (_, i) => MONDAY + i * step);

it("sampleEquity(record) takes the last value of each day that has a bar, the first day as base", () => {
  const time = [10, 16, 34, 40, 106].map((hour) => MONDAY + hour * HOUR); // two Monday, two Tuesday, one Friday
  const sample = sampleEquity(record(time, [100, 110, 90, 99, 121]));
  expect(sample).toMatchObject({spacing: "day", periodsPerYear: 252, rows: Uint32Array.of(1, 3, 4), days: 4});
  expect([...sample.returns].map((r) => +r.toFixed(12))).toEqual([-0.1, +(121 / 99 - 1).toFixed(12)]);
});

it.each([
  ["hours", HOUR, "day", 252, 20],
  ["weeks", 7 * DAY, "week", 52, 60],
  ["months", 30.4 * DAY, "month", 12, 60],
  ["quarters", 91 * DAY, "quarter", 4, 12],
  ["years", 365 * DAY, "year", 1, 5]
])("sampleEquity(record) of bars by %s", (_, step, spacing, periodsPerYear, count) => {
  expect(sampleEquity(record(every(step, count)))).toMatchObject({spacing, periodsPerYear});
});

it("sampleEquity(record) counts 365 days where bars fall on weekends, 252 where a Sunday evening only", () => {
  expect(sampleEquity(record(every(DAY, 28))).periodsPerYear).toBe(365);
  const weekdays = every(DAY, 28).filter((at) => ![0, 6].includes(new Date(at).getUTCDay()));
  expect(sampleEquity(record(weekdays)).periodsPerYear).toBe(252);
  const sixDays = every(DAY, 28).filter((at) => new Date(at).getUTCDay() !== 6);
  expect(sampleEquity(record(sixDays)).periodsPerYear).toBe(252); // 1/6 is below 0.6 x 2/7
  const before1970 = every(DAY, 28).map((at) => at - 20_000 * DAY);
  expect(sampleEquity(record(before1970)).periodsPerYear).toBe(365);
});

it("sampleEquity(record, {frequency}) takes the given number of returns in a year", () => {
  expect(sampleEquity(record(every(DAY, 28)), {frequency: 260}).periodsPerYear).toBe(260);
});

it("sampleEquity(record) has the benchmark's returns between the same bars, NaN where it has no price", () => {
  const {benchmark} = sampleEquity({...record(every(DAY, 4)), benchmark: of(10, 11, NaN, 12)});
  expect([...(benchmark ?? [])]).toEqual([expect.closeTo(0.1, 12), NaN, NaN]);
  expect(sampleEquity(record(every(DAY, 4))).benchmark).toBe(undefined);
});

it("sampleEquity(record) has no return once nothing is left", () => {
  const {returns} = sampleEquity(record(every(DAY, 4), [100, 50, 0, 10]));
  expect([...returns]).toEqual([-0.5, -1, NaN]);
});

it("sampleEquity(record) of no bar and of one has no return", () => {
  expect(sampleEquity(record([]))).toMatchObject({returns: of(), days: 0, rows: new Uint32Array()});
  expect(sampleEquity(record([MONDAY]))).toMatchObject({returns: of(), days: 0, rows: Uint32Array.of(0)});
});

it("sampleEquity(record): the returns link from the first day's value to the last", () => {
  const steps = fc.array(fc.tuple(fc.integer({min: 1, max: 40}), fc.integer({min: 1, max: 500})), {
    minLength: 1,
    maxLength: 60
  });
  fc.assert(
    fc.property(steps, (list) => {
      let at = MONDAY;
      const time = list.map(([hours]) => (at += hours * HOUR));
      const equity = list.map(([, value]) => value);
      const {rows, returns} = sampleEquity(record(time, equity));
      const linked = returns.reduce((value, r) => value * (1 + r), equity[rows[0]]);
      expect(linked).toBeCloseTo(equity[equity.length - 1], 6);
      expect(returns.length).toBe(rows.length - 1);
    })
  );
});

it("sampleEquity(record) names what it cannot use", () => {
  const one = record(every(DAY, 3));
  expect(() => sampleEquity({...one, equity: of(1)})).toThrow(
    new RangeError("equity has 1 rows, time has 3")
  );
  expect(() => sampleEquity({...one, equity: of(1, 2, NaN)})).toThrow(
    new RangeError("invalid equity[2]: NaN")
  );
  expect(() => sampleEquity({...one, time: of(2, 2, 3)})).toThrow(
    new RangeError("invalid time[1]: 2: times must rise")
  );
  expect(() => sampleEquity({...one, time: of(3, 2, 4)})).toThrow(/times must rise/);
  expect(() => sampleEquity({...one, benchmark: of(1, -2, 3)})).toThrow(
    new RangeError("invalid benchmark[1]: -2")
  );
  expect(() => sampleEquity({...one, cash: 0})).toThrow(new RangeError("invalid cash: 0"));
  expect(() => sampleEquity(one, {frequency: 0})).toThrow(
    new RangeError("invalid frequency: 0: it is the returns in a year")
  );
});
