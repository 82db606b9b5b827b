import type {LotMethod} from "../lots/lot.js";
import {lotsOf, type Lots} from "../lots/lots-of.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {LedgerRow, LedgerTables} from "../tables.js";

/** IBKR's codes on a closing trade for a tax basis election; a trade without one is matched first in, first out. */
const ELECTIONS: ReadonlyMap<string, LotMethod> = new Map([
  ["LI", "lifo"],
  ["HC", "hifo"],
  // which lots were chosen only the CLOSED_LOT rows say
  ["SL", "booked"],
  ["MLG", "booked"],
  ["MLL", "booked"],
  ["MSG", "booked"],
  ["MSL", "booked"]
]);

/**
 * Returns lots as each account elected to have its trades matched: by one rule where all closing trades say the same,
 * by the CLOSED_LOT rows where they differ or choose lots one by one, else first in, first out.
 */
export const matchedLots = oncePerLedger((ledger): Lots => {
  const methods = electedMethods(ledger);
  return lotsOf(ledger, {method: "fifo", ...(methods.size && {methods: Object.fromEntries(methods)})});
});

function electedMethods({trades}: LedgerTables): Map<string, LotMethod> {
  const elected = new Map<string, Set<LotMethod>>();
  for (const trade of trades) {
    if (!trade.openCloseIndicator?.includes("C")) continue;
    const of = elected.get(trade.account) ?? new Set();
    elected.set(trade.account, of.add(methodOf(trade)));
  }
  return new Map(
    [...elected].flatMap(([account, [first, ...others]]): [string, LotMethod][] =>
      first === "fifo" && !others.length ? [] : [[account, others.length ? "booked" : first]]
    )
  );
}

function methodOf({notes}: LedgerRow<"trades">): LotMethod {
  for (const code of notes?.split(";") ?? []) {
    const method = ELECTIONS.get(code);
    if (method) return method;
  }
  return "fifo";
}
