import {kernelOf} from "./kernel.js";
import {checkPaths, type FillCosts, type PathColumns, type PathRules} from "./path-sweep.js";
import {BYTES} from "./path-sweep.wasm.js";
import type {SweepCells} from "./sweep.js";

/** What lib/kernels/assembly/path-sweep.ts exports. */
interface Functions {
  setCosts(slippage: number, slippagePerUnit: number, commission: number, commissionPerUnit: number): void;
  prepare(asset: number, n: number, stride: number): void;
  findSignals(signals: number, n: number, next: number): void;
  sweepPaths(
    asset: number,
    n: number,
    stride: number,
    signals: number,
    next: number,
    exits: number,
    holds: number,
    from: number,
    to: number,
    count: number,
    out: number
  ): void;
}

/** Does what `sweepPaths` of path-sweep.ts does, to the bit, by the kernel. */
export function sweepPathsByKernel(
  columns: PathColumns,
  {slippage, slippagePerUnit, commission, commissionPerUnit}: FillCosts,
  signals: readonly Int8Array[],
  rules: PathRules
): SweepCells {
  checkPaths(columns, signals, rules);
  const {open, high, low, close, buy, sell, short, closeBuy, closeSell} = columns;
  const n = close.length;
  const count = rules.signals.length;
  const kernel = kernelOf<Functions>(BYTES);
  const {functions} = kernel;
  kernel.clear();
  functions.setCosts(slippage, slippagePerUnit, commission, commissionPerUnit);
  const stride = Math.ceil(n / 8) * 64;
  const asset = kernel.reserve(10 * stride);
  for (const [i, column] of [open, high, low, close, buy, sell, short, closeBuy, closeSell].entries())
    kernel.numbers(asset + i * stride, n).set(column);
  functions.prepare(asset, n, stride);
  const exits = kernel.reserve(3 * 8 * count);
  for (const [i, column] of [rules.stop, rules.target, rules.trail].entries())
    kernel.numbers(exits + 8 * i * count, count).set(column);
  const holds = kernel.put(rules.hold);
  const row = kernel.reserve(n);
  const next = kernel.reserve(12 * n);
  const out = kernel.reserve(4 * 8 * count);
  for (let from = 0, to = 0; from < count; from = to) {
    const which = rules.signals[from];
    for (to = from + 1; to < count && rules.signals[to] === which;) ++to;
    kernel.signs(row, n).set(signals[which]);
    functions.findSignals(row, n, next);
    functions.sweepPaths(asset, n, stride, row, next, exits, holds, from, to, count, out);
  }
  const column = (i: number) => kernel.numbers(out + 8 * i * count, count).slice();
  return {totalReturn: column(0), ratio: column(1), maxDrawdown: column(2), trades: column(3)};
}
