import * as fc from "fast-check";
import {expect, it} from "vitest";
import {modifiedDietz, moneyWeighted} from "../../../lib/returns/money-weighted.js";
import {addDays} from "../../../lib/time/day.js";

const of = (...values: number[]) => Float64Array.from(values);
const days = ["2023-01-01", "2023-07-02", "2024-01-01"];

it("moneyWeighted(…) is the account's growth when nothing flows", () => {
  const {annual, period} = moneyWeighted(days, of(1000, 900, 1100), of(0, 0, 0), of(0, 0, 0));
  expect(annual.value).toBeCloseTo(0.1, 12);
  expect(period.value).toBeCloseTo(0.1, 12);
});

it("moneyWeighted(…) weighs a gain by the money that was there", () => {
  // 1000 (1+i) + 1000 (1+i)^(183/365) = 2200
  const {annual} = moneyWeighted(days, of(1000, 2000, 2200), of(0, 1000, 0), of(0, 0, 0));
  const rate = annual.value as number;
  expect(1000 * (1 + rate) + 1000 * (1 + rate) ** (183 / 365)).toBeCloseTo(2200, 9);
});

it("moneyWeighted(…) counts from the first money when the account began inside the span", () => {
  const {annual, period, days: length} = moneyWeighted(days, of(0, 1000, 1050), of(0, 1000, 0), of(0, 0, 0));
  expect(length).toBe(183);
  expect(annual.value).toBeNull();
  expect(period.value).toBeCloseTo(0.05, 12);
});

it("moneyWeighted(…, {from, to}) leaves out the base day's flows: they are in its value", () => {
  const nav = of(5, 1000, 1100);
  expect(moneyWeighted(days, nav, of(0, 995, 0), of(0, 0, 0), {from: 1}).period.value).toBeCloseTo(0.1, 12);
});

it("moneyWeighted(…) and modifiedDietz(…) have a reason when a value or a flow is unknown", () => {
  const none = of(0, 0, 0);
  for (const measure of [
    (...a: Parameters<typeof moneyWeighted>) => moneyWeighted(...a).annual,
    modifiedDietz
  ]) {
    expect(measure(days, of(NaN, 1, 1), none, none).reason).toBe(
      "2023-01-01: the account's value is unknown"
    );
    expect(measure(days, of(1, 1, 1), of(0, NaN, 0), none).reason).toBe(
      "2023-07-02: a flow has no value in base currency"
    );
    expect(measure(days, of(1, 1, 1), none, none, {from: 2}).reason).toBe(
      "no day after the start of the period"
    );
    expect(measure([], of(), of(), of()).reason).toBe("no day after the start of the period");
  }
});

it("modifiedDietz(…) weighs flows at the end of their day", () => {
  // V1: gain 40 over 1000 + 500 x 1/2 - 200 x 0/2
  const [nav, inflow, outflow] = [of(1000, 1530, 1340), of(0, 500, 0), of(0, 0, 200)];
  const result = modifiedDietz(["2024-01-01", "2024-01-02", "2024-01-03"], nav, inflow, outflow);
  expect(result.value).toBeCloseTo(40 / 1250, 12);
});

it("modifiedDietz(…) has a reason when there was no capital on average", () => {
  const result = modifiedDietz(days, of(0, 0, 1000), of(0, 0, 1000), of(0, 0, 0));
  expect(result.reason).toBe("no return: the average capital is 0");
});

it("modifiedDietz(…) and moneyWeighted(…) do not depend on the currency's unit", () => {
  const row = fc.tuple(fc.integer({min: 100, max: 9999}), fc.nat(50), fc.nat(50));
  fc.assert(
    fc.property(fc.array(row, {minLength: 2, maxLength: 30}), (rows) => {
      const dates = rows.map((_, i) => addDays("2020-01-01", 60 * i));
      const [nav, inflow, outflow] = [0, 1, 2].map((k) => Float64Array.from(rows, (r) => r[k]));
      const scaled = [nav, inflow, outflow].map((column) => column.map((v) => v * 8)) as [
        Float64Array,
        Float64Array,
        Float64Array
      ];
      const dietz = modifiedDietz(dates, nav, inflow, outflow);
      expect(modifiedDietz(dates, ...scaled)).toEqual(
        dietz.value === null
          ? {value: null, reason: expect.any(String)}
          : {value: expect.closeTo(dietz.value, 12)}
      );
      expect(moneyWeighted(dates, ...scaled)).toEqual(moneyWeighted(dates, nav, inflow, outflow));
    })
  );
});
