import {expect, it} from "vitest";
import {PROFILES} from "../../../../lib/backtest/contract.js";
import type {Strategy} from "../../../../lib/backtest/event/strategy.js";
import {momentum} from "../../../../lib/backtest/strategies/momentum.js";
import type {Happening} from "../../../../lib/orders/run/decider.js";
import {
  livedThrough,
  revivedHappening,
  type RunSettings,
  shortfallOfRun
} from "../../../../lib/orders/run/lived-run.js";

const SETTINGS: RunSettings = {
  strategy: "momentum",
  parameters: {lookback: 1},
  account: "PAPER",
  symbols: [{symbol: "KILO", currency: "USD", conId: 1}],
  rules: {
    ...PROFILES.default,
    sizing: "close",
    wholeUnits: true,
    wholeEquity: 0.9,
    path: "nearer-extreme",
    end: "leave"
  },
  dryRun: false
};
const create = (): Strategy => momentum({lookback: 1});

const bar = (time: number, open: number, close: number, units: number): Happening => ({
  kind: "bars",
  time,
  bars: [{time, open, high: Math.max(open, close), low: Math.min(open, close), close, volume: NaN}],
  view: {equity: 1000, units: [units], rates: [1]}
});

/** Close rises at the second bar: 0.9 of 1,000 buy 90 at 10, which the backtest gets at the next open, 11. */
const RUN: Happening[] = [
  bar(1000, 9, 9, 0),
  bar(2000, 9, 10, 0),
  {kind: "fill", time: 2500, order: 1, units: 90, price: 11.5, commission: 2, mid: 11.25},
  bar(3000, 11, 12, 90)
];

it("livedThrough(strategy, settings, happenings) gives each fill the close that it was decided at", () => {
  const {fills, bars, cash} = livedThrough(create(), SETTINGS, RUN);
  expect(fills).toEqual([
    {
      symbol: "KILO",
      decidedAt: 2000,
      time: 2500,
      units: 90,
      price: 11.5,
      commission: 2,
      rate: 1,
      mid: 11.25
    }
  ]);
  expect([...bars[0].close]).toEqual([9, 10, 12]);
  expect(cash).toBe(1000);
});

it("livedThrough(strategy, settings, happenings, commissions) takes what was told of an order later, by units", () => {
  const halves = [40, 60].map((units, i): Happening => {
    return {kind: "fill", time: 2500 + i, order: 1, units, price: 11, commission: 0, id: "a"};
  });
  const happenings = [...RUN.slice(0, 2), ...halves];
  const {fills} = livedThrough(create(), SETTINGS, happenings, new Map([["a", 5]]));
  expect(fills.map(({commission}) => commission)).toEqual([2, 3]);
});

it("livedThrough(strategy, settings, []) has no fill, no bar and no cash", () => {
  const {fills, bars, cash} = livedThrough(create(), SETTINGS, []);
  expect([fills, bars[0].time.length, cash]).toEqual([[], 0, null]);
});

it("livedThrough(strategy, settings, happenings) leaves out a fill of an order that was not decided", () => {
  const stray: Happening = {kind: "fill", time: 2500, order: 7, units: 1, price: 1, commission: 0};
  expect(livedThrough(create(), SETTINGS, [...RUN, stray]).fills).toHaveLength(1);
});

it("shortfallOfRun(create, settings, happenings) is what the run paid above the open that the backtest gets", () => {
  const told = shortfallOfRun(create, SETTINGS, RUN);
  expect(told).toMatchObject({
    reason: null,
    currency: "USD",
    from: 1000,
    to: 3000,
    shortfall: {
      trades: [
        {
          symbol: "KILO",
          units: 90,
          price: 11.5,
          assumed: 11,
          delay: 22.5,
          spread: 22.5,
          commission: 2,
          total: 47
        }
      ]
    }
  });
});

it("shortfallOfRun(create, settings, happenings) is the same of what JSON kept", () => {
  const kept = (JSON.parse(JSON.stringify(RUN)) as Happening[]).map(revivedHappening);
  expect(shortfallOfRun(create, SETTINGS, kept)).toEqual(shortfallOfRun(create, SETTINGS, RUN));
});

it("shortfallOfRun(create, settings, happenings) says why there is none", () => {
  const two = {...SETTINGS, symbols: [...SETTINGS.symbols, {symbol: "LIMA", currency: "EUR", conId: 2}]};
  const both = (lima: boolean): Happening => ({
    kind: "bars",
    time: 1000,
    bars: [0, 1].map((k) =>
      k && !lima ? null : {time: 1000, open: 1, high: 1, low: 1, close: 1, volume: NaN}
    ),
    view: {equity: 1000, units: [0, 0], rates: [1, 1]}
  });
  const why = (settings: RunSettings, happenings: Happening[]) =>
    shortfallOfRun(create, settings, happenings).reason;
  expect(why({...SETTINGS, dryRun: true}, RUN)).toBe("it was a dry run: nothing was sent");
  expect(why(SETTINGS, [])).toBe("it has seen no bar yet");
  expect(why(two, [both(false)])).toBe("it has seen no bar of LIMA: the backtest needs one");
  expect(why(two, [both(true)])).toBe(
    "its symbols are in more than one currency: the backtest needs their rates"
  );
});
