/** What happened to holdings and cash: the one list that lots, balances and our own net asset value are rolled from. */
import type {Amount} from "../../money/amount.js";
import type {TableName} from "../tables.js";

export type MovementKind =
  /** Bought or sold on a market, off it, or as a fraction; a cancel or correction with its sign. */
  | "trade"
  /** Options: what the holder or the clearing house did. */
  | "exercise"
  | "assignment"
  | "expiry"
  | "corporate-action"
  /** Brought in or taken out without a trade: from another broker, between own accounts, granted. */
  | "transfer"
  /** Cash alone: dividends, interest, fees, taxes, deposits. */
  | "cash";

/** What an amount of cash is, for returns and costs. */
export type CashKind =
  | "proceeds"
  | "commission"
  | "tax"
  | "dividend"
  | "payment-in-lieu"
  | "withholding"
  | "interest"
  | "bond-interest"
  | "fee"
  | "deposit"
  | "transfer"
  | "corporate-action"
  /** A future's daily settlement, a CFD's financing. */
  | "settlement"
  | "other";

/** One amount of cash in one currency; positive comes in. */
export interface CashLeg {
  currency: string;
  amount: Amount;
  kind: CashKind;
}

/** One row of the ledger as something that happened; rows of a summary level are none. */
export interface Movement {
  /** The row that it was made of. */
  table: TableName;
  id: string;
  account: string;
  /** Report day, ISO; within a day movements are in order of time, then of IBKR's numbers. */
  day: string;
  /** As IBKR prints it, else the day; its end for a transfer out. */
  time: string;
  kind: MovementKind;
  /** Key of the holding that changes, see `holdingKey`; null where only cash moves and no instrument is named. */
  holding: string | null;
  /** Change of the holding, signed: shares, contracts, nominal of a bond; 0 where it is cash on a holding (a dividend). */
  quantity: Amount;
  /** Currency of the instrument; null where none is named. */
  currency: string | null;
  /**
   * What the quantity was worth when it moved, in `currency`, signed as cash: a purchase is negative; 0 for cash alone;
   * null where a transfer does not say it.
   */
  proceeds: Amount | null;
  /** Commission and taxes of a trade in `currency`, signed as cash; null where they are in another currency without a rate. */
  costs: Amount | null;
  /**
   * Cash that moved on the account; empty for a position transfer, and for what settles by a row of its own. Of a
   * contract that is settled daily its costs alone: the settlement is the roll's, by the day's mark.
   */
  cash: CashLeg[];
  /** As IBKR booked it in `currency`; null where it says none. */
  realized: Amount | null;
  /** Groups what belongs together: IBKR's actionID of a corporate action or dividend, else null. */
  action: string | null;
}
