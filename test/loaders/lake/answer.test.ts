import * as fc from "fast-check";
import {expect, it} from "vitest";
import {rowsOf} from "../../../lib/lake/columns.js";
import {parseFilters} from "../../../lib/lake/query.js";
import {answerQuery} from "./answer.js";

const bars = rowsOf("bars", [
  {symbol: "A", day: "2026-01-02", time: 1000, close: 10, volume: 5},
  {symbol: "A", day: "2026-01-05", time: 2000, close: 11},
  {symbol: "B", day: "2026-01-02", time: 1000, close: 12, volume: 7}
]);
const all = {columns: [], filters: [], order: "asc", limit: 10} as const;

const shown = (filters: string, rest: {order?: "asc" | "desc"; limit?: number} = {}) => {
  const answer = answerQuery(bars, {...all, columns: ["close"], filters: parseFilters(filters), ...rest});
  return [...answer.columns[0].values];
};

it("answerQuery(rows, query) gives the rows that pass every condition", () => {
  expect(shown("close>10")).toEqual([11, 12]);
  expect(shown("close>10;symbol=A")).toEqual([11]);
  expect(shown("day=2026-01-02")).toEqual([10, 12]);
  expect(shown("time<1970-01-01T00:00:02Z")).toEqual([10, 12]);
});

it("answerQuery(rows, query) matches a number that is not given by != alone", () => {
  expect(shown("volume<100")).toEqual([10, 12]);
  expect(shown("volume>=0")).toEqual([10, 12]);
  expect(shown("volume!=5")).toEqual([11, 12]);
});

it("answerQuery(rows, query) counts all that match, and shows the first or, from the end, the last", () => {
  expect(answerQuery(bars, {...all, columns: ["close"], limit: 2})).toMatchObject({length: 2, matches: 3});
  expect(shown("", {limit: 2})).toEqual([10, 11]);
  expect(shown("", {limit: 2, order: "desc"})).toEqual([12, 11]);
  expect(shown("", {limit: 0})).toEqual([]);
});

it("answerQuery(rows, query) gives columns in the order asked for, all of them when none is named", () => {
  const {columns} = answerQuery(bars, {...all, columns: ["close", "symbol"]});
  expect(columns.map(({name, type}) => [name, type])).toEqual([
    ["close", "number"],
    ["symbol", "text"]
  ]);
  expect(answerQuery(bars, all).columns).toHaveLength(11);
});

it("a condition and its opposite share the rows out, but for values that are not given", () => {
  const values = fc.array(fc.oneof(fc.integer({min: -3, max: 3}), fc.constant(null)), {maxLength: 12});
  fc.assert(
    fc.property(values, fc.integer({min: -3, max: 3}), (numbers, limit) => {
      const rows = rowsOf(
        "bars",
        numbers.map((volume, i) => ({symbol: "A", day: "2026-01-02", time: i, close: 1, volume}))
      );
      const count = (filters: string) =>
        answerQuery(rows, {...all, filters: parseFilters(filters), limit: 99}).matches;
      const given = numbers.filter((number) => number !== null).length;
      expect(count(`volume<${limit}`) + count(`volume>=${limit}`)).toBe(given);
      expect(count(`volume=${limit}`) + count(`volume!=${limit}`)).toBe(numbers.length);
    })
  );
});
