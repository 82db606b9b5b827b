/** Tax lots: what is held since when for how much, and what was closed against what. */
import type {Amount} from "../../money/amount.js";

/** How a sale chooses the lots that it closes; `booked` as IBKR did, by its CLOSED_LOT rows. */
export const LOT_METHODS = ["booked", "fifo", "lifo", "hifo", "average", "specific"] as const;
export type LotMethod = (typeof LOT_METHODS)[number];

/** Where a lot's basis comes from. */
export type LotBasis =
  /** The trade, exercise, assignment or corporate action that opened it. */
  | "movement"
  /** LOT rows of a statement, rolled back to before its movements. */
  | "statement"
  /** A transfer that said what it had cost. */
  | "transfer"
  /** Only the quantity is known, where history starts late. */
  | "unknown";

export interface Lot {
  /** Deterministic: the opening movement's id, with a number where it opened several. */
  id: string;
  account: string;
  holding: string;
  currency: string;
  /** ISO day (report day) and time as printed, when it was opened. */
  opened: string;
  openedTime: string;
  /** ISO day from which the holding period counts: earlier than `opened` after a spin-off, a transfer, a wash sale. */
  heldSince: string;
  /** Signed: short is negative. */
  quantity: Amount;
  /** What it cost with commissions, signed as the quantity, in `currency`; null where it is not known (R25). */
  cost: Amount | null;
  /** Option premium that went into the cost by exercise or assignment, in `currency` (R17). */
  premium: Amount;
  basis: LotBasis;
  /** Loss that a wash sale moved into the cost. */
  washSale: Amount;
  /** The ledger row that opened it. */
  source: {table: string; id: string};
}

/** A part of a lot that was closed. */
export interface Disposal {
  account: string;
  holding: string;
  currency: string;
  opened: string;
  heldSince: string;
  closed: string;
  /** Of the lot: positive for a long one. */
  quantity: Amount;
  /** What came in for it less what the closing cost; for a short lot what its opening brought. */
  proceeds: Amount;
  cost: Amount | null;
  /** proceeds - cost; null without a cost. */
  gain: Amount | null;
  /** `long` when held for more than a year. */
  term: "short" | "long";
  /** Part of the loss that IBKR disallowed, where it says so. */
  washSale: Amount;
  basis: LotBasis;
  /** The lot, and the ledger rows that opened and closed it. */
  lot: string;
  open: {table: string; id: string};
  close: {table: string; id: string};
}
