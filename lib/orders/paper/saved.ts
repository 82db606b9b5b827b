import type {PaperAccount, PaperPosition} from "./account.js";
import type {WorkingOrder} from "./working.js";

/** An account as JSON keeps it: what was quoted last is not in it. */
export interface SavedAccount extends Omit<PaperAccount, "positions" | "orders" | "seen"> {
  /** Without a price of settlement as they were kept before futures had a margin: then the whole value was paid. */
  positions: readonly (Omit<PaperPosition, "settled"> & Partial<Pick<PaperPosition, "settled">>)[];
  orders: readonly WorkingOrder[];
}

/** Returns an account as it is written down. */
export function savedOf({id, base, cash, positions, orders, realized, day}: PaperAccount): SavedAccount {
  return {id, base, cash, positions: [...positions.values()], orders, realized, day};
}

/** Returns the account that was written down. */
export function accountOf({positions, ...saved}: SavedAccount): PaperAccount {
  return {
    ...saved,
    positions: new Map(
      positions.map((position) => [position.contract.conId, {...position, settled: position.settled ?? 0}])
    ),
    seen: new Map()
  };
}
