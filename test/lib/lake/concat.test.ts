import {expect, it} from "vitest";
import {rowsOf} from "../../../lib/lake/columns.js";
import {concatRows, rowAt, symbolAt} from "../../../lib/lake/concat.js";

const series = (name: string, value: number) =>
  rowsOf("series", [{series: name, day: "2026-01-02", value, unit: "percent"}]);

it("concatRows(kind, chunks) puts rows one after the other, whatever the type of a column", () => {
  const rows = concatRows("series", [series("B", 2), rowsOf("series", []), series("A", 1)]);
  expect(rows.length).toBe(2);
  expect(rows.columns.series).toEqual(["B", "A"]);
  expect([...rows.columns.value]).toEqual([2, 1]);
  expect([...rows.columns.day]).toEqual([20455, 20455]); // 20454 days to 2026-01-01, by date(1)
});

it("concatRows(kind, chunks) of none has no row and every column", () => {
  const {length, columns} = concatRows("fx", []);
  expect(length).toBe(0);
  expect(Object.keys(columns)).toEqual(["base", "quote", "day", "rate"]);
});

it("symbolAt(rows, i) is the symbol, the series, or both codes of a pair", () => {
  const [day, time] = ["2026-01-02", 0];
  expect(symbolAt(rowsOf("bars", [{symbol: "^GSPC", day, time, close: 1}]), 0)).toBe("^GSPC");
  expect(symbolAt(series("DGS10", 4), 0)).toBe("DGS10");
  expect(symbolAt(rowsOf("fx", [{base: "EUR", quote: "USD", day, rate: 1.2}]), 0)).toBe("EURUSD");
});

it("rowAt(rows, i) has days as ISO, and null for what is not given", () => {
  const rows = rowsOf("bars", [{symbol: "A", day: "2026-01-02", time: 5, close: 1, volume: 0}]);
  expect(rowAt(rows, 0)).toEqual({
    symbol: "A",
    time: 5,
    day: "2026-01-02",
    open: null,
    high: null,
    low: null,
    close: 1,
    volume: 0,
    vwap: null,
    trades: null,
    currency: null
  });
});
