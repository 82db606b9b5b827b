import {compareText} from "../../order.js";
import {isForDifference} from "../exposure.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {ratesOf} from "../rates.js";
import {ofCash} from "./cash.js";
import {isChargeAlone, ofCharge} from "./charges.js";
import {settleDifferences} from "./contracts.js";
import {cashOfActions, ofCorporateAction} from "./corporate-actions.js";
import {holdingKey} from "./holding.js";
import type {Movement} from "./movement.js";
import {ofTrade} from "./trades.js";
import {buyBackShorts, ofTransfer, shortsMoved} from "./transfers.js";

/**
 * Returns what happened in each account, oldest first: its trades, corporate actions, transfers, cash transactions and
 * charges, each money once. IBKR's own summaries (exercises in OptionEAE, the statement of funds, orders, lots) repeat
 * these rows and are none.
 */
export const movementsOf = oncePerLedger((ledger): ReadonlyMap<string, Movement[]> => {
  const rates = ratesOf(ledger);
  const hasCash = cashOfActions(ledger);
  const isAlone = isChargeAlone(ledger);
  const isShort = shortsMoved(ledger);
  const differences = new Set<string>();
  const unsigned = new Set<Movement>();
  const byAccount = new Map<string, Movement[]>();
  const add = (movement: Movement) => {
    const own = byAccount.get(movement.account);
    if (own) own.push(movement);
    else byAccount.set(movement.account, [movement]);
  };
  for (const row of ledger.trades) {
    add(ofTrade(row, rates));
    if (isForDifference(row)) differences.add(holdingKey(row) ?? "");
  }
  for (const row of ledger.corporate_actions) add(ofCorporateAction(row, hasCash(row)));
  for (const row of ledger.transfers) {
    const movement = ofTransfer(row, isShort(row));
    if (movement.quantity !== (row.quantity ?? 0n)) unsigned.add(movement);
    add(movement);
  }
  for (const row of ledger.cash) add(ofCash(row));
  for (const row of ledger.charges) if (isAlone(row)) add(ofCharge(row));
  for (const own of byAccount.values()) {
    own.sort(inOrder);
    if (unsigned.size) buyBackShorts(own, unsigned);
    if (!differences.size) continue;
    const contracts = own.filter(({holding, quantity}) => quantity && differences.has(holding ?? ""));
    for (const group of Map.groupBy(contracts, ({holding}) => holding).values()) settleDifferences(group);
  }
  return byAccount;
});

/** By day, time, and IBKR's numbers, which grow: a cancel follows what it cancels. */
function inOrder(a: Movement, b: Movement): number {
  return (
    compareText(a.day, b.day) ||
    compareText(a.time, b.time) ||
    a.id.length - b.id.length ||
    compareText(a.id, b.id)
  );
}
