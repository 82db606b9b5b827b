import {
  type CommissionReport as RawCommission,
  type Contract,
  EventName,
  type Execution as RawExecution,
  type Order as RawOrder,
  type OrderState as RawState
} from "@stoqey/ib";
import {IB_STATUSES, type IbStatus} from "../../../lib/orders/state.js";
import type {Log} from "../../log.js";
import type {Broker, BrokerEvent, PlacedOrder} from "../broker.js";
import {commissionOf, executionOf, type Magnifier, magnifierOfPaid} from "./executions.js";
import {toContract, toOrder} from "./order-fields.js";
import {createWhatIf} from "./what-if.js";
import {LEAST_ORDER_ID, ORDER_ERRORS, type Wire} from "./wire.js";

export interface OrdersOptions {
  wire: Wire;
  log: Pick<Log, "error">;
  /** Milliseconds since 1970 UTC. */
  now: () => number;
  magnifierOf: Magnifier;
  tell: (event: Extract<BrokerEvent, {kind: "order" | "execution" | "commission"}>) => void;
  /** How long a what-if may take, milliseconds. */
  whatIfMs?: number;
}

/** What of a broker is about orders. */
export interface Orders extends Pick<
  Broker,
  "takeOrderId" | "place" | "cancel" | "dropQueue" | "cancelEverything" | "whatIf"
> {
  close(): void;
}

const isStatus = (text: string): text is IbStatus => (IB_STATUSES as readonly string[]).includes(text);

/** Sends orders over the wire and tells what becomes of them. */
export function createOrders({wire, log, now, magnifierOf, tell, whatIfMs = 10_000}: OrdersOptions): Orders {
  /** Orders that were not written to the socket yet; each can be taken back. */
  const waiting = new Map<number, () => void>();
  /** References by client and number, as placed or as TWS told them. */
  const refs = new Map<string, string>();
  /** Orders of which something was told. */
  const known = new Set<string>();
  let last = LEAST_ORDER_ID - 1;

  const takeOrderId = (above: number) => (last = Math.max(wire.nextValidId, above + 1, last + 1));
  const keyOf = (clientId: number, orderId: number) => `${clientId} ${orderId}`;
  const preview = createWhatIf({wire, magnifierOf, timeoutMs: whatIfMs, takeOrderId: () => takeOrderId(0)});

  /** Whether an error with this number is an order's, not a request's. */
  const isOfOrder = (id: number, code: number) =>
    id >= LEAST_ORDER_ID || ORDER_ERRORS.has(code) || refs.has(keyOf(wire.clientId, id));

  function tellStatus(
    {orderId, clientId, permId}: {orderId: number; clientId: number; permId: number},
    {status, filled, remaining}: {status: string; filled: number; remaining: number}
  ): void {
    if (!isStatus(status)) return log.error({status, orderId}, "ibkr orders: a status that is not known");
    known.add(keyOf(clientId, orderId));
    tell({
      kind: "order",
      orderId,
      clientId,
      permId,
      orderRef: refs.get(keyOf(clientId, orderId)) ?? null,
      event: {kind: "status", at: now(), status, filled, remaining, permId}
    });
  }

  /** Says an order's reference; its status is told by the message that follows it, and here when that may not come. */
  function hearOrder(orderId: number, _: Contract, order: RawOrder, state: RawState): void {
    const {clientId = wire.clientId, permId = 0, orderRef = "", totalQuantity = 0} = order;
    if (clientId === wire.clientId && preview.owns(orderId)) return;
    if (orderRef) refs.set(keyOf(clientId, orderId), orderRef);
    if (known.has(keyOf(clientId, orderId))) return;
    tellStatus({orderId, clientId, permId}, {status: state.status, filled: 0, remaining: totalQuantity});
  }

  function hearStatus(
    orderId: number,
    status: string,
    filled: number,
    remaining: number,
    _price: number,
    permId = 0,
    _parent?: number,
    _last?: number,
    clientId = wire.clientId
  ): void {
    if (clientId === wire.clientId && preview.owns(orderId)) return;
    tellStatus({orderId, clientId, permId}, {status, filled, remaining});
  }

  function hearError({message}: Error, code: number, id: number): void {
    if (id <= 0 || preview.owns(id) || !isOfOrder(id, code)) return;
    const {clientId} = wire;
    const orderRef = refs.get(keyOf(clientId, id)) ?? null;
    tell({
      kind: "order",
      orderId: id,
      clientId,
      permId: 0,
      orderRef,
      event: {kind: "error", at: now(), code, message}
    });
  }

  function hearExecution(_: number, contract: Contract, raw: RawExecution): void {
    const {conId = 0} = contract;
    const book = (magnifier: number) => {
      const execution = executionOf(contract, raw, magnifier, wire.zoneOffsetMs);
      if (execution) tell({kind: "execution", execution});
      else log.error({execId: raw.execId}, "ibkr orders: an execution that cannot be read");
    };
    const magnifier = magnifierOf(conId);
    if (typeof magnifier === "number") return book(magnifier);
    // What is not looked up now is read again with the lists of the next reconciliation.
    magnifierOfPaid(() => magnifier, conId).then(book, (error: unknown) =>
      log.error({err: error, conId}, "ibkr orders: an execution whose price cannot be read yet")
    );
    return undefined;
  }

  function hearCommission(raw: RawCommission): void {
    const report = commissionOf(raw);
    if (report) tell({kind: "commission", report});
  }

  const offs = [
    wire.on(EventName.openOrder, hearOrder),
    wire.on(EventName.orderStatus, hearStatus),
    wire.on(EventName.error, hearError),
    wire.on(EventName.execDetails, hearExecution),
    wire.on(EventName.commissionReport, hearCommission)
  ];

  function write(order: PlacedOrder, magnifier: number): Promise<boolean> {
    const {orderId, intent} = order;
    return wire.send("order", (api) => {
      if (!waiting.delete(orderId)) return; // taken back
      const fields = toOrder(order, magnifier);
      refs.set(keyOf(wire.clientId, orderId), fields.orderRef!); // toOrder set it
      api.placeOrder(orderId, toContract(intent.contract), fields);
    });
  }

  return {
    takeOrderId,
    place(order) {
      const {orderId, intent} = order;
      return new Promise((resolve) => {
        waiting.set(orderId, () => resolve(false));
        const magnifier = magnifierOf(intent.contract.conId);
        const written =
          typeof magnifier === "number"
            ? write(order, magnifier)
            : magnifier.then((value) => waiting.has(orderId) && write(order, value));
        written.then(
          (isSent) => {
            waiting.delete(orderId);
            resolve(isSent);
          },
          (error: unknown) => {
            waiting.delete(orderId);
            log.error({err: error, orderId}, "ibkr orders: an order whose contract cannot be looked up");
            resolve(false);
          }
        );
      });
    },
    async cancel(orderId) {
      const takeBack = waiting.get(orderId);
      if (!takeBack) return wire.send("cancel", (api) => api.cancelOrder(orderId));
      waiting.delete(orderId);
      takeBack();
      return true;
    },
    dropQueue() {
      const all = [...waiting.values()];
      waiting.clear();
      wire.drop("order");
      for (const takeBack of all) takeBack();
    },
    cancelEverything: () => wire.send("cancel", (api) => api.reqGlobalCancel()),
    whatIf: preview.ask,
    close() {
      for (const off of offs) off();
      preview.close();
    }
  };
}
