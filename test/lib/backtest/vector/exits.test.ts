import * as fc from "fast-check";
import {expect, it} from "vitest";
import {randomWalk} from "../../../../bench/backtest/walk.js";
import type {Bars} from "../../../../lib/backtest/bars.js";
import {type ExecutionRules, PROFILES} from "../../../../lib/backtest/contract.js";
import {proportionalCosts} from "../../../../lib/backtest/costs/costs.js";
import {runEvents} from "../../../../lib/backtest/event/engine.js";
import {exitsOf} from "../../../../lib/backtest/exits.js";
import {STRATEGIES} from "../../../../lib/backtest/strategies/index.js";
import {generatePositions} from "../../../../lib/backtest/vector/positions.js";
import {runVector} from "../../../../lib/backtest/vector/run.js";
import {long} from "../../../long.js";
import {barsOf, DAY} from "../bars.js";
import {expectEqual} from "./equal.js";

const distance = fc.option(fc.constantFrom(1, 50, 200, 500, 1500, 4000), {nil: undefined});
const exits = fc.record({
  stop: distance,
  target: distance,
  trail: distance,
  hold: fc.option(fc.integer({min: 1, max: 12}), {nil: undefined})
});

/** Parameters of a strategy with the exits that were drawn: breakout has to have a trail. */
const chosen = fc
  .tuple(fc.constantFrom("sma-cross", "breakout"), exits, fc.integer({min: 1, max: 4}), fc.nat(6))
  .map(([name, drawn, first, more]) => {
    const given = Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined));
    const entry =
      name === "sma-cross" ? {fast: first, slow: first + 1 + more} : {lookback: first + more, trail: 300};
    return {name, parameters: {...entry, ...given} as Record<string, number>};
  });

const walks = fc.record({
  seed: fc.integer({min: 0, max: 1e6}),
  length: fc.integer({min: 1, max: 150}),
  move: fc.constantFrom(0.01, 0.05, 0.3),
  digits: fc.constantFrom(0, 1, 8)
});

const rate = (value: number, unit: number) =>
  fc.constantFrom(
    {of: "value" as const, rate: 0},
    {of: "value" as const, rate: value},
    {of: "unit" as const, rate: unit}
  );
const rates = fc.record({commission: rate(0.0013, 0.0071), slippage: rate(0.0007, 0.013)});

const rules: fc.Arbitrary<ExecutionRules> = fc.oneof(
  fc.constantFrom(...Object.values(PROFILES)),
  fc.record({
    fill: fc.constantFrom("next-open", "same-close"),
    firstDecision: fc.nat(3),
    sizing: fc.constantFrom("fill", "close"),
    wholeEquity: fc.constantFrom(1, 0.9975),
    wholeUnits: fc.boolean(),
    path: fc.constantFrom("pessimistic", "optimistic", "nearer-extreme"),
    volumeShare: fc.constant(null),
    exclusive: fc.constant(false),
    margin: fc.constantFrom(1, 0.5),
    slippage: fc.constantFrom("fills", "entries"),
    ruin: fc.constantFrom("debt", "zero"),
    end: fc.constantFrom("close", "leave", "last-bar-again")
  })
);

/** Prices of a walk, kept above one, so that rounding leaves no zero. */
function walked(walk: Parameters<typeof randomWalk>[0]): Bars {
  const bars = randomWalk(walk);
  const up = (values: Float64Array) => values.map((value) => value + 2);
  return {...bars, open: up(bars.open), high: up(bars.high), low: up(bars.low), close: up(bars.close)};
}

it("exits give the event engine's equity and trades, by every rule of the subset", () => {
  fc.assert(
    fc.property(walks, chosen, rules, rates, (walk, {name, parameters}, given, costs) => {
      // where averages tie, sma-cross may signal what it holds: an order by exclusive rules, to the event engine alone
      fc.pre(!(name === "sma-cross" && given.exclusive && walk.digits < 8));
      const bars = walked(walk);
      const cash = 123_456.7;
      expectEqual(
        runVector(bars, generatePositions(bars, name, parameters), {
          cash,
          rules: given,
          costs,
          exits: exitsOf(parameters)
        }),
        runEvents(STRATEGIES.get(name)!.create(parameters), {
          bars: [bars],
          cash,
          rules: given,
          costs: proportionalCosts(costs)
        })
      );
    }),
    {numRuns: long(4000)}
  );
});

it("exits of three symbols, each with bars missing, give the event engine's equity and trades", () => {
  const missing = fc.array(fc.boolean(), {minLength: 80, maxLength: 80});
  fc.assert(
    fc.property(
      fc.tuple(missing, missing, missing),
      fc.nat(1e6),
      chosen,
      rules,
      rates,
      (gaps, seed, {name, parameters}, given, costs) => {
        const bars = ["A", "B", "C"].map((symbol, k) => {
          const whole = walked({symbol, seed: seed + k, length: 80, move: 0.05});
          const left = (values: Float64Array) => values.filter((_, i) => i === 0 || !gaps[k][i]);
          const {time, open, high, low, close, volume} = whole;
          return {
            ...whole,
            time: left(time),
            open: left(open),
            high: left(high),
            low: left(low),
            close: left(close),
            volume: left(volume)
          };
        });
        const cash = 123_456.7;
        expectEqual(
          runVector(
            bars,
            bars.map((each) => generatePositions(each, name, parameters, {symbols: 3})),
            {cash, rules: given, costs, exits: exitsOf(parameters)}
          ),
          runEvents(STRATEGIES.get(name)!.create(parameters), {
            bars,
            cash,
            rules: given,
            costs: proportionalCosts(costs)
          })
        );
      }
    ),
    {numRuns: long(1000)}
  );
});

it("runVector(...) with exits refuses shares of several sizes", () => {
  const bars = barsOf([
    [10, 10, 10, 10],
    [10, 10, 10, 10]
  ]);
  expect(() => runVector(bars, Float64Array.of(0.5, -1), {exits: {stop: 0.1}})).toThrow(
    new RangeError("exits need shares of one size: A has 0.5 and 1")
  );
  expect(runVector(bars, Float64Array.of(0.5, -1)).time).toEqual(Float64Array.of(0, DAY));
});
