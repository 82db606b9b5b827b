import type {AccountFigures, LiveNav} from "./figures.js";
import {convert} from "./nav.js";

/** What several accounts are worth now, in one currency; all of it live, by their brokers. */
export interface LiveSum {
  accounts: readonly string[];
  value: number | null;
  /** When the oldest of the values came, milliseconds since 1970 UTC. */
  at: number;
  source: LiveNav["source"];
  /** Of this day by the brokers. */
  daily: number | null;
  /** What the last statements said of the same accounts; null where they are not of one day and of that currency. */
  seam: {day: string; value: number} | null;
  /** Why a value is missing. */
  reason: string | null;
}

/**
 * Returns the live values of accounts as one, each converted at its broker's own rate.
 *
 * @param navs live values by account; those without a statement (a paper account) are left out
 * @param figures by account
 * @param chosen accounts in view; all when empty
 * @param currency to tell it in; the first account's base when null
 * @returns null when none of them is live
 */
export function liveSum(
  navs: Iterable<LiveNav>,
  figures: ReadonlyMap<string, AccountFigures>,
  {chosen, currency}: {chosen: readonly string[]; currency: string | null}
): (LiveSum & {currency: string}) | null {
  const shown = [...navs].filter(
    ({account, seam}) => seam !== null && (!chosen.length || chosen.includes(account))
  );
  if (!shown.length) return null;
  const wanted = currency ?? shown[0].currency;
  const inWanted = (nav: LiveNav, amount: number | null | undefined): number | null => {
    const rates = figures.get(nav.account)?.rates ?? {};
    return amount === null || amount === undefined ? null : convert(amount, nav.currency, wanted, {rates});
  };
  const total = (amounts: (number | null)[]): number | null =>
    amounts.reduce((sum, amount) => (sum === null || amount === null ? null : sum + amount), 0);
  const value = total(shown.map((nav) => inWanted(nav, nav.value)));
  const {seam} = shown[0];
  const joins = shown.every((nav) => nav.currency === wanted && nav.seam?.day === seam?.day);
  return {
    accounts: shown.map(({account}) => account),
    currency: wanted,
    value,
    at: Math.min(...shown.map(({at}) => at)),
    source: shown[0].source,
    daily: total(shown.map((nav) => inWanted(nav, figures.get(nav.account)?.profit.daily))),
    seam:
      joins && seam
        ? {day: seam.day, value: shown.reduce((sum, nav) => sum + Number(nav.seam?.value), 0)}
        : null,
    reason: value === null ? `the broker told no rate to ${wanted}` : null
  };
}
