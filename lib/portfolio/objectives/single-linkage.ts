/**
 * Returns items in the order of the leaves of their single linkage tree, so that near ones stand side by side. Of two
 * clusters that join, the one that is older, or of the lower index, stands left, as in scipy.
 *
 * @param distances symmetric, >= 0, row by row; shape (n x n)
 * @returns a permutation of 0 to n - 1
 * @see Sibson (1973), "SLINK", Computer Journal 16(1); scipy.cluster.hierarchy linkage(method="single"), ClusterNode.pre_order
 */
export function singleLinkage(distances: Float64Array, n: number): number[] {
  const joins = spanningTree(distances, n).toSorted((a, b) => a.distance - b.distance);
  const parent = Array.from({length: 2 * n - 1}, (_, i) => i);
  const leaves = Array.from({length: n}, (_, i) => [i]);
  const rootOf = (item: number): number => {
    let root = item;
    while (parent[root] !== root) root = parent[root];
    while (parent[item] !== root) [item, parent[item]] = [parent[item], root];
    return root;
  };
  for (const {from, to} of joins) {
    const [a, b] = [rootOf(from), rootOf(to)];
    parent[a] = parent[b] = leaves.length;
    leaves.push([...leaves[Math.min(a, b)], ...leaves[Math.max(a, b)]]);
  }
  return leaves.at(-1) ?? [];
}

interface Join {
  from: number;
  to: number;
  distance: number;
}

/** Prim's algorithm from item 0; `from` is the item that was taken before, which lies in the same cluster by then. */
function spanningTree(distances: Float64Array, n: number): Join[] {
  const nearest = new Float64Array(n).fill(Infinity);
  const taken = new Uint8Array(n);
  const joins: Join[] = [];
  for (let from = 0; joins.length < n - 1;) {
    taken[from] = 1;
    let [to, distance] = [-1, Infinity];
    for (let i = 0; i < n; ++i) {
      if (taken[i]) continue;
      nearest[i] = Math.min(nearest[i], distances[from * n + i]);
      if (nearest[i] < distance) [to, distance] = [i, nearest[i]];
    }
    if (to < 0) throw new RangeError(`invalid distance of item ${from}: ${distances[from * n]}`);
    joins.push({from, to, distance});
    from = to;
  }
  return joins;
}
