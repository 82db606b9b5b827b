import {expect, it} from "vitest";
import type {ListedOrder} from "../../../lib/orders/reconcile.js";
import {AAPL, ACCOUNT, ask, MSFT, NOW, openDesk, ScriptedBroker, turns} from "./desk.js";

const listed = (id: string, orderId: number, status: string): ListedOrder => ({
  account: ACCOUNT,
  conId: AAPL,
  permId: 5_000_000 + orderId,
  orderId,
  clientId: 7,
  orderRef: `app:${id}`,
  status
});

/** A desk that died with an order on its way. */
async function died(told?: (broker: ScriptedBroker) => void) {
  const broker = new ScriptedBroker("ibkr");
  const first = await openDesk(broker, {
    mode: "ibkr-paper",
    statementNav: () => ({day: "2026-11-19", value: 100_000, flowsSince: 0})
  });
  const order = ask();
  await first.desk.submit(order, "a page");
  told?.(broker);
  await first.end();
  const next = new ScriptedBroker("ibkr");
  const open = () => openDesk(next, {file: first.file, mode: "ibkr-paper"});
  return {order, broker: next, open};
}

it("an order that no list tells of was not sent, and is not sent again", async () => {
  const {order, broker, open} = await died();
  const {desk} = await open();
  expect(desk.order(order.id)?.status).toBe("not-sent");
  expect(desk.status().reconciliation.isUnlocked).toBe(true);
  expect(broker.placed).toEqual([]);
});

it("an order that is listed works again, one that completed has ended", async () => {
  for (const [list, status, found] of [
    ["working", "Submitted", "working"],
    ["working", "PreSubmitted", "held"],
    ["completed", "Cancelled", "cancelled"]
  ] as const) {
    const {order, broker, open} = await died();
    broker[list] = [listed(order.id, 1001, status)];
    const {desk} = await open();
    expect([status, desk.order(order.id)?.status]).toEqual([status, found]);
  }
});

it("what was filled while the desk was away is booked by its executions, and positions agree", async () => {
  const {order, broker, open} = await died();
  const execution = {
    execId: "0000e0d5.1.01.01",
    account: ACCOUNT,
    conId: AAPL,
    side: "BOT" as const,
    shares: 10,
    price: 99.5,
    time: NOW,
    permId: 5_001_001,
    clientId: 7,
    orderId: 1001,
    orderRef: `app:${order.id}`
  };
  broker.executed = [execution];
  broker.completed = [listed(order.id, 0, "Filled")];
  broker.held = [{account: ACCOUNT, conId: AAPL, units: 10}];
  const {desk} = await open();
  expect(desk.order(order.id)).toMatchObject({status: "filled", filled: 10, averagePrice: 99.5});
  expect(desk.status().reconciliation).toMatchObject({isUnlocked: true, discrepancies: []});
});

it("lists that do not reach back make it unknown: its contract is locked until a person settles it", async () => {
  const {order, broker, open} = await died();
  broker.reachesTo = NOW + 1;
  const {desk} = await open();
  expect(desk.order(order.id)?.status).toBe("unknown");
  expect(desk.status().locked).toEqual([AAPL]);
  const refused = await desk.submit(ask(), "a page");
  expect(refused.order.problem).toBe("AAPL is locked until an order of it is settled");
  expect(desk.settle(order.id, "not-sent", "a person").status).toBe("not-sent");
  expect(desk.status().locked).toEqual([]);
  expect(() => desk.settle(order.id, "cancelled", "a person")).toThrow(
    "only an unknown one is settled by hand"
  );
});

it("an order that IBKR knows after all comes back from unknown and from not sent", async () => {
  for (const reachesTo of [0, NOW + 1]) {
    const {order, broker, open} = await died();
    broker.reachesTo = reachesTo;
    const {desk} = await open();
    const event = {
      kind: "status",
      at: NOW,
      status: "Submitted",
      filled: 0,
      remaining: 10,
      permId: 9
    } as const;
    broker.tell({kind: "order", orderId: 1001, clientId: 7, permId: 9, orderRef: `app:${order.id}`, event});
    expect(desk.order(order.id)?.status).toBe("working");
  }
});

it("lists that change while they are read are read again before anything is decided", async () => {
  const {order, broker, open} = await died();
  const steady = broker.readLists.bind(broker);
  let n = 0;
  broker.readLists = async () => {
    ++n;
    broker.held =
      n < 4 ? [{account: ACCOUNT, conId: MSFT, units: n}] : [{account: ACCOUNT, conId: MSFT, units: 4}];
    return steady();
  };
  const {desk} = await open();
  await turns(20);
  expect(n).toBe(6);
  expect(desk.order(order.id)?.status).toBe("not-sent");
});

it("positions that differ stop all trading until the difference is taken as it is", async () => {
  const broker = new ScriptedBroker();
  broker.held = [{account: ACCOUNT, conId: MSFT, units: 5}];
  const {desk} = await openDesk(broker);
  expect(desk.status().reconciliation.isUnlocked).toBe(true);
  broker.link("waiting");
  expect(desk.status().blocked).toBe("the link to TWS is down");
  broker.held = [{account: ACCOUNT, conId: MSFT, units: 8}];
  broker.link("ready");
  await turns();
  const {reconciliation} = desk.status();
  expect(reconciliation.discrepancies).toMatchObject([{kind: "position", conId: MSFT, ours: 5, theirs: 8}]);
  expect((await desk.submit(ask(), "a page")).decision.reason).toMatch(
    "holds 8 of contract 272093 by IBKR, 5 by our executions"
  );
  desk.acknowledge({account: ACCOUNT, conId: MSFT, units: 8}, "a person");
  expect(desk.status().reconciliation.isUnlocked).toBe(true);
  expect((await desk.submit(ask(), "a page")).decision.allowed).toBe(true);
});

it("a trade of another program moves positions and is nobody's order", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  const by = {permId: 77, clientId: 0, orderId: 0, orderRef: ""};
  const what = {account: ACCOUNT, conId: MSFT, side: "SLD" as const, shares: 3, price: 50, time: NOW};
  broker.executed = [{execId: "0000e0d5.77.01.01", ...what, ...by}];
  broker.held = [{account: ACCOUNT, conId: MSFT, units: -3}];
  broker.tell({kind: "execution", execution: broker.executed[0]});
  await desk.reconcile("a person");
  expect(desk.status().reconciliation.isUnlocked).toBe(true);
  expect(desk.fills({limit: 9})).toMatchObject([{order: null, shares: 3}]);
});

it("an order of another program that works is told and left alone", async () => {
  const broker = new ScriptedBroker();
  broker.working = [{...listed("x", 3, "Submitted"), orderRef: "", clientId: 2}];
  const {desk} = await openDesk(broker);
  expect(desk.status().reconciliation).toMatchObject({isUnlocked: true, discrepancies: [{kind: "stranger"}]});
  expect(broker.cancelled).toEqual([]);
});

it("a corrected execution locks its contract until positions agree with it", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  await desk.submit(ask(), "a page");
  const execution = broker.fill(1001, 10);
  broker.tellStatus(1001, "Filled", 10);
  await desk.reconcile("a person");
  const steady = broker.readLists.bind(broker);
  const {promise: held, resolve: letGo} = Promise.withResolvers<void>();
  broker.readLists = async () => {
    await held;
    return steady();
  };
  const correction = {...execution, execId: "0000e0d5.10011.01.02", shares: 8};
  broker.executed = [correction];
  broker.move(AAPL, -2);
  broker.tell({kind: "execution", execution: correction});
  expect(desk.status().locked).toEqual([AAPL]);
  expect(desk.order(broker.placed[0].intent.id)?.filled).toBe(8);
  letGo();
  await turns();
  expect(desk.status()).toMatchObject({locked: [], reconciliation: {isUnlocked: true}});
});

it("an execution that contradicts itself stops trading", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  await desk.submit(ask(), "a page");
  const execution = broker.fill(1001, 10);
  broker.tell({kind: "execution", execution: {...execution, shares: 9}});
  expect(desk.status().blocked).toMatch("was BOT 10 at 100, and is told as BOT 9 at 100");
});

it("what comes twice, late or in reverse is written once and ends the same", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  const order = ask();
  await desk.submit(order, "a page");
  const execution = broker.fill(1001, 10);
  broker.tellStatus(1001, "Filled", 10);
  broker.tellStatus(1001, "Submitted", 0);
  const lines = desk.journal({after: 0, limit: 100}).length;
  broker.tell({kind: "execution", execution});
  broker.tell({kind: "commission", report: {execId: execution.execId, commission: 1, currency: "USD"}});
  broker.tellStatus(1001, "Submitted", 0);
  expect(desk.journal({after: 0, limit: 100})).toHaveLength(lines);
  expect(desk.order(order.id)).toMatchObject({status: "filled", filled: 10, commission: 1});
});

it("while TWS is read-only orders are refused, and positions and executions are compared all the same", async () => {
  const broker = new ScriptedBroker("ibkr");
  broker.isReadOnly = true;
  const {desk} = await openDesk(broker, {mode: "ibkr-paper"});
  expect(desk.status().reconciliation.isUnlocked).toBe(true);
  expect(desk.status().blocked).toMatch("Read-Only API");
  expect((await desk.submit(ask(), "a page")).decision.allowed).toBe(false);
});

it("an order that goes out while lists are read is not judged by them", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  await desk.submit(ask(), "a page");
  const execution = broker.fill(1001, 10);
  broker.tellStatus(1001, "Filled", 10);
  const steady = broker.readLists.bind(broker);
  const {promise: held, resolve: letGo} = Promise.withResolvers<void>();
  broker.readLists = async () => {
    const lists = await steady();
    await held;
    return lists;
  };
  broker.executed = [{...execution, execId: "0000e0d5.10011.01.02", price: 99}];
  broker.tell({kind: "execution", execution: broker.executed[0]}); // a correction: lists are read, MSFT may trade
  const {order} = await desk.submit(ask({conId: MSFT, limit: 50}), "a page");
  letGo();
  await turns();
  expect(desk.status().locked).toEqual([]);
  expect(desk.order(order.id)?.status).toBe("sent");
});

it("an answer that comes twice is an answer twice: a cancel refused again leaves the order as it is", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  const order = ask();
  await desk.submit(order, "a page");
  broker.tellStatus(1001, "Submitted");
  const event = {
    kind: "error",
    at: NOW,
    code: 10148,
    message: "cannot be cancelled, state: Inactive"
  } as const;
  for (let i = 0; i < 2; ++i) {
    expect((await desk.cancel(order.id, "a page")).status).toBe("cancelling");
    broker.tell({kind: "order", orderId: 1001, clientId: 7, permId: 0, orderRef: null, event});
    expect(desk.order(order.id)?.status).toBe("working");
  }
});

it("a trade that nobody told of is found by the position that it made", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  const by = {permId: 78, clientId: 0, orderId: 0, orderRef: ""};
  const what = {account: ACCOUNT, conId: MSFT, side: "BOT" as const, shares: 3, price: 50, time: NOW};
  broker.executed = [{execId: "0000e0d5.78.01.01", ...what, ...by}];
  broker.move(MSFT, 3);
  broker.tell({kind: "position", position: broker.positions()[0]});
  await turns(8);
  expect(desk.fills({limit: 9})).toMatchObject([{order: null, conId: MSFT, shares: 3}]);
  expect(desk.status().reconciliation).toMatchObject({isUnlocked: true, discrepancies: []});
  broker.move(MSFT, 2); // and one that no execution explains
  broker.tell({kind: "position", position: broker.positions()[0]});
  await turns(8);
  expect(desk.status().reconciliation).toMatchObject({
    isUnlocked: false,
    discrepancies: [{ours: 3, theirs: 5}]
  });
});

it("lists that could not be read are read again while the link is there", async () => {
  const {order, broker, open} = await died();
  const steady = broker.readLists.bind(broker);
  let n = 0;
  broker.readLists = async () => {
    if (++n <= 2) throw new Error("TWS gave no positions within 30 s");
    return steady();
  };
  const {desk} = await open();
  await turns(8);
  expect(desk.order(order.id)?.status).toBe("not-sent");
  expect(desk.status().reconciliation.isUnlocked).toBe(true);
  expect(desk.riskEvents({limit: 9}).some(({kind}) => kind === "reconciliation")).toBe(true);
});

it("a statement settles an unknown order, and lets its contract go", async () => {
  const {order, broker, open} = await died();
  broker.reachesTo = NOW + 1;
  broker.held = [{account: ACCOUNT, conId: AAPL, units: 6}];
  const {desk} = await open();
  expect(desk.status()).toMatchObject({locked: [AAPL], reconciliation: {isUnlocked: false}});
  const execution = {
    execId: "0000e0d5.9.01.01",
    account: ACCOUNT,
    conId: AAPL,
    side: "BOT" as const,
    shares: 6,
    price: 100,
    time: NOW,
    permId: 0,
    clientId: 0,
    orderId: 0,
    orderRef: `app:${order.id}`
  };
  desk.settleByStatements(() => ({executions: [], isCovered: false}));
  expect(desk.order(order.id)?.status).toBe("unknown");
  for (let i = 0; i < 2; ++i)
    desk.settleByStatements(() => ({executions: [{execution, commission: null}], isCovered: true}));
  expect(desk.order(order.id)).toMatchObject({status: "cancelled", filled: 6});
  expect(desk.status()).toMatchObject({locked: [], reconciliation: {isUnlocked: true}});
});
