import type {RebalancePosition, RebalanceRules} from "./request.js";

/** What a position lacks. */
export interface Drift {
  /** Share of the account's value, less the target. */
  gap: number;
  /** Whether it lies outside of its band. */
  outside: boolean;
  /** Quantity that brings it where the rules want it, not rounded; within the band, that brings it to its target. */
  lacking: number;
  /** The same in whole lots, never beyond, 0 within the band; a position that is closed goes whole. */
  change: number;
  /** Held and wanted, in words. */
  words: string;
}

/** Weights nearer to the edge of a band than this lie in it. */
const ROUNDING = 1e-9;

/** @param quantity held; @param worth of one unit of the position, in base currency; @param value of the account, > 0 */
export function driftOf(
  {target, lot = 1}: RebalancePosition,
  quantity: number,
  worth: number,
  value: number,
  {band = {kind: "absolute", width: 0}, tradeTo = "target"}: RebalanceRules
): Drift {
  const weight = (quantity * worth) / value;
  const gap = weight - target;
  const room = band.kind === "absolute" ? band.width : band.width * Math.abs(target);
  const words = `${percent(weight)} held, ${percent(target)} wanted`;
  const outside = Math.abs(gap) > room + ROUNDING;
  const wanted = outside && tradeTo === "edge" ? target + Math.sign(gap) * room : target;
  const lacking = (wanted * value) / worth - quantity;
  const change = wanted === 0 ? -quantity : inLots(lacking, lot);
  return {gap, outside, lacking, change: outside ? change : 0, words};
}

/** Returns a quantity in whole lots, rounded towards zero; one that is whole but for rounding is whole. */
export function inLots(quantity: number, lot: number): number {
  const lots = Math.floor(Math.abs(quantity) / lot + ROUNDING);
  return lots && Math.sign(quantity) * lots * lot;
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}
