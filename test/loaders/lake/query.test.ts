import {tableFromIPC} from "apache-arrow";
import * as fc from "fast-check";
import {expect, it} from "vitest";
import {rowsOf, type Row} from "../../../lib/lake/columns.js";
import {OPERATORS, type Answer, type Filter, type LakeQuery} from "../../../lib/lake/query.js";
import {addDays} from "../../../lib/time/day.js";
import {long} from "../../long.js";
import {answerQuery} from "./answer.js";
import {bar, bars, BARS, lakeIn, temporaryFolder} from "./fixture.js";

const ask = (rest: Partial<LakeQuery> = {}): LakeQuery => ({
  layer: "clean",
  id: BARS,
  columns: [],
  symbols: [],
  filters: [],
  order: "asc",
  limit: 1000,
  ...rest
});

/** Values by column. */
const valuesOf = ({columns}: Answer) =>
  Object.fromEntries(columns.map(({name, values}) => [name, [...values]]));

const anyBar = fc.record({
  symbol: fc.constantFrom("A", "B", "é", "it's"),
  place: fc.integer({min: 0, max: 60}),
  close: fc.constantFrom(-1, 0, 0.5, 1, 2, Infinity),
  volume: fc.constantFrom(null, 0, 1, 2),
  currency: fc.constantFrom(null, "GBP", "USD")
});

const anyFilter: fc.Arbitrary<Filter> = fc
  .oneof(
    fc.record({
      column: fc.constantFrom("close", "volume"),
      value: fc.constantFrom("0", "-1", " 1 ", "0.5", "Infinity", "1e0")
    }),
    fc.record({
      column: fc.constantFrom("symbol", "currency"),
      value: fc.constantFrom("", "A", "é", "USD", "it's", "x' or 1=1 --")
    }),
    fc.record({
      column: fc.constant("day"),
      value: fc.integer({min: 0, max: 60}).map((place) => addDays("2024-12-01", place))
    }),
    fc.record({
      column: fc.constant("time"),
      value: fc.constantFrom("2024-12-20T21:00:00Z", "2025-01-01", "1735160400000", "1735160400000.5")
    })
  )
  .chain((rest) => fc.constantFrom(...OPERATORS).map((operator) => ({...rest, operator})));

it("query(…) answers as answerQuery(rows, …) does from all rows", async () => {
  const lake = lakeIn(temporaryFolder());
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyBar, {selector: ({symbol, place}) => `${symbol} ${place}`, maxLength: 40}),
      fc.array(anyFilter, {maxLength: 3}),
      fc.subarray(["volume", "close", "symbol", "day", "time", "currency"]),
      fc.subarray(["A", "é", "it's", "none"]),
      fc.record({from: fc.nat(60), to: fc.nat(60)}, {requiredKeys: []}),
      fc.constantFrom("asc" as const, "desc" as const),
      fc.integer({min: 0, max: 30}),
      async (list, filters, columns, symbols, range, order, limit) => {
        const id = {...BARS, universe: `run-${++run}`};
        const all = list.map(({place, ...rest}): Row<"bars"> => {
          const day = addDays("2024-12-01", place);
          return {day, time: Date.parse(`${day}T21:00:00Z`), ...rest};
        });
        await lake.write("clean", id, rowsOf("bars", all));
        const days = Object.fromEntries(
          Object.entries(range).map(([name, place]) => [name, addDays("2024-12-01", place)])
        );
        const rest = {columns, filters, order, limit};
        const rows = await lake.read("clean", id, {...days, ...(symbols.length && {symbols})});
        const wanted = answerQuery(rows, rest);
        const found = await lake.query({layer: "clean", id, symbols, ...days, ...rest});
        expect({...valuesOf(found), length: found.length, matches: found.matches}).toEqual({
          ...valuesOf(wanted),
          length: wanted.length,
          matches: wanted.matches
        });
        expect(found.columns.map(({name, type}) => [name, type])).toEqual(
          wanted.columns.map(({name, type}) => [name, type])
        );
      }
    ),
    {numRuns: long(200)}
  );
}, 600_000);

it("query(…) refuses columns and values that the kind does not have, and a limit that is none", async () => {
  const lake = lakeIn(temporaryFolder());
  await lake.write("clean", BARS, bars(bar("A", "2025-01-02", 1)));
  const refused = (rest: Partial<LakeQuery>) => expect(lake.query(ask(rest))).rejects;
  await refused({columns: ['close" from x --']}).toThrow(
    'no such column: close" from x --: bars have symbol, time, day'
  );
  await refused({filters: [{column: "1=1", operator: "=", value: "1"}]}).toThrow("no such column: 1=1");
  await refused({filters: [{column: "close", operator: ">", value: "much"}]}).toThrow(
    "invalid value of close: much: write a number"
  );
  await refused({limit: -1}).toThrow("invalid limit: -1");
  await refused({limit: NaN}).toThrow("invalid limit: NaN");
  await refused({from: "x' or 1=1 --"}).toThrow("invalid day: x' or 1=1 --");
});

it("query(…) of a dataset that is not there has its columns and no row", async () => {
  const answer = await lakeIn(temporaryFolder()).query(ask({columns: ["symbol", "close"]}));
  expect(valuesOf(answer)).toEqual({symbol: [], close: []});
  expect(answer).toMatchObject({length: 0, matches: 0});
});

it("queryBytes(query, format) gives JSON, CSV, Arrow and Parquet, and how many rows match", async () => {
  const lake = lakeIn(temporaryFolder());
  await lake.write(
    "clean",
    BARS,
    bars(bar("A", "2025-01-02", 1.5), bar("=B", "2025-01-03", 2, {volume: 7}), bar("C", "2025-01-06", 3))
  );
  const query = ask({columns: ["symbol", "day", "time", "close", "volume"], limit: 2});
  const texts = async (format: "json" | "csv") => {
    const {bytes, ...counts} = await lake.queryBytes(query, format);
    expect(counts).toEqual({shown: 2, matches: 3});
    return Buffer.from(bytes).toString();
  };
  expect(JSON.parse(await texts("json"))).toEqual({
    dataset: "test/bars/some/1d",
    columns: [
      {name: "symbol", type: "text"},
      {name: "day", type: "day"},
      {name: "time", type: "time"},
      {name: "close", type: "number"},
      {name: "volume", type: "number"}
    ],
    rows: [
      ["=B", "2025-01-03", "2025-01-03T21:00:00.000Z", 2, 7],
      ["A", "2025-01-02", "2025-01-02T21:00:00.000Z", 1.5, null]
    ],
    matches: 3
  });
  expect(await texts("csv")).toBe(
    "symbol,day,time,close,volume\r\n'=B,2025-01-03,2025-01-03T21:00:00.000Z,2,7\r\nA,2025-01-02,2025-01-02T21:00:00.000Z,1.5,\r\n"
  );
  const arrow = tableFromIPC((await lake.queryBytes(query, "arrow")).bytes);
  expect(arrow.toArray().map((row) => Object.values(row as object).map(Number))).toEqual([
    [NaN, Date.parse("2025-01-03"), Date.parse("2025-01-03T21:00:00Z"), 2, 7],
    [NaN, Date.parse("2025-01-02"), Date.parse("2025-01-02T21:00:00Z"), 1.5, 0]
  ]);
  const parquet = (await lake.queryBytes(query, "parquet")).bytes;
  expect(Buffer.from(parquet.subarray(0, 4)).toString()).toBe("PAR1");
});
