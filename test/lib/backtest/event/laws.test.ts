import * as fc from "fast-check";
import {expect, it} from "vitest";
import type {EventResult} from "../../../../lib/backtest/event/engine.js";
import type {Filled, Ordered} from "../../../../lib/backtest/event/journal.js";
import {long} from "../../../long.js";
import {DAY} from "../bars.js";
import {cutBefore, journalBefore, playRandom, type RandomRun, randomRuns} from "./random-runs.js";

const runs = {numRuns: long(3000)};
const fillsIn = ({journal}: EventResult) => journal.filter((each): each is Filled => each.kind === "fill");
const ordersIn = ({journal}: EventResult) =>
  new Map(journal.filter((each): each is Ordered => each.kind === "order").map((each) => [each.order, each]));

function holds(law: (run: RandomRun) => void): void {
  fc.assert(fc.property(randomRuns, law), runs);
}

it("cash and positions, rebuilt from the journal alone, are the equity at every close", () => {
  holds((run) => {
    const result = playRandom(run);
    for (const [i, time] of result.time.entries()) {
      let [cash, units] = [1000, 0];
      for (const fill of fillsIn(result)) {
        if (fill.time > time) continue;
        cash -= fill.units * fill.price + fill.commission;
        units += fill.units;
      }
      expect(result.uninvested[i]).toBeCloseTo(cash, 7);
      expect(result.equity[i]).toBeCloseTo(cash + units * run.bars.close[i], 7);
    }
  });
});

it("the gains of all trades are what the equity gained, once all is closed", () => {
  holds((run) => {
    const {trades, equity} = playRandom(run);
    expect(trades.reduce((sum, {pnl}) => sum + pnl, 0)).toBeCloseTo(equity.at(-1)! - 1000, 7);
  });
});

it("the same run twice is the same, bit by bit", () => {
  holds((run) => {
    expect(playRandom(run)).toEqual(playRandom(run));
  });
});

it("nothing fills before the bar after its decision, but the exits of what has just filled", () => {
  holds((run) => {
    const result = playRandom(run, {end: "leave"});
    const orders = ordersIn(result);
    for (const {order, time} of fillsIn(result)) {
      const {time: decided, parent} = orders.get(order)!;
      if (result.isRuined) continue;
      if (parent === undefined) expect(time).toBeGreaterThan(decided);
      else expect(time).toBeGreaterThanOrEqual(decided);
    }
  });
});

it("a run on bars cut at a day agrees before that day", () => {
  const days = fc.integer({min: 1, max: 29});
  fc.assert(
    fc.property(randomRuns, days, (run, day) => {
      const whole = playRandom(run);
      const cut = playRandom(cutBefore(run, day + 1));
      expect(cut.equity.slice(0, day)).toEqual(whole.equity.slice(0, day));
      expect(journalBefore(cut, day)).toEqual(journalBefore(whole, day));
    }),
    runs
  );
});

it("fills of a bar never take more than their share of its volume", () => {
  holds((run) => {
    const result = playRandom(run, {volumeShare: 0.5, end: "leave"});
    if (result.isRuined) return;
    const taken = new Map<number, number>();
    for (const {time, units} of fillsIn(result)) taken.set(time, (taken.get(time) ?? 0) + Math.abs(units));
    for (const [time, units] of taken)
      expect(units).toBeLessThanOrEqual(0.5 * run.bars.volume[time / DAY] + 1e-9);
  });
});

it("of a group of orders one alone fills, where there is volume for all of it", () => {
  holds((run) => {
    const result = playRandom(run);
    const orders = ordersIn(result);
    const filled = new Map<string, Set<number>>();
    for (const {order} of fillsIn(result)) {
      const {oco, parent} = orders.get(order)!;
      if (oco === undefined || parent === undefined) continue;
      filled.set(oco, (filled.get(oco) ?? new Set()).add(order));
    }
    for (const each of filled.values()) expect(each.size).toBe(1);
  });
});

it("the orders of a group fill no more units than the largest of them has", () => {
  const pair = fc.tuple(fc.integer({min: 1, max: 80}), fc.integer({min: 1, max: 80}));
  fc.assert(
    fc.property(randomRuns, pair, ({bars}, [first, second]) => {
      const limit = {type: "LMT", side: "buy", units: first, limit: 1, oco: "pair"} as const;
      const stop = {type: "STP", side: "buy", units: second, stop: 1, oco: "pair"} as const;
      const deeds = [
        {day: 0, request: limit},
        {day: 0, request: stop}
      ];
      const result = playRandom({bars, deeds}, {volumeShare: 0.3, end: "leave", margin: 0.01});
      if (result.isRuined) return;
      const units = fillsIn(result).reduce((sum, fill) => sum + fill.units, 0);
      expect(units).toBeLessThanOrEqual(Math.max(first, second) + 1e-9);
    }),
    runs
  );
});

it("prices and cash times four give the equity times four, exactly", () => {
  holds((run) => {
    const {equity} = playRandom(run);
    expect(playRandom(run, {}, 4).equity).toEqual(equity.map((value) => 4 * value));
  });
});

it("limits never fill worse than their price, stops never better, and all within the bar", () => {
  holds((run) => {
    const result = playRandom(run);
    const orders = ordersIn(result);
    for (const {order, units, price, time} of fillsIn(result)) {
      const {limit, stop} = orders.get(order)!;
      const side = Math.sign(units);
      if (limit !== undefined) expect(side * price).toBeLessThanOrEqual(side * limit);
      if (stop !== undefined && limit === undefined) expect(side * price).toBeGreaterThanOrEqual(side * stop);
      expect(price).toBeGreaterThanOrEqual(run.bars.low[time / DAY]);
      expect(price).toBeLessThanOrEqual(run.bars.high[time / DAY]);
    }
  });
});

it("what opens never costs more than the equity", () => {
  holds((run) => {
    const result = playRandom(run);
    let [cash, units] = [1000, 0];
    for (const fill of fillsIn(result)) {
      const equity = cash + units * fill.price;
      cash -= fill.units * fill.price;
      units += fill.units;
      const opens = Math.abs(units) > Math.abs(units - fill.units) || units * (units - fill.units) < 0;
      if (opens) expect(Math.abs(units) * fill.price).toBeLessThanOrEqual(equity * (1 + 1e-9));
    }
  });
});

it("one bar walked pessimistically leaves no more than walked otherwise", () => {
  holds(({bars, deeds}) => {
    const now = deeds.map((deed) => ({...deed, day: 0}));
    const short = cutBefore({bars, deeds: now}, 2);
    const left = (path: "pessimistic" | "nearer-extreme" | "optimistic") =>
      playRandom(short, {path, end: "leave"}).equity[1];
    expect(left("pessimistic")).toBeLessThanOrEqual(left("nearer-extreme"));
    expect(left("nearer-extreme")).toBeLessThanOrEqual(left("optimistic"));
  });
});
