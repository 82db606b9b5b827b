import {afterAll, beforeAll, expect, it} from "vitest";
import {addDays, dayOf} from "../../../lib/time/day.js";
import {SIM_KEYS} from "../../../sim/vendors/service.js";
import type {Pulled} from "../../../loaders/vendors/vendor.js";
import {type Bar, bars, EACH, NOW, openDesk, type PriceVendor, startShared, USUAL} from "./desk.js";
import {recordsOf} from "./written-web.js";
// the real clients against the stand-ins, whose own series every row is compared with

let shared: Awaited<ReturnType<typeof startShared>>;
beforeAll(async () => {
  shared = await startShared();
});
afterAll(() => shared.stand.close());
const open = (id: PriceVendor, options: Parameters<typeof openDesk>[2] = {}) => openDesk(shared, id, options);

it.each(EACH)("%s: every row is the stand-in's own, none more and none less", async (id) => {
  const desk = open(id);
  const rows = bars(await desk.pull());
  expect(rows.length).toBeGreaterThan(130);
  expect(rows).toEqual(desk.truth());
  expect(desk.kept.length).toBeGreaterThan(0);
  expect(JSON.stringify(desk.kept)).not.toContain(SIM_KEYS.polygon);
});

it.each([
  ["^GSPC", 1, ""],
  ["^VIX", 1, ""],
  ["VOD.L", 100, "GBP"],
  ["ULVR.L", 100, "GBP"],
  ["ZC=F", 100, "USD"],
  ["SAP.DE", 1, "EUR"],
  ["EURUSD=X", 1, "USD"],
  ["BTC-USD", 1, "USD"],
  ["ZQZ26.CBT", 1, "USD"]
])("yahoo: %s comes as the world has it, divided by %i, in %s", async (symbol, divisor, currency) => {
  const desk = open("yahoo");
  const pages = await desk.pull({symbol, from: "2026-06-01"});
  const whole = (bar: Bar) => (symbol === "EURUSD=X" ? bar.with(5, 0) : bar);
  expect(bars(pages).map((bar) => bar.with(5, bar[5] ?? 0))).toEqual(
    desk.truth({symbol, divisor, from: "2026-06-01"}).map(whole)
  );
  expect(pages[0].facts.unit).toBe(currency);
});

it.each(["AAPL", "NVDA", "AMZN", "GOOGL"])(
  "yahoo: %s comes as it was traded, all its splits undone",
  async (symbol) => {
    const desk = open("yahoo");
    const pages = await desk.pull({symbol, from: "2014-01-01"});
    const {splits = [], dividends} = desk.stand.world().listing(symbol)!;
    expect(splits.length).toBeGreaterThan(0);
    expect(bars(pages)).toEqual(desk.truth({symbol, from: "2014-01-01"}));
    const actions = recordsOf(pages, "actions").map(({day, type, value}) => [day, type, value]);
    const told = [
      ...splits.map(({day, numerator, denominator}) => [dayOf(day), "split", numerator / denominator]),
      ...(dividends?.() ?? []).map(({day, amount}) => [dayOf(day), "dividend", amount])
    ].filter(([day]) => String(day) >= "2014-01-01" && String(day) <= "2026-11-20");
    expect(actions.toSorted(byText)).toEqual(told.toSorted(byText));
  }
);

const byText = (a: unknown, b: unknown) => (String(a) < String(b) ? -1 : 1);

it("polygon: splits and dividends are the stand-in's own", async () => {
  const desk = open("polygon");
  const actions = recordsOf(await desk.pull({kind: "actions", from: "2014-01-01"}), "actions");
  const {splits, dividends} = desk.stand.world().listing("AAPL")!;
  const ratios = splits!.map(({day, numerator, denominator}) => [
    dayOf(day),
    "split",
    numerator / denominator
  ]);
  const paid = dividends!().map(({day, amount}) => [dayOf(day), "dividend", amount]);
  const known = paid.filter(([day]) => String(day) >= "2014-01-01" && String(day) <= "2026-11-20");
  expect(actions.map(({day, type, value}) => [day, type, value])).toEqual([...ratios, ...known]);
});

it("yahoo: rows with nulls are left out, the others are whole", async () => {
  const desk = open("yahoo");
  desk.spoil({always: [{kind: "nulls"}]});
  const rows = bars(await desk.pull({from: "2026-01-01"}));
  const whole = desk.truth({from: "2026-01-01"});
  const days = new Set(rows.map(([day]) => day));
  const left = whole.filter(([day]) => !days.has(day));
  expect(left.length).toBe(Math.floor((whole.length + 3) / 7));
  expect(rows).toEqual(whole.filter(([day]) => days.has(day)));
});

it("polygon: bars without mean price and number of trades are kept without", async () => {
  const desk = open("polygon");
  desk.spoil({always: [{kind: "nulls"}]});
  const pages = await desk.pull();
  expect(bars(pages)).toEqual(desk.truth());
  expect(recordsOf(pages, "bars").filter(({vwap, trades}) => vwap === null && trades === null)).not.toEqual(
    []
  );
});

it.each(["VOD.L", "ZC=F"])(
  "yahoo: %s is the same when it is suddenly sent in the major unit",
  async (symbol) => {
    const desk = open("yahoo");
    const before = bars(await desk.pull({symbol}));
    desk.spoil({always: [{kind: "unit"}]});
    expect(bars(await desk.pull({symbol}))).toEqual(before);
  }
);

it.each([
  ["yahoo", "2026-11-20T18:00:00Z", "2026-11-19"],
  ["polygon", "2026-11-20T18:00:00Z", "2026-11-19"],
  ["binance", "2026-11-20T18:00:00Z", "2026-11-19"],
  ["yahoo", "2026-11-20T22:00:00Z", "2026-11-20"],
  ["polygon", "2026-11-20T22:00:00Z", "2026-11-20"]
] as const)("%s: at %s the last bar is of %s: a live one is left out", async (id, at, last) => {
  const desk = open(id, {at});
  if (last < at.slice(0, 10)) desk.spoil({always: [{kind: "live"}]});
  expect(bars(await desk.pull({from: "2026-11-02"})).at(-1)![0]).toBe(last);
});

/** Rows by day, each later one in place of the earlier: what a lake keeps. */

const merged = (...pulls: Bar[][]) =>
  [...new Map(pulls.flat().map((bar) => [bar[0], bar])).values()].sort((a, b) => (a[0] < b[0] ? -1 : 1));

it.each(EACH)(
  "%s: a second run asks for the new days and the overlap, and nothing is lost or doubled",
  async (id) => {
    const early = `${addDays(NOW[id].slice(0, 10), -14)}T22:00:00Z`;
    const first = open(id, {at: early});
    const before = bars(await first.pull());
    const second = open(id);
    const from = addDays(before.at(-1)![0], -second.vendor.overlapDays);
    const after = bars(await second.pull({from}));
    expect(after[0][0] >= from).toBe(true);
    const known = new Map(before.map((bar) => [bar[0], bar]));
    for (const bar of after) expect(known.get(bar[0]) ?? bar).toEqual(bar);
    expect(merged(before, after)).toEqual(second.truth());
    for (const {query, path} of second.stand.calls.filter(({path}) => !path.endsWith("exchangeInfo")))
      expect(firstAsked(id, query, path) >= addDays(from, -1)).toBe(true);
  }
);

function firstAsked(id: PriceVendor, query: Record<string, string>, path: string): string {
  switch (id) {
    case "yahoo":
      return new Date(Number(query.period1) * 1000).toISOString().slice(0, 10);
    case "binance":
      return new Date(Number(query.startTime)).toISOString().slice(0, 10);
    case "polygon":
      return path.split("/").at(-2)!;
    case "stooq":
      return query.d1.replace(/(....)(..)(..)/, "$1-$2-$3");
  }
}

it.each(["yahoo", "polygon"] as const)(
  "%s: a split between two runs changes no row that is there",
  async (id) => {
    const desk = open(id);
    const before = bars(await desk.pull());
    desk.spoil({always: [{kind: "split", symbol: "AAPL", day: "2026-11-18", ratio: 4}]});
    const after = bars(await desk.pull());
    const old = ([day]: Bar) => day < "2026-11-18";
    expect(after.filter(old)).toEqual(before.filter(old));
    expect(after.find(([day]) => day === "2026-11-18")![4]).toBeCloseTo(
      before.find(([day]) => day === "2026-11-18")![4] / 4,
      3
    );
    const actions = recordsOf(await desk.pull({kind: "actions"}), "actions");
    expect(actions).toContainEqual(expect.objectContaining({day: "2026-11-18", type: "split", value: 4}));
  }
);

it.each(EACH)("%s: values that a vendor has changed come as they are now", async (id) => {
  const desk = open(id);
  const [from, to] = [addDays(NOW[id].slice(0, 10), -6), addDays(NOW[id].slice(0, 10), -5)];
  desk.spoil({always: [{kind: "revised", symbol: USUAL[id], from, to, factor: 1.01}]});
  const revised = bars(await desk.pull());
  const changed = revised.filter((bar, i) => bar[4] !== desk.truth()[i][4]).map(([day]) => day);
  expect(changed).toEqual(
    desk
      .truth()
      .map(([day]) => day)
      .filter((day) => day >= from && day <= to)
  );
});

it("binance: a pull that ends in the middle keeps its pages, and one from there brings the rest", async () => {
  const desk = open("binance");
  const cut = Array.from({length: 5}, () => ({kind: "status", status: 503}) as const);
  desk.spoil({next: [null, null, null, ...cut]}); // what the pair is, two pages, then nothing more
  const came: Pulled[] = [];
  const pulling = (async () => {
    for await (const page of desk.pages({from: "2014-01-01"})) came.push(page);
  })();
  await expect(pulling).rejects.toMatchObject({code: "unavailable"});
  const before = bars(came);
  expect(before.length).toBe(2000);
  const rest = bars(await desk.pull({from: addDays(before.at(-1)![0], -desk.vendor.overlapDays)}));
  expect(rest.length).toBeLessThan(desk.truth({from: "2014-01-01"}).length - 1900);
  expect(merged(before, rest)).toEqual(desk.truth({from: "2014-01-01"}));
});

/** Bars joined: the first open, the highest high, the lowest low, the last close. */
function joined(parts: readonly Row[]): number[] {
  const of = (name: string) => parts.map((row) => Number(row[name]));
  return [of("open")[0], Math.max(...of("high")), Math.min(...of("low")), of("close").at(-1)!];
}
type Row = Record<string, string | number | null>;

it.each([
  ["yahoo", "1m", "2026-11-02", 390],
  ["yahoo", "5m", "2026-10-05", 78],
  ["yahoo", "1h", "2026-06-01", 7],
  ["polygon", "5m", "2026-10-05", 78],
  ["binance", "1m", "2026-11-16", 1440],
  ["binance", "4h", "2026-01-01", 6]
] as const)("%s: bars of %s make up the day's, each there once", async (id, frequency, from, perDay) => {
  const desk = open(id);
  const parts = recordsOf(await desk.pull({frequency, from}), "bars");
  const times = parts.map(({time}) => Number(time));
  expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
  const days = Map.groupBy(parts, ({day}) => String(day));
  const whole = desk.truth({from}).map(([day, ...values]) => [day, values.slice(0, 4)]);
  const made = [...days]
    .filter(([, rows]) => rows.length === perDay)
    .map(([day, rows]) => [day, joined(rows)]);
  expect(made.length).toBeGreaterThan(3);
  for (const [day, [open, high, low, close]] of made as [string, number[]][]) {
    const [, theirs] = whole.find(([known]) => known === day) as [string, number[]];
    expect([open, close]).toEqual([theirs[0], theirs[3]]);
    expect(high).toBeLessThanOrEqual(theirs[1]);
    expect(low).toBeGreaterThanOrEqual(theirs[2]);
  }
  const short = [...days].filter(([, rows]) => rows.length !== perDay).map(([day]) => day);
  expect(short.filter((day) => day < "2026-11-20")).toEqual([]);
});

it.each([
  ["yahoo", "1w"],
  ["yahoo", "1mo"],
  ["polygon", "1w"],
  ["polygon", "1mo"],
  ["binance", "1w"],
  ["binance", "1mo"]
] as const)("%s: bars of %s are made of the days up to theirs", async (id, frequency) => {
  const desk = open(id);
  const rows = recordsOf(await desk.pull({frequency, from: "2026-01-15"}), "bars");
  const days = desk.truth({from: "2025-12-01"});
  expect(rows.length).toBeGreaterThan(8);
  for (const [i, row] of rows.entries()) {
    const after = i ? String(rows[i - 1].day) : "";
    const own = days.filter(([day]) => day > after && day <= String(row.day));
    if (!i) continue; // where its period begins is not told by the row before
    expect([row.open, row.close]).toEqual([own[0][1], own.at(-1)![4]]);
    expect(row.high).toBe(Math.max(...own.map((bar) => bar[2])));
    expect(row.low).toBe(Math.min(...own.map((bar) => bar[3])));
  }
});
