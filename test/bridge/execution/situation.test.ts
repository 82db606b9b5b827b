import * as fc from "fast-check";
import {expect, it} from "vitest";
import {DeskLog} from "../../../bridge/execution/desk-log.js";
import {OrdersStore} from "../../../bridge/execution/orders-store.js";
import {situationOf, type SituationParts} from "../../../bridge/execution/situation.js";
import {executionKey, type Execution} from "../../../lib/orders/executions.js";
import type {JournalBody} from "../../../lib/orders/journal.js";
import type {OrderIntent} from "../../../lib/orders/order.js";
import {FINAL, stateOf, type OrderEvent, type OrderState} from "../../../lib/orders/state.js";
import {long} from "../../long.js";
import {AAPL, ACCOUNT, factsOf, MSFT, NOW, ScriptedBroker} from "./desk.js";

const PRICES = new Map([
  [AAPL, 100],
  [MSFT, 50]
]);
const CONTRACTS = [factsOf(AAPL, "AAPL"), factsOf(MSFT, "MSFT")];

/** What a sequence is made of: an order, or something that happens to one of those before it. */
const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("order" as const),
      account: fc.constantFrom(ACCOUNT, ACCOUNT, "DU9999999"),
      broker: fc.constantFrom("ibkr" as const, "ibkr" as const, "paper" as const),
      contract: fc.constantFrom(...CONTRACTS),
      action: fc.constantFrom("BUY" as const, "SELL" as const),
      quantity: fc.integer({min: 1, max: 20}),
      oca: fc.constantFrom(undefined, undefined, "one", "other"),
      parent: fc.option(fc.nat(), {nil: undefined}),
      isSent: fc.boolean()
    })
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        ...([
          "sending",
          "sending",
          "works",
          "fills",
          "corrected",
          "cancelled",
          "rejected",
          "lost",
          "found"
        ] as const)
      ),
      order: fc.nat(),
      shares: fc.integer({min: 1, max: 12})
    })
  }
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Writes a sequence down as the journal has it, and beside it each order with its events. */
function written(steps: readonly Step[]) {
  const bodies: JournalBody[] = [];
  const orders: {intent: OrderIntent; broker: "paper" | "ibkr"; events: OrderEvent[]}[] = [];
  const executions: Execution[] = [];
  for (const [n, one] of steps.entries()) {
    if (one.kind === "order") {
      const {
        account,
        broker,
        contract: {contract},
        action,
        quantity,
        oca,
        parent,
        isSent
      } = one;
      const family = orders.filter((other) => other.intent.account === account && other.broker === broker);
      const intent: OrderIntent = {
        id: `order-${orders.length}`,
        at: NOW - 1000,
        account,
        contract,
        action,
        quantity,
        type: "MKT",
        tif: "DAY",
        ...(oca !== undefined && {oca}),
        ...(parent !== undefined && family.length && {parent: family[parent % family.length].intent.id})
      };
      const sending: OrderEvent = {kind: "sending", at: NOW, orderId: 1000 + n, clientId: 7};
      orders.push({intent, broker, events: isSent ? [sending] : []});
      bodies.push({kind: "intent", intent, by: "a test", broker, label: contract.symbol});
      if (isSent) bodies.push({kind: "event", intent: intent.id, event: sending});
      continue;
    }
    if (!orders.length) continue;
    const {intent, events} = orders[one.order % orders.length];
    const event = eventOf(one, {
      intent,
      n,
      before: executions.filter(({orderRef}) => orderRef === intent.id)
    });
    if (event.kind === "execution") executions.push(event.execution);
    events.push(event);
    bodies.push({kind: "event", intent: intent.id, event});
  }
  return {bodies, orders, executions};
}

function eventOf(
  {kind, shares}: Exclude<Step, {kind: "order"}>,
  {intent, n, before}: {intent: OrderIntent; n: number; before: readonly Execution[]}
): OrderEvent {
  const status = (told: "Submitted" | "Cancelled") =>
    ({kind: "status", at: NOW, status: told, filled: 0, remaining: 0, permId: 0}) as const;
  const execution = (execId: string) =>
    ({
      kind: "execution",
      at: NOW,
      execution: {
        execId,
        account: intent.account,
        conId: intent.contract.conId,
        side: intent.action === "BUY" ? "BOT" : "SLD",
        shares,
        price: 100,
        time: NOW,
        permId: 0,
        clientId: 7,
        orderId: n,
        orderRef: intent.id
      }
    }) as const;
  switch (kind) {
    case "sending":
      return {kind, at: NOW, orderId: 1000 + n, clientId: 7};
    case "fills":
      return execution(`fill.${n}.01`);
    case "corrected": {
      const last = before.at(-1);
      if (!last) return status("Submitted");
      const {key, revision} = executionKey(last.execId);
      return execution(`${key}.${String(revision + 1).padStart(2, "0")}`);
    }
    case "cancelled":
      return status("Cancelled");
    case "rejected":
      return {kind: "settled", at: NOW, as: "rejected", by: "a test"};
    case "lost":
      return {kind: "settled", at: NOW, as: "unknown", by: "a test"};
    default:
      return status("Submitted");
  }
}

/** What works, counted anew from every order's events. */
function counted(asked: OrderIntent, orders: ReturnType<typeof written>["orders"]): [number, number][] {
  const open = new Map<string, OrderState>();
  for (const {intent, broker, events} of orders) {
    const state = stateOf(intent, events);
    if (broker !== "ibkr" || intent.account !== asked.account || state.orderId === null) continue;
    if (!FINAL.has(state.status)) open.set(intent.id, state);
  }
  const groups = new Map<string, {conId: number; side: number; most: number}>();
  for (const {intent, filled} of open.values()) {
    const {
      contract: {conId},
      action,
      oca,
      id,
      quantity,
      parent
    } = intent;
    const isOwn = oca !== undefined && oca === asked.oca && conId === asked.contract.conId;
    if (isOwn && action !== asked.action) continue;
    const allowed =
      parent === undefined ? quantity : Math.min(quantity, open.get(parent)?.filled ?? quantity);
    const rest = allowed - filled - (isOwn ? asked.quantity : 0);
    const name = `${conId} ${action} ${oca === undefined ? `alone ${id}` : `group ${oca}`}`;
    const most = Math.max(groups.get(name)?.most ?? 0, rest);
    groups.set(name, {conId, side: action === "BUY" ? 1 : -1, most});
  }
  return [...groups.values()].flatMap(({conId, side, most}) => (most > 0 ? [[conId, side * most]] : []));
}

const hasFilled = ({account, oca}: OrderIntent, orders: ReturnType<typeof written>["orders"]): boolean =>
  oca !== undefined &&
  orders.some(
    ({intent, events}) =>
      intent.oca === oca && intent.account === account && stateOf(intent, events).filled > 0
  );

/** Units by contract, the last revision of each execution counted. */
function holding(account: string, executions: readonly Execution[]): Map<number, number> {
  const last = new Map(executions.map((one) => [executionKey(one.execId).key, one]));
  const units = new Map<number, number>();
  for (const {account: of, conId, side, shares} of last.values())
    if (of === account) units.set(conId, (units.get(conId) ?? 0) + (side === "BOT" ? shares : -shares));
  return units;
}

const sorted = (rows: readonly (readonly number[])[]) => rows.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);

it("situationOf(intent) has what is held and what works as they are counted anew, after whatever happened", () => {
  fc.assert(
    fc.property(fc.array(step, {minLength: 1, maxLength: 60}), fc.nat(), (steps, which) => {
      const {bodies, orders, executions} = written(steps);
      fc.pre(orders.length > 0);
      const store = new OrdersStore(":memory:");
      const log = new DeskLog({store, broker: "ibkr", now: () => NOW});
      log.append(...bodies);
      const broker = new ScriptedBroker("ibkr");
      const parts: SituationParts = {
        log,
        broker,
        data: broker,
        now: () => NOW,
        isKilledBySetting: false,
        blocked: () => null,
        locked: () => new Set(),
        statementNav: () => null
      };
      const {intent} = orders[which % orders.length];
      const asked = {...intent, account: ACCOUNT, id: "asked"};
      const {working, positions, isGroupFilled} = situationOf(asked, CONTRACTS[0], parts);
      const worth = ([conId, units]: readonly number[]) => [
        conId,
        units,
        Math.abs(units) * PRICES.get(conId)!
      ];
      const told = (stakes: typeof working) =>
        sorted(stakes.map(({contract: {conId}, units, notional}) => [conId, units, notional ?? NaN]));
      expect(told(working)).toEqual(sorted(counted(asked, orders).map(worth)));
      const held = [...holding(ACCOUNT, executions)].filter(([, units]) => units !== 0);
      expect(told(positions)).toEqual(sorted(held.map(worth)));
      expect(isGroupFilled).toBe(hasFilled(asked, orders));
      log.close();
      store.close();
    }),
    {numRuns: long(1000)}
  );
});
