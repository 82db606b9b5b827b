import {describe, expect, it} from "vitest";
import {readPrices, simpleReturns} from "../../../lib/portfolio/read-prices.js";

const csv = (...lines: string[]) => lines.join("\n");

it("readPrices(csv) reads dates and a column for each asset", () => {
  const {assets, dates, prices} = readPrices(
    csv("Date,A,B", "2025-01-31,1,10", "2025-02-28,2,20", "2025-03-31,3,30")
  );
  expect(assets).toEqual(["A", "B"]);
  expect(dates).toEqual(["2025-01-31", "2025-02-28", "2025-03-31"]);
  expect(prices).toEqual([Float64Array.of(1, 2, 3), Float64Array.of(10, 20, 30)]);
});

it("readPrices(csv) reads what is missing as NaN, and leaves out rows without any price", () => {
  const {dates, prices} = readPrices(
    csv(";A;B", "20250101;1;", "20250102;nan;-", "20250103;2;5", "20250104;3;N/A", "20250105;;")
  );
  expect(dates).toEqual(["20250101", "20250103", "20250104"]);
  expect(prices).toEqual([Float64Array.of(1, 2, 3), Float64Array.of(NaN, 5, NaN)]);
});

it("simpleReturns(prices) carries nothing over a missing price", () => {
  const [a, b] = simpleReturns([Float64Array.of(1, 2, 3), Float64Array.of(4, NaN, 6)]);
  expect([...a]).toEqual([1, 0.5]);
  expect([...b]).toEqual([NaN, NaN]);
});

describe("bad input", () => {
  it.each([
    ["", "there are no assets"],
    [csv("date", "2025-01-01"), "there are no assets"],
    [csv("date,A,", "2025-01-01,1,2"), "column 3 has no name"],
    [csv("date,A,A", "2025-01-01,1,2"), "two columns are named A"],
    [csv("date,A", "2025-01-01,1"), "needs three rows of prices or more: 1"],
    [csv("date,A", "2025-01-01,1", "2025-01-02,1", "2025-01-03,"), "needs three rows of prices or more: 2"],
    [csv("date,A", "2025-01-01,1,2"), "line 2: 3 columns, but 2 names"],
    [
      csv("date,A", "2025-01-01,1", "2025-01-01,2"),
      "line 3: date 2025-01-01 is that of line 2 again: keep one"
    ],
    [
      csv("date,A", "2025-01-02,1", "2025-01-01,2"),
      "line 3: date 2025-01-01 is before 2025-01-02 of line 2: sort"
    ],
    [csv("date,A", "yesterday,1"), "line 2: date yesterday: write 2025-01-31"],
    [csv("date,A", ",1"), "line 2: date is empty"],
    [
      csv("date,A", "2025-01-01,0", "2025-01-02,1", "2025-01-03,1"),
      "line 2: price 0 of A: a price is a number above zero"
    ],
    [csv("date,A", "2025-01-01,-3", "2025-01-02,1", "2025-01-03,1"), "line 2: price -3 of A"],
    [csv("date,A", "2025-01-01,1", "2025-01-02,dear", "2025-01-03,1"), "line 3: price dear of A"],
    [csv("date,A", '2025-01-01,"1'), "the file is no CSV"]
  ])("readPrices(%j) says %s", (text, sentence) => {
    expect(() => readPrices(text)).toThrow(sentence);
  });
});
