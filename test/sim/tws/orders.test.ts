import {
  EventName,
  OrderAction,
  OrderType,
  type Contract,
  type Execution,
  type Order,
  type OrderState
} from "@stoqey/ib";
import {describe, expect, it} from "vitest";
import {ACCOUNT, CHIPS, CHIPS_ID, client, order, poll, ready, VERSIONS, WATER, WATER_ID} from "./stand.js";

const QUOTE = {last: 150, bid: 149.98, ask: 150.02, bidSize: 300, askSize: 400, close: 148};
const statuses = (rows: unknown[][]) => rows.map(([id, status, filled, left]) => [id, status, filled, left]);

describe.each(VERSIONS)("at version %i, @stoqey/ib", (version) => {
  it("gets an order back as it was sent, then its fill, commission and status", async () => {
    const {ib, tws, errors, seen, until} = await ready({version});
    tws.market.pin(CHIPS_ID, QUOTE);
    ib.placeOrder(
      1,
      CHIPS,
      order({lmtPrice: 151, orderRef: "app:one", totalQuantity: 250.5, outsideRth: true})
    );
    const [[id, contract, sent, state]] = (await until(EventName.openOrder)) as [
      number,
      Contract,
      Order,
      OrderState
    ][];
    expect([id, contract.conId, state.status]).toEqual([1, CHIPS_ID, "Submitted"]);
    expect(sent).toMatchObject({
      action: "BUY",
      totalQuantity: 250.5,
      orderType: "LMT",
      lmtPrice: 151,
      tif: "DAY",
      account: ACCOUNT,
      orderRef: "app:one",
      outsideRth: true,
      clientId: 1,
      ocaType: 3
    });
    tws.tick();
    const [[report]] = await until(EventName.commissionReport);
    expect(report).toMatchObject({execId: "0000e0d5.6a000000.01.01", commission: 1.25, currency: "USD"});
    const [[reqId, , execution]] = (await until(EventName.execDetails)) as [number, Contract, Execution][];
    expect(reqId).toBe(-1);
    expect(execution).toMatchObject({
      orderId: 1,
      side: "BOT",
      shares: 250.5,
      price: 150.02,
      cumQty: 250.5,
      orderRef: "app:one",
      acctNumber: ACCOUNT,
      time: "20261120 10:00:00 US/Eastern"
    });
    expect(statuses(await until(EventName.orderStatus, 2))).toEqual([
      [1, "Submitted", 0, 250.5],
      [1, "Filled", 250.5, 0]
    ]);
    expect(seen(EventName.orderStatus)[1].slice(4, 9)).toEqual([150.02, 1_200_000_001, 0, 150.02, 1]);
    expect(tws.calls.find(({request}) => request.kind === "placeOrder")?.request).toMatchObject({
      order: {transmit: true, whatIf: false, orderRef: "app:one", outsideRth: true, lmtPrice: 151},
      wanted: {symbol: "LKMQ", currency: "USD"}
    });
    expect([errors, tws.broken]).toEqual([[], []]);
  });

  it("prices an order for a London share in pence", async () => {
    const {ib, tws, errors, until} = await ready({version});
    tws.market.pin(WATER_ID, {last: 6.2, bid: 6.199, ask: 6.201, askSize: 500});
    ib.placeOrder(1, WATER, order({lmtPrice: 620.1}));
    await until(EventName.openOrder);
    tws.tick();
    const [[, , execution]] = (await until(EventName.execDetails)) as [number, Contract, Execution][];
    expect(execution.price).toBe(620.1);
    ib.placeOrder(2, WATER, order({lmtPrice: 620.12}));
    await until(EventName.error);
    expect(errors.map(({code, id}) => [code, id])).toEqual([[110, 2]]);
  });

  it("previews an order: margins and commission, and nothing is placed", async () => {
    const {ib, tws, errors, seen, until} = await ready({version});
    tws.market.pin(CHIPS_ID, QUOTE);
    ib.placeOrder(9, CHIPS, order({orderType: OrderType.MKT, whatIf: true}));
    const [[id, , sent, state]] = (await until(EventName.openOrder)) as [
      number,
      Contract,
      Order,
      OrderState
    ][];
    expect([id, sent.whatIf, state.status]).toEqual([9, true, "PreSubmitted"]);
    expect([state.initMarginChange, state.maintMarginChange, state.commission]).toEqual([7500, 3750, 1]); // half and a quarter of 15,000
    expect(state.initMarginAfter).toBeCloseTo(state.initMarginBefore! + 7500, 2);
    expect(state.minCommission).toBeUndefined();
    tws.faults.noMargins = true;
    ib.placeOrder(10, CHIPS, order({orderType: OrderType.MKT, whatIf: true}));
    const unknown = (await until(EventName.openOrder, 2))[1][3] as OrderState;
    expect(unknown.initMarginAfter).toBeUndefined();
    tws.tick();
    expect(seen(EventName.orderStatus)).toEqual([]);
    expect(await tws.ledger()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it("changes and cancels orders; 202, 10147, 10148, 104 and 105 say what became of them", async () => {
    const {ib, tws, errors, seen, until} = await ready({version});
    tws.market.pin(CHIPS_ID, QUOTE);
    ib.placeOrder(1, CHIPS, order({lmtPrice: 100}));
    ib.placeOrder(1, CHIPS, order({lmtPrice: 101, totalQuantity: 50}));
    expect((await until(EventName.openOrder, 2))[1][2]).toMatchObject({lmtPrice: 101, totalQuantity: 50});
    ib.placeOrder(1, CHIPS, order({action: OrderAction.SELL, lmtPrice: 101}));
    ib.cancelOrder(1);
    ib.cancelOrder(1);
    ib.cancelOrder(77);
    ib.placeOrder(2, CHIPS, order({orderType: OrderType.MKT}));
    await until(EventName.orderStatus, 4);
    tws.tick();
    await until(EventName.orderStatus, 5);
    ib.placeOrder(2, CHIPS, order({orderType: OrderType.MKT, totalQuantity: 120}));
    await until(EventName.error, 5);
    expect(errors.map(({code, id}) => [code, id])).toEqual([
      [105, 1],
      [202, 1],
      [10148, 1],
      [10147, 77],
      [104, 2]
    ]);
    expect(statuses(seen(EventName.orderStatus)).map(([id, status]) => [id, status])).toEqual([
      [1, "Submitted"],
      [1, "Submitted"],
      [1, "Cancelled"],
      [2, "Submitted"],
      [2, "Filled"]
    ]);
  });

  it("lists its own orders, all orders, and executions by filter", async () => {
    const {ib, tws, errors, seen, until} = await ready({version}, 1);
    const other = client(tws, 2);
    await other.until(EventName.nextValidId);
    tws.market.pin(CHIPS_ID, QUOTE);
    ib.placeOrder(1, CHIPS, order({lmtPrice: 100, orderRef: "app:rests"}));
    ib.placeOrder(2, CHIPS, order({orderType: OrderType.MKT, orderRef: "app:fills"}));
    await until(EventName.openOrder, 2);
    other.ib.placeOrder(1, CHIPS, order({action: OrderAction.SELL, lmtPrice: 200}));
    await other.until(EventName.openOrder);
    tws.tick();
    await until(EventName.commissionReport);
    const before = seen(EventName.openOrder).length;
    ib.reqOpenOrders();
    await until(EventName.openOrderEnd);
    ib.reqAllOpenOrders();
    await until(EventName.openOrderEnd, 2);
    expect(
      seen(EventName.openOrder)
        .slice(before)
        .map(([id, , one]) => [id, (one as Order).clientId])
    ).toEqual([
      [1, 1],
      [1, 1],
      [1, 2]
    ]);
    ib.reqExecutions(5, {});
    ib.reqExecutions(6, {side: "SELL"});
    ib.reqExecutions(7, {clientId: "2"});
    ib.reqExecutions(8, {time: "20261120-15:00:01"});
    ib.reqExecutions(9, {symbol: "LKMQ", side: "BUY", acctCode: ACCOUNT});
    await until(EventName.execDetailsEnd, 5);
    expect(
      seen(EventName.execDetails)
        .slice(1)
        .map(([reqId]) => reqId)
    ).toEqual([5, 9]);
    expect([...errors, ...other.errors, ...tws.broken]).toEqual([]);
  });

  it("cancels everything, also another client's orders and those made by hand", async () => {
    const {ib, tws, until} = await ready({version}, 0);
    const other = client(tws, 2);
    await other.until(EventName.nextValidId);
    other.ib.placeOrder(1, CHIPS, order({lmtPrice: 100}));
    await other.until(EventName.openOrder);
    tws.controls.byHand(WATER_ID, "BUY", 10, 500);
    ib.reqAutoOpenOrders(true);
    ib.reqOpenOrders();
    await until(EventName.openOrderEnd);
    expect((await until(EventName.openOrder)).at(-1)![0]).toBe(-1);
    ib.reqGlobalCancel();
    await poll(
      () => other.seen(EventName.orderStatus).some(([, status]) => status === "Cancelled"),
      "a cancel"
    );
    expect((await until(EventName.orderStatus)).at(-1)!.slice(0, 2)).toEqual([-1, "Cancelled"]);
  });

  it.each([
    [321, {account: "U1"}],
    [435, {account: ""}],
    [434, {totalQuantity: 0}],
    [434, {totalQuantity: -5}],
    [110, {lmtPrice: 100.005}],
    [387, {orderType: OrderType.PEG_MID}],
    [391, {tif: "GTD", goodTillDate: "soon"}],
    [10006, {parentId: 55}],
    [201, {totalQuantity: 100_000}]
  ])("is refused with %i for %o", async (code, wrong) => {
    const {ib, errors, until, tws} = await ready({version});
    ib.placeOrder(1, CHIPS, order({lmtPrice: 100, ...(wrong as Partial<Order>)}));
    await until(EventName.error);
    expect(errors.map((one) => [one.code, one.id])).toEqual([[code, 1]]);
    expect(tws.broken).toEqual([]);
  });
});

it("lists completed orders; a filled one has nothing left to order", async () => {
  const {ib, tws, errors, seen, until} = await ready({version: 193}); // up to 176 the library loses them
  tws.market.pin(CHIPS_ID, QUOTE);
  ib.placeOrder(1, CHIPS, order({lmtPrice: 100, orderRef: "app:rests"}));
  ib.placeOrder(2, CHIPS, order({orderType: OrderType.MKT, orderRef: "app:fills"}));
  await until(EventName.openOrder, 2);
  tws.tick();
  await until(EventName.commissionReport);
  ib.cancelOrder(1);
  await until(EventName.error);
  ib.reqCompletedOrders(false);
  await until(EventName.completedOrdersEnd);
  const done = seen(EventName.completedOrder) as [Contract, Order, OrderState][];
  expect(
    done.map(([, one, state]) => [
      one.orderRef,
      one.permId,
      state.status,
      one.totalQuantity,
      one.filledQuantity,
      state.completedStatus
    ])
  ).toEqual([
    ["app:rests", 1_200_000_001, "Cancelled", 100, 0, "Cancelled by Trader"],
    ["app:fills", 1_200_000_002, "Filled", 0, 100, "Filled Size: 100"]
  ]);
  expect(errors.map(({code}) => code)).toEqual([202]);
  expect(tws.broken).toEqual([]);
});
