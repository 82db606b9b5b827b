import * as fc from "fast-check";
import {expect, it} from "vitest";
import {xirr} from "../../../lib/returns/xirr.js";
import {addDays} from "../../../lib/time/day.js";
import expected from "../../reference/xirr.json" with {type: "json"};

const of = (...values: number[]) => Float64Array.from(values);

it("xirr(days, amounts) is 10 % for 1000 that became 1100 after 365 days (V3)", () => {
  const {annual, period, days} = xirr(["2024-01-01", "2024-12-31"], of(-1000, 1100));
  expect(days).toBe(365);
  expect(annual.value).toBeCloseTo(0.1, 12);
  expect(period.value).toBeCloseTo(0.1, 12);
});

it("xirr(days, amounts) agrees with the example of Microsoft's XIRR page: 37.34 %", () => {
  const days = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"];
  expect(xirr(days, of(-10000, 2750, 4250, 3250, 2750)).annual.value).toBeCloseTo(0.373362535, 8);
});

it("xirr(days, amounts) is only a period's return below one year", () => {
  const {annual, period} = xirr(["2024-01-01", "2024-07-01"], of(-1000, 1050));
  expect(annual).toEqual({value: null, reason: "not annualised: 182 days are less than a year"});
  expect(period.value).toBeCloseTo(0.05, 12);
});

it("xirr(days, amounts) of one day's gain is that gain", () => {
  expect(xirr(["2024-01-01", "2024-01-02"], of(-1000, 1100)).period.value).toBeCloseTo(0.1, 12);
});

it("xirr(days, amounts) is zero when all came back and nothing more", () => {
  const {annual} = xirr(["2023-01-01", "2024-01-01", "2025-01-01"], of(-1000, 400, 600));
  expect(annual.value).toBeCloseTo(0, 12);
});

it("xirr(days, amounts) has a reason when nothing came back, or nothing was paid in", () => {
  const days = ["2023-01-01", "2024-01-01"];
  expect(xirr(days, of(-1000, 0)).annual.reason).toBe("no solution: nothing came back");
  expect(xirr(days, of(0, 1000)).period.reason).toBe("no solution: nothing was paid in");
  expect(xirr([], of()).annual.value).toBeNull();
});

it("xirr(days, amounts) shows no rate when several fit: 25 % and 400 %", () => {
  const days = ["2023-01-01", "2024-01-01", "2024-12-31"];
  expect(xirr(days, of(-1600, 10000, -10000)).annual).toEqual({
    value: null,
    reason: "no unique solution: several rates fit over the period: 56.25 %, 2400.00 %"
  });
});

it("xirr(days, amounts) shows no rate when one fits twice, and none when none does", () => {
  const days = ["2023-01-01", "2024-01-01", "2024-12-31"];
  expect(xirr(days, of(-100, 220, -121)).annual.reason).toMatch(/^no unique solution: .* near 21\.00 %/);
  expect(xirr(days, of(-100, 150, -100)).annual.reason).toBe("no solution: no rate fits");
});

it("xirr(days, amounts) ends soon when very many rates nearly fit", () => {
  const binomial = of(-1, 12, -66, 220, -495, 792, -924, 792, -495, 220, -66, 12, -1);
  const days = Array.from(binomial, (_, i) => addDays("2020-01-01", 100 * i));
  expect(xirr(days, binomial).annual.reason).toMatch(/^no unique solution/);
});

it("xirr(days, amounts) takes dates in any order, and several amounts a day", () => {
  const sorted = xirr(["2023-01-01", "2023-06-01", "2024-06-01"], of(-1000, 100, 1000)).annual.value;
  const mixed = xirr(["2024-06-01", "2023-06-01", "2023-01-01", "2023-06-01"], of(1000, 150, -1000, -50));
  expect(mixed.annual.value).toBe(sorted);
});

it("xirr(days, amounts) names what it cannot use", () => {
  expect(() => xirr(["2024-01-01"], of(1, 2))).toThrow(new RangeError("1 dates, 2 amounts"));
  expect(() => xirr(["2024-01-01"], of(NaN))).toThrow(new RangeError("invalid amounts[0]: NaN"));
  expect(() => xirr(["2024-02-30"], of(1))).toThrow(new RangeError("invalid day: 2024-02-30"));
});

it("xirr(days, amounts) agrees with pyxirr", () => {
  for (const {days, amounts, xirr: theirs} of expected.cases) {
    expect(xirr(days, Float64Array.from(amounts)).annual.value).toBeCloseTo(theirs, 9);
  }
});

const deposits = fc.array(fc.tuple(fc.integer({min: 1, max: 900}), fc.integer({min: 1, max: 9999})), {
  maxLength: 12
});

it("xirr(days, amounts) of an account that grows at a rate finds that rate, in any currency", () => {
  fc.assert(
    fc.property(deposits, fc.double({min: -0.6, max: 3, noNaN: true}), (rows, rate) => {
      const paid: [number, number][] = [[0, 5000], ...rows];
      const worth = paid.reduce((sum, [day, amount]) => sum + amount * (1 + rate) ** ((1000 - day) / 365), 0);
      const days = [...paid.map(([day]) => addDays("2020-01-01", day)), addDays("2020-01-01", 1000)];
      const amounts = Float64Array.from([...paid.map(([, amount]) => -amount), worth]);
      expect(xirr(days, amounts).annual.value).toBeCloseTo(rate, 9);
      expect(
        xirr(
          days,
          amounts.map((amount) => amount * 7)
        ).annual.value
      ).toBeCloseTo(rate, 9);
    })
  );
});

it("xirr(days, amounts) gives only rates that bring the present value to zero", () => {
  const flow = fc.tuple(fc.integer({min: 0, max: 2000}), fc.integer({min: -5000, max: 5000}));
  fc.assert(
    fc.property(fc.array(flow, {minLength: 2, maxLength: 30}), (rows) => {
      const days = rows.map(([day]) => addDays("2020-01-01", day));
      const {annual} = xirr(
        days,
        Float64Array.from(rows, ([, amount]) => amount)
      );
      if (annual.value === null) return;
      const rate = annual.value;
      const first = Math.min(...rows.filter(([, amount]) => amount).map(([day]) => day));
      const terms = rows.map(([day, amount]) => amount * (1 + rate) ** ((first - day) / 365));
      const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
      expect(Math.abs(terms.reduce((sum, term) => sum + term, 0))).toBeLessThanOrEqual(1e-9 * size);
    })
  );
});
