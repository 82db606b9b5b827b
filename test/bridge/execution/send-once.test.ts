import {join} from "node:path";
import {expect, it} from "vitest";
import {OrdersStore} from "../../../bridge/execution/orders-store.js";
import {AAPL, ask, folder, MSFT, NOW, openDesk, ScriptedBroker, turns} from "./desk.js";

it("an order goes out once, however often and however quickly its id is asked", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  const order = ask();
  const answers = await Promise.all([desk.submit(order, "a page"), desk.submit(order, "a page")]);
  answers.push(await desk.submit(order, "a script"));
  expect(broker.placed.map(({intent}) => intent.id)).toEqual([order.id]);
  expect(answers.map((answer) => answer.order)).toEqual(Array.from({length: 3}, () => answers[0].order));
  expect(answers[0]).toMatchObject({order: {status: "sent", orderId: 1001}, decision: {allowed: true}});
});

it("an id that asked for something else is refused", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  const order = ask();
  await desk.submit(order, "a page");
  await expect(desk.submit({...order, quantity: 11}, "a page")).rejects.toMatchObject({
    status: 409,
    code: "other-order"
  });
  await expect(desk.submit({...order, conId: MSFT}, "a page")).rejects.toMatchObject({status: 409});
  const other = {...order, bracket: {stopLoss: 95}};
  await expect(desk.submit(other, "a page")).rejects.toMatchObject({status: 409});
  expect(broker.placed).toHaveLength(1);
  const bracket = ask({conId: MSFT, limit: 50, bracket: {takeProfit: 55, stopLoss: 45}});
  const both = await Promise.allSettled([
    desk.submit(bracket, "a page"),
    desk.submit({...bracket, quantity: 9}, "a page")
  ]);
  expect(both.map(({status}) => status)).toEqual(["fulfilled", "rejected"]);
  expect((await desk.submit(bracket, "a page")).children).toHaveLength(2);
  expect(broker.placed).toHaveLength(4);
});

it("what is being sent is on the disk before the broker gets it", async () => {
  const broker = new ScriptedBroker();
  const file = join(folder(), "orders.db");
  let seen: unknown;
  broker.onPlace = ({intent, orderId}) => {
    const other = new OrdersStore(file);
    seen = other.entries(0, 100).map(({body}) => body);
    other.close();
    expect(seen).toContainEqual({
      kind: "event",
      intent: intent.id,
      event: {kind: "sending", at: NOW, orderId, clientId: 7}
    });
    return true;
  };
  const {desk} = await openDesk(broker, {file});
  await desk.submit(ask(), "a page");
  expect(seen).toBeDefined();
});

it("when the journal cannot be written nothing leaves, and the desk says why", async () => {
  const broker = new ScriptedBroker();
  const {desk, store} = await openDesk(broker);
  const pages = store.database.pragma("page_count", {simple: true});
  store.database.pragma(`max_page_count = ${pages as number}`);
  const many = Array.from({length: 40}, () =>
    desk.submit(ask(), "a page").catch((error: Error) => error.message)
  );
  const answers = await Promise.all(many);
  expect(answers.filter((answer) => typeof answer === "string").at(-1)).toMatch(
    /journal of orders cannot be written: .*full/
  );
  expect(broker.placed.length).toBe(answers.filter((answer) => typeof answer !== "string").length);
  expect(desk.status().blocked).toMatch("journal of orders cannot be written");
});

it("an order that does not reach the wire is settled as not sent and never sent again", async () => {
  const broker = new ScriptedBroker();
  const {desk, end, file} = await openDesk(broker);
  broker.onPlace = () => false;
  const order = ask();
  expect((await desk.submit(order, "a page")).order.status).toBe("not-sent");
  broker.onPlace = () => true;
  expect((await desk.submit(order, "a page")).order.status).toBe("not-sent");
  broker.link("waiting");
  broker.link("ready");
  await turns();
  await end();
  const next = new ScriptedBroker();
  const again = await openDesk(next, {file});
  expect((await again.desk.submit(order, "a page")).order.status).toBe("not-sent");
  expect([broker.placed.length, next.placed.length]).toEqual([1, 0]);
});

it("a bracket goes out whole: numbers in a row, and only the last transmits", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  const order = ask({bracket: {takeProfit: 110, stopLoss: 95}});
  const {children} = await desk.submit(order, "a page");
  expect(
    broker.placed.map(({orderId, parentId, transmit, intent: {type, action, limit, stop, parent, oca}}) => {
      const price = limit ?? stop;
      return {orderId, parentId, transmit, type, action, price, parent, oca};
    })
  ).toEqual([
    {orderId: 1001, transmit: false, type: "LMT", action: "BUY", price: 100},
    {
      orderId: 1002,
      parentId: 1001,
      transmit: false,
      type: "LMT",
      action: "SELL",
      price: 110,
      parent: order.id,
      oca: order.id
    },
    {
      orderId: 1003,
      parentId: 1001,
      transmit: true,
      type: "STP",
      action: "SELL",
      price: 95,
      parent: order.id,
      oca: order.id
    }
  ]);
  expect(children).toHaveLength(2);
});

it("when a part of a bracket does not leave, its parent is cancelled", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  broker.onPlace = ({transmit}) => !transmit;
  const {order, children} = await desk.submit(ask({bracket: {takeProfit: 110, stopLoss: 95}}), "a page");
  expect(broker.cancelled).toEqual([1001]);
  expect([order.status, ...children.map(({status}) => status).sort()]).toEqual([
    "cancelling",
    "not-sent",
    "sent"
  ]);
});

it("a bad ask is refused before anything is written", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  const lines = desk.journal({after: 0, limit: 100}).length;
  const refused = (more: Parameters<typeof ask>[0]) => expect(desk.submit(ask(more), "a page")).rejects;
  await refused({conId: 1}).toMatchObject({status: 422, code: "no-such-contract"});
  await refused({account: "U7"}).toMatchObject({status: 422, code: "no-such-account"});
  await refused({limit: 100.005}).toThrow("100 and 100.01 are the nearest");
  await refused({bracket: {takeProfit: 99}}).toMatchObject({status: 422, code: "bracket-side"});
  await refused({bracket: {stopLoss: 101}}).toMatchObject({status: 422, code: "bracket-side"});
  await refused({bracket: {}}).toMatchObject({status: 422, code: "empty-bracket"});
  expect(desk.journal({after: 0, limit: 100})).toHaveLength(lines);
});

it("the gate's answer is stored with every rule, and a refused order is never placed", async () => {
  const broker = new ScriptedBroker();
  const {desk, store} = await openDesk(broker);
  const order = ask({quantity: 2000, bracket: {stopLoss: 95}});
  const answer = await desk.submit(order, "a page");
  expect(answer).toMatchObject({order: {status: "rejected"}, decision: {allowed: false}});
  expect(answer.order.problem).toMatch("units, 2000, is above 1000");
  expect(answer.children.map(({status}) => status)).toEqual(["rejected"]);
  expect(broker.placed).toEqual([]);
  const event = desk.riskEvents({limit: 10}).find((each) => each.order === order.id);
  expect(event).toMatchObject({kind: "decision", allowed: false, account: order.account});
  expect(store.audits(1)[0]).toMatchObject({who: "a page", action: "order"});
});

it("the journal verifies, and its rows are there for SQL", async () => {
  const broker = new ScriptedBroker();
  const {desk, store} = await openDesk(broker);
  await desk.submit(ask(), "a page");
  broker.tellStatus(1001, "Submitted");
  broker.fill(1001, 10);
  await turns();
  expect(desk.verify()).toMatchObject({problem: null});
  const sql = (text: string) => store.database.prepare(text).all();
  expect(sql("select status, filled, average_price, commission from execution_orders")).toEqual([
    {status: "filled", filled: 10, average_price: 100, commission: 1}
  ]);
  expect(sql("select con_id, side, shares, commission, label from execution_fills")).toEqual([
    {con_id: AAPL, side: "BOT", shares: 10, commission: 1, label: "AAPL"}
  ]);
  expect(() => store.database.exec("update journal set at = 0")).toThrow("the journal is never changed");
  expect(() => store.database.exec("delete from journal")).toThrow("the journal is never cut");
});
