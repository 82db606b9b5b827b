import * as fc from "fast-check";
import {expect, it} from "vitest";
import {proportionalCosts} from "../../../../lib/backtest/costs/costs.js";
import {worthOf} from "../../../../lib/orders/paper/account.js";
import {accountOf, savedOf} from "../../../../lib/orders/paper/saved.js";
import type {Tick} from "../../../../lib/orders/paper/tick.js";
import {long} from "../../../long.js";
import {HandDesk} from "./desk.js";

const price = fc.integer({min: 640, max: 1280}).map((steps) => steps / 64);
const size = fc.option(fc.integer({min: 0, max: 40}));
const order = fc
  .record({
    kind: fc.constant("order" as const),
    action: fc.constantFrom("BUY" as const, "SELL" as const),
    quantity: fc.integer({min: 1, max: 60}),
    type: fc.constantFrom(
      "MKT" as const,
      "LMT" as const,
      "STP" as const,
      "STP LMT" as const,
      "TRAIL" as const
    ),
    tif: fc.constantFrom("GTC" as const, "DAY" as const),
    limit: price,
    stop: price,
    group: fc.constantFrom(undefined, undefined, "one"),
    reduceOnly: fc.boolean(),
    hasExit: fc.boolean()
  })
  .map(({limit, stop, group, reduceOnly, type, ...rest}) => ({
    ...rest,
    type,
    ...((type === "LMT" || type === "STP LMT") && {limit}),
    ...((type === "STP" || type === "STP LMT") && {stop}),
    ...(type === "TRAIL" && {trail: {fraction: 0.03}}),
    ...(group !== undefined && {oca: group}),
    ...(reduceOnly && {reduceOnly})
  }));
const quote = fc.record({
  kind: fc.constant("quote" as const),
  price,
  spread: fc.integer({min: 0, max: 8}),
  bidSize: size,
  askSize: size,
  moment: fc.constantFrom("jump" as const, "jump" as const, "way" as const)
});
const cancel = fc.record({kind: fc.constant("cancel" as const), orderId: fc.integer({min: 1, max: 12})});
const deeds = fc.array(fc.oneof({weight: 2, arbitrary: order}, {weight: 4, arbitrary: quote}, cancel), {
  minLength: 5,
  maxLength: 40
});

type Deed = typeof deeds extends fc.Arbitrary<(infer T)[]> ? T : never;

const rate = 0.001;
const costs = proportionalCosts({commission: {of: "value", rate}});

function act(desk: HandDesk, deed: Deed): void {
  if (deed.kind === "cancel") return desk.cancel(deed.orderId);
  if (deed.kind === "order") {
    const {kind: _, hasExit, ...what} = deed;
    if (!hasExit) return void desk.order(what);
    const parentId = desk.order(what, {transmit: false});
    const exit = {action: what.action === "BUY" ? "SELL" : "BUY", quantity: what.quantity} as const;
    return void desk.order({...exit, type: "TRAIL", trail: {fraction: 0.02}}, {parentId});
  }
  const {price: bid, spread, bidSize, askSize, moment} = deed;
  const told: Partial<Tick> = {bid, ask: bid + spread / 64, last: bid, bidSize, askSize, moment};
  desk.quote(bid, told);
}

it("cash and what is held are conserved: only commissions leave, whatever is ordered and quoted", () => {
  let fills = 0;
  fc.assert(
    fc.property(deeds, (all) => {
      const desk = new HandDesk({cash: 2000, costs});
      for (const deed of all) act(desk, deed);
      const done = desk.events.filter((event) => event.kind === "fill");
      fills += done.length;
      const spent = done.reduce((sum, {order: {side}, units, price: at}) => sum + side * units * at, 0);
      const paid = done.reduce((sum, {commission}) => sum + commission, 0);
      const held = done.reduce((sum, {order: {side}, units}) => sum + side * units, 0);
      expect(desk.account.cash.USD).toBeCloseTo(2000 - spent - paid, 8);
      expect(desk.units).toBeCloseTo(held, 8);
      expect(paid).toBeCloseTo(rate * done.reduce((sum, {units, price: at}) => sum + units * at, 0), 8);
      const worth = worthOf(desk.account, () => 1);
      if ("missing" in worth) throw new Error("it has a rate");
      expect(worth.equity).toBeCloseTo(2000 + desk.account.realized + worth.unrealized, 7);
    }),
    {numRuns: long(2000)}
  );
  expect(fills).toBeGreaterThan(long(2000));
});

it("no order fills more than it is for, its fills only grow, and it does nothing once it ended", () => {
  fc.assert(
    fc.property(deeds, (all) => {
      const desk = new HandDesk({cash: 2000, costs});
      for (const deed of all) act(desk, deed);
      const filled = new Map<number, number>();
      const over = new Set<number>();
      for (const event of desk.events) {
        const {orderId, intent, units, filled: now} = event.order;
        expect(over.has(orderId)).toBe(false);
        expect(now).toBeGreaterThanOrEqual(filled.get(orderId) ?? 0);
        expect(now).toBeLessThanOrEqual(intent.quantity + 1e-9);
        filled.set(orderId, now);
        if (event.kind === "ended" || (event.kind === "fill" && now >= intent.quantity - 1e-9))
          over.add(orderId);
        expect(units).toBeGreaterThanOrEqual(0);
      }
      for (const {orderId} of desk.account.orders) expect(over.has(orderId)).toBe(false);
    }),
    {numRuns: long(2000)}
  );
});

it("no quote gives more than its size, nor a worse price than it says to a limit", () => {
  fc.assert(
    fc.property(deeds, (all) => {
      const desk = new HandDesk({cash: 20_000, costs});
      for (const deed of all) {
        const before = desk.events.length;
        act(desk, deed);
        if (deed.kind !== "quote") continue;
        const fills = desk.events.slice(before).filter((event) => event.kind === "fill");
        const taken = (side: number) =>
          fills.reduce((sum, {order: of, units}) => sum + (of.side === side ? units : 0), 0);
        expect(taken(1)).toBeLessThanOrEqual(deed.askSize ?? Infinity);
        expect(taken(-1)).toBeLessThanOrEqual(deed.bidSize ?? Infinity);
        for (const {order: of, price: at} of fills) {
          const {limit} = of.intent;
          if (limit !== undefined) expect(of.side * (limit - at)).toBeGreaterThanOrEqual(0);
        }
      }
    }),
    {numRuns: long(2000)}
  );
});

it("an account that is written down and read again goes on as if nothing had been", () => {
  fc.assert(
    fc.property(deeds, fc.nat(40), (all, at) => {
      const [whole, cut] = [new HandDesk({cash: 2000, costs}), new HandDesk({cash: 2000, costs})];
      for (const [i, deed] of all.entries()) {
        if (i === at % all.length) {
          const {seen} = cut.account;
          cut.account = {...accountOf(JSON.parse(JSON.stringify(savedOf(cut.account)))), seen};
        }
        act(whole, deed);
        act(cut, deed);
      }
      expect(cut.account).toEqual(whole.account);
      expect(cut.events).toEqual(whole.events);
    }),
    {numRuns: long(500)}
  );
});
