import {connect} from "node:net";
import {expect, it} from "vitest";
import {VENDOR_IDS} from "../../../sim/vendors/vendor.js";
import {FRIDAY, get, SIM_KEYS, stand, text} from "./stand.js";

const RATES = "/api/rates/unsecured/effr/last/3.json";

it("every vendor has its own base path on one server", async () => {
  const {urls} = await stand();
  expect(Object.keys(urls)).toEqual([...VENDOR_IDS]);
  expect(new Set(Object.values(urls).map((url) => new URL(url).origin)).size).toBe(1);
  expect(urls["new-york-fed"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/new-york-fed$/);
  expect((await fetch(`${new URL(urls.ecb).origin}/nobody`)).status).toBe(404);
  expect((await fetch(urls.ecb, {method: "POST"})).status).toBe(404);
});

it("every call is kept with its status, and without any key", async () => {
  const vendors = await stand();
  await get(vendors, "fred", `/fred/series?series_id=DGS10&api_key=${SIM_KEYS.fred}&file_type=json`);
  await get(vendors, "polygon", `/v3/reference/tickers/AAPL?apiKey=wrong`);
  expect(vendors.calls).toEqual([
    {
      vendor: "fred",
      path: "/fred/series",
      query: {series_id: "DGS10", file_type: "json"},
      at: FRIDAY,
      status: 200
    },
    {vendor: "polygon", path: "/v3/reference/tickers/AAPL", query: {}, at: FRIDAY, status: 401}
  ]);
  expect(JSON.stringify(vendors.calls)).not.toContain(SIM_KEYS.fred);
});

it("answers tell the time by the clock, and come in pieces without a length", async () => {
  const vendors = await stand();
  const response = await get(vendors, "new-york-fed", "/api/soma/summary.json");
  expect(response.headers.get("date")).toBe("Fri, 20 Nov 2026 22:30:00 GMT");
  expect(response.headers.get("content-length")).toBeNull();
  expect(response.headers.get("transfer-encoding")).toBe("chunked");
});

it("faults that are next spoil one answer each, in order; null lets one pass", async () => {
  const vendors = await stand();
  const whole = await text(vendors, "new-york-fed", RATES);
  vendors.faults["new-york-fed"].next.push(
    {kind: "status", status: 503},
    null,
    {kind: "status", status: 500},
    {kind: "html"},
    {kind: "truncated", bytes: 40},
    {kind: "status", status: 429, retryAfterSeconds: 3}
  );
  const status = async () => (await get(vendors, "new-york-fed", RATES)).status;
  expect(await status()).toBe(503);
  expect(await text(vendors, "new-york-fed", RATES)).toBe(whole);
  expect(await status()).toBe(500);
  const page = await get(vendors, "new-york-fed", RATES);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=UTF-8"]);
  expect(await page.text()).toMatch(/^<!DOCTYPE html>.*Just a moment/);
  expect(await text(vendors, "new-york-fed", RATES)).toBe(whole.slice(0, 40));
  const many = await get(vendors, "new-york-fed", RATES);
  expect([many.status, many.headers.get("retry-after")]).toEqual([429, "3"]);
  expect(await text(vendors, "new-york-fed", RATES)).toBe(whole);
  expect(vendors.calls.map((call) => call.status)).toEqual([200, 503, 200, 500, 200, 200, 429, 200]);
});

it("faults that stand always spoil every answer of their vendor, and of no other", async () => {
  const vendors = await stand({faults: {ecb: {always: [{kind: "status", status: 503}]}}});
  const ask = "/service/data/EXR/D.USD.EUR.SP00.A?lastNObservations=1&format=csvdata";
  expect((await get(vendors, "ecb", ask)).status).toBe(503);
  expect((await get(vendors, "ecb", ask)).status).toBe(503);
  expect((await get(vendors, "new-york-fed", RATES)).status).toBe(200);
  vendors.faults.ecb.always = [];
  expect((await get(vendors, "ecb", ask)).status).toBe(200);
});

it("a connection breaks before the answer or in the middle of it", async () => {
  const vendors = await stand();
  vendors.faults["new-york-fed"].next.push({kind: "reset", bytes: 0}, {kind: "reset", bytes: 40});
  await expect(get(vendors, "new-york-fed", RATES)).rejects.toThrow();
  await expect(text(vendors, "new-york-fed", RATES)).rejects.toThrow();
  expect((await get(vendors, "new-york-fed", RATES)).status).toBe(200);
});

it("a slow answer comes when it was told to", async () => {
  const vendors = await stand();
  vendors.faults["new-york-fed"].next.push({kind: "slow", ms: 80});
  const before = performance.now();
  await text(vendors, "new-york-fed", RATES);
  expect(performance.now() - before).toBeGreaterThanOrEqual(75);
});

it("the clock moves the world: a later request knows one session more", async () => {
  let now = new Date("2026-11-19T22:30:00Z");
  const vendors = await stand({now: () => now});
  const days = () => vendors.world().series("yahoo:^GSPC").days;
  expect(days().at(-1)).toBe("2026-11-19");
  now = new Date("2026-11-20T22:30:00Z");
  expect(days().slice(-2)).toEqual(["2026-11-19", "2026-11-20"]);
});

it("close() ends the service with connections open", async () => {
  const vendors = await stand();
  const {port} = new URL(vendors.urls.ecb);
  const socket = connect(Number(port), "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", resolve));
  const closed = new Promise((resolve) => socket.once("close", resolve));
  await vendors.close();
  await closed;
  await expect(fetch(vendors.urls.ecb)).rejects.toThrow();
});
