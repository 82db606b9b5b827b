import type {Bars} from "../bars.js";
import {byBars, checkRate, checkWindow} from "./by-bars.js";
import type {CostPart} from "./combine.js";

/**
 * Returns the cost a|x| + b σ |x|^(3/2) / V^(1/2) of trading the value x, as a move of the price: a + b σ √(|units| /
 * volume). σ is the root mean square of the returns of the bars before the fill (the first bar's from its open), V their
 * mean volume: per bar both, which for other lengths of bars comes to the same, since σ grows with the root of time.
 *
 * @param a half the spread, as a fraction of the price
 * @param b impact of a fill that is the whole volume, in σ
 * @param window bars before the fill
 * @throws RangeError when none of them has a volume above zero
 * @see Boyd et al. (2017), "Multi-period trading via convex optimization", 2.3, and cvxportfolio's StocksTransactionCost,
 * whose b is 1
 */
export function squareRootImpact({
  a = 0,
  b = 1,
  window = 21
}: {a?: number; b?: number; window?: number} = {}): CostPart {
  checkRate("a", a);
  checkRate("b", b);
  checkWindow(window);
  const sigmas = byBars((bars) => rootMeanSquare(returnsOf(bars), window));
  const volumes = byBars(({volume}) => means(volume, window));
  return {
    slipped: (units, price, bars, bar) => {
      if (units === 0) return price;
      const known = Math.max(bar - 1, 0);
      const volume = volumes(bars)[known];
      if (!(volume > 0))
        throw new RangeError(`impact by volume needs volumes: ${bars.symbol} has none before bar ${bar}`);
      const move = a + b * sigmas(bars)[known] * Math.sqrt(Math.abs(units) / volume);
      return Math.max(price * (1 + Math.sign(units) * move), 0);
    }
  };
}

function returnsOf({open, close}: Bars): Float64Array {
  return close.map((value, i) => value / (i === 0 ? open[0] : close[i - 1]) - 1);
}

function rootMeanSquare(values: Float64Array, window: number): Float64Array {
  const squares = values.map((value) => value * value);
  return means(squares, window).map(Math.sqrt);
}

/** Returns the mean of the last values that are known, up to each; NaN where there are none. */
function means(values: Float64Array, window: number): Float64Array {
  return values.map((_, i) => {
    let [sum, count] = [0, 0];
    for (let j = Math.max(i - window + 1, 0); j <= i; ++j) {
      if (Number.isNaN(values[j])) continue;
      sum += values[j];
      ++count;
    }
    return sum / count;
  });
}
