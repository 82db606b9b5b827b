import {expect, it} from "vitest";
import {COLUMNS, emptyColumn, KEYS, rowsOf, symbolColumn} from "../../../lib/lake/columns.js";
import {columnsOf, numbersOf, textsOf} from "../../../lib/lake/column.js";
import {KINDS} from "../../../lib/lake/dataset.js";

it("rowsOf(kind, rows) holds rows by column, in their order, with every column of the kind", () => {
  const time = Date.parse("2024-03-05T21:00Z");
  const {kind, length, columns} = rowsOf("bars", [
    {symbol: "B", time, day: "2024-03-05", close: 10, volume: 5, currency: "USD"},
    {symbol: "A", time, day: "1969-12-31", close: 11, open: 12}
  ]);
  expect([kind, length]).toEqual(["bars", 2]);
  expect(Object.keys(columns)).toEqual(Object.keys(COLUMNS.bars));
  expect(columns.symbol).toEqual(["B", "A"]);
  expect(columns.day).toEqual(Int32Array.of(19_787, -1));
  expect(columns.time).toEqual(Float64Array.of(time, time));
  expect(columns.close).toEqual(Float64Array.of(10, 11));
});

it("rowsOf(kind, rows) holds NaN and the empty text where nothing is given", () => {
  const {columns} = rowsOf("bars", [
    {symbol: "A", time: 0, day: "1970-01-01", close: 1, open: null, currency: null}
  ]);
  expect([columns.open[0], columns.volume[0], columns.currency[0]]).toEqual([NaN, NaN, ""]);
});

it("rowsOf(kind, rows) names the row and column that is missing or no day", () => {
  const rate = {base: "EUR", quote: "USD", day: "2024-03-05", rate: 1.1};
  expect(() => rowsOf("fx", [rate, {...rate, rate: null}])).toThrow(new RangeError("missing fx[1].rate"));
  expect(() => rowsOf("fx", [{...rate, day: "2024-02-30"}])).toThrow(
    new RangeError("invalid fx[0].day: 2024-02-30")
  );
});

it("rowsOf(kind, []) has every column, empty", () => {
  for (const kind of KINDS) {
    const {length, columns} = rowsOf(kind, []);
    expect(length).toBe(0);
    expect(Object.values(columns).map((column) => column.length)).toEqual(
      Object.keys(COLUMNS[kind]).map(() => 0)
    );
  }
});

it("KEYS name columns that every row has, the symbol's first", () => {
  for (const kind of KINDS) {
    const columns = COLUMNS[kind] as Readonly<Record<string, {optional?: true}>>;
    for (const key of KEYS[kind]) expect([kind, key, columns[key].optional]).toEqual([kind, key, undefined]);
    expect(KEYS[kind][0]).toBe(symbolColumn(kind));
  }
});

it("COLUMNS say what each column means", () => {
  for (const columns of Object.values(COLUMNS))
    for (const {meaning} of Object.values(columns)) expect(meaning).not.toBe("");
});

it("emptyColumn(type, length) is of that type, with nothing given", () => {
  expect(emptyColumn("text", 2)).toEqual(["", ""]);
  expect(emptyColumn("number", 2)).toEqual(Float64Array.of(NaN, NaN));
  expect(emptyColumn("time", 1)).toEqual(Float64Array.of(NaN));
  expect(emptyColumn("day", 1)).toEqual(Int32Array.of(0));
});

it("columnsOf(rows), numbersOf(rows, name) and textsOf(rows, name) find columns by name, of their type only", () => {
  const rows = rowsOf("fx", [{base: "EUR", quote: "USD", day: "2024-03-05", rate: 1.1}]);
  expect([...columnsOf(rows).keys()]).toEqual(Object.keys(COLUMNS.fx));
  expect(numbersOf(rows, "rate")).toBe(rows.columns.rate);
  expect(numbersOf(rows, "base")).toBeUndefined();
  expect(textsOf(rows, "base")).toBe(rows.columns.base);
  expect([textsOf(rows, "day"), textsOf(rows, "symbol")]).toEqual([undefined, undefined]);
});
