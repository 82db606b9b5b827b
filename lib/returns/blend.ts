/** When a blend is brought back to its weights. */
export type Rebalance = "daily" | "monthly";

/** A benchmark made of others: `60% World / 40% Bonds, rebalanced monthly`. */
export interface Blend {
  /** Weights as fractions; they sum to one. */
  parts: {name: string; weight: number}[];
  rebalance: Rebalance;
}

const PART = /^\s*(\d+(?:\.\d+)?)\s*%\s+(\S.*?)\s*$/;
const SUFFIX = /,\s*rebalanced\s+(\w+)\s*$/i;

/** Half a hundredth of a percent: weights that were rounded still sum to one. */
const ROUNDING = 5e-5;

/**
 * Returns the blend that a text says, `60% World / 40% Bonds`, rebalanced daily unless `, rebalanced monthly` follows;
 * a plain name is a blend of one.
 *
 * @throws RangeError if a part has no weight, the weights do not sum to 100 %, or the rebalancing is neither
 */
export function parseBlend(text: string): Blend {
  const suffix = SUFFIX.exec(text);
  const rebalance = suffix?.[1].toLowerCase() ?? "daily";
  if (rebalance !== "daily" && rebalance !== "monthly")
    throw new RangeError(`a blend is rebalanced daily or monthly, not ${rebalance}: ${text}`);
  const body = suffix ? text.slice(0, suffix.index) : text;
  if (!PART.test(body.split(" / ")[0])) return {parts: [{name: body.trim(), weight: 1}], rebalance};
  const parts = body.split(" / ").map((part) => {
    const match = PART.exec(part);
    if (!match)
      throw new RangeError(`a part of the blend has no weight: ${part.trim()}: write 60% A / 40% B`);
    return {name: match[2], weight: Number(match[1]) / 100};
  });
  const sum = parts.reduce((total, {weight}) => total + weight, 0);
  if (Math.abs(sum - 1) > ROUNDING) {
    throw new RangeError(`the weights of the blend sum to ${+(100 * sum).toFixed(4)} %, not 100 %: ${text}`);
  }
  return {parts, rebalance};
}

/** Returns the blend as a text that says all of it. */
export function formatBlend({parts, rebalance}: Blend): string {
  if (parts.length === 1) return parts[0].name;
  const named = parts.map(({name, weight}) => `${+(100 * weight).toFixed(4)}% ${name}`).join(" / ");
  return `${named}, rebalanced ${rebalance}`;
}

/**
 * Returns the level of a blend, 1 on the first day.
 *
 * @param days ISO dates on which every part has a price, oldest first; shape (n)
 * @param prices of each part on those days, in one currency, all > 0; shape (parts, n)
 * @returns shape (n); empty when n = 0
 */
export function blendLevels(
  days: readonly string[],
  prices: readonly Float64Array[],
  {parts, rebalance}: Blend
): Float64Array {
  const levels = new Float64Array(days.length);
  if (days.length) levels[0] = 1;
  for (let i = 1, base = 0; i < days.length; ++i) {
    const grown = parts.reduce((sum, {weight}, k) => sum + weight * (prices[k][i] / prices[k][base]), 0);
    levels[i] = levels[base] * grown;
    const next = days[i + 1];
    if (rebalance === "daily" || (next !== undefined && next.slice(0, 7) !== days[i].slice(0, 7))) base = i;
  }
  return levels;
}
