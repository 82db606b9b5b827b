import type {Movement} from "../movements/movement.js";
import {movementsOf} from "../movements/movements.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {LedgerTables} from "../tables.js";
import {rollOf, type AccountRoll} from "./roll.js";

/** An account that goes on under another number. */
export interface Continuation {
  /** The number that it had, and the one that it has now. */
  former: string;
  account: string;
  /** Report day on which everything moved. */
  day: string;
}

/**
 * Returns the accounts that IBKR migrated to a new number: all that was held and all cash went by internal transfers of
 * one day to one other account, and nothing happened after it.
 */
export const continuations = oncePerLedger((ledger): Continuation[] => {
  const transfers = Map.groupBy(ledger.transfers, ({account}) => account);
  return [...rollOf(ledger).values()].flatMap((roll) => {
    const found = continuationOf(ledger, roll, transfers.get(roll.account) ?? []);
    return found ? [found] : [];
  });
});

function continuationOf(
  ledger: LedgerTables,
  roll: AccountRoll,
  transfers: LedgerTables["transfers"]
): Continuation | null {
  const last = transfers.at(-1);
  if (!last) return null;
  const {day} = last;
  const moving = transfers.filter((row) => row.day === day);
  const [account, ...others] = new Set(moving.map(({counterparty}) => counterparty));
  const isOut = moving.every(
    ({type, direction}) => type?.toUpperCase() === "INTERNAL" && direction?.toUpperCase() === "OUT"
  );
  if (!account || others.length || !isOut) return null;
  const isLater = (movement: Movement) => movement.day > day;
  if (movementsOf(ledger).get(roll.account)?.some(isLater)) return null;
  const books = [roll.holdings, roll.cash];
  const isKnown = books.every((book) => book.openingOf(day));
  const isEmpty = books.every((book) => [...book.series.values()].every((series) => series.at(day) === 0n));
  return isKnown && isEmpty ? {former: roll.account, account, day} : null;
}
