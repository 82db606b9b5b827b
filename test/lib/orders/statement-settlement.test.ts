import {expect, it} from "vitest";
import {settledByStatement} from "../../../lib/orders/statement-settlement.js";
import {stateOf, type OrderEvent} from "../../../lib/orders/state.js";
import {execution, INTENT} from "./orders.js";

const before: OrderEvent[] = [
  {kind: "sending", at: INTENT.at, orderId: 1, clientId: 1},
  {kind: "settled", at: INTENT.at, as: "unknown", by: "reconciliation"}
];
const unknown = stateOf(INTENT, before);
const trade = (n: number, shares: number) => ({
  execution: execution(n, shares),
  commission: {execId: execution(n, shares).execId, commission: 1, currency: "USD"}
});
const after = (told: Parameters<typeof settledByStatement>[1], intent = INTENT) =>
  stateOf(intent, [...before, ...settledByStatement({intent}, told, INTENT.at)]);

it("the statement's executions fill an unknown order, with their costs", () => {
  expect(unknown.status).toBe("unknown");
  const state = after({executions: [trade(1, 60), trade(2, 40)], isCovered: true});
  expect(state).toMatchObject({status: "filled", filled: 100, averagePrice: 229.5});
  expect(state.fills.map(({commission}) => commission?.amount)).toEqual([1, 1]);
});

it("an order of a day that the statement covers has ended, whatever of it was filled", () => {
  expect(after({executions: [trade(1, 60)], isCovered: true})).toMatchObject({
    status: "cancelled",
    filled: 60
  });
  expect(after({executions: [], isCovered: true})).toMatchObject({status: "cancelled", filled: 0});
});

it("a day that is not covered, or an order that outlives it, settles nothing", () => {
  expect(after({executions: [], isCovered: false}).status).toBe("unknown");
  expect(after({executions: [], isCovered: true}, {...INTENT, tif: "GTC"}).status).toBe("unknown");
});
