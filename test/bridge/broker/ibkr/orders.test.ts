import {describe, expect, it} from "vitest";
import type {BrokerEvent} from "../../../../bridge/broker/broker.js";
import {createOrders, type Orders} from "../../../../bridge/broker/ibkr/orders.js";
import type {OrderIntent} from "../../../../lib/orders/order.js";
import type {PlaceOrder} from "../../../../sim/tws/wire/order.js";
import type {TwsOptions} from "../../../../sim/tws/service.js";
import {
  ACCOUNT,
  CHIPS_ID,
  CLIENT_ID,
  linked,
  type Linked,
  NOW,
  phase,
  poll,
  VERSIONS,
  WATER_ID
} from "./stand.js";

const QUOTE = {last: 150, bid: 149.98, ask: 150.02, bidSize: 300, askSize: 400, close: 148};
const CHIPS = {
  conId: CHIPS_ID,
  symbol: "LKMQ",
  secType: "STK",
  currency: "USD",
  exchange: "SMART",
  multiplier: 1
} as const;
const WATER = {...CHIPS, conId: WATER_ID, symbol: "RVGQ", currency: "GBP"} as const;

let serial = 0;
const intent = (fields: Partial<OrderIntent> = {}): OrderIntent => ({
  id: `00000000-0000-4000-8000-${String(++serial).padStart(12, "0")}`,
  at: NOW.getTime(),
  account: ACCOUNT,
  contract: CHIPS,
  action: "BUY",
  quantity: 100,
  type: "LMT",
  ...(["LMT", "STP LMT", "LOO", "LOC"].includes(fields.type ?? "LMT") && {limit: 100}),
  tif: "DAY",
  ...fields
});

interface Stand extends Linked {
  orders: Orders;
  events: BrokerEvent[];
  /** Places an intent under a number of its own. */
  place: (
    one: OrderIntent,
    rest?: {parentId?: number; transmit?: boolean}
  ) => Promise<{orderId: number; isSent: boolean}>;
  /** Orders as they came over the wire. */
  arrived: () => PlaceOrder[];
  statuses: (orderId: number) => string[];
  errors: (orderId: number) => number[];
}

async function desk(options: TwsOptions = {}, whatIfMs = 20_000): Promise<Stand> {
  const one = await linked(options);
  const events: BrokerEvent[] = [];
  const orders = createOrders({
    wire: one.wire,
    log: {error: (...words: unknown[]) => void one.faults.push(JSON.stringify(words))} as never,
    now: () => NOW.getTime(),
    magnifierOf: (conId) => (conId === WATER_ID ? 100 : 1),
    tell: (event) => void events.push(event),
    whatIfMs
  });
  const ofOrder = (orderId: number) =>
    events.flatMap((each) => (each.kind === "order" && each.orderId === orderId ? [each.event] : []));
  return {
    ...one,
    orders,
    events,
    async place(wanted, rest = {}) {
      const orderId = orders.takeOrderId(0);
      const isSent = await orders.place({intent: wanted, orderId, transmit: true, ...rest});
      return {orderId, isSent};
    },
    arrived: () =>
      one.tws.calls.flatMap(({request}) => (request.kind === "placeOrder" ? [request as PlaceOrder] : [])),
    statuses: (orderId) => ofOrder(orderId).flatMap((each) => (each.kind === "status" ? [each.status] : [])),
    errors: (orderId) => ofOrder(orderId).flatMap((each) => (each.kind === "error" ? [each.code] : []))
  };
}

describe.each(VERSIONS)("at version %i", (version) => {
  it("place(order) carries account, reference and transmit, and its fill comes with its commission", async () => {
    const {tws, place, arrived, statuses, events, wire, faults} = await desk({version});
    tws.market.pin(CHIPS_ID, QUOTE);
    const wanted = intent({type: "MKT"});
    const {orderId, isSent} = await place(wanted);
    await poll(() => statuses(orderId).length > 0, "an acknowledgement");
    tws.tick();
    await poll(() => events.some(({kind}) => kind === "commission"), "the commission");
    expect(isSent).toBe(true);
    expect(orderId).toBe(1_000_000);
    expect(arrived()[0].order).toMatchObject({
      account: ACCOUNT,
      orderRef: `app:${wanted.id}`,
      transmit: true,
      orderType: "MKT",
      tif: "DAY",
      totalQuantity: 100
    });
    const [execution] = events.flatMap((each) => (each.kind === "execution" ? [each.execution] : []));
    expect(execution).toMatchObject({
      account: ACCOUNT,
      conId: CHIPS_ID,
      side: "BOT",
      shares: 100,
      price: 150.02,
      time: NOW.getTime(),
      clientId: CLIENT_ID,
      orderId,
      orderRef: `app:${wanted.id}`
    });
    const [report] = events.flatMap((each) => (each.kind === "commission" ? [each.report] : []));
    expect(report).toMatchObject({execId: execution.execId, currency: "USD"});
    expect(statuses(orderId)).toContain("Filled");
    expect([wire.protocolErrors, faults, tws.broken]).toEqual([0, [], []]);
  });

  it("prices of a share in pence go out a hundredfold, and its executions come back in pounds", async () => {
    const {tws, place, arrived, events} = await desk({version});
    tws.market.pin(WATER_ID, {last: 5, bid: 4.999, ask: 5.001, bidSize: 900, askSize: 900, close: 5});
    await place(intent({contract: WATER, limit: 5.01, quantity: 10}));
    await poll(() => arrived().length > 0, "the order");
    tws.tick();
    const execution = await poll(
      () => events.flatMap((each) => (each.kind === "execution" ? [each.execution] : []))[0],
      "its execution"
    );
    expect(arrived()[0].order.lmtPrice).toBe(501);
    expect(execution.price).toBe(5.001);
  });

  it("every order type reaches TWS as its own", async () => {
    const {place, arrived} = await desk({version});
    const until = Date.UTC(2026, 10, 27, 20, 30);
    await place(intent({type: "STP", stop: 160}));
    await place(intent({type: "STP LMT", stop: 160, limit: 161}));
    await place(intent({type: "TRAIL", action: "SELL", trail: {amount: 2}}));
    await place(intent({type: "TRAIL", action: "SELL", trail: {fraction: 0.05}}));
    await place(intent({type: "MOO"}));
    await place(intent({type: "LOO"}));
    await place(intent({type: "MOC"}));
    await place(intent({type: "LOC"}));
    await place(intent({tif: "GTD", until, outsideHours: true, oca: "exit"}));
    await poll(() => arrived().length === 9, "the orders");
    const seen = arrived().map(({order: {orderType, tif, lmtPrice, auxPrice, trailingPercent}}) => [
      orderType,
      tif,
      lmtPrice,
      auxPrice,
      trailingPercent
    ]);
    const no = undefined;
    expect(seen).toEqual([
      ["STP", "DAY", no, 160, no],
      ["STP LMT", "DAY", 161, 160, no],
      ["TRAIL", "DAY", no, 2, no],
      ["TRAIL", "DAY", no, no, 5],
      ["MKT", "OPG", no, no, no],
      ["LMT", "OPG", 100, no, no],
      ["MOC", "DAY", no, no, no],
      ["LOC", "DAY", 100, no, no],
      ["LMT", "GTD", 100, no, no]
    ]);
    expect(arrived()[8].order).toMatchObject({
      goodTillDate: "20261127-20:30:00",
      outsideRth: true,
      ocaGroup: "exit",
      ocaType: 1
    });
  });

  it("a bracket waits for its last leg, and each child names its parent", async () => {
    const {place, arrived, statuses, tws} = await desk({version});
    const parent = await place(intent(), {transmit: false});
    const profit = await place(intent({action: "SELL", limit: 200}), {
      parentId: parent.orderId,
      transmit: false
    });
    await poll(() => arrived().length === 2, "two legs");
    expect((await tws.ledger()).map(({kind}) => kind)).not.toContain("status");
    const stop = await place(intent({action: "SELL", type: "STP", stop: 90}), {parentId: parent.orderId});
    await poll(() => statuses(stop.orderId).length > 0, "the last leg's acknowledgement");
    expect(arrived().map(({order}) => [order.parentId ?? 0, order.transmit])).toEqual([
      [0, false],
      [parent.orderId, false],
      [parent.orderId, true]
    ]);
    expect(statuses(parent.orderId)).toContain("Submitted");
    expect(statuses(profit.orderId)).toContain("PreSubmitted");
  });

  it("whatIf(intent) tells the margins under a number of its own, and places nothing", async () => {
    const {orders, arrived, tws, events} = await desk({version});
    const told = await orders.whatIf(intent());
    expect(told.initMarginBefore).toBeGreaterThan(0);
    expect(told.initMarginAfter).toBeGreaterThan(told.initMarginBefore ?? NaN);
    expect(told.equityWithLoanAfter).toBeGreaterThan(0);
    expect(told.commissionCurrency).toBe("USD");
    expect(arrived()[0].order).toMatchObject({whatIf: true, transmit: true});
    expect([await tws.ledger(), events]).toEqual([[], []]);
    expect(orders.takeOrderId(0)).toBe(1_000_001);
  });

  it("whatIf(intent) gives null for margins that TWS leaves out, never 0", async () => {
    const {orders} = await desk({version, faults: {noMargins: true}});
    expect(await orders.whatIf(intent())).toMatchObject({
      initMarginBefore: null,
      initMarginAfter: null,
      maintMarginAfter: null,
      equityWithLoanAfter: null
    });
  });

  it("place(order) gives false while the link is down, and nothing is sent when it is back", async () => {
    const {tws, place, wire, arrived} = await desk({version});
    tws.controls.drop();
    await poll(() => wire.status().phase !== "ready", "the loss");
    expect(await place(intent())).toMatchObject({isSent: false});
    await phase(wire, "ready");
    await wire.send("request", (api) => api.reqPositions());
    await poll(() => tws.calls.some(({request}) => request.kind === "positions"), "a later request");
    expect(arrived()).toEqual([]);
  });

  it("an order whose price TWS refuses ends with the error that names it", async () => {
    const {place, errors} = await desk({version});
    const {orderId} = await place(intent({limit: 100.005}));
    await poll(() => errors(orderId).length > 0, "the error");
    expect(errors(orderId)).toEqual([110]);
  });

  it("cancel(orderId) is confirmed by 202 and a status", async () => {
    const {orders, place, errors, statuses} = await desk({version});
    const {orderId} = await place(intent());
    await poll(() => statuses(orderId).length > 0, "the order");
    expect(await orders.cancel(orderId)).toBe(true);
    await poll(() => statuses(orderId).includes("Cancelled"), "its end");
    await poll(() => errors(orderId).length > 0, "its confirmation");
    expect(errors(orderId)).toEqual([202]);
  });

  it("dropQueue() gives false at once for the orders that wait, and none of them leaves", async () => {
    const {orders, arrived, place, wire, tws} = await desk({version});
    const many = Array.from({length: 60}, () => place(intent()));
    orders.dropQueue();
    const sent = (await Promise.all(many)).filter(({isSent}) => isSent).length;
    await wire.send("cancel", (api) => api.reqPositions());
    await poll(() => tws.calls.some(({request}) => request.kind === "positions"), "a later request");
    expect(sent).toBeLessThan(50);
    expect(arrived()).toHaveLength(sent);
  });

  it("whatIf(intent) is refused with TWS's words", async () => {
    const {orders, events} = await desk({version});
    await expect(orders.whatIf(intent({limit: 100.005}))).rejects.toMatchObject({status: 422});
    expect(events).toEqual([]);
  });

  it("whatIf(intent) says so when no answer comes", async () => {
    const {orders, tws} = await desk({version}, 300);
    tws.faults.silent = true;
    await expect(orders.whatIf(intent())).rejects.toMatchObject({
      status: 504,
      message: "TWS did not say within 0.3 s what the order would do: try again"
    });
  });

  it("twice, reversed and late messages are told as they come", async () => {
    const {tws, place, statuses, events} = await desk({
      version,
      faults: {twice: true, reversed: true, lateSteps: 2}
    });
    tws.market.pin(CHIPS_ID, QUOTE);
    const {orderId} = await place(intent({type: "MKT"}));
    await poll(() => tws.calls.some(({request}) => request.kind === "placeOrder"), "the order");
    for (let i = 0; i < 4; ++i) tws.tick();
    await poll(() => events.filter(({kind}) => kind === "execution").length === 2, "both executions");
    expect(statuses(orderId)).toEqual(["Submitted", "Submitted", "Filled", "Filled"]);
  });

  it("a correction comes as the execution's next revision", async () => {
    const {tws, place, events} = await desk({version});
    tws.market.pin(CHIPS_ID, QUOTE);
    await place(intent({type: "MKT"}));
    await poll(() => tws.calls.some(({request}) => request.kind === "placeOrder"), "the order");
    tws.tick();
    const told = () => events.flatMap((event) => (event.kind === "execution" ? [event.execution] : []));
    await poll(() => told().length === 1, "the execution");
    const [first] = told();
    tws.controls.correct(first.execId, {price: 149.5});
    await poll(() => told().length === 2, "its correction");
    const revision = first.execId.replace(/\d\d$/, "02");
    expect(told()[1]).toEqual({...first, execId: revision, price: 149.5});
  });

  it("cancelEverything() cancels what other clients and people have at work, too", async () => {
    const {tws, orders, place, statuses} = await desk({version});
    tws.controls.byHand(CHIPS_ID, "BUY", 5, 90);
    const {orderId} = await place(intent());
    await poll(() => statuses(orderId).length > 0, "the order");
    expect(await orders.cancelEverything()).toBe(true);
    await poll(() => statuses(orderId).includes("Cancelled"), "its end");
    const ended = (await tws.ledger()).filter(
      (entry) => entry.kind === "status" && entry.status === "Cancelled"
    );
    expect(ended).toHaveLength(2);
  });
});

it("cancel(orderId) takes an order back that still waits for the rate", async () => {
  const {orders, arrived, place} = await desk();
  const many = Array.from({length: 50}, () => place(intent()));
  const last = 1_000_049;
  expect(await orders.cancel(last)).toBe(true);
  const results = await Promise.all(many);
  expect(results.filter(({isSent}) => !isSent).map(({orderId}) => orderId)).toEqual([last]);
  await poll(() => arrived().length === 49, "the others");
  expect(arrived().map(({orderId}) => orderId)).not.toContain(last);
});
