/** Orders of which one fill takes the others away: through the gate, to paper, to IBKR, and from a strategy. */
import * as fc from "fast-check";
import {expect, it} from "vitest";
import {NO_LIMITS, runOnPaper, sentRules} from "../../../bridge/execution/paper-run.js";
import {fillsOf} from "../../../lib/orders/run/lived-run.js";
import {toOrder} from "../../../bridge/broker/ibkr/order-fields.js";
import {combineCosts} from "../../../lib/backtest/costs/combine.js";
import type {OrderRequest} from "../../../lib/backtest/event/order.js";
import type {Strategy} from "../../../lib/backtest/event/strategy.js";
import {long} from "../../long.js";
import {barsOf, script} from "../../lib/backtest/bars.js";
import {ACCOUNT, ask, openDesk, ScriptedBroker} from "./desk.js";

const stop = {action: "SELL", type: "STP", limit: undefined!, stop: 95} as const; // undefined is left out

/** A desk that holds ten, and may trade what it likes but for what is said. */
async function holding(limits: Partial<typeof NO_LIMITS> = {}) {
  const broker = new ScriptedBroker();
  broker.move(265598, 10);
  const {desk} = await openDesk(broker);
  desk.acknowledge({account: ACCOUNT, conId: 265598, units: 10}, "test");
  desk.setLimits(ACCOUNT, {account: {...NO_LIMITS, ...limits}, strategies: {}}, "test");
  return {broker, desk};
}

it("the journal and the wire carry the group; the same ask again is the same order", async () => {
  const {broker, desk} = await holding();
  const asked = ask({action: "SELL", limit: 110, oca: "exits"});
  await desk.submit(asked, "test");
  await desk.submit(asked, "test");
  expect(broker.placed.map(({intent}) => intent.oca)).toEqual(["exits"]);
  expect(toOrder(broker.placed[0], 1)).toMatchObject({ocaGroup: "exits", ocaType: 1});
  await expect(desk.submit({...asked, oca: "others"}, "test")).rejects.toThrow("asked for something else");
});

it("target and stop of one group both only reduce; the same two without a group do not", async () => {
  const {desk} = await holding();
  const exits = (oca: object) => [
    ask({action: "SELL", limit: 110, reduceOnly: true, ...oca}),
    ask({...stop, reduceOnly: true, ...oca})
  ];
  for (const exit of exits({oca: "exits"}))
    expect((await desk.submit(exit, "test")).decision.reason).toBe(null);
  const {desk: other} = await holding();
  const [target, loss] = exits({});
  expect((await other.submit(target, "test")).decision.allowed).toBe(true);
  expect((await other.submit(loss, "test")).decision.reason).toMatch("may only reduce what is held");
});

it("of a group the worst counts, not the sum: of two purchases the larger, of two sides each by itself", async () => {
  const {desk} = await holding({positionNotional: 3000, grossNotional: 4000});
  const reason = async (more: object) => (await desk.submit(ask(more), "test")).decision.reason;
  expect(await reason({quantity: 20, oca: "entry"})).toBe(null); // 10 held and 20 more: 3000
  expect(await reason({quantity: 15, oca: "entry"})).toBe(null); // at worst 30 still
  expect(await reason({quantity: 21, oca: "entry"})).toBe(
    "its notional with what is held, 3100, is above 3000"
  );
  expect(await reason({action: "SELL", quantity: 45, oca: "entry"})).toBe(
    "its notional with what is held, 3500, is above 3000"
  );
  expect(await reason({quantity: 1})).toBe("its notional with what is held, 3100, is above 3000");
});

it("once one of a group has filled no other of it goes out: also after a crash between the two", async () => {
  const {broker, desk} = await holding();
  const first = await desk.submit(ask({action: "SELL", quantity: 4, limit: 100, oca: "exits"}), "test");
  broker.fill(first.order.orderId!, 4);
  const second = await desk.submit(ask({...stop, quantity: 4, oca: "exits"}), "test");
  expect(second).toMatchObject({
    order: {status: "rejected"},
    decision: {reason: "an order of its group has filled, which takes it away"}
  });
  expect(broker.placed).toHaveLength(1);
  expect((await desk.submit(ask({...stop, quantity: 4, oca: "others"}), "test")).decision.allowed).toBe(true);
});

const free = () => combineCosts();
const options = (create: () => Strategy, rows: Parameters<typeof barsOf>[0]) => ({
  bars: [barsOf(rows)],
  create,
  parameters: {},
  rules: sentRules(0.05),
  cash: 10_000,
  costs: free,
  folder: null,
  run: "oco"
});
const changes = ({fills, backtest}: Awaited<ReturnType<typeof runOnPaper>>) => ({
  ours: fills.map(({time, shares, side, price}) => [time, side === "BOT" ? shares : -shares, price]),
  theirs: fillsOf(backtest).map(({time, units, price}) => [time, units, price])
});

it("a strategy's target and stop: the stop fills, the target goes; a group of the same name follows", async () => {
  const exits: OrderRequest[] = [
    {symbol: "A", side: "sell", units: 10, type: "LMT", limit: 110, oco: "exits"},
    {symbol: "A", side: "sell", units: 10, type: "STP", stop: 95, oco: "exits"}
  ];
  const enter: OrderRequest = {symbol: "A", side: "buy", units: 10};
  const create = () =>
    script({
      0: (desk) => void desk.order(enter),
      1: (desk) => exits.forEach((exit) => desk.order(exit)),
      3: (desk) => [enter, ...exits].forEach((each) => desk.order(each))
    });
  const run = await runOnPaper(
    options(create, [
      [100, 100, 100, 100],
      [100, 101, 99, 100],
      [99, 100, 94, 96],
      [96, 97, 96, 97],
      [98, 111, 98, 110]
    ])
  );
  const day = 86_400_000;
  const {ours, theirs} = changes(run);
  expect(ours).toEqual([
    [day, 10, 100],
    [2 * day, -10, 95],
    [4 * day, 10, 98],
    [4 * day, -10, 110]
  ]);
  expect(theirs).toEqual(ours);
  const ended = run.orders.map(({type, status}) => `${type} ${status}`);
  expect(ended).toEqual([
    "MKT filled",
    "LMT cancelled",
    "STP filled",
    "MKT filled",
    "LMT filled",
    "STP cancelled"
  ]);
  expect(run.notes).toEqual([]);
});

const part = fc.integer({min: -6, max: 6}).map((steps) => 1 + steps / 64);
const order = fc.record({
  day: fc.nat(19),
  side: fc.constantFrom("buy" as const, "sell" as const),
  type: fc.constantFrom("LMT" as const, "STP" as const, "TRAIL" as const, "MKT" as const),
  at: part,
  oco: fc.constantFrom(undefined, "one", "one", "two")
});
const bar = fc.tuple(fc.integer({min: -3, max: 3}), fc.integer({min: -5, max: 5}), fc.nat(4), fc.nat(4));

it("a strategy of groups on paper has the fills of the event engine on the same bars", async () => {
  let groups = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(bar, {minLength: 3, maxLength: 20}),
      fc.array(order, {maxLength: 12}),
      async (moves, orders) => {
        let last = 2560;
        const rows = moves.map(([gap, move, up, down]) => {
          const open = last + 16 * gap;
          last = open + 16 * move;
          return [
            open / 64,
            (Math.max(open, last) + 16 * up) / 64,
            (Math.min(open, last) - 16 * down) / 64,
            last / 64
          ] as const;
        });
        const create = (): Strategy => ({
          name: "groups",
          decide(past, desk) {
            const day = past.now / 86_400_000;
            const close = past.series[0].close();
            for (const {day: on, side, type, at, oco} of orders) {
              if (on !== day) continue;
              desk.order({
                symbol: "A",
                side,
                units: 7,
                type,
                ...(type === "LMT" && {limit: close * at}),
                ...(type === "STP" && {stop: close * at}),
                ...(type === "TRAIL" && {trail: {amount: 64 * Math.abs(at - 1) + 1}}),
                ...(oco !== undefined && {oco})
              });
            }
          }
        });
        const {ours, theirs} = changes(await runOnPaper(options(create, rows)));
        const sorted = (all: number[][]) => all.map((each) => each.join(" ")).sort();
        expect(sorted(ours)).toEqual(sorted(theirs));
        groups += ours.length;
      }
    ),
    {numRuns: long(300)}
  );
  expect(groups).toBeGreaterThan(long(300));
});
