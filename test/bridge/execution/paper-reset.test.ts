/** The paper account begun anew: what is forgotten, and what is not. */
import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {createPaperBroker} from "../../../bridge/broker/paper/paper.js";
import {openPaperStore} from "../../../bridge/broker/paper/store.js";
import {OrdersStore} from "../../../bridge/execution/orders-store.js";
import {openTrading} from "../../../bridge/execution/trading-desk.js";
import {lotsTakenBy} from "../../../cli/lots-taken.js";
import type {Figures} from "../../../bridge/services.js";
import type {OrderAsk} from "../../../lib/orders/desk.js";
import {DEFAULT_LIMITS} from "../../../lib/orders/risk/limits.js";
import {endpoints} from "../../../bridge/api/index.js";
import {startBridge} from "../harness.js";
import {APPLE, HandMarket} from "../broker/paper/market.js";
import {folder, openDesk, ScriptedBroker, turns} from "./desk.js";

let made = 0;
const ask = (more: Partial<OrderAsk> = {}): OrderAsk => ({
  id: `6f1c7b1e-0002-4000-8000-${String(++made).padStart(12, "0")}`,
  account: "PAPER",
  conId: APPLE.conId,
  action: "BUY",
  quantity: 10,
  type: "MKT",
  tif: "GTC",
  ...more
});

/** A desk on paper in a folder, whose limits are those of the beginning but for the market's hours. */
async function open(place: string, market: HandMarket) {
  const broker = createPaperBroker({
    data: market,
    store: openPaperStore(join(place, "paper.db")),
    now: () => market.now
  });
  const store = new OrdersStore(join(place, "orders.db"));
  const desk = openTrading({
    store,
    mode: "paper",
    isKilledBySetting: false,
    port: 7497,
    broker,
    data: broker,
    now: () => market.now,
    wait: (_ms, signal) => new Promise((resolve) => void (signal.aborted ? resolve() : setImmediate(resolve)))
  });
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await desk.close();
    await broker.close();
    store.close();
  };
  onTestFinished(close);
  await turns();
  const limits = {...DEFAULT_LIMITS, regularHoursOnly: false, duplicateSeconds: 0};
  desk.setLimits("PAPER", {account: limits, strategies: {}}, "test");
  market.move(99.99, 100.01);
  return {desk, broker, close};
}

it("begins anew with cash alone: orders and fills stay, positions agree, the day's loss begins anew, over a restart too", async () => {
  const [place, market] = [folder(), new HandMarket()];
  const {desk, broker, close} = await open(place, market);
  await desk.submit(ask(), "test");
  market.move(99.99, 100.01);
  market.move(500, 500.02); // a gain of 4,000: to lose it at once would be a day's loss
  expect(broker.figures("PAPER")?.netLiquidation).toBeGreaterThan(103_000);
  desk.resetPaper("PAPER", "a person");
  await turns();
  expect(desk.status()).toMatchObject({blocked: null, reconciliation: {isUnlocked: true}});
  expect(broker.figures("PAPER")).toMatchObject({netLiquidation: 100_000, grossPosition: 0});
  expect(desk.fills({limit: 10})).toHaveLength(1);
  expect(desk.orders({state: "all", limit: 10})).toHaveLength(1);
  expect(desk.verify().problem).toBe(null);
  const {body} = desk
    .journal({after: 0, limit: 1000})
    .findLast((line) => line.body.kind === "control" && line.body.control.what === "paper-reset")!;
  expect(body).toMatchObject({by: "a person", control: {account: "PAPER", cash: 100_000}});
  await close();

  const again = await open(place, market);
  expect(again.desk.status()).toMatchObject({blocked: null, reconciliation: {isUnlocked: true}});
  expect((await again.desk.submit(ask(), "test")).decision.reason).toBe(null);
  market.move(99.99, 100.01);
  expect(again.broker.positions()).toMatchObject([{units: 10, averageCost: 100.01}]);
  const taken = lotsTakenBy({
    figures: {} as Figures, // of statements, which paper has none of
    trading: () => again.desk,
    multiplierOf: () => 1,
    now: () => market.now
  });
  const lots = await taken({account: "PAPER", conId: APPLE.conId, units: -20, price: 100.01});
  expect(lots).toMatchObject([{units: 10, gain: 0}]); // not the ten of before
});

it("a crash between journal and account is found: the desk locks until it is done again", async () => {
  const [place, market] = [folder(), new HandMarket()];
  const {desk, broker, close} = await open(place, market);
  await desk.submit(ask(), "test");
  market.move(99.99, 100.01);
  broker.reset = () => {
    throw new Error("killed");
  };
  expect(() => desk.resetPaper("PAPER", "a person")).toThrow("killed");
  await close();
  const again = await open(place, market);
  expect(again.desk.status().reconciliation).toMatchObject({
    isUnlocked: false,
    discrepancies: [{kind: "position", ours: 0, theirs: 10}]
  });
  again.desk.resetPaper("PAPER", "a person");
  await turns();
  expect(again.desk.status().reconciliation.isUnlocked).toBe(true);
});

it("is refused without the account's id, while orders work, and where orders do not go to paper", async () => {
  const {desk} = await open(folder(), new HandMarket());
  expect(() => desk.resetPaper("yes", "test")).toThrow("type the account's id, PAPER, to begin it anew");
  const {order} = await desk.submit(ask({type: "LMT", limit: 95}), "test");
  expect(() => desk.resetPaper("PAPER", "test")).toThrow(
    "orders work in PAPER: cancel them before it begins anew"
  );
  await desk.cancel(order.id, "test");
  await turns();
  desk.resetPaper("PAPER", "test");
  const {desk: other} = await openDesk(new ScriptedBroker("ibkr"), {mode: "ibkr-paper"});
  expect(() => other.resetPaper("DU1000001", "test")).toThrow("orders do not go to the paper account");
});

it("POST /api/paper/reset asks for the typed id, needs the role to trade, and answers how trading stands", async () => {
  const {desk} = await open(folder(), new HandMarket());
  const bridge = await startBridge({services: {trading: desk}});
  const post = (body: object, bearer = true) =>
    bridge.send("/api/paper/reset", {
      method: "POST",
      bearer,
      headers: {"content-type": "application/json"},
      body: JSON.stringify(body)
    });
  expect((await post({typed: "PAPER"}, false)).status).toBe(403); // from no page of ours
  expect((await post({})).status).toBe(400);
  expect((await post({typed: "paper"})).json()).toMatchObject({status: 403, code: "not-confirmed"});
  const {order} = await desk.submit(ask({type: "LMT", limit: 95}), "test");
  expect((await post({typed: "PAPER"})).json()).toMatchObject({status: 409, code: "orders-work"});
  await desk.cancel(order.id, "test");
  await turns();
  expect((await post({typed: "PAPER"})).json()).toMatchObject({status: {mode: "paper"}});
  const audits = desk
    .journal({after: 0, limit: 1000})
    .filter(({body}) => body.kind === "control" && body.control.what === "paper-reset");
  expect(audits).toMatchObject([{body: {by: "bearer"}}]);
  expect(endpoints.find(({path}) => path === "/api/paper/reset")).toMatchObject({role: "trade"});
});
