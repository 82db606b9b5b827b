/** Weights to be held in whole shares. */
export interface AllocationRequest {
  /** Names; shape (n). */
  assets: readonly string[];
  /** Of the value, their sum 1 or less for those above zero without those below; the rest stays cash; shape (n). */
  weights: Float64Array;
  /** Of one share, in the currency of the value, > 0; shape (n). */
  prices: Float64Array;
  /** What weights are of, > 0. */
  value: number;
}

/** Whole shares. */
export interface Allocation {
  /** Below zero where short; shape (n). */
  shares: Float64Array<ArrayBuffer>;
  /** What is not invested: value less shares x prices; proceeds of shorts are in it. */
  cash: number;
  /** Sum of what positions lack to their weight x value, each never below zero. */
  shortfall: number;
  /** Whether no whole shares lack less, proven by having tried; never of the greedy rule. */
  proven: boolean;
}

/**
 * Returns whole shares by a greedy rule: each weight's shares rounded down, then one share at a time of what is most below
 * its weight of what is invested so far, as long as there is money for it. Longs and shorts each have their own money:
 * the sum of their weights x value.
 *
 * @throws RangeError for columns of unequal length, a weight that is not finite, a price or value that is not above zero
 * @see PyPortfolioOpt DiscreteAllocation.greedy_portfolio(reinvest=True), which gives up after ten assets that are too dear
 */
export function allocateGreedily(request: AllocationRequest): Allocation {
  return bySides(request, greedy);
}

/** Choices that are tried at most, of each side: a fraction of a second. */
const MOST_CHOICES = 2_000_000;

/**
 * Returns the whole shares that lack least: minimize the sum of max(0, weight x value - shares x price), the money never
 * exceeded, by branch and bound from the greedy rule's answer. This is PyPortfolioOpt's integer program, whose objective,
 * the sum of |weight x value - shares x price| and of the money left, is twice as much.
 *
 * @returns not `proven` when two million choices were not enough: the best of those, no worse than the greedy rule's
 * @throws RangeError as `allocateGreedily`
 * @see PyPortfolioOpt DiscreteAllocation.lp_portfolio; Land & Doig (1960), "An automatic method of solving discrete
 * programming problems", Econometrica 28(3)
 */
export function allocateExactly(request: AllocationRequest): Allocation {
  return bySides(request, exact);
}

/** One side: what each position should be worth, in assets' order of price or weight; money is the sum of it. */
interface Side {
  targets: Float64Array;
  prices: Float64Array;
}

type Rule = (side: Side) => {shares: Float64Array; proven: boolean};

function bySides({assets, weights, prices, value}: AllocationRequest, rule: Rule): Allocation {
  check({assets, weights, prices, value});
  const shares = new Float64Array(assets.length);
  let proven = true;
  for (const sign of [1, -1]) {
    const members = assets.map((_, i) => i).filter((i) => sign * weights[i] > 0);
    const found = rule({
      targets: Float64Array.from(members, (i) => Math.abs(weights[i]) * value),
      prices: Float64Array.from(members, (i) => prices[i])
    });
    proven &&= found.proven;
    for (const [k, i] of members.entries()) shares[i] = found.shares[k] && sign * found.shares[k];
  }
  let [cash, shortfall] = [value, 0];
  for (let i = 0; i < shares.length; ++i) {
    cash -= shares[i] * prices[i];
    shortfall += Math.max(0, Math.abs(weights[i]) * value - Math.abs(shares[i]) * prices[i]);
  }
  return {shares, cash, shortfall, proven};
}

/** Whole shares of a target that is as many but for rounding are as many. */
function wholeShares(target: number, price: number): number {
  return Math.floor((target / price) * (1 + 1e-12));
}

function greedy({targets, prices}: Side) {
  const money = sum(targets);
  const shares = targets.map((target, k) => wholeShares(target, prices[k]));
  const order = [...shares.keys()].sort((a, b) => targets[b] - targets[a]);
  let left = money - shares.reduce((all, count, k) => all + count * prices[k], 0);
  for (;;) {
    const invested = shares.reduce((all, count, k) => all + count * prices[k], 0);
    let [next, most] = [-1, 0];
    for (const k of order) {
      if (prices[k] > left) continue;
      const lack = targets[k] / money - (invested > 0 ? (shares[k] * prices[k]) / invested : 0);
      if (lack > most) [next, most] = [k, lack];
    }
    if (next < 0) return {shares, proven: false};
    ++shares[next];
    left -= prices[next];
  }
}

function exact(side: Side) {
  const {targets, prices} = side;
  const lackOf = (k: number, count: number) => Math.max(0, targets[k] - count * prices[k]);
  let {shares: best} = greedy(side);
  let least = best.reduce((all, count, k) => all + lackOf(k, count), 0);
  // the dearest first: the cheap fill what they leave
  const order = [...targets.keys()].sort((a, b) => prices[b] - prices[a]);
  const wanted = new Float64Array(order.length + 1);
  for (let d = order.length - 1; d >= 0; --d) wanted[d] = wanted[d + 1] + targets[order[d]];
  const shares = new Float64Array(targets.length);
  let choices = 0;
  const rounding = sum(targets) * 1e-12;

  /** @param lacked by those before `depth` */
  const search = (depth: number, left: number, lacked: number): void => {
    if (lacked + Math.max(0, wanted[depth] - left) >= least - rounding) return;
    if (depth === order.length) {
      [best, least] = [shares.slice(), lacked];
      return;
    }
    const k = order[depth];
    const down = wholeShares(targets[k], prices[k]);
    const up = targets[k] - down * prices[k] > rounding ? down + 1 : down;
    for (let count = Math.min(up, wholeShares(left, prices[k])); count >= 0; --count) {
      if (++choices > MOST_CHOICES || lacked + lackOf(k, count) >= least - rounding) return;
      shares[k] = count;
      search(depth + 1, left - count * prices[k], lacked + lackOf(k, count));
    }
  };
  search(0, sum(targets), 0);
  return {shares: best, proven: choices <= MOST_CHOICES};
}

function sum(values: Float64Array): number {
  return values.reduce((all, value) => all + value, 0);
}

function check({assets, weights, prices, value}: AllocationRequest): void {
  const n = assets.length;
  for (const [name, column] of Object.entries({weights, prices}))
    if (column.length !== n) throw new RangeError(`${name}: ${column.length} values for ${n} assets`);
  const wrong = weights.findIndex((weight) => !Number.isFinite(weight));
  if (wrong >= 0) throw new RangeError(`invalid weight of ${assets[wrong]}: ${weights[wrong]}`);
  const free = prices.findIndex((price) => !(price > 0 && price < Infinity));
  if (free >= 0) throw new RangeError(`invalid price of ${assets[free]}: ${prices[free]}: it is above 0`);
  if (!(value > 0 && value < Infinity)) throw new RangeError(`invalid value: ${value}: it is above 0`);
  const net = sum(weights);
  if (net > 1 + 1e-9) throw new RangeError(`the weights sum to ${net}: there is no money beyond 1`);
}
