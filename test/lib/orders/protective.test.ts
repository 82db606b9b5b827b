import fc from "fast-check";
import {expect, it} from "vitest";
import type {OrderIntent} from "../../../lib/orders/order.js";
import {onlyReducing} from "../../../lib/orders/protective.js";
import {stateOf, type OrderEvent, type OrderState} from "../../../lib/orders/state.js";
import {execution, INTENT} from "./orders.js";

const {account} = INTENT;
const {conId} = INTENT.contract;
const held = (units: number) => [{account, conId, units}];

function working(id: string, more: Partial<OrderIntent>, filled = 0): OrderState {
  const intent: OrderIntent = {...INTENT, id, ...more};
  const events: OrderEvent[] = [
    {kind: "sending", at: intent.at, orderId: 1, clientId: 1},
    {kind: "status", at: intent.at, status: "Submitted", filled, remaining: intent.quantity, permId: 5}
  ];
  if (filled > 0) events.push({kind: "execution", at: intent.at, execution: execution(1, filled)});
  return stateOf(intent, events);
}
const sell = (id: string, quantity: number, more: Partial<OrderIntent> = {}) =>
  working(id, {action: "SELL", quantity, ...more});
const kept = (orders: readonly OrderState[], units: number) => [...onlyReducing(orders, held(units))].sort();

it("stop and target of a position stay, what opens or adds does not", () => {
  const orders = [
    sell("stop", 100, {type: "STP", stop: 200, oca: "a"}),
    sell("target", 100, {oca: "a"}),
    working("more", {})
  ];
  expect(kept(orders, 100)).toEqual(["stop", "target"]);
  expect(kept(orders, 0)).toEqual([]);
  expect(kept(orders, -100)).toEqual(["more"]);
});

it("of orders that together are more than what is held, stops stay first, then the oldest", () => {
  const orders = [
    sell("old", 60, {at: INTENT.at - 2}),
    sell("new", 60, {at: INTENT.at - 1}),
    sell("stop", 40, {type: "STP", stop: 200})
  ];
  expect(kept(orders, 100)).toEqual(["old", "stop"]);
  expect(kept(orders, 99)).toEqual(["stop"]);
});

it("children of a parent count as much as it has filled", () => {
  const family = (filled: number) => [
    working("parent", {quantity: 100}, filled),
    sell("target", 100, {parent: "parent", oca: "parent"}),
    sell("stop", 100, {parent: "parent", oca: "parent", type: "STP", stop: 200})
  ];
  expect(kept(family(0), 0)).toEqual([]);
  expect(kept(family(0), 30)).toEqual([]);
  expect(kept(family(30), 30)).toEqual(["stop", "target"]);
});

it("what stays can never turn a position, whichever of it fills", () => {
  const order = fc.record({
    quantity: fc.integer({min: 1, max: 50}),
    action: fc.constantFrom("BUY" as const, "SELL" as const),
    type: fc.constantFrom("LMT" as const, "STP" as const),
    oca: fc.constantFrom(undefined, "x", "y"),
    at: fc.integer({min: 0, max: 9})
  });
  fc.assert(
    fc.property(fc.array(order, {maxLength: 8}), fc.integer({min: -100, max: 100}), (orders, units) => {
      const states = orders.map(({oca, ...more}, i) =>
        working(String(i), {...more, stop: 1, ...(oca && {oca})})
      );
      const stay = onlyReducing(states, held(units));
      const groups = new Map<string, number>();
      for (const {intent} of states.filter(({intent: {id}}) => stay.has(id))) {
        expect(units > 0).toBe(intent.action === "SELL");
        const group = intent.oca ?? intent.id;
        groups.set(group, Math.max(groups.get(group) ?? 0, intent.quantity));
      }
      const sum = [...groups.values()].reduce((all, quantity) => all + quantity, 0);
      expect(sum).toBeLessThanOrEqual(Math.abs(units));
    })
  );
});
