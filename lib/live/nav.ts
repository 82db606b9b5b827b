import type {AccountFigures} from "./figures.js";

/** What a broker's net liquidation is moved on from: its last report, and the profit as it was then. */
export interface NavAnchor {
  /** Net liquidation as told. */
  told: number;
  /** Unrealized plus realized profit at that report, or when it was first told after it; null where not told yet. */
  profit: number | null;
  /** Whether profit began anew since that report: the value rests until the next one. */
  rests?: boolean;
  realized: number | null;
}

/**
 * Returns an account's value now. TWS reports net liquidation when a trade is made and every three minutes, profit every
 * second: between two reports the value moves by the change of unrealized plus realized profit. When realized profit goes
 * back to zero a new day of the broker has begun, and the value rests until the next report.
 *
 * @param before what was returned with the value before; null at first
 * @param figures as the broker tells them now, in base currency
 * @returns null where the broker has not told net liquidation
 */
export function liveNav(
  before: NavAnchor | null,
  {netLiquidation, profit: {unrealized, realized}}: Pick<AccountFigures, "netLiquidation" | "profit">
): {anchor: NavAnchor; value: number} | null {
  if (netLiquidation === null) return null;
  const profit = unrealized === null ? null : unrealized + (realized ?? 0);
  const isReset = before !== null && !!before.realized && !realized;
  if (before?.told !== netLiquidation)
    return {anchor: {told: netLiquidation, profit, realized}, value: netLiquidation};
  if (isReset || before.rests)
    return {anchor: {told: netLiquidation, profit: null, realized, rests: true}, value: netLiquidation};
  const since = before.profit ?? profit;
  const moved = profit === null || since === null ? 0 : profit - since;
  return {anchor: {...before, profit: since, realized}, value: netLiquidation + moved};
}

/**
 * Returns an amount in another currency, at the rates by which an account's broker counts.
 *
 * @param rates units of the account's base for one of each currency, its base among them
 * @returns null where the broker told no rate of one of the two
 */
export function convert(
  amount: number,
  from: string,
  to: string,
  {rates}: Pick<AccountFigures, "rates">
): number | null {
  if (from === to) return amount;
  const [one, other] = [rates[from], rates[to]];
  return one > 0 && other > 0 ? (amount * one) / other : null;
}
