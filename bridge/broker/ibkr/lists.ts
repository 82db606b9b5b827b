import {
  type Contract,
  EventName,
  type Execution as RawExecution,
  type IBApi,
  type Order as RawOrder,
  type OrderState as RawState
} from "@stoqey/ib";
import type {Execution} from "../../../lib/orders/executions.js";
import type {BrokerLists, HeldPosition, ListedOrder, ReadList} from "../../../lib/orders/reconcile.js";
import {NEW_YORK} from "../../../lib/time/calendar.js";
import {zoneOffset} from "../../../lib/time/zone.js";
import {Problem} from "../../problem.js";
import {executionOf, type Magnifier, magnifierOfPaid} from "./executions.js";
import {request} from "./request.js";
import {midnightBefore} from "./tws-time.js";
import type {Wire} from "./wire.js";

export interface ListsOptions {
  wire: Wire;
  /** Milliseconds since 1970 UTC. */
  now: () => number;
  magnifierOf: Magnifier;
  /** How long a list may take, milliseconds. */
  timeoutMs?: number;
}

/** Number of the message that asks for positions, as it is on the wire. */
const ASK_POSITIONS = "61";

/**
 * Reads what TWS tells of orders and positions: positions, working orders, completed orders, executions, in this order,
 * since an order that ends meanwhile is then found in a later list.
 */
export interface Lists {
  /** One reading at a time; a second one waits for the first. @throws Problem 503 when the link goes, 504 without an end */
  read(signal: AbortSignal): Promise<BrokerLists>;
  close(): void;
}

export function createLists({wire, now, magnifierOf, timeoutMs = 30_000}: ListsOptions): Lists {
  /** Questions after positions of this connection, everybody's, and the ends of their answers. */
  let [asked, ended] = [0, 0];
  let queue: Promise<unknown> = Promise.resolve();
  const offs = [
    wire.on(EventName.connected, () => void ([asked, ended] = [0, 0])),
    wire.on(EventName.sent, (tokens: unknown[]) => void (String(tokens[0]) === ASK_POSITIONS && ++asked)),
    wire.on(EventName.positionEnd, () => void ++ended)
  ];

  /** Sends one question and listens until its answer has come to its end. */
  function ask<T>(
    what: string,
    signal: AbortSignal,
    start: (on: Wire["on"], done: (value: T) => void) => (api: IBApi) => void
  ): Promise<T> {
    return request<T>(wire, {
      what,
      signal,
      timeoutMs,
      start: (_, {on, done}) => start((event, listener) => (on(event, listener), () => undefined), done)
    });
  }

  const positions = (signal: AbortSignal) =>
    ask<HeldPosition[]>("positions", signal, (on, done) => {
      const held = new Map<string, HeldPosition>();
      let turn = Infinity;
      on(EventName.position, (account: string, {conId = 0}: Contract, units: number) => {
        held.set(`${account} ${conId}`, {account, conId, units});
      });
      on(EventName.positionEnd, () => {
        if (ended >= turn) done([...held.values()].filter(({units}) => units !== 0));
        else held.clear(); // the end of somebody else's answer, whose beginning may have been missed
      });
      return (api) => {
        api.reqPositions();
        turn = asked;
      };
    }).catch((error: unknown) => {
      ended = asked; // an end that did not come in time is waited for no more
      throw error;
    });

  /** Null when TWS is read-only, whether that was known or turns out now. */
  async function orders(
    what: string,
    signal: AbortSignal,
    start: (on: Wire["on"], done: (value: ListedOrder[] | null) => void) => (api: IBApi) => void
  ): Promise<ListedOrder[] | null> {
    if (wire.status().isReadOnly) return null;
    const offs: (() => void)[] = [];
    return ask<ListedOrder[] | null>(what, signal, (on, done) => {
      offs.push(wire.onStatus(({isReadOnly}) => isReadOnly && done(null)));
      return start(on, done);
    }).finally(() => offs.forEach((off) => off()));
  }

  const working = (signal: AbortSignal) =>
    orders("working orders", signal, (on, done) => {
      const rows = new Map<number | string, ListedOrder>();
      on(EventName.openOrder, (orderId: number, contract: Contract, order: RawOrder, state: RawState) => {
        const row = listed(contract, order, state, orderId);
        if (isWorking(row.status) && !order.whatIf) rows.set(row.permId || `${row.clientId} ${orderId}`, row);
      });
      on(EventName.openOrderEnd, () => done([...rows.values()]));
      return (api) => api.reqAllOpenOrders();
    });

  const completed = (signal: AbortSignal) =>
    orders("completed orders", signal, (on, done) => {
      const rows: ListedOrder[] = [];
      on(EventName.completedOrder, (contract: Contract, order: RawOrder, state: RawState) => {
        rows.push(listed(contract, {...order, clientId: 0}, state, 0));
      });
      on(EventName.completedOrdersEnd, () => done(rows));
      return (api) => api.reqCompletedOrders(false);
    });

  async function executions(signal: AbortSignal): Promise<Execution[]> {
    const raws = await request<{contract: Contract; raw: RawExecution}[]>(wire, {
      what: "executions",
      signal,
      timeoutMs,
      start(id, {on, done}) {
        const rows: {contract: Contract; raw: RawExecution}[] = [];
        on(EventName.execDetails, (reqId: number, contract: Contract, raw: RawExecution) => {
          if (reqId === id) rows.push({contract, raw});
        });
        on(EventName.execDetailsEnd, (reqId: number) => reqId === id && done(rows));
        return (api) => api.reqExecutions(id, {});
      }
    });
    return Promise.all(
      raws.map(async ({contract, raw}) => {
        const magnifier = await magnifierOfPaid(magnifierOf, contract.conId ?? 0);
        const execution = executionOf(contract, raw, magnifier, wire.zoneOffsetMs);
        if (execution) return execution;
        throw new Problem(502, "unreadable", `TWS tells of an execution that cannot be read: ${raw.execId}`);
      })
    );
  }

  /**
   * Returns the oldest moment that completed orders and executions tell of. IBKR promises those "since midnight" and does
   * not say whose: the later midnight of TWS's own clock and New York's counts. Where TWS's clock is not known, nothing
   * before now does.
   */
  function midnight(): number {
    const [at, own] = [now(), wire.zoneOffsetMs];
    if (own === null) return at;
    return Math.max(midnightBefore(at, own), midnightBefore(at, zoneOffset(at, NEW_YORK)));
  }

  async function readAll(signal: AbortSignal): Promise<BrokerLists> {
    signal.throwIfAborted();
    const held = await positions(signal);
    const atWork = await working(signal);
    const done = await completed(signal);
    const filled = await executions(signal);
    const since = midnight();
    return {
      positions: whole(held, 0),
      working: atWork && whole(atWork, 0),
      completed: done && whole(done, since),
      executions: whole(filled, since)
    };
  }

  return {
    read(signal) {
      const reading = queue.then(() => readAll(signal));
      queue = reading.catch(() => undefined);
      return reading;
    },
    close() {
      for (const off of offs) off();
    }
  };
}

const whole = <T>(rows: readonly T[], reachesTo: number): ReadList<T> => ({rows, reads: 1, reachesTo});

const ENDED: ReadonlySet<string> = new Set(["Filled", "Cancelled", "ApiCancelled"]);
const isWorking = (status: string) => !ENDED.has(status);

function listed(
  {conId = 0}: Contract,
  {account = "", permId = 0, clientId = 0, orderRef = ""}: RawOrder,
  {status}: RawState,
  orderId: number
): ListedOrder {
  return {account, conId, permId, orderId, clientId, orderRef, status};
}
