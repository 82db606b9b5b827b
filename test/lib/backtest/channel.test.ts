import * as fc from "fast-check";
import {expect, it} from "vitest";
import {randomWalk} from "../../../bench/backtest/walk.js";
import {breakouts} from "../../../lib/backtest/channel.js";
import {long} from "../../long.js";
import {barsOf} from "./bars.js";

it("breakouts(bars, lookback) says where a close leaves the highs and lows before, not where it meets them", () => {
  const bars = barsOf([
    [10, 12, 9, 11],
    [11, 13, 10, 12],
    [12, 14, 11, 13], // meets the high of the two before
    [13, 16, 12, 15], // above 14
    [15, 15, 9, 10], // below 11
    [10, 30, 5, 10] // its own high and low are not in its channel
  ]);
  expect([...breakouts(bars, 2)]).toEqual([0, 0, 0, 1, -1, 0]);
  expect([...breakouts(bars, 6)]).toEqual([0, 0, 0, 0, 0, 0]);
  expect(breakouts(barsOf([]), 3)).toHaveLength(0);
});

it("breakouts(bars, lookback) is what looking through every channel finds", () => {
  const walks = fc.record({
    seed: fc.nat(1e6),
    length: fc.integer({min: 1, max: 150}),
    digits: fc.constantFrom(0, 1, 8)
  });
  fc.assert(
    fc.property(walks, fc.integer({min: 1, max: 40}), (walk, lookback) => {
      const {high, low, close} = randomWalk(walk);
      const plain = Array.from(close, (price, i) => {
        if (i < lookback) return 0;
        const [highs, lows] = [high.slice(i - lookback, i), low.slice(i - lookback, i)];
        return price > Math.max(...highs) ? 1 : price < Math.min(...lows) ? -1 : 0;
      });
      expect([...breakouts({high, low, close}, lookback)]).toEqual(plain);
    }),
    {numRuns: long(1000)}
  );
});
