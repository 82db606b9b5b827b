import type {CorrelationMatrix} from "../correlation.js";
import {leafOrder, linkage, type LinkageMethod, type Merge} from "./linkage.js";

/** A correlation matrix grouped: what moves together stands together. */
export interface CorrelationClusters {
  /** Assets by index, as the tree hangs them. */
  order: number[];
  /** The tree; distances are sqrt((1 - correlation) / 2), in [0, 1]. Indexes are those of `clustered`. */
  merges: Merge[];
  /** Assets that are in the tree, by index: those with all correlations known. */
  clustered: number[];
  /** The others, by index; they stand last in `order`. */
  apart: number[];
  method: LinkageMethod;
}

/**
 * Returns the hierarchical clustering of assets by the distance sqrt((1 - correlation) / 2), and the order that puts
 * similar ones beside one another. An asset that does not vary, or shares too few periods, has no correlation; it stands
 * apart.
 *
 * @see Mantegna (1999), "Hierarchical structure in financial markets", European Physical Journal B 11
 */
export function clusterCorrelations(
  {n, values}: CorrelationMatrix,
  {method = "average"}: {method?: LinkageMethod} = {}
): CorrelationClusters {
  const clustered = known(n, values);
  const m = clustered.length;
  const distances = new Float64Array(m * m);
  for (const [i, a] of clustered.entries()) {
    for (const [j, b] of clustered.entries()) {
      distances[i * m + j] = i === j ? 0 : Math.sqrt(Math.max(0, 1 - values[a * n + b]) / 2);
    }
  }
  const merges = linkage(distances, m, method);
  const apart = Array.from({length: n}, (_, i) => i).filter((i) => !clustered.includes(i));
  const order = [...leafOrder(merges, m).map((leaf) => clustered[leaf]), ...apart];
  return {order, merges, clustered, apart, method};
}

/** Leaves out, one after the other, the asset with the most unknown correlations (of equals the last). */
function known(n: number, values: Float64Array): number[] {
  const kept = Array.from({length: n}, (_, i) => i).filter((i) => !Number.isNaN(values[i * n + i]));
  for (;;) {
    const unknown = kept.map((i) => kept.filter((j) => Number.isNaN(values[i * n + j])).length);
    const most = Math.max(0, ...unknown);
    if (most === 0) return kept;
    kept.splice(unknown.lastIndexOf(most), 1);
  }
}
