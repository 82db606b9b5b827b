/** What @stoqey/ib 1.6.10 makes of what TWS sends (reference of the link's design): each fails when the library mends it. */

import {EventName, IBApiNext, OrderType, SecType} from "@stoqey/ib";
import {afterEach, describe, expect, it} from "vitest";
import {ACCOUNT, CHIPS, CHIPS_ID, client, order, poll, ready, standIn, VERSIONS} from "./stand.js";

const nexts: IBApiNext[] = [];
afterEach(() => {
  for (const one of nexts.splice(0)) one.disconnect();
});
function next(
  port: number,
  options: {connectionWatchdogInterval?: number; reconnectInterval?: number} = {}
): IBApiNext {
  const one = new IBApiNext({host: "127.0.0.1", port, ...options});
  nexts.push(one);
  return one;
}

describe.each(VERSIONS)("at version %i", (version) => {
  it("a share's multiplier arrives as 0, a future's last trade date with its time", async () => {
    const {ib, until} = await ready({version});
    ib.reqContractDetails(1, CHIPS);
    ib.reqContractDetails(2, {symbol: "DMQ", secType: SecType.FUT});
    const [[, share], [, future]] = (await until(EventName.contractDetails, 2)) as [
      number,
      {contract: object; lastTradeTime?: string}
    ][];
    expect(share.contract).toMatchObject({multiplier: 0});
    expect(future.contract).toMatchObject({lastTradeDateOrContractMonth: "20261218 08:30 US/Central"});
    expect(future.lastTradeTime).toBeUndefined();
  });

  it("minTick of tickReqParams arrives as a whole number, a bid's size only on its own", async () => {
    const {ib, tws, seen, until} = await ready({version});
    tws.market.pin(CHIPS_ID, {last: 150, bid: 149.99, ask: 150.01, bidSize: 300, askSize: 400});
    ib.reqMktData(1, CHIPS, "", true, false);
    await until(EventName.tickSnapshotEnd);
    expect(seen(EventName.tickReqParams)).toEqual([[1, 0, "a60001", 3]]);
    const types = seen(EventName.tickSize).map(([, type]) => type);
    expect([0, 3].map((type) => types.filter((one) => one === type).length)).toEqual([1, 2]);
  });

  it("messages with id -1 are info, never error", async () => {
    const {tws, infos, errors} = await ready({version});
    tws.controls.note(2110, "Connectivity between Trader Workstation and server is broken.");
    await poll(() => infos.some(({code}) => code === 2110), "the note");
    expect(errors).toEqual([]);
  });

  it("an order without transmit waits for ever: the library has no default", async () => {
    const {ib, tws, until} = await ready({version});
    const {transmit: _, ...rest} = order({lmtPrice: 100});
    ib.placeOrder(1, CHIPS, rest);
    ib.reqOpenOrders();
    await until(EventName.openOrderEnd);
    expect(tws.calls.find(({request}) => request.kind === "placeOrder")?.request).toMatchObject({
      order: {transmit: false}
    });
    expect((await tws.ledger()).map(({kind}) => kind)).toEqual(["order"]);
  });

  it("a request made while the link is down is sent after the next connection, an order too", async () => {
    const {ib, tws, until} = await ready({version});
    tws.controls.drop();
    await until(EventName.disconnected);
    ib.connect();
    ib.placeOrder(7, CHIPS, order({lmtPrice: 100}));
    await until(EventName.openOrder);
    expect(tws.calls.filter(({request}) => request.kind === "placeOrder")).toHaveLength(1);
  });

  it("a half-open link stays connected for the library's watchdog", async () => {
    const {tws} = await ready({version});
    const one = next(tws.port, {connectionWatchdogInterval: 1});
    one.connect(3);
    await poll(() => tws.clients().includes(3), "the session");
    tws.faults.silent = true;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(one.isConnected).toBe(true);
  });

  it("without a client id each reconnection takes another one", async () => {
    const tws = await standIn({version});
    next(tws.port, {reconnectInterval: 20}).connect();
    const [first] = await poll(() => (tws.clients().length ? tws.clients() : undefined), "a session");
    tws.controls.drop();
    const [second] = await poll(
      () => (tws.clients().some((id) => id !== first) ? tws.clients() : undefined),
      "another"
    );
    expect(second).toBe(first + 1);
  });

  it("the rejection of an order ends a stream with the same number", async () => {
    const tws = await standIn({version});
    const one = next(tws.port);
    one.connect(4);
    await poll(() => tws.clients().includes(4), "the session");
    const seen: {data: number; error: unknown} = {data: 0, error: undefined};
    one.getMarketData(CHIPS, "", false, false).subscribe({
      next: () => void ++seen.data,
      error: (error) => void (seen.error = error)
    });
    await poll(() => seen.data || undefined, "a quote");
    const request = tws.calls.find((call) => call.request.kind === "marketData")!.request as {reqId: number};
    one.placeOrder(
      request.reqId,
      CHIPS,
      order({orderType: OrderType.LMT, lmtPrice: 100.005, account: ACCOUNT})
    );
    expect(await poll(() => seen.error, "the stream's end")).toMatchObject({code: 110});
  });

  it("what connects to a taken client id sees no error but 326 as info", async () => {
    const tws = await standIn({version, faults: {taken: new Set([5])}});
    const one = client(tws, 5);
    await one.until(EventName.disconnected);
    expect(one.errors).toEqual([]);
    expect(one.infos.map(({code}) => code)).toEqual([326]);
  });

  it("a list of open orders ends, and tells nothing of what becomes of them; a rejection rejects nothing", async () => {
    const tws = await standIn({version});
    const one = next(tws.port);
    one.connect(4);
    await poll(() => tws.clients().includes(4), "the session");
    const codes: number[] = [];
    one.errorSubject.subscribe(({code}) => void codes.push(code));
    const id = await one.placeNewOrder(CHIPS, order({lmtPrice: 100.005}));
    await poll(() => codes.length || undefined, "the rejection");
    expect([id > 0, codes]).toEqual([true, [110]]);
    expect(await one.getAllOpenOrders()).toEqual([]);
  });
});

it("up to 176 completed orders are lost: the library does not know of the faProfile that TWS sends", async () => {
  const {ib, tws, errors, seen, until} = await ready({version: 176});
  ib.placeOrder(1, CHIPS, order({lmtPrice: 100}));
  ib.cancelOrder(1);
  await until(EventName.error);
  ib.reqCompletedOrders(false);
  await until(EventName.completedOrdersEnd);
  expect(seen(EventName.completedOrder)).toEqual([]);
  expect(errors.map(({code}) => code)).toEqual([202, 505]);
  expect(errors[1].message).toMatch(/^Underrun error on COMPLETED_ORDER/);
  expect(tws.broken).toEqual([]);
});
