import {z} from "zod";
import {ORDER_TYPES} from "../../lib/backtest/contract.js";
import type {FillRow, OrderRow} from "../../lib/orders/desk.js";
import {RiskLimits} from "../../lib/orders/risk/limits.js";
import type {CancelResult, LimitSet, RiskEvent} from "../execution/trading.js";

/** What the endpoints of trading give, as their document says it. */

const Instant = z.number().meta({description: "milliseconds since 1970 UTC"});
const number = z.number().nullable();
const text = z.string().nullable();
const Side = z.enum(["BUY", "SELL"]);
const BrokerName = z.enum(["paper", "ibkr"]);
const Context = z.record(z.string(), z.unknown()).readonly();

export const STATES = ["ACTIVE", "REDUCING", "HALTED"] as const;

export const OrderSchema = z
  .object({
    id: z.string().meta({description: "a UUID, made by whoever asked"}),
    account: z.string(),
    conId: z.number().meta({description: "IBKR's number of the contract"}),
    label: z.string().meta({example: "AAPL 18DEC26 150 C"}),
    currency: z.string(),
    action: Side,
    quantity: z.number(),
    type: z.enum(ORDER_TYPES),
    limit: number,
    stop: number,
    tif: z.enum(["DAY", "GTC", "GTD", "IOC", "FOK", "OPG"]),
    strategy: text,
    parent: text,
    status: z.enum([
      "intent",
      "sent",
      "held",
      "working",
      "partly-filled",
      "cancelling",
      "blocked",
      "filled",
      "cancelled",
      "rejected",
      "not-sent",
      "unknown"
    ]),
    filled: z.number(),
    averagePrice: number.meta({description: "null before the first fill"}),
    commission: number.meta({description: "of the fills whose commission is known"}),
    problem: text.meta({description: "last error that named it, or why it was refused"}),
    broker: BrokerName,
    orderId: number,
    permId: number,
    at: Instant,
    changedAt: Instant
  })
  .meta({id: "Order"}) satisfies z.ZodType<OrderRow>;

export const FillSchema = z
  .object({
    execId: z.string(),
    account: z.string(),
    conId: z.number(),
    side: z.enum(["BOT", "SLD"]),
    shares: z.number(),
    price: z.number(),
    time: Instant,
    permId: z.number(),
    clientId: z.number(),
    orderId: z.number(),
    orderRef: z.string(),
    order: text.meta({description: "null for one that is not ours"}),
    label: z.string(),
    currency: z.string(),
    commission: number,
    commissionCurrency: text,
    corrections: z.number().meta({description: "earlier reports that it corrects"}),
    broker: BrokerName
  })
  .meta({id: "Fill"}) satisfies z.ZodType<FillRow>;

export const DecisionSchema = z
  .object({
    allowed: z.boolean(),
    reason: text.meta({description: "of the first rule that refused"}),
    rules: z
      .array(z.object({rule: z.string(), passed: z.boolean(), reason: z.string(), context: Context}))
      .readonly()
  })
  .meta({id: "Decision"});

export const StatusSchema = z
  .object({
    mode: z.enum(["paper", "ibkr-paper", "live"]),
    broker: BrokerName,
    state: z.enum(STATES),
    isKilledBySetting: z.boolean(),
    kill: z.object({by: z.string(), reason: z.string(), at: Instant}).nullable(),
    isConfirmed: z.boolean().meta({
      description: "accounts and port are those of the mode, and a live account was typed in"
    }),
    reconciliation: z.object({
      isUnlocked: z.boolean(),
      sentence: z.string(),
      at: Instant.nullable(),
      discrepancies: z
        .array(
          z.looseObject({kind: z.enum(["unread", "stranger", "position", "unknown"]), sentence: z.string()})
        )
        .readonly()
    }),
    locked: z.array(z.number()).readonly().meta({description: "contracts that wait to be settled"}),
    blocked: text.meta({description: "why nothing can be sent at this moment"})
  })
  .meta({id: "TradingStatus"});

const pair = z.object({before: number, after: number});

export const PreviewSchema = z
  .object({
    decision: DecisionSchema,
    label: z.string(),
    currency: z.string(),
    units: z.object({before: z.number(), after: z.number()}),
    price: number,
    value: number,
    commission: z.object({least: number, most: number, currency: z.string()}).nullable(),
    cash: pair,
    grossExposure: pair,
    weight: pair.meta({description: "share of net liquidation in this contract"}),
    currencyExposure: pair.meta({description: "share of net liquidation in its currency"}),
    currencyCash: pair.meta({description: "cash in its currency, in that currency; below zero is borrowed"}),
    margin: z
      .object({initBefore: number, initAfter: number, equityAfter: number, excessAfter: number})
      .nullable(),
    lots: z
      .array(
        z.object({
          opened: z.string().nullable(),
          units: z.number(),
          cost: number,
          gain: number,
          isLongTerm: z.boolean()
        })
      )
      .readonly(),
    notes: z.array(z.string()).readonly()
  })
  .meta({
    id: "OrderPreview",
    description: "what an order would do; money in base currency, null where it cannot be told"
  });

export const EventSchema = z
  .object({
    at: Instant,
    order: text,
    account: z.string(),
    kind: z.enum(["decision", "kill-switch", "limits", "state", "reconciliation"]),
    allowed: z.boolean().nullable(),
    reason: z.string(),
    context: Context
  })
  .meta({id: "RiskEvent"}) satisfies z.ZodType<RiskEvent>;

/** A strategy's own limits: what it does not name is the account's. */
const StrategyLimits = z.strictObject(
  Object.fromEntries(
    Object.entries(RiskLimits.shape).map(([name, schema]) => [name, (schema as z.ZodType).exactOptional()])
  )
) as unknown as z.ZodType<Partial<RiskLimits>>; // the same fields, each of its own type

export const LimitsSchema = z
  .strictObject({
    account: RiskLimits,
    strategies: z.record(z.string().trim().min(1).max(80), StrategyLimits)
  })
  .meta({
    id: "LimitSet",
    description: "null is no limit; money in base currency"
  }) satisfies z.ZodType<LimitSet>;

export const CancelSchema = z
  .object({
    order: z.string(),
    label: z.string(),
    what: z.enum(["sent", "queued", "kept", "dropped"]),
    sentence: z.string()
  })
  .meta({id: "CancelResult"}) satisfies z.ZodType<CancelResult>;

export const EntrySchema = z
  .object({
    seq: z.number(),
    at: Instant,
    body: z.looseObject({
      kind: z.string().meta({description: "intent, decision, event, stranger, control, …"})
    }),
    hash: z.string().meta({description: "SHA-256 of this line and of the hash before it"})
  })
  .meta({id: "JournalEntry"});

export const CheckSchema = z
  .object({
    lines: z.number(),
    head: z.string().meta({description: "hash of the last line that holds"}),
    problem: z.object({seq: z.number(), sentence: z.string()}).nullable()
  })
  .meta({id: "JournalCheck"});

export const LinkSchema = z
  .object({
    phase: z.enum(["off", "connecting", "ready", "cut", "restarting", "login", "refused", "waiting"]),
    sentence: z.string(),
    since: Instant,
    isReadOnly: z.boolean(),
    address: z.string(),
    clientId: z.number(),
    serverVersion: number,
    accounts: z.array(z.string()).readonly(),
    latencyMs: number,
    lastByteAt: Instant.nullable(),
    clockOffsetMs: number,
    tries: z.number(),
    nextTryAt: Instant.nullable(),
    breaker: z.enum(["closed", "open", "half-open"]),
    lines: z.object({used: z.number(), budget: z.number()})
  })
  .meta({id: "LinkStatus"});

/** Id of an order in a path. */
export const OrderPath = z.object({id: z.uuid()});
