import {oncePerLedger} from "../once-per-ledger.js";

/** Returns the ISIN of the share that each spin-off came from, by ledger row: the one that IBKR's text names first. */
export const parentIsins = oncePerLedger(({corporate_actions}): ReadonlyMap<string, string> => {
  const parents = new Map<string, string>();
  for (const {id, type, actionDescription} of corporate_actions) {
    const isin = type === "SO" ? /^[^(]*\(([A-Z0-9]{12})\)/.exec(actionDescription ?? "")?.[1] : undefined;
    if (isin) parents.set(id, isin);
  }
  return parents;
});
