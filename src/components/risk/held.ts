import type {HoldingsView} from "../../lib/ledger/holdings/view.js";
import {
  type HoldingsHistory,
  holdingsHistory,
  type HistoryOptions
} from "../../lib/portfolio/holdings-history.js";
import type {Watched} from "../watch-view.js";

/** What is held, with aligned returns. */
export interface Held {
  view: HoldingsView;
  history: HoldingsHistory;
  /** Code of the values. */
  currency: string;
}

/** Returns what is held with its returns over the periods asked for. */
export function heldOf(watched: Watched<HoldingsView>, options: HistoryOptions): Watched<Held> {
  if (watched.kind !== "ready") return watched;
  const {view} = watched;
  return {
    kind: "ready",
    view: {view, history: holdingsHistory(view, options), currency: view.currency ?? ""}
  };
}

/** Returns the returns of what is held as tasks take them; or why there are none. */
export function tableOf({history, view}: Held): {assets: string[]; returns: Float64Array[]} | string {
  const {assets, complete, leftOut} = history;
  if (view.asOf === null) return "no positions: import a statement with Open Positions";
  if (!assets.length) {
    const [first] = leftOut;
    return first ? `nothing that is held has a past: ${first.name}: ${first.reason}` : "nothing is held";
  }
  if (complete < 2) return "no two periods in which all that is held has a return: take a longer range";
  return {assets: assets.map(({name}) => name), returns: assets.map(({returns}) => returns)};
}

/** Returns the values of what has a past, in the order of the table. */
export function valuesOf({history}: Held): Float64Array {
  return Float64Array.from(history.assets, ({value}) => value);
}

/** Returns values as parts of net asset value; NaN without one. */
export function shareOfNav(value: number, {view}: Held): number {
  const nav = view.nav.value;
  return nav !== null && nav > 0 ? value / nav : NaN;
}

/** Returns what stands for the part of the account that figures of the past do not speak of. */
export function leftOutSentence({history: {leftOut}}: Held): string | null {
  if (!leftOut.length) return null;
  const names = leftOut.map(({name}) => name);
  const [few, more] = [names.slice(0, 3).join(", "), names.length - 3];
  return `Without ${few}${more > 0 ? ` and ${more} more` : ""}: see what was left out, below.`;
}
