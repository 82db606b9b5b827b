import type {LedgerTables} from "./tables.js";

/**
 * Returns the function that computes once for each ledger and keeps the answer as long as the ledger lives: all
 * views share what they are made of. A ledger's tables are never changed in place.
 */
export function oncePerLedger<T>(compute: (ledger: LedgerTables) => T): (ledger: LedgerTables) => T {
  const kept = new WeakMap<LedgerTables, {value: T}>();
  return (ledger) => {
    let known = kept.get(ledger);
    if (!known) kept.set(ledger, (known = {value: compute(ledger)}));
    return known.value;
  };
}
