import * as fc from "fast-check";
import {expect, it} from "vitest";
import {type OrderPlanRequest, planOrders} from "../../../../lib/orders/rebalance/plan-orders.js";
import {long} from "../../../long.js";

const NOW = Date.UTC(2026, 10, 20, 15);
const HOUR = 3_600_000;

/** 600 in A, 200 in B, 200 in cash; half of each is wanted. */
const REQUEST: OrderPlanRequest = {
  positions: [
    {asset: "A", quantity: 60, price: 10, currency: "USD", target: 0.5},
    {asset: "B", quantity: 10, price: 20, currency: "USD", target: 0.5}
  ],
  cash: {USD: 200},
  base: "USD",
  now: NOW,
  lastAt: null
};
const traded = (request: OrderPlanRequest) =>
  planOrders(request).orders.map(({asset, quantity}) => [asset, quantity]);
const refused = (request: OrderPlanRequest, asset: string) =>
  planOrders(request)
    .orders.find((each) => each.asset === asset)!
    .rules.flatMap(({rule, passed, reason}) => (passed ? [] : [`${rule}: ${reason}`]));

it("planOrders sells before it buys, and every rule says why it lets an order pass", () => {
  expect(traded(REQUEST)).toEqual([
    ["A", -10],
    ["B", 15]
  ]);
  const [sale] = planOrders(REQUEST).orders;
  expect(sale.rules).toEqual([
    {rule: "interval", passed: true, reason: "it was never rebalanced before"},
    {rule: "band", passed: true, reason: "outside of its band: 60 % held, 50 % wanted"},
    {rule: "lot", passed: true, reason: "whole lots of 1"},
    {rule: "minimum-trade", passed: true, reason: "100.00 of at least 0"},
    {rule: "cash", passed: true, reason: "it takes no cash"}
  ]);
});

it("planOrders leaves alone what is within its band", () => {
  const request = {...REQUEST, rules: {band: {kind: "absolute", width: 0.25} as const}, cash: {USD: 0}};
  expect(traded(request)).toEqual([
    ["A", 0],
    ["B", 0]
  ]);
  expect(refused(request, "A")[0]).toBe("band: within its band: 75 % held, 50 % wanted");
});

it("planOrders sends nothing before the interval is over, and says so of each order", () => {
  const rules = {minimumIntervalMs: 24 * HOUR};
  const request = {...REQUEST, rules, lastAt: NOW - 23 * HOUR};
  expect(traded(request).map(([, quantity]) => quantity)).toEqual([0, 0]);
  expect(refused(request, "A")).toEqual([
    "interval: it was last rebalanced at 2026-11-19T16:00Z, less than 24 h ago"
  ]);
  expect(planOrders(request).cash.after).toEqual({USD: 200});
  expect(traded({...request, lastAt: NOW - 24 * HOUR})).toEqual(traded(REQUEST));
});

it("planOrders trades whole lots, and nothing below the minimum trade", () => {
  const [a, b] = REQUEST.positions;
  expect(traded({...REQUEST, positions: [a, {...b, lot: 10}]})).toEqual([
    ["A", -10],
    ["B", 10]
  ]);
  const dear = {...REQUEST, rules: {minimumTrade: 150}};
  expect(refused(dear, "A")).toEqual(["minimum-trade: 100.00 of at least 150"]);
});

it("planOrders keeps the cash buffer", () => {
  const half = REQUEST.positions.map((position) => ({...position, target: 0.45}));
  const {cash, orders} = planOrders({...REQUEST, positions: half, rules: {cashBuffer: 0.1}});
  expect(cash.after.USD).toBeGreaterThanOrEqual(100);
  expect(orders.map(({quantity}) => quantity)).toEqual([-15, 12]);
});

it("planOrders never spends cash that is not there, whatever is held and wanted", () => {
  const share = fc.integer({min: 0, max: 30}).map((percent) => percent / 100);
  const position = fc.record({quantity: fc.nat(100), price: fc.integer({min: 1, max: 50}), target: share});
  fc.assert(
    fc.property(
      fc.array(position, {minLength: 1, maxLength: 3}),
      fc.integer({min: 1, max: 5000}),
      (held, cash) => {
        const positions = held.map((each, i) => ({...each, asset: `S${i}`, currency: "USD"}));
        const plan = planOrders({...REQUEST, positions, cash: {USD: cash}});
        expect(plan.cash.after.USD).toBeGreaterThanOrEqual(-1e-6);
        for (const {quantity, rules} of plan.orders)
          if (quantity !== 0) expect(rules.every(({passed}) => passed)).toBe(true);
      }
    ),
    {numRuns: long(1000)}
  );
});
