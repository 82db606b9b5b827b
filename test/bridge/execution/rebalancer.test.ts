import {expect, it, onTestFinished} from "vitest";
import {createRebalancer} from "../../../bridge/execution/rebalancer.js";
import {NO_LIMITS} from "../../../bridge/execution/paper-run.js";
import {OrdersStore} from "../../../bridge/execution/orders-store.js";
import {createReplay} from "../../../bridge/execution/replay.js";
import {openTrading} from "../../../bridge/execution/trading-desk.js";
import {createPaperBroker} from "../../../bridge/broker/paper/paper.js";
import {openPaperStore} from "../../../bridge/broker/paper/store.js";
import {combineCosts} from "../../../lib/backtest/costs/combine.js";
import {flatBars} from "../../lib/backtest/bars.js";

const DAYS = [20_000, 20_001, 20_002, 20_003, 20_004, 20_005];

/** A desk on paper with A at 10 and B at 20, 1,000 in cash; `step` lets a day pass. */
async function desk() {
  const flat = (symbol: string, price: number) =>
    flatBars(
      DAYS.map(() => price),
      {symbol, days: DAYS}
    );
  const replay = createReplay([flat("A", 10), flat("B", 20)]);
  const now = () => replay.now();
  const wait = () => Promise.resolve();
  const broker = createPaperBroker({
    data: replay,
    store: openPaperStore(":memory:"),
    now,
    costs: () => combineCosts(),
    account: {cash: 1000}
  });
  const store = new OrdersStore(":memory:");
  const trading = openTrading({
    store,
    mode: "paper",
    isKilledBySetting: false,
    port: 0,
    broker,
    data: broker,
    now,
    wait
  });
  onTestFinished(async () => {
    await trading.close();
    await broker.close();
    store.close();
  });
  trading.setLimits("PAPER", {account: NO_LIMITS, strategies: {}}, "test");
  await trading.reconcile("test");
  replay.step();
  /** Lets days pass while something waits for them, as long as it does. */
  const meanwhile = (): Promise<void> => {
    replay.step();
    return Promise.resolve();
  };
  return {trading, replay, broker, rebalancer: createRebalancer(trading, {now, wait: meanwhile})};
}

const HALVES = [
  {conId: 1, target: 0.5},
  {conId: 2, target: 0.5}
];

it("plan sends nothing and says what the gate says of each order; send brings the account to its targets", async () => {
  const {trading, replay, broker, rebalancer} = await desk();
  const plan = await rebalancer.plan({account: "PAPER", targets: HALVES});
  expect(
    plan.orders.map(({label, ask, decision}) => [ask.action, ask.quantity, label, decision.allowed])
  ).toEqual([
    ["BUY", 50, "A", true],
    ["BUY", 25, "B", true]
  ]);
  expect(trading.orders({state: "all", limit: 10})).toEqual([]);
  expect((await rebalancer.send(plan, "test")).stopped).toBeNull();
  replay.step();
  expect(broker.positions().map(({label, units}) => [label, units])).toEqual([
    ["A", 50],
    ["B", 25]
  ]);
});

it("the same plan sent twice is sent once", async () => {
  const {trading, replay, rebalancer} = await desk();
  const plan = await rebalancer.plan({account: "PAPER", targets: HALVES});
  await rebalancer.send(plan, "test");
  await rebalancer.send(plan, "test");
  replay.step();
  expect(trading.fills({limit: 10})).toHaveLength(2);
});

it("sales are filled before anything is bought", async () => {
  const {trading, replay, rebalancer, broker} = await desk();
  await rebalancer.send(await rebalancer.plan({account: "PAPER", targets: [{conId: 1, target: 1}]}), "test");
  replay.step();
  expect(broker.figures("PAPER")?.cash).toBe(0);
  const plan = await rebalancer.plan({account: "PAPER", targets: [{conId: 2, target: 1}], closeOthers: true});
  expect(plan.orders.map(({ask}) => ask.action)).toEqual(["SELL", "BUY"]);
  expect((await rebalancer.send(plan, "test")).stopped).toBeNull();
  replay.step();
  expect(broker.positions().map(({label, units}) => [label, units])).toEqual([["B", 50]]);
  expect(trading.orders({state: "all", limit: 10}).map(({status}) => status)).toEqual([
    "filled",
    "filled",
    "filled"
  ]);
});

it("what the interval forbids is no order", async () => {
  const {replay, rebalancer} = await desk();
  await rebalancer.send(await rebalancer.plan({account: "PAPER", targets: [{conId: 1, target: 1}]}), "test");
  replay.step();
  const rules = {minimumIntervalMs: 30 * 86_400_000};
  const plan = await rebalancer.plan({account: "PAPER", targets: [{conId: 1, target: 0}], rules});
  expect(plan.orders).toEqual([]);
  expect(plan.plan.orders[0].rules[0]).toMatchObject({rule: "interval", passed: false});
});

it("a contract without a price, and targets above one, are the asker's to mend", async () => {
  const {rebalancer} = await desk();
  await expect(rebalancer.plan({account: "PAPER", targets: [{conId: 9, target: 1}]})).rejects.toMatchObject({
    status: 422,
    code: "no-such-contract"
  });
  await expect(rebalancer.plan({account: "PAPER", targets: [{conId: 1, target: 1.2}]})).rejects.toMatchObject(
    {
      status: 422,
      code: "no-plan"
    }
  );
});
