import * as fc from "fast-check";
import {it} from "vitest";
import {randomWalk} from "../../../../bench/backtest/walk.js";
import type {Bars} from "../../../../lib/backtest/bars.js";
import {type ExecutionRules, PROFILES} from "../../../../lib/backtest/contract.js";
import {proportionalCosts} from "../../../../lib/backtest/costs/costs.js";
import {runEvents} from "../../../../lib/backtest/event/engine.js";
import {exitsOf} from "../../../../lib/backtest/exits.js";
import type {Strategy} from "../../../../lib/backtest/event/strategy.js";
import {STRATEGIES} from "../../../../lib/backtest/strategies/index.js";
import type {ProportionalRates} from "../../../../lib/backtest/vector/fill.js";
import {generatePositions} from "../../../../lib/backtest/vector/positions.js";
import {runVector} from "../../../../lib/backtest/vector/run.js";
import {long} from "../../../long.js";
import {expectEqual} from "./equal.js";

const walks = fc.record({
  seed: fc.integer({min: 0, max: 1e6}),
  length: fc.integer({min: 1, max: 120}),
  move: fc.constantFrom(0.01, 0.05, 0.3)
});

const rates: fc.Arbitrary<ProportionalRates> = fc.record({
  commission: fc.constantFrom(
    {of: "value" as const, rate: 0},
    {of: "value" as const, rate: 0.0013},
    {of: "unit" as const, rate: 0.0071}
  ),
  slippage: fc.constantFrom(
    {of: "value" as const, rate: 0},
    {of: "value" as const, rate: 0.0007},
    {of: "unit" as const, rate: 0.013}
  )
});

const ownRules: fc.Arbitrary<ExecutionRules> = fc.record({
  fill: fc.constantFrom("next-open", "same-close"),
  firstDecision: fc.nat(3),
  sizing: fc.constantFrom("fill", "close"),
  wholeEquity: fc.constantFrom(1, 0.9975),
  wholeUnits: fc.boolean(),
  path: fc.constant("pessimistic"),
  volumeShare: fc.constant(null),
  exclusive: fc.constant(false),
  margin: fc.constantFrom(1, 0.5),
  slippage: fc.constantFrom("fills", "entries"),
  ruin: fc.constantFrom("debt", "zero"),
  end: fc.constantFrom("close", "leave", "last-bar-again")
});

const rules: fc.Arbitrary<ExecutionRules> = fc.oneof(fc.constantFrom(...Object.values(PROFILES)), ownRules);

const share = fc.constantFrom(NaN, NaN, -1, -0.5, 0, 0, 0.25, 0.6, 1);

/** Signals at each close what stands there; by exclusive rules only what is not held, as an order there is always anew. */
function signalling(
  bars: readonly Bars[],
  positions: readonly Float64Array[],
  isExclusive: boolean
): Strategy {
  const last = bars.map(() => 0);
  return {
    name: "given",
    decide({series}, desk) {
      for (const [k, {symbol, fresh, length}] of series.entries()) {
        const wanted = positions[k][length - 1];
        if (!fresh || Number.isNaN(wanted)) continue;
        if (isExclusive && wanted === last[k] && (wanted === 0 || desk.position(symbol) !== 0)) continue;
        desk.signal(symbol, wanted);
        last[k] = wanted;
      }
    }
  };
}

it.each([...STRATEGIES])(
  "%s gives the event engine's equity and trades, by every profile and cost",
  (name, {parameters, create}) => {
    const values = fc.tuple(fc.integer({min: 1, max: 5}), fc.integer({min: 6, max: 12}));
    fc.assert(
      fc.property(walks, values, rules, rates, (walk, [small, large], given, costs) => {
        const bars = randomWalk(walk);
        const chosen = Object.fromEntries(
          parameters.map((parameter, i) => [parameter, i === 0 ? small : large])
        );
        const cash = 123_456.7;
        expectEqual(
          runVector(bars, generatePositions(bars, name, chosen), {
            cash,
            rules: given,
            costs,
            exits: exitsOf(chosen)
          }),
          runEvents(create(chosen), {bars: [bars], cash, rules: given, costs: proportionalCosts(costs)})
        );
      }),
      {numRuns: long(1000)}
    );
  }
);

it("random shares give the event engine's equity and trades, by every rule of the subset", () => {
  fc.assert(
    fc.property(
      walks,
      fc.array(share, {minLength: 120, maxLength: 120}),
      rules,
      rates,
      (walk, shares, given, costs) => {
        const bars = randomWalk(walk);
        const positions = Float64Array.from(shares.slice(0, walk.length));
        const cash = 1_234_567.8;
        expectEqual(
          runVector(bars, positions, {cash, rules: given, costs}),
          runEvents(signalling([bars], [positions], given.exclusive), {
            bars: [bars],
            cash,
            rules: given,
            costs: proportionalCosts(costs)
          })
        );
      }
    ),
    {numRuns: long(4000)}
  );
});

it("random shares of three symbols, each with bars missing, give the event engine's equity and trades", () => {
  const part = fc.constantFrom(NaN, -0.4, 0, 0.2, 1 / 3);
  const column = fc.array(part, {minLength: 80, maxLength: 80});
  const missing = fc.array(fc.boolean(), {minLength: 80, maxLength: 80});
  fc.assert(
    fc.property(
      fc.tuple(column, column, column),
      fc.tuple(missing, missing, missing),
      fc.nat(1e6),
      rules,
      rates,
      (columns, gaps, seed, given, costs) => {
        const bars = ["A", "B", "C"].map((symbol, k) =>
          kept(randomWalk({symbol, seed: seed + k, length: 80, move: 0.04}), gaps[k])
        );
        const positions = bars.map(({time}, k) => Float64Array.from(columns[k].slice(0, time.length)));
        const cash = 1_234_567.8;
        expectEqual(
          runVector(bars, positions, {cash, rules: given, costs}),
          runEvents(signalling(bars, positions, given.exclusive), {
            bars,
            cash,
            rules: given,
            costs: proportionalCosts(costs)
          })
        );
      }
    ),
    {numRuns: long(1500)}
  );
});

it.each([...STRATEGIES])(
  "%s of two symbols gives each an equal share, as the event engine does",
  (name, {parameters, create}) => {
    const chosen = Object.fromEntries(parameters.map((parameter, i) => [parameter, 3 + 5 * i]));
    for (let seed = 0; seed < 20; ++seed) {
      const bars = ["A", "B"].map((symbol, k) => randomWalk({symbol, seed: 2 * seed + k, length: 100}));
      const positions = bars.map((each) => generatePositions(each, name, chosen, {symbols: 2}));
      expectEqual(runVector(bars, positions, {exits: exitsOf(chosen)}), runEvents(create(chosen), {bars}));
    }
  }
);

/** Returns bars without those that are missing, but the first. */
function kept(bars: Bars, isMissing: readonly boolean[]): Bars {
  const left = (values: Float64Array) => values.filter((_, i) => i === 0 || !isMissing[i]);
  const {time, open, high, low, close, volume} = bars;
  return {
    ...bars,
    time: left(time),
    open: left(open),
    high: left(high),
    low: left(low),
    close: left(close),
    volume: left(volume)
  };
}
