import {expect, it} from "vitest";
import {liveSum} from "../../../lib/live/accounts.js";
import type {AccountFigures, LiveNav} from "../../../lib/live/figures.js";

const SEAM = {day: "2026-11-20", value: "990.5"};

const nav = (account: string, value: number, part: Partial<LiveNav> = {}): LiveNav => ({
  account,
  currency: "USD",
  source: "ibkr",
  value,
  at: 1000,
  seam: SEAM,
  ...part
});
const figures = (account: string, daily: number | null, rates: Record<string, number> = {USD: 1}) =>
  [
    account,
    {account, currency: "USD", rates, profit: {daily, unrealized: null, realized: null}}
  ] as unknown as [string, AccountFigures]; // what is read of them
const all = {chosen: [], currency: null};

it("liveSum(navs) adds what is live, and what the statements of the same day said beside it", () => {
  const sum = liveSum(
    [nav("A", 1000), nav("B", 500, {at: 400})],
    new Map([figures("A", 3), figures("B", -1)]),
    all
  );
  expect(sum).toEqual({
    accounts: ["A", "B"],
    currency: "USD",
    value: 1500,
    at: 400,
    source: "ibkr",
    daily: 2,
    seam: {day: "2026-11-20", value: 1981},
    reason: null
  });
});

it("liveSum(navs) leaves out accounts without a statement, and those out of view", () => {
  const navs = [nav("A", 1000), nav("B", 500), nav("PAPER", 100_000, {seam: null})];
  expect(liveSum(navs, new Map(), {chosen: ["B"], currency: null})?.value).toBe(500);
  expect(liveSum(navs, new Map(), all)?.accounts).toEqual(["A", "B"]);
  expect(liveSum(navs, new Map(), {chosen: ["PAPER"], currency: null})).toBeNull();
  expect(liveSum([], new Map(), all)).toBeNull();
});

it("liveSum(navs) converts at the broker's rate, and then joins no statement", () => {
  const known = new Map([figures("A", 10, {USD: 1, EUR: 1.25})]);
  expect(liveSum([nav("A", 1000)], known, {chosen: [], currency: "EUR"})).toMatchObject({
    value: 800,
    daily: 8,
    seam: null
  });
  expect(liveSum([nav("A", 1000)], known, {chosen: [], currency: "CHF"})).toMatchObject({
    value: null,
    reason: "the broker told no rate to CHF"
  });
});

it("liveSum(navs) joins no statements of different days, and no daily profit that one lacks", () => {
  const navs = [nav("A", 1000), nav("B", 500, {seam: {day: "2026-11-19", value: "1"}})];
  const sum = liveSum(navs, new Map([figures("A", 3), figures("B", null)]), all);
  expect(sum).toMatchObject({value: 1500, seam: null, daily: null});
});
