import {expect, it, onTestFinished} from "vitest";
import {openIbkrHistory} from "../../cli/ibkr-history.js";
import {rowsOf, type Rows} from "../../lib/lake/columns.js";
import type {Ask} from "../../loaders/vendors/vendor.js";
import type {Web} from "../../loaders/web.js";
import {startTws, type TwsOptions} from "../../sim/tws/service.js";
import {desk} from "./terminal.js";

const NOW = new Date("2026-11-20T22:00:00Z");
const ASK: Ask = {kind: "bars", symbol: "LKMQ", frequency: "1d", from: "2026-11-12", to: "2026-11-20"};

async function stand(options: TwsOptions = {}) {
  const tws = await startTws({clock: () => NOW, ...options});
  onTestFinished(() => tws.close());
  return tws;
}

function history(port: number) {
  const one = openIbkrHistory(
    {IBKR_HOST: "127.0.0.1", IBKR_PORT: port, IBKR_CLIENT_ID: 1},
    {now: () => NOW.getTime(), patienceMs: 2000}
  );
  onTestFinished(() => one.close());
  return async (ask: Partial<Ask> = {}) => {
    const pages = [];
    const web = {now: () => NOW} as Web; // all that is asked of it
    for await (const page of one.vendor.pull({...ASK, ...ask}, web, new AbortController().signal))
      pages.push(page);
    return pages;
  };
}

it("bars come from TWS, beside the desk's own client, as the stand-in's market has them", async () => {
  const tws = await stand();
  const pull = history(tws.port);
  const [{facts, rows}] = await pull();
  expect(tws.clients()).toEqual([1001]);
  expect(facts).toEqual({
    symbol: "LKMQ",
    name: expect.stringMatching(/\w/),
    unit: "USD",
    timeZone: "America/New_York"
  });
  const chips = tws.catalogue.all.find(({symbol, secType}) => symbol === "LKMQ" && secType === "STK")!;
  const days = [
    "2026-11-12",
    "2026-11-13",
    "2026-11-16",
    "2026-11-17",
    "2026-11-18",
    "2026-11-19",
    "2026-11-20"
  ];
  const own = days.map((day) => {
    const [open, close] = [new Date(`${day}T14:30:00Z`), new Date(`${day}T21:00:00Z`)];
    const {open: first, high, low, close: last, volume, average, count} = tws.market.bar(chips, open, close);
    const prices = {open: first, high, low, close: last};
    return {
      symbol: "LKMQ",
      time: close.getTime(),
      day,
      ...prices,
      volume,
      vwap: average,
      trades: count,
      currency: "USD"
    };
  });
  expect(rows).toEqual([rowsOf("bars", own)]);
  const [pounds] = await pull({symbol: "RVGQ:GBP", from: "2026-11-20"});
  expect(pounds.facts).toMatchObject({symbol: "RVGQ:GBP", unit: "GBP", timeZone: "Europe/London"});
  const {columns} = pounds.rows[0] as Rows<"bars">;
  expect(columns.close[0]).toBeGreaterThan(1);
  expect(columns.close[0]).toBeLessThan(20); // not pence
  const [euro] = await pull({symbol: "EUR.USD", from: "2026-11-18", to: "2026-11-18"});
  expect((euro.rows[0] as Rows<"bars">).columns.volume[0]).toBeNaN();
});

it("an ambiguous symbol is offered by numbers, which are taken; an unknown one is said", async () => {
  const tws = await stand();
  const pull = history(tws.port);
  const shares = tws.catalogue.all.filter(({secType}) => secType === "STK");
  const {symbol} = shares.find((one) => shares.filter((other) => other.symbol === one.symbol).length > 1)!;
  const error = await pull({symbol}).catch((reason: unknown) => reason as Error);
  expect(error).toMatchObject({
    code: "unknown-symbol",
    message: expect.stringMatching(/is several contracts: write one of \d+ \(EUR, \w+\), \d+ \(USD, \w+\)$/)
  });
  const [, number] = /one of (\d+)/.exec((error as Error).message)!;
  const [{facts}] = await pull({symbol: number, from: "2026-11-20"});
  expect([facts.symbol, facts.unit]).toEqual([number, "EUR"]);
  await expect(pull({symbol: "NOSUCH"})).rejects.toMatchObject({code: "unknown-symbol"});
});

it("with nobody there, or a client id that is in use, the pull says so at once", async () => {
  const tws = await stand({faults: {taken: new Set([1001])}});
  await expect(history(tws.port)()).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringMatching(/^no link to TWS: .*1001/)
  });
  const port = tws.port;
  await tws.close();
  await expect(history(port)()).rejects.toMatchObject({code: "unavailable"});
});

it("pull ibkr writes bars to the lake, and the catalog shows them", async () => {
  const tws = await stand({clock: () => new Date()});
  const {run} = desk();
  const settings = {IBKR_PORT: String(tws.port)};
  const first = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
  const {code, json, stderr} = await run(
    ["pull", "ibkr", "LKMQ", "NOSUCH", "--from", first, "--json"],
    settings
  );
  expect(code).toBe(1);
  expect(stderr).toContain(
    "ibkr NOSUCH: IBKR knows no NOSUCH: write AAPL, VOD:GBP, EUR.USD or a contract's number\n"
  );
  expect(json()).toMatchObject({
    symbols: {done: 2, total: 2},
    failures: [{vendor: "ibkr", symbol: "NOSUCH"}]
  });
  expect(json().rows.new).toBeGreaterThan(15);
  const catalog = await run(["catalog", "--json"], settings);
  expect(JSON.stringify(catalog.json())).toContain("ibkr/bars/markets/1d");
}, 60_000);
