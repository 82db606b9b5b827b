import {oncePerLedger} from "./once-per-ledger.js";
import type {Coverage} from "./tables.js";

/** What to do where an account's base currency is unknown. */
export const NO_BASE =
  "no statement says the base currency: tick Account Information (Currency) in the Flex query";

/**
 * Looks up the base currency of an account on a day: of the statement that covers it, else of the last before it,
 * else of the first; null where no statement says one.
 */
export type BaseCurrency = (account: string, day: string) => string | null;

/** Returns the look-up of a ledger's base currencies. */
export const baseCurrencies = oncePerLedger(({coverage}): BaseCurrency => {
  const byAccount = Map.groupBy(
    coverage.filter((span): span is Coverage & {base: string} => span.base !== null),
    ({account}) => account
  );
  return (account, day) => {
    const spans = byAccount.get(account);
    return (spans?.findLast(({from}) => from <= day) ?? spans?.[0])?.base ?? null;
  };
});
