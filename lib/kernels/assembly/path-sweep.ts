/**
 * Sweeps of signals whose positions are closed by stop, target, trailing stop or time: bar by bar while something is held,
 * from signal to signal while nothing is. Bars at which nothing happens to what is held pass in short loops; where something
 * may happen the long one takes over. The twin is ../path-sweep.ts, whose words hold here too.
 *
 * An asset's columns lie one after the other, `stride` bytes each, in the order of the constants below.
 */
const OPEN: usize = 0;
const HIGH: usize = 1;
const LOW: usize = 2;
const CLOSE: usize = 3;
const BUY: usize = 4;
const SELL: usize = 5;
const SHORT: usize = 6;
const CLOSE_BUY: usize = 7;
const CLOSE_SELL: usize = 8;
/** Of each close since the one before, less one. */
const RETURN: usize = 9;

const NONE = 2;
const ROUNDING: f64 = 1e-12;

let slippage: f64 = 0;
let slippagePerUnit: f64 = 0;
let commission: f64 = 0;
let commissionPerUnit: f64 = 0;

/** Says what fills cost from now on. */
export function setCosts(slips: f64, slipsPerUnit: f64, pays: f64, paysPerUnit: f64): void {
  slippage = slips;
  slippagePerUnit = slipsPerUnit;
  commission = pays;
  commissionPerUnit = paysPerUnit;
}

@inline
function brings(price: f64, limit: f64): f64 {
  const slipped = max(max(price * (1 - slippage) - slippagePerUnit, 0), limit);
  return slipped - (slipped * commission + commissionPerUnit);
}

@inline
function takes(price: f64, limit: f64): f64 {
  const slipped = min(price * (1 + slippage) + slippagePerUnit, limit);
  return slipped + (slipped * commission + commissionPerUnit);
}

/** Makes the column of returns. */
export function prepare(asset: usize, n: i32, stride: usize): void {
  const closes = asset + CLOSE * stride;
  const returns = asset + RETURN * stride;
  for (let i = 1; i < n; ++i) {
    const at = <usize>i << 3;
    store<f64>(returns + at, load<f64>(closes + at) / load<f64>(closes + at - 8) - 1);
  }
}

/**
 * Writes, for each bar, the first from it on whose signal is to hold something else than a short, than nothing, than a long;
 * `n` where there is none.
 * @param signals an i8 a bar
 * @param next three i32 a bar
 */
export function findSignals(signals: usize, n: i32, next: usize): void {
  let notShort = n;
  let notFlat = n;
  let notLong = n;
  for (let i = n - 1; i >= 0; --i) {
    const signal = <i32>load<i8>(signals + <usize>i);
    if (signal !== NONE) {
      if (signal !== -1) notShort = i;
      if (signal !== 0) notFlat = i;
      if (signal !== 1) notLong = i;
    }
    const at = next + <usize>i * 12;
    store<i32>(at, notShort);
    store<i32>(at, notFlat, 4);
    store<i32>(at, notLong, 8);
  }
}

/** Returns the first bar from one on whose signal is to hold something else than a side. */
@inline
function nextSignal(next: usize, from: i32, side: i32): i32 {
  return load<i32>(next + <usize>from * 12 + (<usize>(side + 1) << 2));
}

/**
 * Runs the cells from one to before another, all of the same signals.
 * @param next as `findSignals` wrote it
 * @param exits three columns of `count` f64: stop, target, trail
 * @param holds an i32 a cell
 * @param out four columns of `count`: total return, ratio, deepest fall, trades
 */
export function sweepPaths(
  asset: usize,
  n: i32,
  stride: usize,
  signals: usize,
  next: usize,
  exits: usize,
  holds: usize,
  from: i32,
  to: i32,
  count: i32,
  out: usize
): void {
  const column = <usize>count << 3;
  for (let p = from; p < to; ++p) {
    const at = exits + (<usize>p << 3);
    walk(
      asset,
      n,
      stride,
      signals,
      next,
      load<f64>(at),
      load<f64>(at + column),
      load<f64>(at + 2 * column),
      load<i32>(holds + (<usize>p << 2)),
      column,
      out + (<usize>p << 3)
    );
  }
}

function walk(
  asset: usize,
  n: i32,
  stride: usize,
  signals: usize,
  next: usize,
  stopAway: f64,
  targetAway: f64,
  trail: f64,
  hold: i32,
  column: usize,
  out: usize
): void {
  const opens = asset + OPEN * stride;
  const highs = asset + HIGH * stride;
  const lows = asset + LOW * stride;
  const closes = asset + CLOSE * stride;
  const returns = asset + RETURN * stride;
  const last = n - 1;
  const below = 1 - trail;
  const above = 1 + trail;

  let side = 0;
  let wanted: i32 = NONE;
  let held = 0;
  let cash: f64 = 1;
  let units: f64 = 0; // below zero when short
  let stop: f64 = 0;
  let target: f64 = 0;
  let best: f64 = 0;
  let value: f64 = 1; // at the close before
  let peak: f64 = 1;
  let least: f64 = 1;
  let sum: f64 = 0;
  let square: f64 = 0;
  let trades = 0;

  let t = 0;
  while (true) {
    if (side === 0 && wanted === NONE) {
      // nothing changes until the bar whose close decides to hold something
      const entry = nextSignal(next, t, 0);
      if (entry >= last) return write(out, column, value, last, sum, square, least, trades);
      wanted = load<i8>(signals + <usize>entry);
      t = entry + 1;
    }
    const at = <usize>t << 3;
    const open = load<f64>(opens + at);
    const close = load<f64>(closes + at);
    const before = side;
    if (wanted !== NONE) {
      if (side > 0) {
        const level = max(stop, best * below);
        if (open <= level) cash += units * brings(open, 0);
        else if (open >= target) cash += units * brings(open, target);
        else cash += units * load<f64>(asset + SELL * stride + at);
      } else if (side < 0) {
        const level = min(stop, best * above);
        if (open >= level) cash += units * takes(open, Infinity);
        else if (open <= target) cash += units * takes(open, target);
        else cash += units * load<f64>(asset + BUY * stride + at);
      }
      if (side !== 0) {
        units = 0;
        side = 0;
        ++trades;
      }
      if (wanted !== 0 && cash > 0) {
        const decided = load<f64>(closes + at - 8);
        side = wanted;
        held = 0;
        best = open;
        if (side > 0) {
          units = cash / load<f64>(asset + BUY * stride + at);
          cash = 0;
          stop = decided * (1 - stopAway);
          target = decided * (1 + targetAway);
        } else {
          units = -cash / load<f64>(asset + SHORT * stride + at);
          cash -= units * load<f64>(asset + SELL * stride + at);
          stop = decided * (1 + stopAway);
          target = decided * (1 - targetAway);
        }
      }
      wanted = NONE;
    }
    if (side > 0) {
      const high = load<f64>(highs + at);
      const low = load<f64>(lows + at);
      best = max(best, open);
      let level = max(stop, best * below);
      let price: f64 = -1;
      let limit: f64 = 0;
      if (open >= target) {
        price = open;
        limit = target;
      } else if (low <= level) price = min(open, level);
      else if (high >= target) {
        price = target;
        limit = target;
      } else {
        best = max(best, high);
        level = max(stop, best * below);
        if (low <= level && (close <= level || brings(level, 0) < close * (1 - ROUNDING))) price = level;
      }
      if (price >= 0) {
        cash += units * brings(price, limit);
        units = 0;
        side = 0;
        ++trades;
      }
    } else if (side < 0) {
      const high = load<f64>(highs + at);
      const low = load<f64>(lows + at);
      best = min(best, open);
      let level = min(stop, best * above);
      let price: f64 = -1;
      let limit: f64 = Infinity;
      if (open <= target) {
        price = open;
        limit = target;
      } else if (high >= level) price = max(open, level);
      else if (low <= target) {
        price = target;
        limit = target;
      } else {
        best = min(best, low);
        level = min(stop, best * above);
        if (high >= level) {
          const bought = cash + units * takes(level, Infinity);
          const kept = cash + units * close; // more than that only where slippage pays
          if (close >= level || bought - kept <= ROUNDING * abs(bought)) price = level;
        }
      }
      if (price >= 0) {
        cash += units * takes(price, limit);
        units = 0;
        side = 0;
        ++trades;
      }
    }
    let now = cash + units * close;
    const isOver = t === last || now <= 0;
    if (isOver && side !== 0) {
      now = cash + units * load<f64>(asset + (side > 0 ? CLOSE_SELL : CLOSE_BUY) * stride + at);
      ++trades;
    }
    const r = before > 0 && side > 0 && !isOver ? load<f64>(returns + at) : now / value - 1;
    sum += r;
    square += r * r;
    value = now;
    if (now > peak) peak = now;
    else if (now < least * peak) least = max(now, 0) / peak;
    if (isOver) return write(out, column, now, t, sum, square, least, trades);
    const signal = <i32>load<i8>(signals + <usize>t);
    if (side !== 0) ++held;
    if (signal !== NONE && signal !== side) wanted = signal;
    else if (side !== 0 && held >= hold) wanted = 0;
    ++t;
    if (side === 0 || wanted !== NONE) continue;

    // to before the bar whose close is the last, ends the time, or has a signal to hold something else
    const begun = t;
    const room = hold - held - 1;
    let end = min(last, nextSignal(next, t, side));
    if (room < end - t) end = t + room;
    if (side > 0) {
      let level = max(stop, best * below);
      for (; t < end; ++t) {
        const at = <usize>t << 3;
        const open = load<f64>(opens + at);
        const high = load<f64>(highs + at);
        const low = load<f64>(lows + at);
        if (open > best) {
          best = open;
          level = max(stop, best * below);
        }
        if (low <= level || high >= target) break;
        if (high > best) {
          const risen = max(stop, high * below);
          if (low <= risen) break;
          best = high;
          level = risen;
        }
        const r = load<f64>(returns + at);
        const now = units * load<f64>(closes + at);
        sum += r;
        square += r * r;
        value = now;
        if (now > peak) peak = now;
        else if (now < least * peak) least = now / peak;
      }
    } else {
      let level = min(stop, best * above);
      for (; t < end; ++t) {
        const at = <usize>t << 3;
        const open = load<f64>(opens + at);
        const high = load<f64>(highs + at);
        const low = load<f64>(lows + at);
        if (open < best) {
          best = open;
          level = min(stop, best * above);
        }
        if (high >= level || low <= target) break;
        if (low < best) {
          const fallen = min(stop, low * above);
          if (high >= fallen) break;
          best = low;
          level = fallen;
        }
        const now = cash + units * load<f64>(closes + at);
        if (now <= 0) break;
        const r = now / value - 1;
        sum += r;
        square += r * r;
        value = now;
        if (now > peak) peak = now;
        else if (now < least * peak) least = now / peak;
      }
    }
    held += t - begun;
  }
}

function write(
  out: usize,
  column: usize,
  cash: f64,
  periods: i32,
  sum: f64,
  square: f64,
  least: f64,
  trades: i32
): void {
  const n = <f64>periods;
  const spread = square - (sum * sum) / n;
  const varies = periods > 1 && spread > 1e-14 * square + 1e-30 * n;
  store<f64>(out, cash - 1);
  store<f64>(out + column, varies ? sum / n / Math.sqrt(spread / (n - 1)) : NaN);
  store<f64>(out + 2 * column, least - 1);
  store<f64>(out + 3 * column, <f64>trades);
}
