/** How far two clusters are: nearest members, farthest, mean of all pairs, or growth of the inner sum of squares. */
export const LINKAGES = ["single", "complete", "average", "ward"] as const;
/** One of them. */
export type LinkageMethod = (typeof LINKAGES)[number];

/** Two clusters that become one. Leaves are 0 to n - 1; the cluster made by step s is n + s. */
export interface Merge {
  left: number;
  /** > left. */
  right: number;
  distance: number;
  /** Leaves in it. */
  size: number;
}

/**
 * Returns the hierarchical clustering of points by their distances: the two nearest clusters become one, n - 1 times.
 * Of equal distances the first is taken, by the lower members.
 *
 * @param distances row by row, symmetric, its lower triangle is read; shape (n x n), finite and >= 0
 * @returns n - 1 merges in their order; empty when n < 2
 * @throws RangeError if the shape is wrong or a distance not finite or negative
 * @see Lance & Williams (1967), The Computer Journal 9(4); scipy.cluster.hierarchy.linkage, whose rows these are
 */
export function linkage(distances: Float64Array, n: number, method: LinkageMethod): Merge[] {
  if (distances.length !== n * n)
    throw new RangeError(`distances has ${distances.length} values, not ${n} x ${n}`);
  const wrong = distances.findIndex((d) => !(d >= 0 && d < Infinity));
  if (wrong >= 0)
    throw new RangeError(`invalid distances[${Math.floor(wrong / n)}][${wrong % n}]: ${distances[wrong]}`);
  const d = distances.slice();
  const id = Array.from({length: n}, (_, i) => i);
  const size = Array.from({length: n}, () => 1);
  const alive = Array.from({length: n}, (_, i) => i);
  const merges: Merge[] = [];
  while (alive.length > 1) {
    const [a, b] = nearest(d, alive, n);
    const gap = d[b * n + a];
    const [left, right] = id[a] < id[b] ? [id[a], id[b]] : [id[b], id[a]];
    for (const other of alive) {
      if (other === a || other === b) continue;
      const [toA, toB] = [d[low(a, other, n)], d[low(b, other, n)]];
      d[low(a, other, n)] = joined(method, toA, toB, gap, size[a], size[b], size[other]);
    }
    size[a] += size[b];
    id[a] = n + merges.length;
    alive.splice(alive.indexOf(b), 1);
    merges.push({left, right, distance: gap, size: size[a]});
  }
  return merges;
}

function low(i: number, j: number, n: number): number {
  return i > j ? i * n + j : j * n + i;
}

function nearest(d: Float64Array, alive: readonly number[], n: number): [number, number] {
  let [first, second, least] = [alive[0], alive[1], Infinity];
  for (let i = 1; i < alive.length; ++i) {
    for (let j = 0; j < i; ++j) {
      const gap = d[alive[i] * n + alive[j]];
      if (gap < least) [first, second, least] = [alive[j], alive[i], gap];
    }
  }
  return [first, second];
}

/** Lance and Williams's distance of a third cluster to the two that were joined. */
function joined(
  method: LinkageMethod,
  toA: number,
  toB: number,
  gap: number,
  a: number,
  b: number,
  other: number
): number {
  switch (method) {
    case "single":
      return Math.min(toA, toB);
    case "complete":
      return Math.max(toA, toB);
    case "average":
      return (a * toA + b * toB) / (a + b);
    case "ward":
      return Math.sqrt(
        ((a + other) * toA ** 2 + (b + other) * toB ** 2 - other * gap ** 2) / (a + b + other)
      );
  }
}

/**
 * Returns the leaves in the order in which the tree hangs: each cluster's left part before its right (seriation).
 * @param merges as from `linkage`
 * @param n leaves
 * @see scipy.cluster.hierarchy.leaves_list
 */
export function leafOrder(merges: readonly Merge[], n: number): number[] {
  if (n === 0) return [];
  const order: number[] = [];
  const waiting = [n + merges.length - 1];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node < n) order.push(node);
    else waiting.push(merges[node - n].right, merges[node - n].left);
  }
  return order;
}
