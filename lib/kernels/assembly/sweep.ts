/**
 * Sweeps of rules that are long, flat or short, run by run: bars between two decisions are never visited one by one, but
 * for a short. The twin is ../sweep.ts, whose words hold here too.
 *
 * An asset's columns lie one after the other, `stride` bytes each, in the order of the constants below; the table of
 * ranges behind them.
 */
const CLOSE: usize = 0;
const BUY: usize = 1;
const SELL: usize = 2;
const SHORT: usize = 3;
const CLOSE_BUY: usize = 4;
const CLOSE_SELL: usize = 5;
const SUM: usize = 6;
const SQUARES: usize = 7;
const TABLE: usize = 8;

/** Bytes of a range: its highest and lowest close, and the least part of a peak that a later close was. */
const RANGE: usize = 24;

/** Where the last range was put. */
let high: f64 = 0;
let low: f64 = 0;
let worst: f64 = 0;

/** Makes the sums of returns and their squares, and the table of ranges. */
export function prepare(asset: usize, n: i32, stride: usize): void {
  const close = asset + CLOSE * stride;
  const sum = asset + SUM * stride;
  const squares = asset + SQUARES * stride;
  let s: f64 = 0;
  let q: f64 = 0;
  store<f64>(sum, 0);
  store<f64>(squares, 0);
  for (let i = 1; i < n; ++i) {
    const at = <usize>i << 3;
    const r = load<f64>(close + at) / load<f64>(close + at - 8) - 1;
    s += r;
    q += r * r;
    store<f64>(sum + at, s);
    store<f64>(squares + at, q);
  }
  let level = asset + TABLE * stride;
  for (let half = 1; half < n; half <<= 1, level += <usize>n * RANGE) {
    for (let mid = half; mid < n; mid += half << 1) {
      first(load<f64>(close + (<usize>(mid - 1) << 3)));
      put(level, mid - 1);
      for (let i = mid - 2; i >= mid - half; --i) {
        before(load<f64>(close + (<usize>i << 3)));
        put(level, i);
      }
      first(load<f64>(close + (<usize>mid << 3)));
      put(level, mid);
      const end = min(mid + half, n);
      for (let i = mid + 1; i < end; ++i) {
        after(load<f64>(close + (<usize>i << 3)));
        put(level, i);
      }
    }
  }
}

@inline
function first(value: f64): void {
  high = value;
  low = value;
  worst = 1;
}

@inline
function before(value: f64): void {
  worst = min(worst, low / value);
  high = max(high, value);
  low = min(low, value);
}

@inline
function after(value: f64): void {
  worst = min(worst, value / high);
  high = max(high, value);
  low = min(low, value);
}

@inline
function put(level: usize, i: i32): void {
  const at = level + <usize>i * RANGE;
  store<f64>(at, high);
  store<f64>(at, low, 8);
  store<f64>(at, worst, 16);
}

/** Reads the range of closes from a to b, both in it. */
@inline
function range(close: usize, table: usize, n: i32, a: i32, b: i32): void {
  if (a === b) {
    first(load<f64>(close + (<usize>a << 3)));
    return;
  }
  const level = table + <usize>(31 - clz(a ^ b)) * <usize>n * RANGE;
  const left = level + <usize>a * RANGE;
  const right = level + <usize>b * RANGE;
  const leftHigh = load<f64>(left);
  const rightLow = load<f64>(right, 8);
  worst = min(min(load<f64>(left, 16), load<f64>(right, 16)), rightLow / leftHigh);
  high = max(leftHigh, load<f64>(right));
  low = min(load<f64>(left, 8), rightLow);
}

/**
 * Makes four moving averages at once, as ../../backtest/sma.ts makes each, to the bit.
 * @param values with zeros before them, as many as the longest window
 * @param equal how many values up to each are the same
 * @param out a row each, `rowBytes` long
 */
export function averages(
  values: usize,
  equal: usize,
  n: i32,
  a: i32,
  b: i32,
  c: i32,
  d: i32,
  out: usize,
  rowBytes: usize
): void {
  let sum = f64x2.splat(0);
  let lostIn = sum;
  let lostOut = sum;
  let sum2 = sum;
  let lostIn2 = sum;
  let lostOut2 = sum;
  const windows = f64x2.replace_lane(f64x2.splat(<f64>a), 1, <f64>b);
  const windows2 = f64x2.replace_lane(f64x2.splat(<f64>c), 1, <f64>d);
  for (let i = 0; i < n; ++i) {
    const at = values + (<usize>i << 3);
    const value = load<f64>(at);
    const both = f64x2.splat(value);
    const gone = f64x2.neg(pair(at, a, b));
    const gone2 = f64x2.neg(pair(at, c, d));
    const goes = f64x2.sub(gone, lostOut);
    const goes2 = f64x2.sub(gone2, lostOut2);
    const less = f64x2.add(sum, goes);
    const less2 = f64x2.add(sum2, goes2);
    lostOut = f64x2.sub(f64x2.sub(less, sum), goes);
    lostOut2 = f64x2.sub(f64x2.sub(less2, sum2), goes2);
    const comes = f64x2.sub(both, lostIn);
    const comes2 = f64x2.sub(both, lostIn2);
    sum = f64x2.add(less, comes);
    sum2 = f64x2.add(less2, comes2);
    lostIn = f64x2.sub(f64x2.sub(sum, less), comes);
    lostIn2 = f64x2.sub(f64x2.sub(sum2, less2), comes2);
    const mean = f64x2.div(sum, windows);
    const mean2 = f64x2.div(sum2, windows2);
    const run = load<i32>(equal + (<usize>i << 2));
    const to = out + (<usize>i << 3);
    store<f64>(to, i + 1 < a ? NaN : run >= a ? value : f64x2.extract_lane(mean, 0));
    store<f64>(to + rowBytes, i + 1 < b ? NaN : run >= b ? value : f64x2.extract_lane(mean, 1));
    store<f64>(to + 2 * rowBytes, i + 1 < c ? NaN : run >= c ? value : f64x2.extract_lane(mean2, 0));
    store<f64>(to + 3 * rowBytes, i + 1 < d ? NaN : run >= d ? value : f64x2.extract_lane(mean2, 1));
  }
}

/** The values so many bars before one. */
@inline
function pair(at: usize, a: i32, b: i32): v128 {
  return f64x2.replace_lane(f64x2.splat(load<f64>(at - (<usize>a << 3))), 1, load<f64>(at - (<usize>b << 3)));
}

/** Sixteen comparisons of a with b, a bit each. */
@inline
function above(a: usize, b: usize): u64 {
  const m0 = f64x2.gt(v128.load(a), v128.load(b));
  const m1 = f64x2.gt(v128.load(a, 16), v128.load(b, 16));
  const m2 = f64x2.gt(v128.load(a, 32), v128.load(b, 32));
  const m3 = f64x2.gt(v128.load(a, 48), v128.load(b, 48));
  const m4 = f64x2.gt(v128.load(a, 64), v128.load(b, 64));
  const m5 = f64x2.gt(v128.load(a, 80), v128.load(b, 80));
  const m6 = f64x2.gt(v128.load(a, 96), v128.load(b, 96));
  const m7 = f64x2.gt(v128.load(a, 112), v128.load(b, 112));
  const q0 = v128.shuffle<i32>(m0, m1, 0, 2, 4, 6);
  const q1 = v128.shuffle<i32>(m2, m3, 0, 2, 4, 6);
  const q2 = v128.shuffle<i32>(m4, m5, 0, 2, 4, 6);
  const q3 = v128.shuffle<i32>(m6, m7, 0, 2, 4, 6);
  const h0 = i16x8.narrow_i32x4_s(q0, q1);
  const h1 = i16x8.narrow_i32x4_s(q2, q3);
  return <u64>i8x16.bitmask(i8x16.narrow_i16x8_s(h0, h1));
}

@inline
function word(a: usize, b: usize): u64 {
  return (
    above(a, b) |
    (above(a + 128, b + 128) << 16) |
    (above(a + 256, b + 256) << 32) |
    (above(a + 384, b + 384) << 48)
  );
}

/**
 * Marks where a crosses b: above to below or below to above from one bar to the next.
 * @param events where something is decided, a bit a bar
 * @param longs where that is to be long
 */
function markCrossings(a: usize, b: usize, from: i32, n: i32, events: usize, longs: usize): void {
  const words = (n + 63) >> 6;
  const begin = (from - 1) >> 6;
  for (let k = 0; k < begin; ++k) {
    store<u64>(events + (<usize>k << 3), 0);
    store<u64>(longs + (<usize>k << 3), 0);
  }
  let aboveBefore: u64 = 0;
  let belowBefore: u64 = 0;
  for (let k = begin; k < words; ++k) {
    const at = <usize>k << 9;
    const up = word(a + at, b + at);
    const down = word(b + at, a + at);
    const rises = up & ((down << 1) | belowBefore);
    store<u64>(events + (<usize>k << 3), rises | (down & ((up << 1) | aboveBefore)));
    store<u64>(longs + (<usize>k << 3), rises);
    aboveBefore = up >> 63;
    belowBefore = down >> 63;
  }
}

/**
 * Marks as `markCrossings` does, where a and b are never equal; what it marks counts only then.
 * @returns whether they are never equal
 */
function markApart(a: usize, b: usize, from: i32, n: i32, events: usize, longs: usize): bool {
  const words = (n + 63) >> 6;
  const begin = (from - 1) >> 6;
  for (let k = 0; k < begin; ++k) store<u64>(events + (<usize>k << 3), 0);
  let before: u64 = 0;
  let equal = f64x2.splat(0);
  for (let k = begin; k < words; ++k) {
    let up: u64 = 0;
    const at = <usize>k << 9;
    let x = a + at;
    let y = b + at;
    for (let shift: u64 = 0; shift < 64; shift += 16, x += 128, y += 128) {
      const a0 = v128.load(x);
      const b0 = v128.load(y);
      const a1 = v128.load(x, 16);
      const b1 = v128.load(y, 16);
      const q0 = v128.shuffle<i32>(f64x2.gt(a0, b0), f64x2.gt(a1, b1), 0, 2, 4, 6);
      const e0 = v128.or(f64x2.eq(a0, b0), f64x2.eq(a1, b1));
      const a2 = v128.load(x, 32);
      const b2 = v128.load(y, 32);
      const a3 = v128.load(x, 48);
      const b3 = v128.load(y, 48);
      const q1 = v128.shuffle<i32>(f64x2.gt(a2, b2), f64x2.gt(a3, b3), 0, 2, 4, 6);
      const e1 = v128.or(f64x2.eq(a2, b2), f64x2.eq(a3, b3));
      const a4 = v128.load(x, 64);
      const b4 = v128.load(y, 64);
      const a5 = v128.load(x, 80);
      const b5 = v128.load(y, 80);
      const q2 = v128.shuffle<i32>(f64x2.gt(a4, b4), f64x2.gt(a5, b5), 0, 2, 4, 6);
      const e2 = v128.or(f64x2.eq(a4, b4), f64x2.eq(a5, b5));
      const a6 = v128.load(x, 96);
      const b6 = v128.load(y, 96);
      const a7 = v128.load(x, 112);
      const b7 = v128.load(y, 112);
      const q3 = v128.shuffle<i32>(f64x2.gt(a6, b6), f64x2.gt(a7, b7), 0, 2, 4, 6);
      const e3 = v128.or(f64x2.eq(a6, b6), f64x2.eq(a7, b7));
      equal = v128.or(equal, v128.or(v128.or(e0, e1), v128.or(e2, e3)));
      const low = i16x8.narrow_i32x4_s(q0, q1);
      const high8 = i16x8.narrow_i32x4_s(q2, q3);
      up |= <u64>i8x16.bitmask(i8x16.narrow_i16x8_s(low, high8)) << shift;
    }
    store<u64>(events + (<usize>k << 3), up ^ ((up << 1) | before));
    store<u64>(longs + (<usize>k << 3), up);
    before = up >> 63;
  }
  const first = events + (<usize>(from >> 6) << 3);
  if (from >> 6 !== begin) store<u64>(events + (<usize>begin << 3), 0);
  store<u64>(first, load<u64>(first) & (~(<u64>0) << (from & 63)));
  return !v128.any_true(equal);
}

/**
 * Runs a crossover for each pair of averages.
 * @param rows averages one after the other, `rowBytes` each, NaN behind the last bar up to a multiple of 64
 * @param pairs row of the fast average, row of the slow one, first bar that may cross; three i32 a pair
 * @param scratch for two bits a bar
 * @param out four columns of `count`: total return, Sharpe ratio a period, deepest fall, trades
 */
export function sweepCrossings(
  asset: usize,
  n: i32,
  stride: usize,
  rows: usize,
  rowBytes: usize,
  pairs: usize,
  count: i32,
  isShort: bool,
  scratch: usize,
  out: usize
): void {
  const words = (n + 63) >> 6;
  const longs = scratch + (<usize>words << 3);
  for (let p = 0; p < count; ++p) {
    const pair = pairs + <usize>p * 12;
    const fast = rows + <usize>load<i32>(pair) * rowBytes;
    const slow = rows + <usize>load<i32>(pair, 4) * rowBytes;
    const from = load<i32>(pair, 8);
    if (from >= n) nothing(n, count, out + (<usize>p << 3));
    else {
      if (!markApart(fast, slow, from, n, scratch, longs))
        markCrossings(fast, slow, from, n, scratch, longs);
      visit(asset, n, stride, scratch, longs, isShort ? -1 : 0, count, out + (<usize>p << 3));
    }
  }
}

/**
 * Runs momentum for each lookback: long while the close is above the one so many bars before, else flat.
 * @param lookbacks an i32 each
 */
export function sweepRises(
  asset: usize,
  n: i32,
  stride: usize,
  lookbacks: usize,
  count: i32,
  scratch: usize,
  out: usize
): void {
  const words = (n + 63) >> 6;
  const longs = scratch + (<usize>words << 3);
  const close = asset + CLOSE * stride;
  for (let p = 0; p < count; ++p) {
    const lookback = load<i32>(lookbacks + (<usize>p << 2));
    const back = <usize>lookback << 3;
    let before: u64 = 0;
    for (let k = 0; k < words; ++k) {
      let bits: u64 = 0;
      const end = min((k + 1) << 6, n);
      for (let i = max(k << 6, lookback); i < end; ++i) {
        const at = close + (<usize>i << 3);
        bits |= <u64>(load<f64>(at) > load<f64>(at - back)) << (<u64>i & 63);
      }
      store<u64>(longs + (<usize>k << 3), bits);
      store<u64>(scratch + (<usize>k << 3), bits ^ ((bits << 1) | before));
      before = bits >> 63;
    }
    visit(asset, n, stride, scratch, longs, 0, count, out + (<usize>p << 3));
  }
}

/** What a rule that never trades leaves. */
function nothing(n: i32, count: i32, out: usize): void {
  write(out, count, 1, 0, 0, n - 1, 0, 1, 0);
}

/**
 * Holds what was decided from the next open on, and writes what it brought.
 * @param other what is held where a decision is not to be long: -1 or 0
 */
function visit(
  asset: usize,
  n: i32,
  stride: usize,
  events: usize,
  longs: usize,
  other: i32,
  count: i32,
  out: usize
): void {
  const close = asset + CLOSE * stride;
  const buy = asset + BUY * stride;
  const sell = asset + SELL * stride;
  const short = asset + SHORT * stride;
  const closeBuy = asset + CLOSE_BUY * stride;
  const sums = asset + SUM * stride;
  const squares = asset + SQUARES * stride;
  const table = asset + TABLE * stride;
  const words = (n + 63) >> 6;
  const last = n - 1;

  let side = 0;
  let entry = 0;
  let units: f64 = 0; // below zero when short
  let cash: f64 = 1;
  let value: f64 = 1; // at the close before
  let peak: f64 = 1;
  let least: f64 = 1;
  let sum: f64 = 0;
  let square: f64 = 0;
  let trades = 0;

  for (let k = 0; k < words; ++k) {
    let bits = load<u64>(events + (<usize>k << 3));
    const long = load<u64>(longs + (<usize>k << 3));
    for (; bits; bits &= bits - 1) {
      const bit = ctz(bits);
      const decided = (k << 6) + <i32>bit;
      if (decided >= last) break;
      const target = (long >> bit) & 1 ? 1 : other;
      if (target === side) continue;
      const fill = decided + 1;
      const at = <usize>fill << 3;
      if (side === 1) {
        const from = <usize>entry << 3;
        range(close, table, n, entry, decided);
        least = min(min(least, worst), (units * low) / peak);
        peak = max(peak, units * high);
        sum += load<f64>(sums + at - 8) - load<f64>(sums + from);
        square += load<f64>(squares + at - 8) - load<f64>(squares + from);
        value = units * load<f64>(close + at - 8);
        cash = units * load<f64>(sell + at);
        ++trades;
      } else if (side === -1) {
        for (let t = entry + 1; t < fill; ++t) {
          const now = cash + units * load<f64>(close + (<usize>t << 3));
          if (now <= 0) {
            const left = cash + units * load<f64>(closeBuy + (<usize>t << 3));
            const r = left / value - 1;
            write(out, count, left, sum + r, square + r * r, t, 1, 0, trades + 1);
            return;
          }
          const r = now / value - 1;
          sum += r;
          square += r * r;
          if (now > peak) peak = now;
          else if (now < least * peak) least = now / peak;
          value = now;
        }
        cash += units * load<f64>(buy + at);
        ++trades;
        if (cash <= 0) {
          const r = cash / value - 1;
          write(out, count, cash, sum + r, square + r * r, fill, 1, 0, trades);
          return;
        }
      }
      side = target;
      entry = fill;
      if (fill === last) {
        k = words;
        if (side === 1) units = cash / load<f64>(buy + at);
        else if (side === -1) {
          units = -cash / load<f64>(short + at);
          cash -= units * load<f64>(sell + at);
        }
        break;
      }
      let now = cash;
      if (side === 1) {
        units = cash / load<f64>(buy + at);
        now = units * load<f64>(close + at);
      } else if (side === -1) {
        units = -cash / load<f64>(short + at);
        cash -= units * load<f64>(sell + at);
        now = cash + units * load<f64>(close + at);
        if (now <= 0) {
          const left = cash + units * load<f64>(closeBuy + at);
          const r = left / value - 1;
          write(out, count, left, sum + r, square + r * r, fill, 1, 0, trades + 1);
          return;
        }
      }
      const r = now / value - 1;
      sum += r;
      square += r * r;
      if (side !== 1) {
        if (now > peak) peak = now;
        else if (now < least * peak) least = now / peak;
      }
      value = now;
    }
  }

  if (side === 1) {
    if (entry < last) {
      const from = <usize>entry << 3;
      const to = <usize>(last - 1) << 3;
      range(close, table, n, entry, last - 1);
      least = min(min(least, worst), (units * low) / peak);
      peak = max(peak, units * high);
      sum += load<f64>(sums + to) - load<f64>(sums + from);
      square += load<f64>(squares + to) - load<f64>(squares + from);
      value = units * load<f64>(close + to);
    }
    cash = units * load<f64>(asset + CLOSE_SELL * stride + (<usize>last << 3));
    ++trades;
  } else if (side === -1) {
    for (let t = entry + 1; t < last; ++t) {
      const now = cash + units * load<f64>(close + (<usize>t << 3));
      if (now <= 0) {
        const left = cash + units * load<f64>(closeBuy + (<usize>t << 3));
        const r = left / value - 1;
        return write(out, count, left, sum + r, square + r * r, t, 1, 0, trades + 1);
 return;
      }
      const r = now / value - 1;
      sum += r;
      square += r * r;
      if (now > peak) peak = now;
      else if (now < least * peak) least = now / peak;
      value = now;
    }
    cash += units * load<f64>(closeBuy + (<usize>last << 3));
    ++trades;
  }
  if (side !== 0 || entry === last) {
    const r = cash / value - 1;
    sum += r;
    square += r * r;
    least = min(least, max(cash, 0) / max(peak, cash));
  }
  write(out, count, cash, sum, square, last, load<f64>(squares + (<usize>last << 3)), least, trades);
}

/** @param scale size of what the squares were taken off: rounding of it is no spread */
function write(
  out: usize,
  count: i32,
  cash: f64,
  sum: f64,
  square: f64,
  periods: i32,
  scale: f64,
  least: f64,
  trades: i32
): void {
  const column = <usize>count << 3;
  const n = <f64>periods;
  const spread = square - (sum * sum) / n;
  store<f64>(out, cash - 1);
  const varies = periods > 1 && spread > 1e-14 * scale;
  store<f64>(out + column, varies ? sum / n / Math.sqrt(spread / (n - 1)) : NaN);
  store<f64>(out + 2 * column, least - 1);
  store<f64>(out + 3 * column, <f64>trades);
}
