import type {LiveSum} from "../../lib/live/accounts.js";

/** Live value at a moment. */
export interface NavPoint {
  /** Milliseconds since 1970 UTC. */
  at: number;
  value: number;
}

/** Live points of one account as the bridge kept them: what `/api/live/nav` answers. */
export interface KeptNav {
  account: string;
  currency: string;
  points: readonly NavPoint[];
}

/**
 * Returns the kept points of accounts as one series: at each moment at which any was kept, the sum of the last that is
 * known of each, from the moment on at which all are known.
 */
export function joinPoints(kept: readonly KeptNav[], accounts: readonly string[]): NavPoint[] {
  const shown = kept.filter(({account}) => accounts.includes(account));
  const moments = [...new Set(shown.flatMap(({points}) => points.map(({at}) => at)))].sort((a, b) => a - b);
  return moments.flatMap((at) => {
    const values = shown.map(({points}) => points.findLast((point) => point.at <= at)?.value);
    return values.length === accounts.length && values.every((value) => value !== undefined)
      ? [{at, value: values.reduce((sum, value) => sum + value, 0)}]
      : [];
  });
}

/** Points of the page itself are no closer together. */
const APART_MS = 5000;
const MOST = 720;

/** Adds what is live now to the points, thinned; returns whether it did. */
export function addPoint(points: NavPoint[], {at, value}: Pick<LiveSum, "at" | "value">): boolean {
  if (value === null || at - (points.at(-1)?.at ?? 0) < APART_MS) return false;
  points.push({at, value});
  if (points.length > MOST) points.splice(0, points.length - MOST);
  return true;
}
