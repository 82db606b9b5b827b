import * as fc from "fast-check";
import {expect, it} from "vitest";
import {adjust, unadjust, unadjustDividends} from "../../../lib/lake/adjust.js";
import {rowsOf, type Row, type Rows} from "../../../lib/lake/columns.js";
import {dayOf} from "../../../lib/time/day.js";
import {bar, none} from "./bars.js";

const action = (
  symbol: string,
  day: string,
  type: "split" | "dividend",
  value: number,
  currency = "USD"
) => ({
  symbol,
  day,
  type,
  value,
  currency: type === "split" ? "" : currency
});

/** Four days: a dividend of 2 on the third, two shares for one on the fourth. */
const bars = rowsOf("bars", [
  bar("X", "2024-03-04", 100),
  bar("X", "2024-03-05", 102),
  bar("X", "2024-03-06", 101),
  bar("X", "2024-03-07", 51, {volume: 2000})
]);
const actions = rowsOf("actions", [
  action("X", "2024-03-07", "split", 2),
  action("X", "2024-03-06", "dividend", 2)
]);

it("adjust(bars, actions, {asOf}) divides by the splits to come, and takes dividends off the close before them", () => {
  const {ratio, close, volume, totalReturn, reasons} = adjust(bars, actions, {asOf: "2024-03-07"});
  expect([...ratio]).toEqual([2, 2, 2, 1]);
  expect([...close]).toEqual([50, 51, 50.5, 51]);
  expect([...volume]).toEqual([2000, 2000, 2000, 2000]);
  expect(totalReturn[0]).toBeCloseTo((100 / 2) * (1 - 2 / 102), 12);
  expect(totalReturn[1]).toBeCloseTo(50, 12); // 51 less a dividend of 1 for a share of today
  expect([totalReturn[2], totalReturn[3]]).toEqual([50.5, 51]);
  expect(reasons).toEqual([]);
});

it("adjust(bars, actions, {asOf}) knows nothing of what comes after that day", () => {
  const {close, totalReturn} = adjust(bars, actions, {asOf: "2024-03-05"});
  expect([...close]).toEqual([100, 102, NaN, NaN]);
  expect([...totalReturn]).toEqual([100, 102, NaN, NaN]);
  expect([...adjust(bars, actions, {asOf: "2024-03-06"}).close]).toEqual([100, 102, 101, NaN]);
});

it("adjust(bars, actions, {asOf}) gives the factor that Lean ships for Apple's split of 2020", () => {
  // factor file of Lean, row 20200828,0.9967882,0.25,499.23: split factor and close before the split
  const apple = rowsOf("bars", [bar("AAPL", "2020-08-28", 499.23), bar("AAPL", "2020-08-31", 129.04)]);
  const split = rowsOf("actions", [action("AAPL", "2020-08-31", "split", 4)]);
  expect(adjust(apple, split, {asOf: "2020-08-31"}).close[0]).toBe(499.23 * 0.25);
});

it("adjust(bars, actions, {asOf}) reads a dividend of a split's day per new share", () => {
  const both = rowsOf("actions", [
    action("X", "2024-03-06", "split", 2),
    action("X", "2024-03-06", "dividend", 1)
  ]);
  const {totalReturn} = adjust(bars, both, {asOf: "2024-03-06"});
  expect(totalReturn[1]).toBeCloseTo(50, 12); // 102 is 51 a new share
});

it("adjust(bars, actions, {asOf}) adds dividends of one day before it puts them in", () => {
  const twice = rowsOf("actions", [
    action("X", "2024-03-06", "dividend", 1.5),
    action("X", "2024-03-06", "dividend", 0.5)
  ]);
  expect(adjust(bars, twice, {asOf: "2024-03-06"}).totalReturn[1]).toBeCloseTo(100, 12);
});

it("adjust(bars, actions, {asOf}) keeps symbols apart, and leaves those without actions as they are", () => {
  const two = rowsOf("bars", [
    bar("A", "2024-03-05", 10),
    bar("X", "2024-03-05", 102),
    bar("X", "2024-03-06", 101)
  ]);
  const {totalReturn, close} = adjust(two, actions, {asOf: "2024-03-06"});
  expect([...close]).toEqual([10, 102, 101]);
  expect(totalReturn[0]).toBe(10);
  expect(totalReturn[1]).toBeCloseTo(100, 12);
});

it("adjust(bars, actions, {asOf}) says why there is no total return before a dividend", () => {
  const foreign = rowsOf("actions", [action("X", "2024-03-06", "dividend", 2, "EUR")]);
  expect(adjust(bars, foreign, {asOf: "2024-03-07"})).toMatchObject({
    totalReturn: Float64Array.of(NaN, NaN, 101, 51),
    reasons: ["X: no total return before its dividend of 2024-03-06: it is in EUR, the prices are in USD"]
  });
  const twice = rowsOf("actions", [
    action("X", "2024-03-05", "dividend", 2, "EUR"),
    action("X", "2024-03-06", "dividend", 2, "EUR")
  ]);
  expect(adjust(bars, twice, {asOf: "2024-03-07"}).reasons).toHaveLength(1); // the earlier is behind the later
  const large = rowsOf("actions", [action("X", "2024-03-06", "dividend", 102)]);
  expect(adjust(bars, large, {asOf: "2024-03-07"})).toMatchObject({
    totalReturn: Float64Array.of(NaN, NaN, 101, 51),
    reasons: [
      "X: no total return before its dividend of 2024-03-06: 102 a share, no less than the close before it, 102"
    ]
  });
});

it("unadjust(bars, actions, {asOf}) turns a vendor's split-adjusted prices into those traded", () => {
  const adjusted = rowsOf("bars", [
    bar("X", "2024-03-06", 50.5, {high: 51, low: 50, open: 50.25, vwap: 50.5, volume: 2000}),
    bar("X", "2024-03-07", 51)
  ]);
  const {columns} = unadjust(adjusted, actions, {asOf: "2024-03-08"});
  expect([...columns.close]).toEqual([101, 51]);
  expect([columns.open[0], columns.high[0], columns.low[0], columns.vwap[0]]).toEqual([100.5, 102, 100, 101]);
  expect([...columns.volume]).toEqual([1000, 1000]);
});

it("unadjustDividends(actions, {asOf}) turns dividends into what was paid on a share of their day", () => {
  const given = rowsOf("actions", [
    action("X", "2024-03-06", "dividend", 1),
    action("X", "2024-03-07", "dividend", 1),
    action("X", "2024-03-07", "split", 2)
  ]);
  const {value} = unadjustDividends(given, {asOf: "2024-03-08"}).columns;
  expect([...value]).toEqual([2, 1, 2]);
  expect([...unadjustDividends(given, {asOf: "2024-03-06"}).columns.value]).toEqual([1, 1, 2]);
});

const START = 19_800;

/** Bars of two symbols and actions of theirs. */
const market: fc.Arbitrary<{bars: Row<"bars">[]; actions: Row<"actions">[]}> = fc
  .array(fc.double({min: 1, max: 1000, noNaN: true}), {minLength: 1, maxLength: 30})
  .chain((closes) => {
    const day = fc.integer({min: START - 2, max: START + closes.length + 2}).map(dayOf);
    const split = fc.record({
      day,
      type: fc.constant("split"),
      value: fc.constantFrom(0.1, 0.5, 1.5, 2, 4, 7)
    });
    const dividend = fc.record({
      day,
      type: fc.constant("dividend"),
      value: fc.double({min: 0.01, max: 0.5, noNaN: true})
    });
    const actions = fc.array(
      fc
        .tuple(fc.constantFrom("A", "B"), fc.oneof(split, dividend))
        .map(([symbol, rest]) => ({symbol, ...rest}))
    );
    const bars = ["A", "B"].flatMap((symbol) =>
      closes.map((close, i) => bar(symbol, dayOf(START + i), close))
    );
    return fc.record({bars: fc.constant(bars), actions});
  });
const LAST = dayOf(START + 100);

it("adjust(bars, actions, {asOf}) changes nothing without actions", () => {
  fc.assert(
    fc.property(market, (given) => {
      const raw = rowsOf("bars", given.bars);
      const {close, volume, totalReturn} = adjust(raw, none, {asOf: LAST});
      expect(close).toEqual(raw.columns.close);
      expect(volume).toEqual(raw.columns.volume);
      expect(totalReturn).toEqual(raw.columns.close);
    })
  );
});

it("adjust(unadjust(bars)) gives split-adjusted prices back", () => {
  fc.assert(
    fc.property(market, (given) => {
      const [vendor, known] = [rowsOf("bars", given.bars), rowsOf("actions", given.actions)];
      const {close, volume} = adjust(unadjust(vendor, known, {asOf: LAST}), known, {asOf: LAST});
      for (let i = 0; i < vendor.length; ++i) {
        expect(close[i] / vendor.columns.close[i]).toBeCloseTo(1, 12);
        expect(volume[i] / vendor.columns.volume[i]).toBeCloseTo(1, 12);
      }
    })
  );
});

it("adjust(bars, actions, {asOf}) of a day is the same, whatever came after it", () => {
  fc.assert(
    fc.property(market, fc.nat(30), (given, after) => {
      const asOf = dayOf(START + after);
      const until = <R extends {day?: string | null}>(rows: R[]) => rows.filter(({day}) => day! <= asOf);
      const whole = adjust(rowsOf("bars", given.bars), rowsOf("actions", given.actions), {asOf});
      const cut = adjust(rowsOf("bars", until(given.bars)), rowsOf("actions", until(given.actions)), {asOf});
      const known = (column: Float64Array) => column.filter((_, i) => given.bars[i].day! <= asOf);
      expect(known(whole.close)).toEqual(cut.close);
      expect(known(whole.volume)).toEqual(cut.volume);
      expect(known(whole.totalReturn)).toEqual(cut.totalReturn);
    })
  );
});

it("adjust(bars, actions, {asOf}) has the returns between two dates of any later day's view", () => {
  fc.assert(
    fc.property(market, (given) => {
      const [raw, known] = [rowsOf("bars", given.bars), rowsOf("actions", given.actions)];
      const [early, late] = [dayOf(START + 5), LAST].map((asOf) => adjust(raw, known, {asOf}).totalReturn);
      for (let i = 1; i < 6 && i < given.bars.length / 2; ++i)
        if (!Number.isNaN(late[i - 1]))
          expect(late[i] / late[i - 1] / (early[i] / early[i - 1])).toBeCloseTo(1, 9);
    })
  );
});

it("unadjust(bars, actions, {asOf}) does not change what it is given", () => {
  const before: Rows<"bars"> = structuredClone(bars);
  unadjust(bars, actions, {asOf: "2024-03-07"});
  adjust(bars, actions, {asOf: "2024-03-07"});
  expect(bars).toEqual(before);
});
