import {kernelOf} from "./kernel.js";
import {checkColumns, type CrossingOptions, type Pairs, type SweepCells, type SweepColumns} from "./sweep.js";
import {BYTES} from "./sweep.wasm.js";

/** What lib/kernels/assembly/sweep.ts exports. */
interface Functions {
  prepare(asset: number, n: number, stride: number): void;
  averages(
    values: number,
    equal: number,
    n: number,
    a: number,
    b: number,
    c: number,
    d: number,
    out: number,
    rowBytes: number
  ): void;
  sweepCrossings(
    asset: number,
    n: number,
    stride: number,
    rows: number,
    rowBytes: number,
    pairs: number,
    count: number,
    isShort: number,
    scratch: number,
    out: number
  ): void;
  sweepRises(
    asset: number,
    n: number,
    stride: number,
    lookbacks: number,
    count: number,
    scratch: number,
    out: number
  ): void;
}

/** Bytes of a column, and of an average: whole words of 64 bars. */
const bytesOf = (n: number) => Math.ceil(n / 64) * 512;

/** Does what `sweepCrossings` of sweep.ts does, to the bit, by the kernel. */
export function sweepCrossingsByKernel(
  columns: SweepColumns,
  {fast, slow}: Pairs,
  {isShort}: CrossingOptions
): SweepCells {
  checkColumns(columns);
  const n = columns.close.length;
  const asset = putAsset(columns);
  const windows = Int32Array.from(new Set([...fast, ...slow])).sort();
  const rows = putAverages(columns.close, windows);
  const place = new Map([...windows].map((window, row) => [window, row]));
  const pairs = new Int32Array(3 * fast.length);
  for (let p = 0; p < fast.length; ++p) {
    pairs[3 * p] = place.get(fast[p])!; // all are in it
    pairs[3 * p + 1] = place.get(slow[p])!;
    pairs[3 * p + 2] = Math.max(fast[p], slow[p]);
  }
  return cellsOf(
    n,
    fast.length,
    (functions, scratch, out, kernelPairs) =>
      functions.sweepCrossings(
        asset,
        n,
        bytesOf(n),
        rows,
        bytesOf(n),
        kernelPairs,
        fast.length,
        isShort ? 1 : 0,
        scratch,
        out
      ),
    pairs
  );
}

/** Does what `sweepRises` of sweep.ts does, to the bit, by the kernel. */
export function sweepRisesByKernel(columns: SweepColumns, lookbacks: Int32Array): SweepCells {
  checkColumns(columns);
  const n = columns.close.length;
  const asset = putAsset(columns);
  return cellsOf(
    n,
    lookbacks.length,
    (functions, scratch, out, given) =>
      functions.sweepRises(asset, n, bytesOf(n), given, lookbacks.length, scratch, out),
    lookbacks
  );
}

const kernel = () => kernelOf<Functions>(BYTES);

/** Puts an asset's columns in, in the kernel's order, with room for its sums and its table of ranges. */
function putAsset(columns: SweepColumns): number {
  const {close, buy, sell, short, closeBuy, closeSell} = columns;
  const n = close.length;
  const stride = bytesOf(n);
  const levels = Math.ceil(Math.log2(n)) + 1;
  kernel().clear();
  const asset = kernel().reserve(8 * stride + levels * n * 24);
  for (const [i, column] of [close, buy, sell, short, closeBuy, closeSell].entries())
    kernel()
      .numbers(asset + i * stride, n)
      .set(column);
  kernel().functions.prepare(asset, n, stride);
  return asset;
}

/** Puts averages in, one after the other. */
function putAverages(close: Float64Array, windows: Int32Array): number {
  const n = close.length;
  const longest = Math.min(windows.at(-1) ?? 1, n);
  const values = new Float64Array(longest + n);
  values.set(close, longest);
  const equal = new Int32Array(n);
  for (let i = 0; i < n; ++i) equal[i] = i > 0 && close[i] === close[i - 1] ? equal[i - 1] + 1 : 1;
  const from = kernel().put(values) + 8 * longest;
  const same = kernel().put(equal);
  const size = bytesOf(n);
  const rows = kernel().reserve((windows.length + 3) * size);
  const {functions} = kernel();
  const window = (row: number) => Math.min(windows[row] ?? 1, n);
  for (let row = 0; row < windows.length; row += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((more) => window(row + more));
    functions.averages(from, same, n, a, b, c, d, rows + row * size, size);
  }
  for (let row = 0; row < windows.length; ++row) {
    const average = kernel().numbers(rows + row * size, size / 8);
    average.fill(NaN, n);
    if (windows[row] > n) average.fill(NaN);
  }
  return rows;
}

function cellsOf(
  n: number,
  count: number,
  run: (functions: Functions, scratch: number, out: number, given: number) => void,
  given: Int32Array
): SweepCells {
  const at = kernel().put(given);
  const scratch = kernel().reserve(2 * bytesOf(n));
  const out = kernel().reserve(4 * 8 * count);
  run(kernel().functions, scratch, out, at);
  const column = (i: number) =>
    kernel()
      .numbers(out + 8 * i * count, count)
      .slice();
  return {totalReturn: column(0), ratio: column(1), maxDrawdown: column(2), trades: column(3)};
}
