import {readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import type {PullAsk} from "../../../lib/lake/pull.js";
import {marketAsks, updateAsks} from "../../../loaders/pull/asks.js";
import {checkAsk} from "../../../loaders/pull/plan.js";
import {VENDORS} from "../../../loaders/vendors/index.js";
import {openDesk} from "./desk.js";

const TODAY = "2026-11-20";

it.each<[string, PullAsk, string]>([
  [
    "a vendor that there is none of",
    {vendor: "nobody", symbols: ["A"]},
    "unknown vendor: nobody: there are yahoo, "
  ],
  [
    "a kind that the vendor has not",
    {vendor: "ecb", kind: "bars", symbols: ["A"]},
    "European Central Bank has no bars, only fx"
  ],
  [
    "a frequency that it has not",
    {vendor: "ecb", frequency: "1m", symbols: ["A"]},
    "European Central Bank has no fx by 1m, only by 1d"
  ],
  [
    "a universe that would leave the lake",
    {vendor: "ecb", universe: "../../etc", symbols: ["A"]},
    "invalid universe: ../../etc: lower-case letters, digits and hyphens, at most 64"
  ],
  ["no symbol", {vendor: "ecb", symbols: []}, "name a symbol at least"],
  ["a symbol with a blank", {vendor: "ecb", symbols: ["EUR USD"]}, 'invalid symbol: "EUR USD"'],
  [
    "a symbol with a control character",
    {vendor: "ecb", symbols: ["A\u0000"]},
    String.raw`invalid symbol: "A\u0000"`
  ],
  [
    "reversed days",
    {vendor: "ecb", symbols: ["EURUSD"], from: "2026-02-01", to: "2026-01-01"},
    "from 2026-02-01 is after to 2026-01-01: turn them around"
  ],
  [
    "a day that is none",
    {vendor: "ecb", symbols: ["EURUSD"], from: "2026-02-30"},
    "invalid day: 2026-02-30: write 2026-01-31"
  ],
  [
    "a day to come",
    {vendor: "ecb", symbols: ["EURUSD"], from: "2026-11-21"},
    "from 2026-11-21 is after today, 2026-11-20"
  ]
])("checkAsk(ask) refuses %s", (_, ask, sentence) => {
  expect(() => checkAsk(ask, VENDORS, TODAY)).toThrow(sentence);
});

it("a symbol with odd characters is a value of a column, never of a path", async () => {
  const {pull, sim, lake} = await openDesk();
  const record = await pull({vendor: "yahoo", symbols: ["../../../etc/passwd", "a'b;drop--", "%2e%2e"]});
  expect(record.failures.map(({code}) => code)).toEqual([
    "unknown-symbol",
    "unknown-symbol",
    "unknown-symbol"
  ]);
  expect(new Set(sim.calls.map(({path}) => path.split("/chart/")[0]))).toEqual(new Set(["/v8/finance"]));
  expect(await lake.catalog()).toEqual([]);
});

it("marketAsks(day, keys) asks FRED by its keyless CSV while there is no key", () => {
  const vendors = (keys: Record<string, string>) => marketAsks(TODAY, keys).map(({vendor}) => vendor);
  expect(vendors({})).toContain("fred-graph");
  expect(vendors({})).not.toContain("fred");
  expect(vendors({fred: "key"})).toContain("fred");
});

it("updateAsks(tracked, day) asks for what is tracked, and of Markets for the futures that are listed now", () => {
  const tracked = [
    {
      id: {provider: "yahoo", kind: "bars", universe: "markets", frequency: "1d"} as const,
      symbols: ["ZQZ24.CBT", "AAPL"]
    },
    {id: {provider: "ecb", kind: "fx", universe: "mine", frequency: "1d"} as const, symbols: ["EURUSD"]}
  ];
  const [yahoo, ecb] = updateAsks(tracked, TODAY);
  expect(yahoo).toMatchObject({vendor: "yahoo", kind: "bars", universe: "markets", frequency: "1d"});
  expect(yahoo.symbols).toEqual(expect.arrayContaining(["AAPL", "ZQX26.CBT", "ZQZ27.CBT"]));
  expect(yahoo.symbols).not.toContain("ZQZ24.CBT"); // delivered two years ago
  expect(yahoo.symbols).not.toContain("^GSPC"); // was never pulled
  expect(ecb).toEqual({vendor: "ecb", kind: "fx", universe: "mine", frequency: "1d", symbols: ["EURUSD"]});
});

it("updateAsks(tracked, day) says what to do while nothing is tracked", () => {
  expect(() => updateAsks([], TODAY)).toThrow(
    "nothing is tracked yet: pull some symbols, or all that Markets reads"
  );
});

it("update all asks each tracked dataset for what is new, with days that a repair took out", async () => {
  const {pull, asked, lake, clock, rows, folder} = await openDesk();
  await pull([
    {vendor: "yahoo", universe: "mine", symbols: ["AAPL", "MSFT"], from: "2025-06-02"},
    {vendor: "ecb", symbols: ["EURUSD"], from: "2025-06-02"}
  ]);
  const wanted = await rows("yahoo/bars/mine/1d");
  const part = readdirSync(folder, {recursive: true, encoding: "utf8"}).find((name) =>
    /clean\/yahoo\/bars\/mine\/1d\/year=2025\/.*parquet$/.test(name)
  )!;
  writeFileSync(join(folder, part), "edited");
  const report = await lake.verify({repair: true});
  expect(report.problems.map(({code}) => code)).toContain("edited-part");
  expect((await rows("yahoo/bars/mine/1d")).some(({day}) => String(day) < "2026")).toBe(false);
  asked();
  clock.time = Date.parse("2026-11-23T22:00:00Z");
  const update = await pull(updateAsks(lake.tracked(), "2026-11-23"), {what: "update-all"});
  expect(update).toMatchObject({
    state: "done",
    symbols: {done: 3, total: 3},
    title: "what is new in all that is tracked"
  });
  const days = asked().flatMap(({path, query}) => (path.endsWith("AAPL") ? Number(query.period1) : []));
  expect(days.map((seconds) => new Date(seconds * 1000).toISOString().slice(0, 10))).toEqual([
    "2026-11-12", // what is new, from the overlap on, with a day of margin
    "2025-06-01" // what was lost
  ]);
  const held = await rows("yahoo/bars/mine/1d");
  expect(held.filter(({day}) => String(day) <= TODAY)).toEqual(wanted);
  expect(lake.lostRanges({provider: "yahoo", kind: "bars", universe: "mine", frequency: "1d"})).toEqual([]);
});
