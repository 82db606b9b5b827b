import {tableFromIPC} from "apache-arrow";
import {parse} from "csv-parse/sync";
import {readParquet} from "parquet-wasm";
import {expect, it} from "vitest";
import type {Answer} from "../../../lib/lake/query.js";
import {encodeArrow} from "../../../loaders/formats/arrow.js";
import {parquetOf} from "../../../loaders/formats/parquet.js";
import {encodeCsv, encodeJson} from "../../../loaders/formats/text.js";

const TIME = Date.parse("2026-01-02T21:00:00Z");
const ANSWER: Answer = {
  columns: [
    {name: "symbol", type: "text", values: ["^GSPC", "", 'a "b", c']},
    {name: "time", type: "time", values: Float64Array.of(TIME, NaN, TIME + 1)},
    {name: "day", type: "day", values: Int32Array.of(20455, 0, -1)},
    {name: "close", type: "number", values: Float64Array.of(1.5, NaN, -0.1)}
  ],
  length: 3,
  matches: 7
};
const ROWS = [
  ["^GSPC", "2026-01-02T21:00:00.000Z", "2026-01-02", 1.5],
  [null, null, "1970-01-01", null],
  ['a "b", c', "2026-01-02T21:00:00.001Z", "1969-12-31", -0.1]
];

it("encodeJson(dataset, answer) has a list of values a row, null for what is not given", () => {
  expect(JSON.parse(encodeJson("a/b/c/d", ANSWER))).toEqual({
    dataset: "a/b/c/d",
    columns: ANSWER.columns.map(({name, type}) => ({name, type})),
    rows: ROWS,
    matches: 7
  });
});

it("encodeCsv(answer) quotes what needs it, and leaves empty what is not given", () => {
  const rows = parse(encodeCsv(ANSWER), {record_delimiter: "\r\n"});
  expect(rows).toEqual([
    ["symbol", "time", "day", "close"],
    ...ROWS.map((row) => row.map((value) => (value === null ? "" : String(value))))
  ]);
});

it("encodeCsv(answer) gives a spreadsheet no formula to run", () => {
  const text = (...values: string[]) =>
    encodeCsv({columns: [{name: "symbol", type: "text", values}], length: values.length, matches: 0});
  expect(text("=1+1", "@x", "+1", "-1", "CL=F").split("\r\n")).toEqual([
    "symbol",
    "'=1+1",
    "'@x",
    "'+1",
    "'-1",
    "CL=F",
    ""
  ]);
});

it("encodeArrow(columns) and parquetOf(stream) hold the same values, times in UTC", () => {
  const stream = encodeArrow(ANSWER.columns, 3, new Map([["about", "[1]"]]));
  for (const table of [tableFromIPC(stream), tableFromIPC(readParquet(parquetOf(stream)).intoIPCStream())]) {
    const rows = Array.from(table, ({symbol, time, day, close}) => [
      symbol,
      time === null ? null : new Date(Number(time)).toISOString(),
      new Date(Number(day)).toISOString().slice(0, 10),
      close
    ]);
    expect(rows).toEqual(ROWS);
  }
  expect(tableFromIPC(stream).schema.metadata.get("about")).toBe("[1]");
});

it("encodeArrow(columns) of no row has its columns", () => {
  const none: Answer["columns"] = [
    {name: "symbol", type: "text", values: []},
    {name: "close", type: "number", values: new Float64Array(0)}
  ];
  const table = tableFromIPC(encodeArrow(none, 0));
  expect([table.numRows, table.schema.fields.map(({name}) => name)]).toEqual([0, ["symbol", "close"]]);
});
