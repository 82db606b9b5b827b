import {afterAll, beforeAll, expect, it} from "vitest";
import type {Pulled} from "../../../loaders/vendors/vendor.js";
import {SIM_KEYS, type VendorFault} from "../../../sim/vendors/service.js";
import {bars, EACH, openDesk, type PriceVendor, startShared} from "./desk.js";
// the real clients against the stand-ins, whose own series every row is compared with

let shared: Awaited<ReturnType<typeof startShared>>;
beforeAll(async () => {
  shared = await startShared();
});
afterAll(() => shared.stand.close());
const open = (id: PriceVendor, options: Parameters<typeof openDesk>[2] = {}) => openDesk(shared, id, options);

const PASSING: VendorFault[] = [
  {kind: "status", status: 429, retryAfterSeconds: 7},
  {kind: "status", status: 429},
  {kind: "status", status: 503},
  {kind: "reset", bytes: 0},
  {kind: "reset", bytes: 700},
  ...[40, 100, 333, 1000, 2500].map((bytes) => ({kind: "truncated", bytes}) as const)
];

it.each(EACH.flatMap((id) => PASSING.map((fault) => [id, fault] as const)))(
  "%s: after %o every row is there once",
  async (id, fault) => {
    const desk = open(id);
    desk.spoil({next: [fault, fault]});
    expect(bars(await desk.pull())).toEqual(desk.truth());
    expect(desk.stand.faults[id].next).toEqual([]);
    const wait = fault.kind === "status" ? (fault.retryAfterSeconds ?? 0) * 1000 : 0;
    expect(desk.waits.length).toBeGreaterThan(0);
    if (wait) expect(Math.max(...desk.waits)).toBeGreaterThanOrEqual(wait);
  }
);

const STAYING: [PriceVendor, VendorFault, string][] = [
  ...EACH.flatMap((id): [PriceVendor, VendorFault, string][] => [
    [id, {kind: "status", status: 429}, "rate-limited"],
    [id, {kind: "status", status: 503}, "unavailable"],
    [id, {kind: "html"}, "challenge"],
    [id, {kind: "truncated", bytes: 333}, "truncated"],
    [id, {kind: "truncated", bytes: 0}, "truncated"],
    [id, {kind: "reset", bytes: 0}, "unavailable"],
    [id, {kind: "reset", bytes: 60}, "truncated"],
    [id, {kind: "columns"}, "changed-format"],
    [id, {kind: "clock", days: 1}, "refused"],
    [id, {kind: "clock", days: -1}, "refused"]
  ]),
  ["binance", {kind: "status", status: 418, retryAfterSeconds: 300}, "banned"],
  ["binance", {kind: "status", status: 451}, "refused"],
  ["polygon", {kind: "wrong-key"}, "key-wrong"],
  ["polygon", {kind: "status", status: 403}, "not-entitled"],
  ["polygon", {kind: "quota"}, "rate-limited"],
  ["stooq", {kind: "quota"}, "quota-used"]
];

it.each(STAYING)("%s: %o is told as %s, and nothing comes", async (id, fault, code) => {
  const desk = open(id);
  desk.spoil({always: [fault]});
  const came: Pulled[] = [];
  const pulling = (async () => {
    for await (const page of desk.pages()) came.push(page);
  })();
  await expect(pulling).rejects.toMatchObject({name: "VendorError", code});
  await pulling.catch(({message}: Error) => {
    expect(message).toMatch(/^[^A-Z].*|^(Yahoo|Polygon|Binance|Stooq).*/);
    expect(message).not.toContain(SIM_KEYS.polygon);
  });
  expect(came).toEqual([]);
});

it("polygon: a wrong key is told, and shown nowhere", async () => {
  const logs: string[] = [];
  const log = (message: string, fields?: unknown) => void logs.push(message + JSON.stringify(fields));
  const desk = open("polygon", {key: "wrong+key/1", log});
  const error = await desk.pull().then(String, (thrown: Error) => thrown);
  expect(error).toMatchObject({
    code: "key-wrong",
    message: expect.stringContaining("it does not take the key: check POLYGON_API_KEY")
  });
  expect(JSON.stringify([logs, desk.kept, (error as Error).message])).not.toMatch(/wrong(\+|%2B)key/);
});

it.each([
  ["yahoo", "NOPE"],
  ["yahoo", "ZQF20.CBT"],
  ["yahoo", "A/../B?c=d&e#f"],
  ["yahoo", "../../v10/finance"],
  ["polygon", "NOPE"],
  ["polygon", "A/B?c=d"],
  ["binance", "NOPEUSDT"],
  ["stooq", "nope.us"],
  ["stooq", "a&b=c"]
] as const)("%s: %s is not known, and asked for nowhere else", async (id, symbol) => {
  const desk = open(id);
  await expect(desk.pull({symbol})).rejects.toMatchObject({code: "unknown-symbol"});
  const places = {
    yahoo: /^\/v8\/finance\/chart\//,
    polygon: /^\/(v2\/aggs\/ticker|v3\/reference\/tickers)\//,
    binance: /^\/api\/v3\/exchangeInfo$/,
    stooq: /^\/q\/d\/l\/$/
  };
  for (const {path} of desk.stand.calls) expect(path).toMatch(places[id]);
});

it.each(EACH)("%s: reversed dates are refused before anything is asked", async (id) => {
  const desk = open(id);
  await expect(desk.pull({from: "2026-03-01", to: "2026-02-01"})).rejects.toMatchObject({
    code: "not-what-was-asked"
  });
  expect(desk.stand.calls).toEqual([]);
});

it("stooq: today's site is recognized for what it is", async () => {
  const desk = open("stooq", {at: "2026-11-20T22:00:00Z"});
  await expect(desk.pull()).rejects.toMatchObject({
    code: "challenge",
    message:
      "Stooq answered a web page that checks who is asking instead of CSV: it keeps programs out, download the file in a browser and import it"
  });
});

it("polygon: five requests a minute are kept, so that none is refused", async () => {
  const paced = await startShared({pacing: true});
  const desk = openDesk(paced, "polygon");
  for (let i = 0; i < 12; ++i) await desk.pull();
  expect(desk.stand.calls.map(({status}) => status)).toEqual(Array.from({length: 12}, () => 200));
  expect(desk.waits).toEqual([61_000, 61_000]);
  await paced.stand.close();
});
