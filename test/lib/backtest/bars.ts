import type {Bars} from "../../../lib/backtest/bars.js";
import type {ExecutionRules} from "../../../lib/backtest/contract.js";
import {PROFILES} from "../../../lib/backtest/contract.js";
import {type EventOptions, type EventResult, runEvents} from "../../../lib/backtest/event/engine.js";
import type {Past} from "../../../lib/backtest/event/past.js";
import type {Desk, Strategy} from "../../../lib/backtest/event/strategy.js";

export const DAY = 86_400_000;

/** Open, high, low, close, and perhaps volume. */
export type Row = readonly [open: number, high: number, low: number, close: number, volume?: number];

/** Returns daily bars from 1970-01-01 on, or at the times given in days. */
export function barsOf(
  rows: readonly Row[],
  {symbol = "A", currency = "USD", days}: {symbol?: string; currency?: string; days?: readonly number[]} = {}
): Bars {
  const column = (at: number) => Float64Array.from(rows, (row) => row[at] ?? NaN);
  return {
    symbol,
    currency,
    time: Float64Array.from(rows, (_, i) => (days ? days[i] : i) * DAY),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4)
  };
}

/** Returns bars that stand at one price each. */
export function flatBars(
  prices: readonly number[],
  options?: {symbol?: string; currency?: string; days?: readonly number[]}
): Bars {
  return barsOf(
    prices.map((price) => [price, price, price, price]),
    options
  );
}

/** A strategy that does, at the close of each bar that is named by its day, what stands there. */
export function script(deeds: Readonly<Record<number, (desk: Desk, past: Past) => void>>): Strategy {
  return {name: "script", decide: (past, desk) => deeds[past.now / DAY]?.(desk, past)};
}

/** Runs a script by the default rules but for those given; 1,000 in cash. */
export function play(
  bars: Bars | readonly Bars[],
  deeds: Parameters<typeof script>[0],
  {rules, ...options}: Partial<Omit<EventOptions, "rules">> & {rules?: Partial<ExecutionRules>} = {}
): EventResult {
  return runEvents(script(deeds), {
    bars: Array.isArray(bars) ? bars : [bars as Bars],
    cash: 1000,
    rules: {...PROFILES.default, ...rules},
    ...options
  });
}

/** Returns fills as [day, units, price]. */
export function fillsOf({journal}: EventResult): [day: number, units: number, price: number][] {
  return journal.flatMap((each) => (each.kind === "fill" ? [[each.time / DAY, each.units, each.price]] : []));
}

/** Returns why orders ended without being filled whole, as [day, what, why]. */
export function endsOf({journal}: EventResult): [day: number, kind: string, reason: string][] {
  return journal.flatMap((each) =>
    each.kind === "cancelled" || each.kind === "rejected" || each.kind === "expired"
      ? [[each.time / DAY, each.kind, each.reason]]
      : []
  );
}
