import type {AccountNav} from "../account-nav.js";
import type {Bridge} from "../bridges.js";
import {lastAtOrBefore, lastBefore} from "../sorted-days.js";

/** A part of an account's way through a range: over a ChangeInNAV, or over days that none covers. */
export interface Leg {
  /** Day whose close is left, and day whose close is reached. */
  from: string;
  to: string;
  bridge: Bridge | null;
}

/**
 * Returns an account's way from one day with a value to another, over its bridges wherever they join: as few days as
 * can be are left without one, and of those that do the shortest are taken.
 *
 * @param bridges of the account, in order of their last day
 * @param from day with a value
 * @param to day with a value, not before it
 */
export function wayOf({days}: AccountNav, bridges: readonly Bridge[], from: string, to: string): Leg[] {
  const [first, last] = [lastAtOrBefore(days, from), lastAtOrBefore(days, to)];
  const leaving = new Map<number, {bridge: Bridge; reached: number}[]>();
  for (const bridge of bridges) {
    const [left, reached] = [lastBefore(days, bridge.from), lastAtOrBefore(days, bridge.to)];
    if (left < first || reached > last || left >= reached || days[reached] !== bridge.to) continue;
    const own = leaving.get(left) ?? [];
    own.push({bridge, reached});
    leaving.set(left, own);
  }
  const length = last - first;
  const bare = new Int32Array(length + 1);
  const next: ({bridge: Bridge | null; reached: number} | undefined)[] = [];
  for (let i = last - 1; i >= first; --i) {
    let best: {bridge: Bridge | null; reached: number} = {bridge: null, reached: i + 1};
    let least = bare[i + 1 - first] + 1;
    for (const edge of leaving.get(i) ?? []) {
      const cost = bare[edge.reached - first];
      if (cost < least || (cost === least && edge.reached < best.reached)) [best, least] = [edge, cost];
    }
    next[i - first] = best;
    bare[i - first] = least;
  }
  const legs: Leg[] = [];
  for (let i = first; i < last;) {
    const edge = next[i - first];
    if (!edge) break;
    const {bridge, reached} = edge;
    const before = legs.at(-1);
    if (bridge === null && before?.bridge === null) before.to = days[reached];
    else legs.push({from: days[i], to: days[reached], bridge});
    i = reached;
  }
  return legs;
}
