import {afterEach, expect, it} from "vitest";
import {addDays} from "../../../lib/time/day.js";
import {canonicalUnit} from "../../../lib/lake/units.js";
import {UNIVERSE} from "../../../lib/market/universe.js";
import {VENDORS} from "../../../loaders/vendors/index.js";
import type {Ask, Pulled, Vendor} from "../../../loaders/vendors/vendor.js";
import {createWeb, type KeptReply, type WebOptions} from "../../../loaders/web.js";
import {SIM_KEYS, startVendors, type VendorFault, type Vendors} from "../../../sim/vendors/service.js";
import {valuesOf} from "./written-web.js";

// the real clients against the stand-ins; every row is compared with the series that the stand-in's world has
type MacroVendor = "ecb" | "fred" | "fred-graph" | "treasury" | "new-york-fed";

const EACH: MacroVendor[] = ["ecb", "fred", "fred-graph", "treasury", "new-york-fed"];
const NOW = "2026-11-20T23:00:00Z";
const FIRST = "2026-01-02";
const USUAL: Record<MacroVendor, string> = {
  ecb: "EURUSD",
  fred: "DFF",
  "fred-graph": "DFF",
  treasury: "BC_10YEAR",
  "new-york-fed": "EFFR"
};

let vendors: Vendors | undefined;
afterEach(async () => {
  await vendors?.close();
  vendors = undefined;
});

interface Desk {
  vendor: Vendor;
  stand: Vendors;
  kept: KeptReply[];
  waits: number[];
  pull: (ask?: Partial<Ask>) => Promise<Pulled[]>;
  /** Lets time pass. */
  passTo: (at: string) => void;
}

/** A client and its stand-in, with one clock for both that only waiting moves. */
async function openDesk(
  id: MacroVendor,
  {at = NOW, pacing = false, ...rest}: Partial<WebOptions> & {at?: string; pacing?: boolean} = {}
): Promise<Desk> {
  const clock = {time: Date.parse(at)};
  const now = () => new Date(clock.time);
  const stand = (vendors = await startVendors({now, pacing}));
  const vendor = VENDORS.find((known) => known.id === id)!;
  const kept: KeptReply[] = [];
  const waits: number[] = [];
  const web = createWeb({
    vendor,
    baseUrl: stand.urls[id],
    key: id === "fred" ? SIM_KEYS.fred : null,
    now,
    random: () => 0,
    wait: (ms) => {
      waits.push(ms);
      clock.time += ms;
      return Promise.resolve();
    },
    keepReply: (reply) => void kept.push(reply),
    ...rest
  });
  const usual = {symbol: USUAL[id], frequency: "1d", from: FIRST, to: at.slice(0, 10)} as const;
  const kind = id === "ecb" ? "fx" : "series";
  const pull = async (ask: Partial<Ask> = {}) => {
    const all: Pulled[] = [];
    const pages = vendor.pull({kind, ...usual, ...ask}, web, new AbortController().signal);
    for await (const page of pages) all.push(page);
    return all;
  };
  return {vendor, stand, kept, waits, pull, passTo: (later) => void (clock.time = Date.parse(later))};
}

/** Rows as the stand-in's world has them, in the unit of the lake; days on which it has none are left out. */
function truth(
  id: MacroVendor,
  {symbol = USUAL[id], from = FIRST, to = "9999"}: Partial<Ask> = {}
): [string, number][] {
  const {days, values, unit} = vendors!.world().series(`${id === "fred-graph" ? "fred" : id}:${symbol}`);
  const factor = id === "fred" || id === "fred-graph" ? canonicalUnit(unit).factor : 1;
  return days
    .map((day, i) => [day, values[i] * factor] as [string, number])
    .filter(([day, value]) => day >= from && day <= to && Number.isFinite(value));
}

/** The same to a part in a billion: a decimal point that is moved is no product of floats. */
function expectRows(came: readonly [string, number][], wanted: readonly [string, number][]): void {
  expect(came.map(([day]) => day)).toEqual(wanted.map(([day]) => day));
  for (const [i, [, value]] of came.entries()) {
    expect(Math.abs(value - wanted[i][1])).toBeLessThanOrEqual(1e-9 * Math.abs(wanted[i][1]));
  }
}

it.each(EACH)("%s: every row is the stand-in's own, none more and none less", async (id) => {
  const {pull, kept} = await openDesk(id);
  const rows = valuesOf(await pull());
  expect(rows.length).toBeGreaterThan(210);
  expectRows(rows, truth(id));
  expect(kept.length).toBeGreaterThan(0);
  expect(JSON.stringify(kept)).not.toContain(SIM_KEYS.fred);
});

const READ = UNIVERSE.filter(({provider}) => provider !== "yahoo" && provider !== "computed");

it.each(EACH.filter((id) => id !== "fred-graph"))("%s: all that Markets reads of it is there", async (id) => {
  const {pull} = await openDesk(id);
  const rows = READ.filter(({provider}) => provider === id);
  expect(rows.length).toBeGreaterThan(4);
  for (const {symbol, held, unit, kind} of rows) {
    const from = "2025-12-01";
    const pages = await pull({symbol, from, kind});
    expectRows(valuesOf(pages), truth(id, {symbol, from}));
    if (id === "treasury" || id === "new-york-fed") expect(pages[0].facts.unit).toBe(held ?? unit);
  }
});

it("fred and fred-graph: a series of Markets has the same values and unit with and without a key", async () => {
  const rows = READ.filter(({provider}) => provider === "fred");
  const pullAll = async (id: "fred" | "fred-graph") => {
    const {pull, stand} = await openDesk(id);
    const all = [];
    for (const {symbol} of rows) {
      const pages = await pull({symbol, from: "2025-01-01"});
      all.push([symbol, pages[0].facts.unit, valuesOf(pages)]);
    }
    await stand.close();
    return all;
  };
  expect(await pullAll("fred-graph")).toEqual(await pullAll("fred"));
});

const PASSING: VendorFault[] = [
  {kind: "status", status: 429, retryAfterSeconds: 7},
  {kind: "status", status: 429},
  {kind: "status", status: 503},
  {kind: "reset", bytes: 0},
  {kind: "reset", bytes: 700},
  ...[40, 100, 333, 1001, 2503].map((bytes) => ({kind: "truncated", bytes}) as const)
];

it.each(EACH.flatMap((id) => PASSING.map((fault) => [id, fault] as const)))(
  "%s: after %o every row is there once",
  async (id, fault) => {
    const {stand, pull, waits} = await openDesk(id);
    stand.faults[id].next = [fault, fault];
    expectRows(valuesOf(await pull()), truth(id));
    expect(stand.faults[id].next).toEqual([]);
    expect(waits.length).toBeGreaterThan(0);
    const wait = fault.kind === "status" ? (fault.retryAfterSeconds ?? 0) * 1000 : 0;
    if (wait) expect(Math.max(...waits)).toBeGreaterThanOrEqual(wait);
  }
);

const STAYING: [MacroVendor, VendorFault, string][] = [
  ...EACH.flatMap((id): [MacroVendor, VendorFault, string][] => [
    [id, {kind: "status", status: 429}, "rate-limited"],
    [id, {kind: "status", status: 503}, "unavailable"],
    [id, {kind: "html"}, "challenge"],
    [id, {kind: "truncated", bytes: 333}, "truncated"],
    [id, {kind: "truncated", bytes: 0}, "truncated"],
    [id, {kind: "reset", bytes: 0}, "unavailable"],
    [id, {kind: "reset", bytes: 60}, "truncated"],
    ...(id === "fred"
      ? []
      : [[id, {kind: "columns"}, "changed-format"] as [MacroVendor, VendorFault, string]])
  ]),
  ["fred", {kind: "columns"}, "changed-format"],
  ["fred", {kind: "wrong-key"}, "key-wrong"],
  ["fred", {kind: "quota"}, "rate-limited"]
];

it.each(STAYING)("%s: %o is told as %s, and nothing comes", async (id, fault, code) => {
  const {stand, pull} = await openDesk(id);
  stand.faults[id].always = [fault];
  const error = await pull().catch((thrown: Error) => thrown);
  expect(error).toMatchObject({name: "VendorError", code});
  expect((error as Error).message).not.toContain(SIM_KEYS.fred);
});

it.each(EACH)("%s: values that are missing are left out, and the others are whole", async (id) => {
  const {stand, pull} = await openDesk(id);
  stand.faults[id].always = [{kind: "nulls"}];
  const came = valuesOf(await pull());
  const whole = truth(id);
  const days = new Set(came.map(([day]) => day));
  expect(came.length).toBeLessThan(whole.length);
  expect(came.length).toBeGreaterThan(0.8 * whole.length);
  expectRows(
    came,
    whole.filter(([day]) => days.has(day))
  );
});

it("new-york-fed: where the total is not given it is the sum of the kinds", async () => {
  const {stand, pull} = await openDesk("new-york-fed");
  stand.faults["new-york-fed"].always = [{kind: "nulls"}];
  expectRows(valuesOf(await pull({symbol: "SOMA_TOTAL"})), truth("new-york-fed", {symbol: "SOMA_TOTAL"}));
});

it.each([{kind: "html"}, {kind: "columns"}, {kind: "status", status: 404}] satisfies VendorFault[])(
  "treasury: where the feed answers %o the CSV gives the same rows",
  async (fault) => {
    const {stand, pull} = await openDesk("treasury");
    stand.faults.treasury.next = [fault, null, fault, null];
    const ask = {symbol: "BC_2YEAR", from: "2025-12-01"};
    expectRows(valuesOf(await pull(ask)), truth("treasury", ask));
    expect(stand.calls.map(({path}) => path.includes(".csv/"))).toEqual([false, true, false, true]);
  }
);

it("fred: a series keeps its values when its unit changes, in data and metadata", async () => {
  const {stand, pull} = await openDesk("fred");
  const before = valuesOf(await pull({symbol: "WALCL"}));
  stand.faults.fred.always = [{kind: "unit"}];
  const after = await pull({symbol: "WALCL"});
  expectRows(valuesOf(after), before);
  expect(after[0].facts.unit).toBe("usd");
});

it("fred-graph: a series of Markets whose unit changes unsaid is refused, not mixed", async () => {
  const {stand, pull} = await openDesk("fred-graph");
  stand.faults["fred-graph"].always = [{kind: "unit"}];
  await expect(pull({symbol: "WALCL"})).rejects.toMatchObject({code: "changed-format"});
});

/** Rows by day, each later one in place of the earlier: what a lake keeps. */
const merged = (...pulls: [string, number][][]): [string, number][] =>
  [...new Map(pulls.flat()).entries()].sort(([a], [b]) => (a < b ? -1 : 1));

it.each(EACH)(
  "%s: a second run asks for the new days and the overlap, and nothing is lost or doubled",
  async (id) => {
    const {vendor, stand, pull, passTo} = await openDesk(id, {at: "2026-11-06T23:00:00Z"});
    const before = valuesOf(await pull());
    passTo(NOW);
    stand.calls.length = 0;
    const from = addDays(before.at(-1)![0], -vendor.overlapDays);
    const after = valuesOf(await pull({from, to: NOW.slice(0, 10)}));
    expect(after[0][0] >= from).toBe(true);
    expect(before.length).toBeLessThan(truth(id).length);
    const since = from < FIRST ? from : FIRST;
    expectRows(merged(before, after), truth(id, {from: since}));
    for (const {query} of stand.calls) expect(firstAsked(query) >= from.slice(0, 4)).toBe(true);
  }
);

/** First day, or year, that a request asks for; those of metadata ask for none. */
function firstAsked(query: Record<string, string>): string {
  const {startPeriod, observation_start, cosd, field_tdr_date_value, startDate} = query;
  return startPeriod ?? observation_start ?? cosd ?? field_tdr_date_value ?? startDate ?? "9999";
}

it.each(EACH)("%s: values that it has revised come as they are now", async (id) => {
  const {stand, pull} = await openDesk(id);
  const [from, to] = ["2026-11-10", "2026-11-12"];
  stand.faults[id].always = [{kind: "revised", symbol: USUAL[id], from, to, factor: 1.5}];
  const revised = valuesOf(await pull());
  const whole = new Map(truth(id));
  const changed = revised.filter(([day, value]) => Math.abs(value / whole.get(day)! - 1) > 0.1);
  expect(changed.map(([day]) => day)).toEqual([...whole.keys()].filter((day) => day >= from && day <= to));
});

it.each([
  ["ecb", "USDJPY"],
  ["ecb", "EUR/../USD"],
  ["fred", "NOSUCHSERIES"],
  ["fred", "DGS10&api_key=x"],
  ["fred-graph", "NOSUCHSERIES"],
  ["treasury", "BC_30YEARDISPLAY"],
  ["new-york-fed", "SOMA_GOLD"]
] as const)("%s: %s is not known, and asked for nowhere else", async (id, symbol) => {
  const {pull} = await openDesk(id);
  await expect(pull({symbol})).rejects.toMatchObject({code: "unknown-symbol"});
});

it.each([
  ["ecb", "EURXXX"],
  ["treasury", "BC_40YEAR"]
] as const)("%s: %s has nothing, and that is said", async (id, symbol) => {
  const {pull} = await openDesk(id);
  await expect(pull({symbol})).rejects.toMatchObject({code: "no-data"});
});

it.each(EACH)("%s: days before and after all that there is have nothing, and that is said", async (id) => {
  const {pull} = await openDesk(id);
  await expect(pull({from: "2026-11-21", to: "2026-11-22"})).rejects.toMatchObject({code: "no-data"});
  await expect(pull({from: "1901-01-01", to: "1901-01-31"})).rejects.toMatchObject({code: "no-data"});
});

it.each(EACH)("%s: reversed dates are refused before anything is asked", async (id) => {
  const {stand, pull} = await openDesk(id);
  await expect(pull({from: "2026-03-01", to: "2026-02-01"})).rejects.toMatchObject({
    code: "not-what-was-asked"
  });
  expect(stand.calls).toEqual([]);
});

it("fred: a wrong key is told by the setting's name, and shown nowhere", async () => {
  const logs: string[] = [];
  const log = (message: string, fields?: unknown) => void logs.push(message + JSON.stringify(fields));
  const wrong = "0123456789abcdef0123456789abcdef";
  const {pull, kept} = await openDesk("fred", {key: wrong, log});
  const error = await pull().catch((thrown: Error) => thrown);
  expect(error).toMatchObject({
    code: "key-wrong",
    message: "FRED does not take the key: check FRED_API_KEY, 32 letters and digits"
  });
  expect(JSON.stringify([logs, kept, (error as Error).message])).not.toContain(wrong);
});

it("fred: its limit is kept, so that no request is refused", async () => {
  const {stand, pull} = await openDesk("fred", {pacing: true});
  for (let i = 0; i < 70; ++i) await pull({from: "2026-11-01"});
  expect(new Set(stand.calls.map(({status}) => status))).toEqual(new Set([200]));
  expect(stand.calls).toHaveLength(140);
});
