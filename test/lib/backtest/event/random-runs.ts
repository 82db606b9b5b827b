import * as fc from "fast-check";
import {type Bars, sliceBars} from "../../../../lib/backtest/bars.js";
import {type ExecutionRules, ORDER_TYPES} from "../../../../lib/backtest/contract.js";
import type {EventResult} from "../../../../lib/backtest/event/engine.js";
import type {OrderRequest} from "../../../../lib/backtest/event/order.js";
import type {Desk} from "../../../../lib/backtest/event/strategy.js";
import {barsOf, DAY, play} from "../bars.js";

/** What a random strategy does at one close, prices as parts of the last close. */
interface Deed {
  day: number;
  request: Omit<OrderRequest, "symbol"> | {share: number; bracket?: {stop: number; target: number}};
}

/** Bars, and what is done on them. */
export interface RandomRun {
  bars: Bars;
  deeds: readonly Deed[];
}

const side = fc.constantFrom("buy" as const, "sell" as const);
const part = fc.integer({min: -8, max: 8}).map((steps) => 1 + steps / 64);
const units = fc.integer({min: 1, max: 60});
const bracket = fc.record({stop: part, target: part});
const tif = fc.constantFrom("GTC" as const, "DAY" as const);
const oco = fc.constantFrom(undefined, undefined, "one");

const request: fc.Arbitrary<Deed["request"]> = fc.oneof(
  fc.record({share: fc.constantFrom(-1, -0.5, 0, 0.25, 1)}),
  fc.record({share: fc.constantFrom(-0.5, 0.5), bracket}),
  fc
    .record({
      type: fc.constantFrom(...ORDER_TYPES),
      side,
      units,
      limit: part,
      stop: part,
      amount: part,
      tif,
      oco,
      bracket: fc.option(bracket, {nil: undefined})
    })
    .map(({type, limit, stop, amount, tif: force, oco: group, bracket: exits, ...rest}) => ({
      ...rest,
      type,
      ...(["LMT", "STP LMT", "LOO", "LOC"].includes(type) ? {limit} : {}),
      ...(["STP", "STP LMT"].includes(type) ? {stop} : {}),
      ...(type === "TRAIL" ? {trail: {amount: Math.abs(amount - 1) + 1 / 64}} : {}),
      ...(["MOO", "LOO", "MOC", "LOC"].includes(type) ? {} : {tif: force}),
      ...(group === undefined ? {} : {oco: group}),
      ...(exits === undefined ? {} : {bracket: exits})
    }))
);

/** A bar as the moves from the close before: to the open, to the close, beyond both up and down; in 1/64 of the price. */
const moves = fc.tuple(
  fc.integer({min: -4, max: 4}),
  fc.integer({min: -6, max: 6}),
  fc.integer({min: 0, max: 5}),
  fc.integer({min: 0, max: 5}),
  fc.integer({min: 0, max: 100})
);

/** Random bars of one symbol and a random strategy. Prices are sixty-fourths, so that scaling by four is exact. */
export const randomRuns: fc.Arbitrary<RandomRun> = fc
  .record({
    steps: fc.array(moves, {minLength: 2, maxLength: 30}),
    deeds: fc.array(fc.record({day: fc.nat(29), request}), {maxLength: 25})
  })
  .map(({steps, deeds}) => {
    let last = 64 * 40;
    const rows = steps.map(([gap, move, up, down, volume]) => {
      const open = Math.max(last + 16 * gap, 640);
      const close = Math.max(open + 16 * move, 640);
      last = close;
      const [high, low] = [Math.max(open, close) + 16 * up, Math.min(open, close) - 16 * down];
      return [open / 64, high / 64, low / 64, close / 64, volume] as const;
    });
    return {bars: barsOf(rows), deeds};
  });

/** Runs it by the default rules but for those given, all prices and cash times a scale. */
export function playRandom(
  {bars, deeds}: RandomRun,
  rules: Partial<ExecutionRules> = {},
  scale = 1
): EventResult {
  const scaled = (values: Float64Array) => values.map((value) => value * scale);
  const {open, high, low, close} = bars;
  const script: Record<number, (desk: Desk, past: {series: readonly {close: () => number}[]}) => void> = {};
  for (let day = 0; day < bars.time.length; ++day) {
    script[day] = (desk, past) => {
      for (const deed of deeds) if (deed.day === day) act(desk, deed.request, past.series[0].close());
    };
  }
  return play(
    {...bars, open: scaled(open), high: scaled(high), low: scaled(low), close: scaled(close)},
    script,
    {rules, cash: 1000 * scale}
  );
}

function act(desk: Desk, asked: Deed["request"], close: number): void {
  const exits = asked.bracket && {
    ...(asked.bracket.stop === undefined ? {} : {stop: close * asked.bracket.stop}),
    ...(asked.bracket.target === undefined ? {} : {target: close * asked.bracket.target})
  };
  const bracketed = exits ? {bracket: exits} : {};
  if ("share" in asked) return desk.signal("A", asked.share, bracketed);
  const {limit, stop, trail} = asked;
  desk.order({
    ...asked,
    symbol: "A",
    ...(limit === undefined ? {} : {limit: close * limit}),
    ...(stop === undefined ? {} : {stop: close * stop}),
    ...(trail && "amount" in trail ? {trail: {amount: close * trail.amount}} : {}),
    ...bracketed
  });
}

/** Returns a run cut before a day. */
export function cutBefore({bars, deeds}: RandomRun, day: number): RandomRun {
  return {
    bars: sliceBars(bars, 0, day),
    deeds
  };
}

/** Returns what a journal says before a day. */
export function journalBefore({journal}: EventResult, day: number): EventResult["journal"] {
  return journal.filter(({time}) => time < day * DAY);
}
