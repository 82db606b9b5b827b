import {expect, it} from "vitest";
import {createFigures} from "../../../lib/ledger/figures.js";
import type {RollingQuery} from "../../../lib/ledger/rolling-view.js";
import type {ViewContext} from "../../../lib/ledger/views.js";
import {sessionsBetween} from "../../../lib/time/calendar.js";
import {CONTEXT, ledgerOf, navRows} from "./tables.js";

const DAYS = sessionsBetween("2025-01-02", "2025-03-31");
/** +1 % and -1 % in turn; the benchmark moves half as much. */
const walk = (step: number) => DAYS.map((_, i) => 1000 * (i % 2 ? 1 + step : 1));
const BENCHMARK = {
  name: "Half",
  kind: "price return" as const,
  currency: "USD",
  closes: DAYS.map((day, i): [string, number] => [day, walk(0.005)[i]])
};
const ledger = ledgerOf({
  nav: navRows(Object.fromEntries(DAYS.map((day, i) => [day, String(walk(0.01)[i])])))
});
const rolling = (query: RollingQuery, context: Partial<ViewContext> = {}) =>
  createFigures(ledger, {...CONTEXT, benchmark: BENCHMARK, ...context}).rolling(query);

it("rolling({measure: volatility, window: 21}) is the deviation of the last 21 returns, none before", () => {
  const {days, portfolio, theirs, reason} = rolling({measure: "volatility", window: 21});
  expect(reason).toBeNull();
  expect(days).toEqual(DAYS.slice(1));
  expect(portfolio.slice(0, 20)).toEqual(Array.from({length: 20}, () => null));
  // 11 returns of 1 % and 10 of 1000 / 1010 - 1, sample deviation, times the root of 252
  const [up, down] = [0.01, 1000 / 1010 - 1];
  const mean = (11 * up + 10 * down) / 21;
  const variance = (11 * (up - mean) ** 2 + 10 * (down - mean) ** 2) / 20;
  expect(portfolio[20]).toBeCloseTo(Math.sqrt(variance * 252), 12);
  expect(theirs[20]).toBeLessThan(portfolio[20] ?? 0);
});

it("rolling({measure: beta}) of twice the benchmark's moves is about two, its correlation one", () => {
  const beta = rolling({measure: "beta", window: 21});
  expect(beta.benchmark).toBe("Half");
  expect(beta.portfolio.at(-1)).toBeCloseTo(2, 1);
  expect(rolling({measure: "correlation", window: 21}).portfolio.at(-1)).toBeCloseTo(1, 9);
});

it("rolling() with a window longer than the range, or without a benchmark, says so", () => {
  expect(rolling({window: 252}).reason).toBe("fewer than 252 returns in the range");
  expect(rolling({measure: "beta"}, {benchmark: null}).reason).toContain("tearsheet benchmark add");
});

it("rolling({measure: sharpe}) of profile portfolio-analyst takes the bill off each return, else is n/a", () => {
  const query = {measure: "sharpe", window: 21, profile: "portfolio-analyst"} as const;
  expect(rolling(query).reason).toContain("no series of the three-month bill");
  const bill = {name: "3-month bill", yields: [["2025-01-02", 4]] as [string, number][]};
  const [plain, less] = [rolling({...query, profile: "default"}), rolling(query, {riskFree: bill})];
  const daily = 1.04 ** (1 / 252) - 1;
  const deviation = (rolling({measure: "volatility", window: 21}).portfolio.at(-1) ?? NaN) / Math.sqrt(252);
  expect((plain.portfolio.at(-1) ?? NaN) - (less.portfolio.at(-1) ?? NaN)).toBeCloseTo(
    (daily / deviation) * Math.sqrt(252),
    9
  );
  expect(less.constants.join()).toContain("3-month bill");
});
