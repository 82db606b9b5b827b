import {
  ExecutionBook,
  executionKey,
  netShares,
  type CommissionReport,
  type Execution,
  type Fill
} from "../../lib/orders/executions.js";
import {positionKey} from "./controls.js";
import type {FillRow, OrderRow} from "../../lib/orders/desk.js";
import type {JournalEntry} from "../../lib/orders/journal.js";
import {intentOfRef, type OrderContract, type OrderIntent} from "../../lib/orders/order.js";
import type {Decision} from "../../lib/orders/risk/gate.js";
import {FINAL, stateOf, type OrderEvent, type OrderState} from "../../lib/orders/state.js";

/** An order as the journal has it. */
export interface BookedOrder {
  intent: OrderIntent;
  by: string;
  broker: "paper" | "ibkr";
  label: string;
  events: OrderEvent[];
  state: OrderState;
  decision: Decision | null;
  changedAt: number;
}

/** How an order is named by a broker: by its reference where it is told, else by a number. */
export interface OrderName {
  orderRef: string | null;
  clientId: number;
  orderId: number;
  permId: number;
}

/** All orders and executions, made of the journal's lines alone, each taken in once, in order. */
export class OrderBook {
  readonly #orders = new Map<string, BookedOrder>();
  readonly #byNumber = new Map<string, string>();
  readonly #byPermId = new Map<string, string>();
  readonly #executions = new ExecutionBook();
  /** By execution key: whose it is, null for a stranger's, and which broker told it. */
  readonly #owners = new Map<string, {order: string | null; broker: "paper" | "ibkr"}>();
  readonly #commissions = new Map<string, CommissionReport>();
  readonly #executionById = new Map<string, Execution>();
  /** By key: what of each execution counts, and of all of a position. */
  readonly #counted = new Map<string, {revision: number; units: number}>();
  readonly #net = new Map<string, number>();
  readonly #open = new Map<string, BookedOrder>();
  readonly #groups = new Map<string, BookedOrder[]>();
  /** What went out lately, the latest last. */
  readonly #sent: OrderIntent[] = [];
  readonly #corrected = new Set<number>();
  readonly #contracts = new Map<number, OrderContract>();
  #greatestOrderId = 0;

  /** Takes a line in; returns the ids of the orders that it changed. */
  apply({at, body}: JournalEntry, broker: "paper" | "ibkr"): string[] {
    if (body.kind === "intent") {
      const {intent, by, label} = body;
      const order: BookedOrder = {
        intent,
        by,
        label,
        broker: body.broker,
        events: [],
        state: stateOf(intent, []),
        decision: null,
        changedAt: at
      };
      this.#orders.set(intent.id, order);
      this.#open.set(intent.id, order);
      if (intent.oca !== undefined) this.#groupOf(intent.account, intent.oca).push(order);
      this.#contracts.set(intent.contract.conId, intent.contract);
      return [intent.id];
    }
    if (body.kind === "decision") {
      const order = this.#orders.get(body.intent);
      if (order) order.decision = body.decision;
      return [body.intent];
    }
    if (body.kind === "stranger") {
      this.#takeExecution(body.event, null, broker);
      return [];
    }
    if (body.kind === "control") {
      if (body.control.what === "reconciled" && body.control.isUnlocked) this.#corrected.clear();
      return [];
    }
    const order = this.#orders.get(body.intent);
    if (!order) return [];
    const {event} = body;
    if (event.kind === "execution" || event.kind === "commission")
      this.#takeExecution(event, body.intent, order.broker);
    if (event.kind === "sending") {
      this.#byNumber.set(numberKey(order.broker, event), body.intent);
      this.#greatestOrderId = Math.max(this.#greatestOrderId, event.orderId);
      this.#sent.push(order.intent);
      while (this.#sent[0].at < at - 600_000) this.#sent.shift();
    }
    order.events.push(event);
    order.state = stateOf(order.intent, order.events);
    order.changedAt = at;
    if (order.state.permId !== null) this.#byPermId.set(`${order.broker} ${order.state.permId}`, body.intent);
    if (FINAL.has(order.state.status)) this.#open.delete(body.intent);
    else this.#open.set(body.intent, order);
    return [body.intent];
  }

  #groupOf(account: string, oca: string): BookedOrder[] {
    const name = `${account} ${oca}`;
    const group = this.#groups.get(name) ?? [];
    this.#groups.set(name, group);
    return group;
  }

  #takeExecution(
    event: Extract<OrderEvent, {kind: "execution" | "commission"}>,
    order: string | null,
    broker: "paper" | "ibkr"
  ): void {
    if (event.kind === "commission") {
      this.#executions.addCommission(event.report);
      this.#commissions.set(event.report.execId, event.report);
      return;
    }
    const {execution} = event;
    this.#executionById.set(execution.execId, execution);
    if (this.#executions.add(execution) === "correction") this.#corrected.add(execution.conId);
    const {key, revision} = executionKey(execution.execId);
    this.#owners.set(key, {order, broker});
    const before = this.#counted.get(key);
    if (before && before.revision >= revision) return;
    const units = netShares([execution]);
    this.#counted.set(key, {revision, units});
    const position = positionKey(execution.account, execution.conId);
    this.#net.set(position, (this.#net.get(position) ?? 0) + units - (before?.units ?? 0));
  }

  /** Units that all executions brought, by `account conId`. */
  get net(): ReadonlyMap<string, number> {
    return this.#net;
  }

  get(id: string): BookedOrder | undefined {
    return this.#orders.get(id);
  }

  /** The order of ours that a broker names; undefined for another's. */
  find({orderRef, clientId, orderId, permId}: OrderName, broker: "paper" | "ibkr"): BookedOrder | undefined {
    const id =
      intentOfRef(orderRef ?? undefined) ??
      (permId > 0 ? this.#byPermId.get(`${broker} ${permId}`) : undefined) ??
      this.#byNumber.get(numberKey(broker, {clientId, orderId}));
    return id === undefined ? undefined : this.#orders.get(id);
  }

  /** Orders of a broker that have not ended. */
  open(broker: "paper" | "ibkr"): BookedOrder[] {
    return [...this.#open.values()].filter((order) => order.broker === broker);
  }

  /** An order that has not ended; undefined for one that has, and for one that never was. */
  opened(id: string): BookedOrder | undefined {
    return this.#open.get(id);
  }

  /** Orders of an account that one fill takes away together, ended ones too, the oldest first. */
  group(account: string, oca: string): readonly BookedOrder[] {
    return this.#groups.get(`${account} ${oca}`) ?? [];
  }

  /** All of a broker, the latest first. */
  all(): BookedOrder[] {
    return [...this.#orders.values()].reverse();
  }

  /** Intents that went out in the last ten minutes. */
  get sent(): readonly OrderIntent[] {
    return this.#sent;
  }

  /** A contract that an order was of. */
  contract(conId: number): OrderContract | undefined {
    return this.#contracts.get(conId);
  }

  get greatestOrderId(): number {
    return this.#greatestOrderId;
  }

  /** Contracts of which an execution was corrected since positions last agreed. */
  get corrected(): ReadonlySet<number> {
    return this.#corrected;
  }

  /** Whether an execution, or a commission, says what is known already. @throws RangeError if it contradicts it */
  isKnown(event: Extract<OrderEvent, {kind: "execution" | "commission"}>): boolean {
    if (event.kind === "commission") {
      const known = this.#commissions.get(event.report.execId);
      return known?.commission === event.report.commission && known.currency === event.report.currency;
    }
    const {execution} = event;
    const known = this.#executionById.get(execution.execId);
    if (!known) return false;
    if (known.shares !== execution.shares || known.price !== execution.price || known.side !== execution.side)
      throw new RangeError(
        `execution ${execution.execId} was ${known.side} ${known.shares} at ${known.price}, and is told as ${execution.side} ${execution.shares} at ${execution.price}`
      );
    return true;
  }

  /** The order of an execution by its id, for a commission that names nothing else. */
  ownerOf(execId: string): string | null | undefined {
    return this.#owners.get(executionKey(execId).key)?.order;
  }

  /** Executions as they count, by time. */
  fills(): Fill[] {
    return this.#executions.fills();
  }

  row(id: string): OrderRow | null {
    const order = this.#orders.get(id);
    return order ? rowOf(order) : null;
  }

  fillRow(fill: Fill): FillRow {
    const owner = this.#owners.get(executionKey(fill.execId).key);
    const order = owner?.order ? this.#orders.get(owner.order) : undefined;
    const {corrects, commission, ...rest} = fill;
    return {
      ...rest,
      order: owner?.order ?? null,
      label: order?.label ?? `contract ${fill.conId}`,
      currency: order?.intent.contract.currency ?? commission?.currency ?? "",
      commission: commission?.amount ?? null,
      commissionCurrency: commission?.currency ?? null,
      corrections: corrects.length,
      broker: owner?.broker ?? "ibkr"
    };
  }
}

const numberKey = (broker: string, {clientId, orderId}: {clientId: number; orderId: number}) =>
  `${broker} ${clientId} ${orderId}`;

function rowOf({intent, state, broker, label, decision, changedAt}: BookedOrder): OrderRow {
  const costs = state.fills.flatMap(({commission}) => (commission ? [commission.amount] : []));
  return {
    id: intent.id,
    account: intent.account,
    conId: intent.contract.conId,
    label,
    currency: intent.contract.currency,
    action: intent.action,
    quantity: intent.quantity,
    type: intent.type,
    limit: intent.limit ?? null,
    stop: intent.stop ?? null,
    tif: intent.tif,
    strategy: intent.strategy ?? null,
    parent: intent.parent ?? null,
    status: state.status,
    filled: state.filled,
    averagePrice: Number.isFinite(state.averagePrice) ? state.averagePrice : null,
    commission: costs.length ? costs.reduce((sum, cost) => sum + cost, 0) : null,
    problem: decision?.allowed === false ? decision.reason : (state.problem?.message ?? null),
    broker,
    orderId: state.orderId,
    permId: state.permId,
    at: intent.at,
    changedAt
  };
}
