/**
 * Paths of assets, two at once: normal returns, Student's t, or blocks of history; the twin is
 * ../../risk/simulation/simulate.ts.
 */

/** Numbers of a table of the ziggurat, which are handed in: how many, and where its tail begins. */
const LAYERS: usize = 256;
const R: f64 = 3.654152885361009;
const GOLDEN: u64 = 0x9e3779b97f4a7c15;

/** Normal numbers that are drawn at once, of one path. */
const BLOCK: i32 = 512;

/** The four words of the generator while it draws. */
let s0: u64 = 0;
let s1: u64 = 0;
let s2: u64 = 0;
let s3: u64 = 0;

function mix(state: u64): u64 {
  let z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/** Puts the first state of a stream at `to`, as `streamStates` does. */
function begin(to: usize, seed: u64, stream: u64): void {
  let state = seed + GOLDEN * stream * 4;
  for (let word: usize = 0; word < 4; ++word) {
    state += GOLDEN;
    store<u64>(to + (word << 3), mix(state));
  }
}

@inline
function next(): u64 {
  const out = rotl<u64>(s0 + s3, 23) + s0;
  const t = s1 << 17;
  s2 ^= s0;
  s3 ^= s1;
  s1 ^= s2;
  s0 ^= s3;
  s2 ^= t;
  s3 = rotl<u64>(s3, 45);
  return out;
}

@inline
function uniform(): f64 {
  return <f64>(<i64>(next() >> 11)) * (1.0 / 9007199254740992.0);
}

/** What is seldom needed of a draw: the tail, and the edge of a layer; NaN to draw again. */
function rare(layer: usize, x: f64, height: usize): f64 {
  if (layer === 0) {
    for (;;) {
      const far = -Math.log(1 - uniform()) / R;
      const y = -Math.log(1 - uniform());
      if (y + y > far * far) return R + far;
    }
  }
  const above = load<f64>(height + ((layer - 1) << 3));
  const own = load<f64>(height + (layer << 3));
  const between = (above - own) * uniform() + own;
  return between < Math.exp((-x * x) / 2) ? x : NaN;
}

@inline
function wake(state: usize): void {
  s0 = load<u64>(state);
  s1 = load<u64>(state, 8);
  s2 = load<u64>(state, 16);
  s3 = load<u64>(state, 24);
}

@inline
function rest(state: usize): void {
  store<u64>(state, s0);
  store<u64>(state, s1, 8);
  store<u64>(state, s2, 16);
  store<u64>(state, s3, 24);
}

/** Returns a normal number. */
@inline
function normal(tables: usize): f64 {
  const width = tables + LAYERS * 8;
  for (;;) {
    const bits = next();
    const layer = <usize>(bits & 0xff);
    const place = <f64>(<i64>(bits >> 12));
    let x = place * load<f64>(width + (layer << 3));
    if (!(place < load<f64>(tables + (layer << 3)))) {
      x = rare(layer, x, width + LAYERS * 8);
      if (x !== x) continue;
    }
    return reinterpret<f64>(reinterpret<u64>(x) | ((bits & 0x100) << 55));
  }
}

/** Returns a gamma number of a shape above one. */
function gamma(tables: usize, shape: f64): f64 {
  const d = shape - 1.0 / 3.0;
  const c = 1 / Math.sqrt(9 * d);
  let x: f64 = 0;
  let v: f64 = 0;
  do {
    x = normal(tables);
    const root = 1 + c * x;
    v = root * root * root;
  } while (!(v > 0 && Math.log(1 - uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)));
  return d * v;
}

/**
 * Draws what some periods need of one stream: n normal numbers each, and what stretches them.
 * @param degrees of freedom; not above zero for normal returns
 * @param out every second number from there, as from `stretches`
 */
function draw(state: usize, tables: usize, out: usize, n: i32, periods: i32, degrees: f64, stretches: usize): void {
  wake(state);
  let to = out;
  for (let p = 0; p < periods; ++p) {
    const end = to + (<usize>n << 4);
    for (; to < end; to += 16) store<f64>(to, normal(tables));
    if (degrees > 0)
      store<f64>(stretches + (<usize>p << 4), Math.sqrt((degrees - 2) / (2 * gamma(tables, degrees / 2))));
  }
  rest(state);
}

/** Returns the row at which a block begins, of so many. */
function rowOf(state: usize, rows: i32): i32 {
  wake(state);
  const row = <i32>Math.floor(uniform() * <f64>rows);
  rest(state);
  return row;
}

/** Moves what is held of an asset by its growth, which is at least nothing; returns it. */
@inline
function grow(held: usize, growth: v128): v128 {
  const now = f64x2.mul(v128.load(held), f64x2.pmax(f64x2.splat(0), growth));
  v128.store(held, now);
  return now;
}

/**
 * Runs paths of successive streams.
 * @param values of the assets at the start; shape (n)
 * @param mean shape (n)
 * @param lower triangle of the covariance, row by row; shape (n x n)
 * @param checkpoints rising, `kept` of them, i32 each
 * @param degrees of freedom of Student's t; not above zero for normal returns
 * @param history rows of n returns, of which blocks are drawn in place of all that; null for none
 * @param length of a block, in periods
 * @param tables of the ziggurat: sure, width, height
 * @param scratch 16 bytes an asset for what is held, 64 for states, 16 for each of BLOCK and n numbers, and for each of
 *   BLOCK stretches
 * @param out columns of `room` each, `room` even and at least `count`: terminal values, falls, then one a checkpoint
 */
export function simulate(
  n: i32,
  values: usize,
  cash: f64,
  mean: usize,
  lower: usize,
  degrees: f64,
  history: usize,
  rows: i32,
  length: i32,
  periods: i32,
  seed: f64,
  from: f64,
  count: i32,
  checkpoints: usize,
  kept: i32,
  tables: usize,
  scratch: usize,
  out: usize,
  room: i32
): void {
  const held = scratch;
  const states = held + (<usize>n << 4);
  const z = states + 64;
  const stretches = z + (<usize>(BLOCK + n) << 4);
  const column = <usize>room << 3;
  const block = max(1, BLOCK / n);
  let start = cash;
  for (let i = 0; i < n; ++i) start += load<f64>(values + (<usize>i << 3));
  const none = f64x2.splat(0);
  const one = f64x2.splat(1);
  for (let path = 0; path < count; path += 2) {
    begin(states, <u64>seed, <u64>from + <u64>path);
    begin(states + 32, <u64>seed, <u64>from + <u64>path + 1);
    for (let i = 0; i < n; ++i)
      v128.store(held + (<usize>i << 4), v128.load64_splat(values + (<usize>i << 3)));
    const to = out + (<usize>path << 3);
    let value = f64x2.splat(start);
    let peak = value;
    let deepest = none;
    let mark = 0;
    let rowA = 0;
    let rowB = 0;
    for (let first = 0; first < periods; first += block) {
      const periodsNow = min(block, periods - first);
      if (!history) {
        draw(states, tables, z, n, periodsNow, degrees, stretches);
        draw(states + 32, tables, z + 8, n, periodsNow, degrees, stretches + 8);
      }
      for (let p = 0; p < periodsNow; ++p) {
        value = f64x2.splat(cash);
        if (history) {
          const begins = (first + p) % length === 0;
          rowA = begins ? rowOf(states, rows) : (rowA + 1) % rows;
          rowB = begins ? rowOf(states + 32, rows) : (rowB + 1) % rows;
          const a = history + (<usize>(rowA * n) << 3);
          const b = history + (<usize>(rowB * n) << 3);
          for (let i = 0; i < n; ++i) {
            const at = <usize>i << 3;
            const drawn = f64x2.replace_lane(v128.load64_splat(a + at), 1, load<f64>(b + at));
            value = f64x2.add(value, grow(held + (at << 1), f64x2.add(one, drawn)));
          }
        } else {
          const drawn = z + (<usize>(p * n) << 4);
          const stretch = degrees > 0 ? v128.load(stretches + (<usize>p << 4)) : one;
          let row = lower;
          for (let i = 0; i < n; ++i) {
            let sum = none;
            let at = drawn;
            const end = row + (<usize>i << 3);
            for (let l = row; l <= end; l += 8, at += 16)
              sum = f64x2.add(sum, f64x2.mul(v128.load64_splat(l), v128.load(at)));
            row += <usize>n << 3;
            const own = f64x2.add(v128.load64_splat(mean + (<usize>i << 3)), f64x2.mul(stretch, sum));
            value = f64x2.add(value, grow(held + (<usize>i << 4), f64x2.add(one, own)));
          }
        }
        peak = f64x2.pmax(peak, value);
        deepest = f64x2.pmin(deepest, f64x2.sub(f64x2.div(value, peak), one));
        if (mark < kept && load<i32>(checkpoints + (<usize>mark << 2)) === first + p + 1) {
          ++mark;
          v128.store(to + <usize>(mark + 1) * column, value);
        }
      }
    }
    v128.store(to, value);
    v128.store(to + column, f64x2.pmax(f64x2.splat(-1), deepest));
  }
}
