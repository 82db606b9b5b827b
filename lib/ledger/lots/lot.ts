/** Tax lots: what is held since when for how much, and what was closed against what. */
import type {Amount} from "../../money/amount.js";
import type {TableName} from "../tables.js";

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

/** A row of the ledger. */
export interface RowRef {
  table: TableName;
  id: string;
}

export interface Lot {
  /** Deterministic: the opening movement's id, with a number where it opened several. */
  id: string;
  account: string;
  holding: string;
  currency: string;
  /** ISO day (report day) and time as printed, when it was opened; null where nothing says it. */
  opened: string | null;
  openedTime: string | null;
  /** ISO day from which the holding period counts: earlier than `opened` after a spin-off, a transfer, a wash sale. */
  heldSince: string | null;
  /** Signed: short is negative. */
  quantity: Amount;
  /** What it cost with commissions, signed as the quantity, in `currency`; null where it is not known (R25). */
  cost: Amount | null;
  /** Option premium that went into the cost by exercise or assignment, in `currency` (R17). */
  premium: Amount;
  basis: LotBasis;
  /** Loss that a wash sale moved into it, by IBKR; in the cost only by method `booked`. */
  washSale: Amount;
  /** The ledger row that opened it. */
  source: RowRef;
  /** Corporate actions and transfers that it came through since, oldest first. */
  path: readonly RowRef[];
}

/** Returns a lot of which nothing is known but what it is of: no quantity, no cost, no day. */
export function unknownLot(source: RowRef, of: Pick<Lot, "account" | "holding" | "currency">): Lot {
  return {
    id: source.id,
    ...of,
    opened: null,
    openedTime: null,
    heldSince: null,
    quantity: 0n,
    cost: null,
    premium: 0n,
    basis: "unknown",
    washSale: 0n,
    source,
    path: []
  };
}

/** A part of a lot that was closed. */
export interface Disposal {
  account: string;
  holding: string;
  currency: string;
  opened: string | null;
  heldSince: string | null;
  /** Report day of what closed it. */
  closed: string;
  /** ISO day whose year it is taxed in: the trade date of a trade, else the report day. */
  taxDay: string;
  /** Of the lot: positive for a long one. */
  quantity: Amount;
  /** What came in for it less what the closing cost; for a short lot what its opening brought, null where not known. */
  proceeds: Amount | null;
  cost: Amount | null;
  /** proceeds - cost; null without either. */
  gain: Amount | null;
  /** Option premium in proceeds or cost by exercise or assignment, as it raised (+) or lowered the gain (R17). */
  premium: Amount;
  /** `long` when held for more than a year; null where it is not known since when. */
  term: "short" | "long" | null;
  /** Part of the loss that IBKR disallowed, where it says so. */
  washSale: Amount;
  basis: LotBasis;
  /** The rule that chose the lot: the method's own, or `fifo` where that had nothing to say. */
  by: LotMethod;
  /** The lot, and the ledger rows that opened and closed it; the lot is empty where none was there to close. */
  lot: string;
  open: RowRef | null;
  path: readonly RowRef[];
  close: RowRef;
}

/** Something about lots that the rows do not tell: for the work list, never filled in. */
export interface LotProblem {
  code:
    | "no-purchase"
    | "unknown-basis"
    | "no-values"
    | "no-parent"
    | "no-counterpart"
    | "unmatched-cancel"
    | "unknown-choice"
    | "no-closed-lots";
  account: string;
  holding: string;
  day: string;
  /** What is not known, and what to do. */
  sentence: string;
  row: RowRef;
}

/** Lots that a person names for a closing: what is not named is closed first in, first out. */
export interface LotChoice {
  /** Row id of the closing. */
  close: string;
  lots: readonly {
    /** Row id of the opening. */
    open: string;
    /** Exact decimal. */
    quantity: string;
  }[];
}
