/** An order in the stand-in's hands, and what happened to it. */

import type {Listing} from "./listing.js";
import type {Order} from "./wire/order.js";

export type Status =
  | "PendingSubmit"
  | "PreSubmitted"
  | "Submitted"
  | "Filled"
  | "PendingCancel"
  | "Cancelled"
  | "Inactive";

export interface Working {
  permId: number;
  clientId: number;
  orderId: number;
  account: string;
  listing: Listing;
  /** The exchange it was sent to. */
  exchange: string;
  order: Order;
  status: Status;
  /** What it waits for: `child` for its parent, `trigger` for its stop, `open` for the market, `locate`. */
  whyHeld: "" | "child" | "trigger" | "open";
  /** False until it, or the last of its family, came with transmit. */
  transmitted: boolean;
  /** Quantity that is to be had in all; less than the order's when its OCA group or its parent took some. */
  quantity: number;
  filled: number;
  /** In the contract's currency. */
  averagePrice: number;
  lastPrice: number;
  /** Whether its stop was reached. */
  triggered: boolean;
  /** Where a trailing stop stands now, in the contract's currency. */
  trailStop: number | undefined;
  placedAt: Date;
  completedAt?: Date;
  completedStatus?: string;
}

export const isDone = ({status}: Working): boolean => status === "Filled" || status === "Cancelled";

export const remaining = ({quantity, filled}: Working): number => Math.max(0, quantity - filled);

/** One fill. */
export interface Fill {
  execId: string;
  permId: number;
  clientId: number;
  orderId: number;
  account: string;
  conId: number;
  exchange: string;
  action: "BUY" | "SELL";
  quantity: number;
  /** In the contract's currency. */
  price: number;
  /** Filled so far, and its average price. */
  cumulative: number;
  averagePrice: number;
  commission: number;
  currency: string;
  /** What it realized in the contract's currency; undefined when it opened a position. */
  realized: number | undefined;
  orderRef: string;
  at: Date;
  /** Set on a correction: the execution that it replaces. */
  corrects?: string;
}
