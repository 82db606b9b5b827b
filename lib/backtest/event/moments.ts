import type {Bars} from "../bars.js";

/** Returns each time at which some bar ends, rising, once. */
export function momentsOf(bars: readonly Bars[]): Float64Array {
  const [first, ...rest] = bars;
  if (!first) return new Float64Array();
  if (
    rest.every(({time}) => time.length === first.time.length && time.every((at, i) => at === first.time[i]))
  )
    return first.time.slice();
  const all = new Float64Array(bars.reduce((sum, {time}) => sum + time.length, 0));
  let n = 0;
  for (const {time} of bars) {
    all.set(time, n);
    n += time.length;
  }
  all.sort();
  return all.filter((time, i) => i === 0 || time !== all[i - 1]);
}

/**
 * Checks what an engine relies on.
 * @throws RangeError if there are no bars, columns differ in length, times do not rise, a symbol comes twice, a price is
 * not above zero, or a bar's low and high do not hold its open and close
 */
export function checkBars(bars: readonly Bars[]): void {
  if (!bars.length) throw new RangeError("there are no bars");
  if (new Set(bars.map(({symbol}) => symbol)).size < bars.length)
    throw new RangeError("a symbol comes twice");
  for (const {symbol, time, open, high, low, close, volume} of bars) {
    const wrong = (i: number, what: string) => new RangeError(`invalid bar ${i} of ${symbol}: ${what}`);
    if (!time.length) throw new RangeError(`there are no bars of ${symbol}`);
    if ([open, high, low, close, volume].some(({length}) => length !== time.length))
      throw new RangeError(`the columns of ${symbol} differ in length`);
    for (let i = 0; i < time.length; ++i) {
      const l = low[i];
      const h = high[i];
      if (!(time[i] < Infinity && (i === 0 || time[i] > time[i - 1]))) throw wrong(i, `time ${time[i]}`);
      if (!(l > 0 && h < Infinity && l <= open[i] && open[i] <= h && l <= close[i] && close[i] <= h))
        throw wrong(i, `open ${open[i]}, high ${h}, low ${l}, close ${close[i]}`);
      if (volume[i] < 0) throw wrong(i, `volume ${volume[i]}`);
    }
  }
}
