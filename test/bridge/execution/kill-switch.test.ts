import {expect, it} from "vitest";
import {throwKillSwitchOffline} from "../../../bridge/execution/kill-switch.js";
import {AAPL, ACCOUNT, ask, NOW, openDesk, ScriptedBroker, turns} from "./desk.js";

const thrown = {on: true, reason: "enough", cancel: "opening" as const};

it("no order goes out from the moment of the call, nor one that is on its way to the wire", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  const before = desk.submit(ask(), "a page"); // looks its contract up
  const results = desk.killSwitch(thrown, "a person");
  const after = desk.submit(ask(), "a page");
  expect((await before).order.problem).toBe("the kill switch is thrown, by a person: enough");
  expect((await after).order.status).toBe("rejected");
  expect(await results).toEqual([]);
  expect(broker.placed).toEqual([]);
});

it("orders that wait for the rate are dropped and settled as not sent", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  broker.onPlace = undefined;
  const waiting = desk.submit(ask(), "a page");
  while (!broker.placed.length) await turns(1);
  const results = await desk.killSwitch(thrown, "a person");
  expect(results).toMatchObject([{what: "dropped"}]);
  expect((await waiting).order.status).toBe("not-sent");
  expect(broker.cancelled).toEqual([]);
});

it("orders that could open are cancelled one by one, those that only reduce stay", async () => {
  const broker = new ScriptedBroker();
  broker.held = [{account: ACCOUNT, conId: AAPL, units: 100}];
  const {desk} = await openDesk(broker);
  const more = await desk.submit(ask(), "a page");
  const stop = await desk.submit(
    ask({action: "SELL", quantity: 100, type: "STP", limit: undefined!, stop: 95}),
    "a page"
  );
  const results = await desk.killSwitch(thrown, "a person");
  expect(broker.cancelled).toEqual([more.order.orderId]);
  expect(Object.fromEntries(results.map(({order, what}) => [order, what]))).toEqual({
    [more.order.id]: "sent",
    [stop.order.id]: "kept"
  });
  broker.cancelled.length = 0;
  await desk.killSwitch({...thrown, cancel: "all-ours"}, "a person");
  expect(broker.cancelled).toContain(stop.order.orderId);
});

it("while the link is down cancels wait, and go out after the orders were compared", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  const {order} = await desk.submit(ask(), "a page");
  broker.tellStatus(1001, "Submitted");
  broker.working = [
    {
      account: ACCOUNT,
      conId: AAPL,
      permId: 5_001_001,
      orderId: 1001,
      clientId: 7,
      orderRef: `app:${order.id}`,
      status: "Submitted"
    }
  ];
  broker.link("waiting");
  expect(await desk.killSwitch(thrown, "a person")).toMatchObject([{order: order.id, what: "queued"}]);
  expect(broker.cancelled).toEqual([]);
  broker.link("ready");
  await turns();
  expect(broker.cancelled).toEqual([1001]);
});

it("it survives a restart, and is let go by a person", async () => {
  const broker = new ScriptedBroker();
  const first = await openDesk(broker);
  await first.desk.killSwitch(thrown, "a person");
  await first.end();
  const {desk} = await openDesk(broker, {file: first.file});
  expect(desk.status().kill).toEqual({by: "a person", reason: "enough", at: NOW});
  expect((await desk.submit(ask(), "a page")).decision.allowed).toBe(false);
  await desk.killSwitch({...thrown, on: false, reason: "looked at it"}, "a person");
  expect((await desk.submit(ask(), "a page")).decision.allowed).toBe(true);
});

it("thrown in another process, it holds before the next order of a desk that runs", async () => {
  const broker = new ScriptedBroker();
  const {desk, file} = await openDesk(broker);
  throwKillSwitchOffline(file, {on: true, reason: "from a terminal"}, "the command line", NOW);
  const {order} = await desk.submit(ask(), "a page");
  expect(order.problem).toBe("the kill switch is thrown, by the command line: from a terminal");
  expect(broker.placed).toEqual([]);
  expect(desk.verify().problem).toBe(null);
});

it("KILL_SWITCH of the settings stops every order, whatever is let go", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker, {isKilledBySetting: true});
  await desk.killSwitch({...thrown, on: false}, "a person");
  expect((await desk.submit(ask(), "a page")).decision.reason).toBe("KILL_SWITCH is set: no order goes out");
});

it("everything in the account is cancelled only for who types its id", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  await expect(desk.cancelEverything(ACCOUNT, "DU1", "a person")).rejects.toMatchObject({status: 403});
  expect(broker.everything).toBe(0);
  await desk.cancelEverything(ACCOUNT, ACCOUNT, "a person");
  expect(broker.everything).toBe(1);
  broker.phase = "waiting";
  await expect(desk.cancelEverything(ACCOUNT, ACCOUNT, "a person")).rejects.toMatchObject({status: 503});
});
