import {type Contract, EventName, type Order as RawOrder, type OrderState as RawState} from "@stoqey/ib";
import type {OrderIntent} from "../../../lib/orders/order.js";
import {Problem} from "../../problem.js";
import type {BrokerWhatIf} from "../broker.js";
import type {Magnifier} from "./executions.js";
import {told} from "./number.js";
import {toContract, toOrder} from "./order-fields.js";
import type {Wire} from "./wire.js";

/** Messages with an order's number that do not refuse it. */
const isWarning = (code: number, message: string) =>
  code === 399 || (code >= 2100 && code < 3000) || message.includes("Warning:");

export interface WhatIfOptions {
  wire: Wire;
  magnifierOf: Magnifier;
  timeoutMs: number;
  takeOrderId: () => number;
}

/** Asks TWS what an order would do, without placing it. */
export interface WhatIfs {
  /** Whether a number is that of a question; what TWS says under it is no order's. */
  owns: (orderId: number) => boolean;
  /** @throws Problem 503 while the link is down or read-only, 504 without an answer, 422 when TWS refuses the order */
  ask: (intent: OrderIntent) => Promise<BrokerWhatIf>;
  close(): void;
}

export function createWhatIf({wire, magnifierOf, timeoutMs, takeOrderId}: WhatIfOptions): WhatIfs {
  const asked = new Map<number, {answer: (state: RawState) => void; refuse: (error: Problem) => void}>();
  /** All numbers ever used, for what comes late or twice. */
  const owned = new Set<number>();

  const offs = [
    wire.on(EventName.openOrder, (orderId: number, _: Contract, order: RawOrder, state: RawState) => {
      if ((order.clientId ?? wire.clientId) === wire.clientId) asked.get(orderId)?.answer(state);
    }),
    wire.on(EventName.error, ({message}: Error, code: number, orderId: number) => {
      if (isWarning(code, message)) return;
      const sentence = `TWS would not take this order: ${message}`;
      asked.get(orderId)?.refuse(new Problem(422, "what-if-refused", sentence));
    }),
    wire.onStatus(({phase}) => {
      if (phase !== "ready") for (const {refuse} of asked.values()) refuse(noLink());
    })
  ];
  const noLink = () =>
    new Problem(503, "no-link", `TWS cannot say what the order would do: ${wire.status().sentence}`);

  return {
    owns: (orderId) => owned.has(orderId),
    ask: async (intent) => {
      const magnifier = await magnifierOf(intent.contract.conId);
      const orderId = takeOrderId();
      owned.add(orderId);
      const order: RawOrder = {...toOrder({intent, transmit: true}, magnifier), whatIf: true};
      const state = await new Promise<RawState>((answer, refuse) => {
        const silence = `TWS did not say within ${timeoutMs / 1000} s what the order would do: try again`;
        const timer = setTimeout(() => refuse(new Problem(504, "no-answer", silence)), timeoutMs);
        const over = () => {
          clearTimeout(timer);
          asked.delete(orderId);
        };
        asked.set(orderId, {
          answer: (value) => (over(), answer(value)),
          refuse: (error) => (over(), refuse(error))
        });
        const call = wire.send("order", (api) => api.placeOrder(orderId, toContract(intent.contract), order));
        call.then((isSent) => !isSent && asked.get(orderId)?.refuse(noLink()), refuse);
      }).finally(() => asked.delete(orderId));
      return readState(state);
    },
    close() {
      for (const off of offs) off();
      for (const {refuse} of asked.values()) refuse(noLink());
    }
  };
}

function readState(state: RawState): BrokerWhatIf {
  return {
    initMarginBefore: told(state.initMarginBefore),
    initMarginAfter: told(state.initMarginAfter),
    maintMarginAfter: told(state.maintMarginAfter),
    equityWithLoanAfter: told(state.equityWithLoanAfter),
    commission: told(state.commission),
    leastCommission: told(state.minCommission),
    mostCommission: told(state.maxCommission),
    commissionCurrency: state.commissionCurrency || null,
    warning: state.warningText || null
  };
}
