import * as fc from "fast-check";
import {expect, it} from "vitest";
import {rowsOf, type Row} from "../../../lib/lake/columns.js";
import type {DatasetId} from "../../../lib/lake/dataset.js";
import {compareText} from "../../../lib/order.js";
import {addDays} from "../../../lib/time/day.js";
import {long} from "../../long.js";
import {BARS, FX, lakeIn, records, temporaryFolder} from "./fixture.js";

const SYMBOLS = ["A", "B", "b", "é", "💰", "../x", "a'b"];
const HOUR = 3_600_000;

/** A bar about a new year; the day is its own or, as vendors change their mind, the one before. */
const anyBar = fc
  .record({
    symbol: fc.constantFrom(...SYMBOLS),
    place: fc.integer({min: 0, max: 8}),
    early: fc.integer({min: 0, max: 9}).map((n) => n === 0),
    close: fc.integer({min: 1, max: 3}),
    volume: fc.constantFrom(null, 0, 5),
    currency: fc.constantFrom(null, "USD")
  })
  .map(({symbol, place, early, ...rest}): Row<"bars"> => {
    const day = addDays("2024-12-28", place);
    return {symbol, time: Date.parse(day) + 21 * HOUR, day: early ? addDays(day, -1) : day, ...rest};
  });

const anyRate = fc.record({
  base: fc.constantFrom("EUR", "GBP"),
  quote: fc.constantFrom("USD", "JPY"),
  day: fc.integer({min: 0, max: 8}).map((place) => addDays("2024-12-28", place)),
  rate: fc.integer({min: 1, max: 3})
}) satisfies fc.Arbitrary<Row<"fx">>;

const KEY = {
  bars: (row: Row<"bars">) => [row.symbol, row.time],
  fx: (row: Row<"fx">) => [row.base, row.quote, row.day]
};

const pullsOf = <T>(row: fc.Arbitrary<T>) =>
  fc.array(fc.array(row, {maxLength: 12}), {minLength: 1, maxLength: 6});

/** What a lake would be if it were a Map. */
function naive<R extends Row<"bars"> | Row<"fx">>(keyOf: (row: R) => unknown[]) {
  const rows = new Map<string, R>();
  return {
    write(pull: readonly R[]) {
      const last = new Map(pull.map((row) => [JSON.stringify(keyOf(row)), row]));
      const counts = {new: 0, same: 0, changed: 0};
      for (const [key, row] of last) {
        const before = rows.get(key);
        ++counts[!before ? "new" : JSON.stringify(before) === JSON.stringify(row) ? "same" : "changed"];
        rows.set(key, row);
      }
      return counts;
    },
    rows: () => [...rows.values()]
  };
}

const textOf = (row: object) =>
  JSON.stringify(
    Object.entries(row)
      .filter(([, value]) => value !== null)
      .toSorted(([a], [b]) => compareText(a, b))
  );
const sorted = (rows: readonly object[]) => rows.map(textOf).toSorted(compareText);

it("write(…) counts and keeps what a Map by key would, whatever comes again, changed, or of another day", async () => {
  const lake = lakeIn(temporaryFolder());
  let run = 0;
  await fc.assert(
    fc.asyncProperty(pullsOf(anyBar), async (pulls) => {
      const id = {...BARS, universe: `run-${++run}`};
      const map = naive<Row<"bars">>(KEY.bars);
      for (const pull of pulls) {
        const {bytes, ...counts} = await lake.write("clean", id, rowsOf("bars", pull));
        expect(counts).toEqual(map.write(pull));
        expect(bytes > 0).toBe(counts.new + counts.changed > 0);
      }
      const found = records(await lake.read("clean", id));
      expect(sorted(found)).toEqual(sorted(map.rows()));
      const keys = found.map(({symbol, time}) => [String(symbol), Number(time)] as const);
      expect(keys).toEqual(keys.toSorted(([a, i], [b, j]) => compareText(a, b) || i - j));
      const counted = Object.groupBy(found, ({symbol}) => String(symbol));
      expect(
        (await lake.symbols("clean", id)).map(({symbol, rows, from, to}) => ({symbol, rows, from, to}))
      ).toEqual(
        Object.entries(counted)
          .map(([symbol, rows = []]) => {
            const days = rows.map(({day}) => String(day)).toSorted();
            return {symbol, rows: rows.length, from: days[0], to: days.at(-1)};
          })
          .toSorted((a, b) => Buffer.compare(Buffer.from(a.symbol), Buffer.from(b.symbol)))
      );
    }),
    {numRuns: long(100)}
  );
  expect((await lake.verify()).problems).toEqual([]);
}, 600_000);

it("write(…) gives the same rows for any split, order and overlap of the same pulls", async () => {
  const lake = lakeIn(temporaryFolder());
  let run = 0;
  const rates = fc.uniqueArray(anyRate, {
    selector: (row) => JSON.stringify(KEY.fx(row)),
    minLength: 1,
    maxLength: 30
  });
  await fc.assert(
    fc.asyncProperty(
      rates,
      fc.array(fc.array(fc.nat(), {maxLength: 10}), {maxLength: 5}),
      fc.nat(),
      async (all, extra, turn) => {
        const idOf = (name: string): DatasetId & {kind: "fx"} => ({...FX, universe: `${name}-${run}`});
        ++run;
        await lake.write("clean", idOf("whole"), rowsOf("fx", all));
        const cut = turn % all.length;
        const pulls = [
          all.slice(cut),
          ...extra.map((places) => places.map((place) => all[place % all.length])),
          all.slice(0, cut).toReversed()
        ];
        let added = 0;
        for (const pull of pulls) {
          const written = await lake.write("clean", idOf("split"), rowsOf("fx", pull));
          expect(written.changed).toBe(0);
          added += written.new;
        }
        expect(added).toBe(all.length);
        expect(await lake.read("clean", idOf("split"))).toEqual(await lake.read("clean", idOf("whole")));
      }
    ),
    {numRuns: long(100)}
  );
}, 600_000);

it("write(…) merges many rows, in order or not, as it merges few", async () => {
  const lake = lakeIn(temporaryFolder());
  const day = (i: number) => addDays("2020-01-01", i);
  const all = ["A", "B", "C"].flatMap((symbol) =>
    Array.from({length: 5000}, (_, i): Row<"bars"> => ({
      symbol,
      day: day(i),
      time: Date.parse(day(i)),
      close: i,
      currency: i % 2 ? "USD" : null
    }))
  );
  expect(await lake.write("clean", BARS, rowsOf("bars", all))).toMatchObject({
    new: 15_000,
    same: 0,
    changed: 0
  });
  const mixed = all.toReversed().map((row, i) => (i % 3 ? row : {...row, close: -1}));
  expect(await lake.write("clean", BARS, rowsOf("bars", mixed))).toMatchObject({
    new: 0,
    same: 10_000,
    changed: 5000
  });
  expect(await lake.read("clean", BARS)).toEqual(rowsOf("bars", mixed.toReversed()));
  expect((await lake.verify()).problems).toEqual([]);
});
