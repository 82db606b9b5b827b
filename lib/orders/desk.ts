import {z} from "zod";
import {ORDER_TYPES} from "../backtest/contract.js";
import type {Fill} from "./executions.js";
import type {OrderIntent} from "./order.js";
import type {Discrepancy} from "./reconcile.js";
import type {Decision} from "./risk/gate.js";
import type {RiskLimits} from "./risk/limits.js";
import type {TradingState} from "./risk/situation.js";
import type {OrderStatus} from "./state.js";

const price = z.number().finite();
const trail = z.union([
  z.strictObject({amount: price.positive()}),
  z.strictObject({fraction: price.positive().max(1)})
]);

/**
 * An order as a ticket, a script or a strategy asks for it. The asker makes the id: the same id asked again is the same
 * order, whatever became of it, and never a second one.
 */
export const OrderAsk = z.strictObject({
  id: z.uuid(),
  account: z.string().trim().min(1).max(20),
  /** IBKR's number: what is ambiguous is offered as choices before (`/api/contracts`). */
  conId: z.number().int().positive(),
  action: z.enum(["BUY", "SELL"]),
  quantity: z.number().positive().finite(),
  type: z.enum(ORDER_TYPES),
  limit: price.exactOptional(),
  stop: price.exactOptional(),
  trail: trail.exactOptional(),
  tif: z.enum(["DAY", "GTC", "GTD", "IOC", "FOK", "OPG"]),
  until: z.number().int().positive().exactOptional(),
  outsideHours: z.boolean().exactOptional(),
  /** Children of a bracket, sent with it: what takes the profit, what stops the loss, at a price or trailing behind. */
  bracket: z
    .strictObject({
      takeProfit: price.positive().exactOptional(),
      stopLoss: price.positive().exactOptional(),
      trail: trail.exactOptional()
    })
    .exactOptional(),
  /** Name of a group of the account's orders, of which one fill takes the others away; used for one group ever. */
  oca: z.string().trim().min(1).max(40).exactOptional(),
  reduceOnly: z.boolean().exactOptional(),
  strategy: z.string().trim().min(1).max(80).exactOptional()
});
export type OrderAsk = z.infer<typeof OrderAsk>;

/** An order as pages and endpoints show it. */
export interface OrderRow {
  id: string;
  account: string;
  conId: number;
  /** Name of the contract to show. */
  label: string;
  currency: string;
  action: "BUY" | "SELL";
  quantity: number;
  type: OrderIntent["type"];
  limit: number | null;
  stop: number | null;
  tif: OrderIntent["tif"];
  strategy: string | null;
  parent: string | null;
  status: OrderStatus;
  filled: number;
  /** Null before the first fill. */
  averagePrice: number | null;
  /** Sum over fills whose commission is known; null while none is. */
  commission: number | null;
  /** Last error that named it, or the gate's reason. */
  problem: string | null;
  broker: "paper" | "ibkr";
  orderId: number | null;
  permId: number | null;
  /** When it was written down and last changed, milliseconds since 1970 UTC. */
  at: number;
  changedAt: number;
}

/** What a fill was, with the order it belongs to. */
export interface FillRow extends Omit<Fill, "corrects" | "commission"> {
  /** Intent; null for one that is not ours. */
  order: string | null;
  label: string;
  currency: string;
  commission: number | null;
  commissionCurrency: string | null;
  /** Earlier reports that it corrects. */
  corrections: number;
  broker: "paper" | "ibkr";
}

/** Whether orders may go out, and why not. */
export interface TradingStatus {
  /** `TRADING_MODE`. */
  mode: "paper" | "ibkr-paper" | "live";
  broker: "paper" | "ibkr";
  state: TradingState;
  isKilledBySetting: boolean;
  kill: {by: string; reason: string; at: number} | null;
  /** Whether the accounts and the port are those of the mode, and a live account was typed in. */
  isConfirmed: boolean;
  /** Where reconciliation stands; orders go out only when unlocked. */
  reconciliation: {
    isUnlocked: boolean;
    sentence: string;
    at: number | null;
    discrepancies: readonly Discrepancy[];
  };
  /** Contract numbers that wait to be settled. */
  locked: readonly number[];
  /** Why nothing can be sent at this moment, one sentence; null when orders may go out. */
  blocked: string | null;
}

/** What an order would do, before it is sent. Money is in base currency unless said; null where it cannot be told. */
export interface OrderPreview {
  decision: Decision;
  label: string;
  currency: string;
  /** Of the contract, before and after. */
  units: {before: number; after: number};
  /** Price that it is valued at: its own limit, else the live quote. */
  price: number | null;
  value: number | null;
  commission: {least: number | null; most: number | null; currency: string} | null;
  cash: {before: number | null; after: number | null};
  grossExposure: {before: number | null; after: number | null};
  /** Share of net liquidation in this contract. */
  weight: {before: number | null; after: number | null};
  /** Share of net liquidation in its currency, cash and positions; what is paid in that currency leaves it as it is. */
  currencyExposure: {before: number | null; after: number | null};
  /** Cash in its currency, in that currency; below zero is borrowed. */
  currencyCash: {before: number | null; after: number | null};
  margin: {
    initBefore: number | null;
    initAfter: number | null;
    equityAfter: number | null;
    excessAfter: number | null;
  } | null;
  /** Lots that a closing order takes, by the account's method, with the gain in the contract's currency. */
  lots: readonly {
    /** Null where nothing says when. */
    opened: string | null;
    units: number;
    /** Null where nothing tells it. */
    cost: number | null;
    gain: number | null;
    isLongTerm: boolean;
  }[];
  /** What a reader must know: warnings of the broker, missing prices. */
  notes: readonly string[];
}

/** What cancelling on a thrown kill switch takes. */
export const KillAsk = z.strictObject({
  on: z.boolean(),
  reason: z.string().trim().min(1).max(200),
  /** Working orders of ours that could open or increase a position (the default), all of ours, or none. */
  cancel: z.enum(["opening", "all-ours", "none"]).prefault("opening")
});
export type KillAsk = z.infer<typeof KillAsk>;

/** A decision of the risk gate as it was stored. */
export interface RiskEvent {
  at: number;
  order: string | null;
  account: string;
  kind: "decision" | "kill-switch" | "limits" | "state" | "reconciliation";
  allowed: boolean | null;
  reason: string;
  context: Readonly<Record<string, unknown>>;
}

/** Limits of an account, and of strategies in it. */
export interface LimitSet {
  account: RiskLimits;
  strategies: Readonly<Record<string, Partial<RiskLimits>>>;
}

/** What became of an order that a kill switch cancels. */
export interface CancelResult {
  order: string;
  label: string;
  /** `kept` only reduces a position; `queued` waits for the link; `sent` is on the wire, its end comes as an event. */
  what: "sent" | "queued" | "kept" | "dropped";
  sentence: string;
}
