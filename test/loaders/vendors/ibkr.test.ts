import {expect, it} from "vitest";
import {createIbkr, type History, type HistoryPage, rowsOfHistory} from "../../../loaders/vendors/ibkr.js";
import type {Ask} from "../../../loaders/vendors/vendor.js";
import type {Web} from "../../../loaders/web.js";

const FACTS = {symbol: "AAPL", name: "Apple Inc", unit: "USD", timeZone: "America/New_York"};
const BAR = {open: 10, high: 12, low: 9, close: 11, volume: 500, vwap: 10.5, trades: 7};
const at = (text: string) => Date.parse(`${text}Z`);
const iso = (time: number | null | undefined) => new Date(time!).toISOString().slice(0, 16);

const page = (bars: HistoryPage["bars"], trading: HistoryPage["trading"] = "session"): HistoryPage => ({
  facts: FACTS,
  trading,
  bars
});
const day = (date: string) => ({day: date, from: null, ...BAR});
const hour = (time: string) => ({day: time.slice(0, 10), from: at(time), ...BAR});

it("rowsOfHistory gives a day the close of its session, and leaves out one that is still open", () => {
  const bars = [day("2026-11-19"), day("2026-11-20")];
  const rows = rowsOfHistory(page(bars), {symbol: "AAPL", frequency: "1d"}, at("2026-11-20T20:59"));
  expect(rows).toEqual([
    {symbol: "AAPL", time: at("2026-11-19T21:00"), day: "2026-11-19", currency: "USD", ...BAR}
  ]);
  const [, later] = rowsOfHistory(page(bars), {symbol: "AAPL", frequency: "1d"}, at("2026-11-20T21:00"));
  expect(iso(later.time)).toBe("2026-11-20T21:00");
});

it("rowsOfHistory gives a future's day the close of 17:00 in New York", () => {
  const [row] = rowsOfHistory(
    page([day("2026-11-19")], "future"),
    {symbol: "1", frequency: "1d"},
    at("2026-11-21T00:00")
  );
  expect(iso(row.time)).toBe("2026-11-19T22:00");
});

it("rowsOfHistory ends an hour where the next one begins: IBKR's first one is half an hour", () => {
  const bars = [hour("2026-11-20T14:30"), hour("2026-11-20T15:00"), hour("2026-11-20T16:00")];
  const rows = rowsOfHistory(page(bars), {symbol: "AAPL", frequency: "1h"}, at("2026-11-20T16:59"));
  expect(rows.map(({time}) => iso(time))).toEqual(["2026-11-20T15:00", "2026-11-20T16:00"]);
});

const web = {now: () => new Date("2026-11-21T00:00:00Z")} as Web; // all that is asked of it
const ASK: Ask = {kind: "bars", symbol: "AAPL", frequency: "1d", from: "2026-11-18", to: "2026-11-20"};

async function pull(history: History, ask: Partial<Ask> = {}) {
  const all = [];
  for await (const one of createIbkr(history).pull({...ASK, ...ask}, web, new AbortController().signal))
    all.push(one);
  return all;
}

it("pull(ask) yields each page's closed bars in canonical columns", async () => {
  const asked: Ask[] = [];
  const pages = await pull(async function* (ask) {
    asked.push(ask);
    yield page([day("2026-11-18")]);
    yield page([]);
    yield page([day("2026-11-19"), day("2026-11-20")]);
  });
  expect(asked).toEqual([ASK]);
  expect(pages.map(({facts, rows}) => [facts, rows[0].kind, rows[0].length])).toEqual([
    [FACTS, "bars", 1],
    [FACTS, "bars", 2]
  ]);
});

it("pull(ask) says so when there is no closed bar, and asks for nothing that is not offered", async () => {
  const none: History = async function* () {};
  await expect(pull(none)).rejects.toMatchObject({
    code: "no-data",
    message: "Interactive Brokers has nothing of AAPL from 2026-11-18 to 2026-11-20"
  });
  await expect(pull(none, {frequency: "1mo"})).rejects.toMatchObject({code: "not-what-was-asked"});
});
