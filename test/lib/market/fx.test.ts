import * as fc from "fast-check";
import {expect, it} from "vitest";
import {fxView} from "../../../lib/market/fx.js";
import {studyMarkets} from "../../../lib/market/study.js";
import {held, NOW, setOf, wholeSet} from "./held.js";

const RATES = {USD: 1.16, JPY: 180, GBP: 0.87, CAD: 1.62, SEK: 11, CHF: 0.93};
const fixings = (rates: Record<string, number>, day = "2026-11-20") =>
  Object.entries(rates).map(([currency, rate]) => held(`ecb:EUR${currency}`, {[day]: rate}, {source: "ECB"}));
const view = (...series: ReturnType<typeof held>[]) => fxView(studyMarkets(setOf(...series), NOW));
const rowsOf = (of: ReturnType<typeof view>) =>
  new Map(of.groups.flatMap(({rows}) => rows).map((row) => [row.label, row]));

it("fxView(study) quotes pairs as the market does, through the euro of the same day", () => {
  const rows = rowsOf(view(...fixings(RATES)));
  expect(rows.get("EUR/USD")!.value).toBe(1.16);
  expect(rows.get("USD/JPY")!.value).toBeCloseTo(180 / 1.16, 12);
  expect(rows.get("GBP/USD")!.value).toBeCloseTo(1.16 / 0.87, 12);
  expect(rows.get("USD/CHF")!.value).toBeCloseTo(0.93 / 1.16, 12);
  expect(rows.get("GBP/USD")!.source).toBe("computed: ECB EURUSD / ECB EURGBP");
});

it("fxView(study) computes the dollar index of the case: 99.2993", () => {
  const row = rowsOf(view(...fixings(RATES))).get("DXY")!;
  expect(row.value!.toFixed(4)).toBe("99.2993");
  expect(row.source).toBe(
    "computed: ICE's formula on ECB EURUSD, ECB EURJPY, ECB EURGBP, ECB EURCAD, ECB EURSEK, ECB EURCHF"
  );
});

it("fxView(study) never crosses fixings of two days", () => {
  const rows = rowsOf(view(...fixings({USD: 1.16}), ...fixings({JPY: 180}, "2026-11-19")));
  expect(rows.get("USD/JPY")!.reason).toBe("no day has all that USD/JPY is computed from: pull more of it");
});

it("fxView(study) shows what each of G10 costs in each other, of the last day", () => {
  const {matrix} = view(...fixings(RATES), ...fixings({NOK: 11.5}, "2026-11-19"));
  const at = (from: string, to: string) =>
    matrix.rates[matrix.currencies.indexOf(from)][matrix.currencies.indexOf(to)];
  expect(matrix.currencies).toHaveLength(10);
  expect([matrix.asOf, matrix.reason]).toEqual(["2026-11-20", null]);
  expect(at("EUR", "USD")).toBe(1.16);
  expect(at("USD", "EUR")).toBeCloseTo(1 / 1.16, 15);
  expect(at("JPY", "JPY")).toBe(1);
  expect(at("USD", "NOK")).toBeNull(); // its fixing is of another day
});

it("fxView(study) has a matrix whose round trips are worth what they began with", () => {
  const {matrix} = fxView(studyMarkets(wholeSet(), NOW));
  const index = fc.integer({min: 0, max: 9});
  fc.assert(
    fc.property(index, index, index, (a, b, c) => {
      const [ab, bc, ca] = [matrix.rates[a][b]!, matrix.rates[b][c]!, matrix.rates[c][a]!];
      expect(ab * bc * ca).toBeCloseTo(1, 12);
    })
  );
});

it("fxView(study) without fixings says what to pull", () => {
  const {matrix} = view();
  expect(matrix).toMatchObject({asOf: null, reason: "not in the lake: pull EURUSD from ecb"});
  expect(matrix.rates[0]).toHaveLength(10);
});
