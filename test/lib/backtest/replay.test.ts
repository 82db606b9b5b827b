import * as fc from "fast-check";
import {expect, it} from "vitest";
import {type Bars, sliceBars} from "../../../lib/backtest/bars.js";
import type {EventOptions} from "../../../lib/backtest/event/engine.js";
import type {Strategy} from "../../../lib/backtest/event/strategy.js";
import {replayTruncated} from "../../../lib/backtest/replay.js";
import {STRATEGIES} from "../../../lib/backtest/strategies/index.js";
import {generatePositions} from "../../../lib/backtest/vector/positions.js";
import {long} from "../../long.js";
import {barsOf, DAY, type Row, script} from "./bars.js";

const walk = (symbol: string) =>
  fc
    .tuple(fc.array(fc.integer({min: -9, max: 9}), {minLength: 4, maxLength: 40}), fc.nat(3))
    .map(([steps, from]) => {
      let price = 100;
      const rows = steps.map((step): Row => {
        const open = price;
        price = Math.max(price + step, 10);
        return [open, Math.max(open, price) + 1, Math.min(open, price) - 1, price];
      });
      return barsOf(rows, {symbol, days: rows.map((_, i) => from + i + (i > 4 ? 2 : 0))});
    });

const BARS = barsOf(
  [10, 12, 9, 14, 8, 15, 7, 16].map((close, i, all): Row => [all[i - 1] ?? 10, 16, 7, close])
);

/** Wants to hold a share of the equity that a rule gives from the closes it was made with, and the bar it is asked at. */
const holding =
  (share: (closes: Float64Array, i: number) => number) =>
  (bars: readonly Bars[]): Strategy => {
    const [{symbol, time, close}] = bars;
    return {
      name: "planted",
      decide: ({now}, desk) => desk.signal(symbol, share(close, time.indexOf(now)))
    };
  };

it.each([...STRATEGIES])("%s does the same on bars cut at any time", (_, {parameters, create}) => {
  const values = Object.fromEntries(parameters.map((name, i) => [name, i + 2]));
  fc.assert(
    fc.property(walk("A"), walk("B"), (a, b) => {
      expect(replayTruncated(() => create(values), {bars: [a, b]})).toBeUndefined();
    }),
    {numRuns: long(300)}
  );
});

it.each([
  ["sma-cross", {fast: 1, slow: 3}],
  ["breakout", {lookback: 2}]
])("%s with every exit does the same on bars cut at any time", (name, entry) => {
  const exits = fc.record({
    stop: fc.integer({min: 100, max: 900}),
    target: fc.integer({min: 100, max: 900}),
    trail: fc.integer({min: 100, max: 900}),
    hold: fc.integer({min: 1, max: 9})
  });
  fc.assert(
    fc.property(walk("A"), walk("B"), exits, (a, b, given) => {
      const create = () => STRATEGIES.get(name)!.create({...entry, ...given});
      expect(replayTruncated(create, {bars: [a, b]})).toBeUndefined();
    }),
    {numRuns: long(300)}
  );
});

it.each([...STRATEGIES])(
  "%s wants the same shares by column on bars cut at any time",
  (name, {parameters}) => {
    const values = Object.fromEntries(parameters.map((parameter, i) => [parameter, i + 2]));
    fc.assert(
      fc.property(walk("A"), fc.nat(40), (bars, at) => {
        const length = 1 + (at % bars.time.length);
        const cut = (column: Float64Array) => column.slice(0, length);
        const short = sliceBars(bars, 0, length);
        expect(generatePositions(short, name, values)).toEqual(cut(generatePositions(bars, name, values)));
      }),
      {numRuns: long(1000)}
    );
  }
);

it("replayTruncated(...) finds a look at the next close, at the first cut that it decides", () => {
  // up if the next close is higher: at day 0 the next one, 12, is; with bars up to day 0 there is none
  const peeking = holding((closes, i) => (closes[i + 1] > closes[i] ? 1 : 0));
  const found = replayTruncated(peeking, {bars: [BARS]})!;
  expect(found).toMatchObject({
    time: 0,
    cut: 0,
    whole: {kind: "signal", share: 1},
    short: {kind: "signal", share: 0}
  });
  expect(found.sentence).toBe(
    "at 1970-01-01T00:00:00.000Z it knew more than it could: signal (symbol A, share 1) with all bars, " +
      "signal (symbol A, share 0) with bars up to 1970-01-01T00:00:00.000Z"
  );
});

it("replayTruncated(...) finds a mean over bars that are still to come, with a single cut", () => {
  const scaled = holding((closes, i) =>
    closes[i] > closes.reduce((sum, c) => sum + c, 0) / closes.length ? 1 : 0
  );
  // by all bars the mean is 13.6, by the first four it is 11.25: the second close, 12, is above it or below
  const bars = barsOf([10, 12, 9, 14, 16, 16, 16, 16].map((close): Row => [10, 16, 7, close]));
  expect(replayTruncated(scaled, {bars: [bars]}, {cuts: 1})).toMatchObject({time: DAY, cut: 3 * DAY});
});

it("replayTruncated(...) finds one who sells before the last bar", () => {
  const fleeing = holding((closes, i) => (i === closes.length - 1 ? 0 : 1));
  expect(replayTruncated(fleeing, {bars: [BARS]})).toMatchObject({cut: 0, time: 0});
});

it("replayTruncated(...) passes one who prepares the past alone", () => {
  const honest = holding((closes, i) => (closes[i] > closes[Math.max(i - 1, 0)] ? 1 : 0));
  expect(replayTruncated(honest, {bars: [BARS]})).toBeUndefined();
});

it("replayTruncated(...) finds a look-ahead by one bar wherever it is planted", () => {
  fc.assert(
    fc.property(walk("A"), fc.nat(38), (bars, day) => {
      const at = day % (bars.time.length - 1);
      const once = holding((closes, i) => (i === at && closes[i + 1] !== undefined ? 1 : 0));
      const found = replayTruncated(once, {bars: [bars]});
      expect(found).toMatchObject({time: bars.time[at], cut: bars.time[at]});
    }),
    {numRuns: long(500)}
  );
});

it("replayTruncated(...) finds one that keeps something between runs", () => {
  let runs = 0;
  const create = () => {
    const share = ++runs % 2;
    return {
      name: "counting",
      decide: (_: unknown, desk: Parameters<Strategy["decide"]>[1]) => desk.signal("A", share)
    };
  };
  expect(replayTruncated(create, {bars: [BARS]})).toMatchObject({
    cut: null,
    sentence: expect.stringMatching(/^two runs on the same bars part at 1970-01-01T/) as string
  });
});

it("replayTruncated(...) is not misled by what ends a run, nor by actions and rates to come", () => {
  const other = barsOf(
    [5, 6, 5, 6].map((close): Row => [5, 6, 5, close]),
    {symbol: "B", currency: "EUR"}
  );
  const options: EventOptions = {
    bars: [BARS, other],
    actions: new Map([
      [
        "A",
        [
          {bar: 3, kind: "split", value: 2},
          {bar: 5, kind: "dividend", value: 0.5}
        ] as const
      ],
      ["B", [{bar: 4, kind: "delisting", value: 1}] as const]
    ]),
    rates: [{currency: "EUR", time: Float64Array.of(0, 4 * DAY), rate: Float64Array.of(1.1, 1.2)}]
  };
  const both = () =>
    script({
      0: (desk) => {
        desk.signal("A", 0.4, {bracket: {stop: 7, target: 16}});
        desk.signal("B", 0.4);
      },
      2: (desk) => desk.order({symbol: "A", side: "buy", units: 1, type: "LMT", limit: 8})
    });
  expect(replayTruncated(both, options)).toBeUndefined();
});

it("replayTruncated(...) cuts whole sessions where an order waits for their close", () => {
  const hours = barsOf(
    Array.from({length: 12}, (_, i): Row => [10, 12, 9, 10 + (i % 3)]),
    {days: Array.from({length: 12}, (_, i) => Math.floor(i / 4) + (i % 4) / 8)}
  );
  const atClose = () => script({0: (desk) => desk.order({symbol: "A", side: "buy", units: 1, type: "MOC"})});
  expect(replayTruncated(atClose, {bars: [hours]})).toBeUndefined();
});

it("replayTruncated(...) of a strategy that throws agrees with itself", () => {
  const broken = () => script({3: () => expect.unreachable()});
  expect(replayTruncated(broken, {bars: [BARS]})).toBeUndefined();
});

it("replayTruncated(...) of one bar has nothing to cut", () => {
  const peeking = holding((closes, i) => (closes[i + 1] > 0 ? 1 : 0));
  expect(replayTruncated(peeking, {bars: [barsOf([[1, 1, 1, 1]])]})).toBeUndefined();
  expect(() => replayTruncated(peeking, {bars: [BARS]}, {cuts: 0})).toThrow("invalid cuts: 0");
  expect(() => replayTruncated(peeking, {bars: [barsOf([])]})).toThrow("there are no bars of A");
});
