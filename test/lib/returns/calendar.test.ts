import * as fc from "fast-check";
import {expect, it} from "vitest";
import {monthlyReturns, yearlyReturns} from "../../../lib/returns/calendar.js";
import {priceReturns} from "../../../lib/returns/growth.js";
import {chain} from "../../../lib/returns/time-weighted.js";
import {addDays} from "../../../lib/time/day.js";
import expected from "../../reference/sp500.json" with {type: "json"};
import {close, days} from "../../reference/sp500.js";

const of = (...values: number[]) => Float64Array.from(values);

it("monthlyReturns(days, daily) link the days of each month", () => {
  const dates = ["2024-01-30", "2024-01-31", "2024-02-01", "2024-02-29"];
  expect(monthlyReturns(dates, {returns: of(NaN, 0.5, 0.1, 0.1), warnings: []})).toEqual([
    {period: "2024-01", first: "2024-01-31", last: "2024-01-31", partial: true, value: 0.5},
    {
      period: "2024-02",
      first: "2024-02-01",
      last: "2024-02-29",
      partial: false,
      value: expect.closeTo(0.21, 12)
    }
  ]);
});

it("monthlyReturns(days, daily) is whole when only a weekend is left of the month", () => {
  const of2024 = (last: string) =>
    monthlyReturns(["2024-02-29", last], {returns: of(NaN, 0.1), warnings: []});
  expect(of2024("2024-03-28")[0].partial).toBe(true);
  expect(of2024("2024-03-29")[0].partial).toBe(false); // a Friday; the 30th and 31st are a weekend
});

it("monthlyReturns(days, daily) has the reason in a month where the chain breaks, and only there", () => {
  const broken = {index: 1, code: "no-capital", breaks: true, message: "2024-01-31: broken"} as const;
  const dates = ["2024-01-30", "2024-01-31", "2024-02-29"];
  const months = monthlyReturns(dates, {returns: of(NaN, NaN, 0.1), warnings: [broken]});
  expect(months.map(({value, reason}) => [value, reason])).toEqual([
    [null, "2024-01-31: broken"],
    [expect.closeTo(0.1, 12), undefined]
  ]);
});

it("monthlyReturns(days, daily, {from, to}) count the days after the base only", () => {
  const dates = ["2024-01-30", "2024-01-31", "2024-02-01", "2024-03-01"];
  const months = monthlyReturns(dates, {returns: of(NaN, 0.5, 0.1, 0.1), warnings: []}, {from: 1, to: 2});
  expect(months.map(({period}) => period)).toEqual(["2024-02"]);
});

it("monthlyReturns([], …) and of a base day alone are empty", () => {
  expect(monthlyReturns([], {returns: of(), warnings: []})).toEqual([]);
  expect(yearlyReturns(["2024-01-01"], {returns: of(NaN), warnings: []})).toEqual([]);
});

it("monthlyReturns(days, daily) of the S&P 500 in 2008 agree with pandas", () => {
  const months = monthlyReturns(days, priceReturns(close)).filter(({period}) => period.startsWith("2008"));
  expect(months.map(({period}) => period)).toEqual(Object.keys(expected.months));
  for (const {period, value} of months) {
    expect(value).toBeCloseTo(expected.months[period as keyof typeof expected.months], 12);
  }
});

it("yearlyReturns(days, daily) of the S&P 500 agree with pandas; the first and last year are partial", () => {
  const years = yearlyReturns(days, priceReturns(close));
  expect(years.filter(({partial}) => partial).map(({period}) => period)).toEqual(["2000", "2020"]);
  for (const {period, value} of years.slice(1)) {
    expect(value).toBeCloseTo(expected.years[period as keyof typeof expected.years], 12);
  }
});

it("monthlyReturns(days, daily) and yearlyReturns(…) compound to the whole", () => {
  const returns = fc.array(fc.double({min: -0.5, max: 0.5, noNaN: true}), {minLength: 2, maxLength: 60});
  fc.assert(
    fc.property(returns, (values) => {
      const dates = values.map((_, i) => addDays("2023-11-17", 9 * i));
      const daily = {returns: Float64Array.from(values), warnings: []};
      const whole = 1 + (chain(daily).value as number);
      for (const parts of [monthlyReturns(dates, daily), yearlyReturns(dates, daily)]) {
        const product = parts.reduce((total, {value}) => total * (1 + (value as number)), 1);
        expect(Math.abs(product - whole)).toBeLessThanOrEqual(1e-12 * whole);
      }
    })
  );
});
