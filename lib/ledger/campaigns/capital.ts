import {divide, multiply, type Amount} from "../../money/amount.js";
import type {Held, Snapshot} from "./snapshots.js";

/** An amount, or why there is none. */
export type Maybe = {amount: Amount} | {reason: string};

/**
 * Returns the most money that a campaign tied up at once: what shares and long options cost, the strike of short puts,
 * of spreads the distance of the strikes; a short call is covered by shares or by a long call that does not expire
 * before it. N/a where the loss has no bound or a margin decides it.
 */
export function capitalOf(snapshots: readonly Snapshot[]): Maybe {
  let most = 0n;
  for (const {held, day} of snapshots) {
    const tied = tiedUp(held, day);
    if ("reason" in tied) return tied;
    if (tied.amount > most) most = tied.amount;
  }
  return most > 0n ? {amount: most} : {reason: "it tied up no money"};
}

function tiedUp(held: readonly Held[], day: string): Maybe {
  const options = held.filter(({contract}) => contract.right !== null);
  const others = held.filter(({contract}) => contract.right === null);
  if (held.some(({contract}) => MARGINED.has(contract.assetCategory)))
    return {reason: "futures and contracts for difference are held on a margin that no statement says"};
  if (others.some(({quantity}) => quantity < 0n)) return {reason: "the loss of a short sale has no bound"};
  const shares = others.reduce((sum, {quantity}) => sum + quantity, 0n);
  const calls = requirement(options, "C", shares);
  if (calls === null) return {reason: `a short call was not covered on ${day}: its loss has no bound`};
  const puts = requirement(options, "P", 0n) ?? 0n;
  const paid = -options.reduce((sum, {money}) => sum + money, 0n);
  const cost = -others.reduce((sum, {money}) => sum + money, 0n);
  return {amount: cost + (paid > 0n ? paid : 0n) + calls + puts};
}

const MARGINED = new Set(["FUT", "FOP", "FSFOP", "CFD"]);

/** What short options of one right ask for beside what covers them; null for a call that nothing covers. */
function requirement(options: readonly Held[], right: "P" | "C", shares: Amount): Amount | null {
  const own = options.filter(({contract}) => contract.right === right);
  const long = own.filter(({units}) => units > 0n).map((option) => ({...option}));
  let needed = 0n;
  let free = shares;
  for (const {units, contract} of own.filter((option) => option.units < 0n)) {
    let open = -units;
    const strike = contract.strike ?? 0n;
    const covered = free < open ? free : open;
    free -= covered;
    open -= covered;
    for (const cover of long) {
      if (open === 0n || (cover.contract.expiry ?? "") < (contract.expiry ?? "")) continue;
      const taken = cover.units < open ? cover.units : open;
      const above = (cover.contract.strike ?? 0n) - strike;
      const distance = right === "C" ? above : -above;
      if (distance > 0n) needed += multiply(distance, taken);
      cover.units -= taken;
      open -= taken;
    }
    if (open > 0n && right === "C") return null;
    needed += multiply(strike, open);
  }
  return needed;
}

/**
 * Returns the price of the underlying at which a campaign that is open neither gains nor loses at its options' expiry.
 * @param held what is open
 * @param netCash all that it was paid and received so far with costs, dividends apart, signed as cash
 */
export function breakEvenOf(held: readonly Held[], netCash: Amount): Maybe {
  const options = held.filter(({contract}) => contract.right !== null);
  const others = held.filter(({contract}) => contract.right === null);
  if (others.length === 1 && options.every(({contract, units}) => contract.right === "C" && units < 0n)) {
    const [{units, contract}] = others;
    const written = -options.reduce((sum, option) => sum + option.units, 0n);
    if (MARGINED.has(contract.assetCategory) || written > (units > 0n ? units : 0n)) return MANY;
    return {amount: divide(-netCash, units)};
  }
  if (others.length || options.length > 2) return MANY;
  const [a, b] = options;
  const strike = (option: Held) => option.contract.strike ?? 0n;
  const sign = a.contract.right === "P" ? -1n : 1n;
  if (!b) return {amount: strike(a) - sign * divide(netCash, a.units)};
  if (
    a.contract.right !== b.contract.right ||
    a.contract.expiry !== b.contract.expiry ||
    a.units !== -b.units
  )
    return MANY;
  const [low, high] = strike(a) < strike(b) ? [a, b] : [b, a];
  const from = sign > 0n ? low : high;
  const price = strike(from) - sign * divide(netCash, from.units);
  return price >= strike(low) && price <= strike(high)
    ? {amount: price}
    : {reason: "it gains, or loses, at any price of the underlying"};
}

const MANY = {reason: "there is no one price: what is open is more than shares, one option or one spread"};
