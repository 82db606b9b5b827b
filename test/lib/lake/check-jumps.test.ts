import {expect, it} from "vitest";
import {rowsOf, type Row} from "../../../lib/lake/columns.js";
import {validate} from "../../../lib/lake/validate.js";
import {dayOf} from "../../../lib/time/day.js";
import {barsOf} from "./bars.js";

const options = {calendar: "none", frequency: "1d", today: "2026-11-20"} as const;

/** Closes that go up and down by a percent, then by a factor at the thirtieth, and on from there. */
const closes = (factor: number, swing = 1.01) =>
  Array.from({length: 40}, (_, i) => 100 * (i % 2 ? swing : 1) * (i < 30 ? 1 : factor));

const jumps = (factor: number, actions: Row<"actions">[] = [], swing = 1.01) =>
  validate(rowsOf("bars", barsOf("X", "2024-01-02", closes(factor, swing))), {
    ...options,
    actions: rowsOf("actions", actions)
  }).problems.map(({code, state, sentence}) => [code, state, sentence]);

/** The thirtieth session. */
const DAY = barsOf("X", "2024-01-02", closes(1))[30].day!;

it("validate(bars, …) keeps and lists a price that leaps more than twenty deviations", () => {
  expect(jumps(0.6)).toEqual([
    ["jump", "kept", `X ${DAY}: close went from 101 to 60: kept: compare it with another vendor's`]
  ]);
  expect(jumps(0.78)).toEqual([]); // less than twenty
  expect(jumps(0.85)).toEqual([]); // less than a fifth
  expect(jumps(0.6, [], 1.05)).toEqual([]); // usual for it
});

it("validate(bars, …) takes what looks like a split for one that is missing among the actions", () => {
  expect(jumps(1 / 2)).toEqual([
    [
      "jump",
      "kept",
      `X ${DAY}: close went from 101 to 50: kept: it looks like a split, 2 new shares for one old, which is not among the actions: pull them`
    ]
  ]);
  expect(jumps(1 / 2, [], 1.04)).toHaveLength(1); // though no such move by its own measure
  expect(jumps(10)[0][2]).toContain("one new share for 10 old");
});

it("validate(bars, {actions}) takes no price that a split or dividend explains for a jump", () => {
  expect(jumps(1 / 2, [{symbol: "X", day: DAY, type: "split", value: 2}])).toEqual([]);
  expect(jumps(0.7, [{symbol: "X", day: DAY, type: "dividend", value: 30, currency: "USD"}])).toEqual([]);
  expect(jumps(0.2, [{symbol: "X", day: DAY, type: "split", value: 2}, {symbol: "X", day: DAY, type: "dividend", value: 30}])).toEqual([]); // prettier-ignore
  expect(jumps(0.7, [{symbol: "X", day: DAY, type: "dividend", value: 30, currency: "JPY"}])).toHaveLength(1);
  expect(jumps(0.7, [{symbol: "Y", day: DAY, type: "dividend", value: 30}])).toHaveLength(1);
});

it("validate(bars, {actions}) says when a split is due and the price does not show it", () => {
  expect(jumps(1, [{symbol: "X", day: DAY, type: "split", value: 4}])).toEqual([
    [
      "jump",
      "kept",
      `X ${DAY}: close went from 101 to 100: kept: a split of 4 was due and the price does not show it: it looks adjusted already`
    ]
  ]);
});

it("validate(bars, …) knows no deviation of a few rows, and takes five percent", () => {
  const of = (...values: number[]) =>
    validate(rowsOf("bars", barsOf("X", "2024-01-02", values)), options).problems;
  expect(of(100, 75)).toEqual([]);
  expect(of(100, 50)).toHaveLength(1);
  expect(of(100, 30)).toHaveLength(1);
});

it("validate(bars, {previous}) looks at the step from what is held, not at what is held", () => {
  const rows = barsOf("X", "2024-01-02", closes(0.7));
  const held = (count: number) =>
    validate(rowsOf("bars", rows.slice(count)), {...options, previous: rowsOf("bars", rows.slice(0, count))})
      .problems;
  expect(held(29)).toHaveLength(1);
  expect(held(30)).toHaveLength(1);
  expect(held(31)).toEqual([]);
});

it("validate(fx, …) lists a rate that leaps by a tenth", () => {
  const rates = (last: number) =>
    Array.from({length: 30}, (_, i) => ({
      base: "EUR",
      quote: "CHF",
      day: dayOf(19_000 + i),
      rate: i === 29 ? last : 1.2 + (i % 2) / 1000
    }));
  expect(validate(rowsOf("fx", rates(1.04)), options).problems).toMatchObject([
    {code: "jump", symbol: "EURCHF", state: "kept"}
  ]);
  expect(validate(rowsOf("fx", rates(1.15)), options).problems).toEqual([]);
});

it("validate(series, …) lists a value that leaps by more than half of the usual size", () => {
  const claims = Array.from({length: 30}, (_, i) => 210_000 + 1000 * (i % 3));
  const rows = [...claims, 2_900_000].map((value, i) => ({
    series: "ICSA",
    day: dayOf(19_000 + 7 * i),
    value,
    unit: "persons"
  }));
  expect(validate(rowsOf("series", rows), options).problems).toEqual([
    {
      code: "jump",
      symbol: "ICSA",
      day: rows[30].day,
      sentence: `ICSA ${rows[30].day}: value went from 212000 to 2900000: kept: compare it with the publisher's`,
      state: "kept"
    }
  ]);
  expect(validate(rowsOf("series", rows.slice(15)), options).problems).toEqual([]); // too few to know
  const risen = rows.with(30, {...rows[30], value: 290_000});
  expect(validate(rowsOf("series", risen), options).problems).toEqual([]); // by less than half of what is usual
});

it("validate(series, …) lists no leap among leaps: a series that is restless for a time is not wrong then", () => {
  const calm = Array.from({length: 200}, (_, i) => 1000 + (i % 3));
  const restless = Array.from({length: 40}, (_, i) => 1000 + (i % 2 ? 800 + i : 0));
  const seriesOf = (values: number[]) =>
    rowsOf(
      "series",
      values.map((value, i) => ({series: "RRP", day: dayOf(19_000 + i), value, unit: "USD"}))
    );
  const days = (values: number[]) => validate(seriesOf(values), options).problems.map(({day}) => day);
  const wild = days([...calm, ...restless]);
  expect(wild[0]).toBe(dayOf(19_201)); // the first is unlike all before it
  expect(wild.length).toBeLessThan(restless.length); // those after thirty of them are not
  expect(wild).not.toContain(dayOf(19_239));
});
