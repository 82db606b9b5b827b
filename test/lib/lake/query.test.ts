import {expect, it} from "vitest";
import {parseFilters, queryProblem, type Filter} from "../../../lib/lake/query.js";

it("parseFilters(text) reads column, operator and value, blanks around them or not", () => {
  expect(parseFilters(" close >= 100 ;currency!=USD;;symbol=a b ")).toEqual([
    {column: "close", operator: ">=", value: "100"},
    {column: "currency", operator: "!=", value: "USD"},
    {column: "symbol", operator: "=", value: "a b"}
  ]);
  expect(parseFilters("")).toEqual([]);
});

it.each(["close", "close like 1", "1=1 or close", "= 5", "close => 5 --"])(
  "parseFilters(%j) refuses what is no condition, or takes it as a value that no row has",
  (text) => {
    const asked = () => {
      const filters = parseFilters(text);
      const problem = queryProblem("bars", {columns: [], filters});
      if (problem !== null) throw new RangeError(problem);
    };
    expect(asked).toThrow(RangeError);
  }
);

it("queryProblem(kind, query) names the column or the value that there is not", () => {
  const problem = (columns: string[], ...filters: Filter[]) => queryProblem("series", {columns, filters});
  expect(problem(["value"])).toBeNull();
  expect(problem(["value", "value"])).toBe("a column is asked for twice");
  expect(problem(["close"])).toBe("no such column: close: series have series, day, value, unit");
  expect(problem(["constructor"])).toBe("no such column: constructor: series have series, day, value, unit");
  expect(problem([], {column: "value", operator: ">", value: "x"})).toBe(
    "invalid value of value: x: write a number"
  );
  expect(problem([], {column: "day", operator: ">", value: "2026-02-30"})).toBe(
    "invalid value of day: 2026-02-30: write an ISO day"
  );
});
