import {connect, createServer} from "node:net";
import {EventName, OrderAction, OrderType} from "@stoqey/ib";
import {describe, expect, it} from "vitest";
import {frame, framed} from "../../../sim/tws/wire/frames.js";
import {CHIPS, CHIPS_ID, client, NOW, order, poll, ready, standIn, VERSIONS} from "./stand.js";

const QUOTE = {last: 150, bid: 149.98, ask: 150.02, bidSize: 300, askSize: 400, close: 148};
const codes = (rows: {code: number}[]) => rows.map(({code}) => code);

describe.each(VERSIONS)("at version %i", (version) => {
  it("split: every frame in random pieces is read all the same", async () => {
    const {ib, errors, seen, until} = await ready({version, faults: {split: true}});
    ib.reqPositions();
    ib.reqContractDetails(1, {symbol: "DMQ"});
    await until(EventName.positionEnd);
    await until(EventName.contractDetailsEnd);
    expect(seen(EventName.position)).toHaveLength(7);
    expect(seen(EventName.contractDetails)).toHaveLength(4);
    expect(errors).toEqual([]);
  });

  it("reject: 201 leaves the order Inactive, any other code leaves none", async () => {
    const {ib, tws, errors, until} = await ready({version});
    tws.faults.rejects.push({code: 201, message: "Order rejected - reason:no"}, {code: 110, message: "no"});
    ib.placeOrder(1, CHIPS, order({lmtPrice: 100}));
    ib.placeOrder(2, CHIPS, order({lmtPrice: 100}));
    await until(EventName.error, 2);
    expect(errors.map(({id, code}) => [id, code])).toEqual([
      [1, 201],
      [2, 110]
    ]);
    expect((await until(EventName.orderStatus)).map(([id, status]) => [id, status])).toEqual([
      [1, "Inactive"]
    ]);
  });
});

it("silent: the socket stays open and takes what comes, and nothing comes back", async () => {
  const {ib, tws, seen, until} = await ready();
  tws.faults.silent = true;
  ib.reqCurrentTime();
  await poll(() => tws.calls.some(({request}) => request.kind === "currentTime"), "the request");
  expect(seen(EventName.currentTime)).toEqual([]);
  expect(ib.isConnected).toBe(true);
  tws.faults.silent = false;
  ib.reqCurrentTime();
  await until(EventName.currentTime);
});

it("link lost: 1100, orders wait; 1102 keeps the streams, 1101 ends them", async () => {
  const {ib, tws, infos, seen, until} = await ready();
  tws.market.pin(CHIPS_ID, QUOTE);
  ib.reqMktData(1, CHIPS, "", false, false);
  await until(EventName.tickString);
  tws.controls.loseLink();
  ib.placeOrder(1, CHIPS, order({orderType: OrderType.MKT}));
  await poll(() => tws.calls.some(({request}) => request.kind === "placeOrder"), "the order");
  tws.tick();
  expect(seen(EventName.openOrder)).toEqual([]);
  tws.controls.restoreLink("kept");
  await until(EventName.openOrder);
  tws.market.pin(CHIPS_ID, {...QUOTE, last: 151});
  tws.tick();
  await until(EventName.tickString, 2);
  tws.controls.loseLink();
  tws.controls.restoreLink("lost");
  tws.market.pin(CHIPS_ID, {...QUOTE, last: 152});
  tws.tick();
  ib.reqCurrentTime();
  await until(EventName.currentTime);
  expect(seen(EventName.tickString)).toHaveLength(2);
  expect(codes(infos)).toEqual([2104, 2106, 2158, 1100, 1102, 1100, 1101]);
});

it("client id in use: 326, then the socket is closed", async () => {
  const tws = await standIn();
  tws.faults.taken.add(9);
  const one = client(tws, 9);
  await one.until(EventName.disconnected);
  expect(codes(one.infos)).toEqual([326]);
  const two = client(tws, 1);
  await two.until(EventName.nextValidId);
  const three = client(tws, 1);
  await three.until(EventName.disconnected);
  expect(codes(three.infos)).toEqual([326]);
  expect(tws.clients()).toEqual([1]);
});

it("read-only: 321 on orders, cancels and lists of orders; positions and executions answer", async () => {
  const {ib, errors, infos, until, tws} = await ready({faults: {readOnly: true}});
  ib.placeOrder(1, CHIPS, order({lmtPrice: 100}));
  ib.cancelOrder(1);
  ib.reqOpenOrders();
  ib.reqCompletedOrders(false);
  ib.reqPositions();
  ib.reqExecutions(2, {});
  await until(EventName.positionEnd);
  await until(EventName.execDetailsEnd);
  expect(errors.map(({id, code}) => [id, code])).toEqual([
    [1, 321],
    [1, 321]
  ]);
  expect(codes(infos).slice(3)).toEqual([321, 321]);
  expect(await tws.ledger()).toEqual([]);
});

it("nightly reset: 1100, the session ends, nobody gets in until TWS is up again", async () => {
  const {tws, infos, until} = await ready();
  tws.controls.nightlyReset();
  await until(EventName.disconnected);
  expect(codes(infos)).toContain(1100);
  const early = client(tws, 2);
  await poll(
    () => early.seen(EventName.disconnected).length || early.errors.length || undefined,
    "a refusal"
  );
  expect(early.seen(EventName.nextValidId)).toEqual([]);
  tws.faults.down = false;
  await client(tws, 3).until(EventName.nextValidId);
});

it("late, twice, reversed: the same messages, steps later, again, the other way round", async () => {
  const {ib, tws, names, seen, until} = await ready({faults: {lateSteps: 2, twice: true, reversed: true}});
  tws.market.pin(CHIPS_ID, QUOTE);
  ib.placeOrder(1, CHIPS, order({orderType: OrderType.MKT}));
  await poll(() => tws.calls.some(({request}) => request.kind === "placeOrder"), "the order");
  tws.tick();
  expect(seen(EventName.orderStatus)).toEqual([]);
  tws.tick();
  tws.tick();
  await until(EventName.commissionReport, 2);
  expect(seen(EventName.execDetails)).toHaveLength(2);
  expect((await until(EventName.orderStatus, 4)).map(([, status]) => status)).toEqual([
    "Submitted",
    "Submitted",
    "Filled",
    "Filled"
  ]);
  expect(names.indexOf("commissionReport")).toBeLessThan(names.indexOf("execDetails"));
});

it("a slow cancel is PendingCancel first, and a fill may overtake it", async () => {
  const {ib, tws, errors, until} = await ready({faults: {cancelSteps: 2}});
  tws.market.pin(CHIPS_ID, QUOTE);
  ib.placeOrder(1, CHIPS, order({lmtPrice: 150}));
  ib.cancelOrder(1);
  await until(EventName.orderStatus, 2);
  tws.market.pin(CHIPS_ID, {...QUOTE, ask: 149.99});
  tws.tick();
  tws.tick();
  expect((await until(EventName.orderStatus, 3)).map(([, status]) => status)).toEqual([
    "Submitted",
    "PendingCancel",
    "Filled"
  ]);
  expect(errors).toEqual([]);
});

it("a correction is the execution's next revision, and moves the position", async () => {
  const {ib, tws, until} = await ready();
  tws.market.pin(CHIPS_ID, QUOTE);
  ib.placeOrder(1, CHIPS, order({orderType: OrderType.MKT}));
  await until(EventName.openOrder);
  tws.tick();
  await until(EventName.execDetails);
  tws.controls.correct("0000e0d5.6a000000.01.01", {quantity: 90, price: 150});
  const [, fixed] = await until(EventName.execDetails, 2);
  expect(fixed[2]).toMatchObject({execId: "0000e0d5.6a000000.01.02", shares: 90, price: 150});
  expect(tws.positions().find(({conId}) => conId === CHIPS_ID)?.quantity).toBe(290);
});

it("market data: not subscribed, delayed, taken by another session, too many lines, the same id", async () => {
  const {ib, tws, errors, seen, until} = await ready({faults: {marketData: "delayed"}});
  ib.reqMktData(1, CHIPS, "", false, false);
  await until(EventName.error);
  ib.reqMarketDataType(3);
  ib.reqMktData(2, CHIPS, "", false, false);
  await until(EventName.marketDataType);
  await until(EventName.tickPrice, 7);
  expect(seen(EventName.marketDataType)).toEqual([[2, 3]]);
  expect(seen(EventName.tickPrice).map(([, type]) => type)).toEqual([66, 67, 68, 72, 73, 75, 76]);
  tws.faults.competing = true;
  ib.reqMktData(3, CHIPS, "", false, false);
  tws.faults.marketData = "live";
  await until(EventName.error, 3);
  tws.faults.competing = false;
  ib.reqMktData(2, CHIPS, "", false, false);
  for (let id = 10; id < 110; ++id) ib.reqMktData(id, CHIPS, "", false, false);
  await until(EventName.error, 5);
  expect(errors.map(({id, code}) => [id, code])).toEqual([
    [1, 354],
    [2, 10167],
    [3, 10197],
    [2, 102],
    [109, 101]
  ]);
});

it("a frozen quote is what is asked for when the venue is closed", async () => {
  const {ib, until} = await ready({hours: () => false});
  ib.reqMarketDataType(2);
  ib.reqMktData(1, CHIPS, "", false, false);
  expect(await until(EventName.marketDataType)).toEqual([[1, 2]]);
});

it("pacing: more than 50 messages in a second get 100, the third time ends the session", async () => {
  const {ib, infos, until} = await ready({faults: {pacing: true}});
  for (let i = 0; i < 160; ++i) ib.reqCurrentTime();
  await until(EventName.disconnected);
  expect(codes(infos).filter((code) => code === 100)).toHaveLength(3);
});

it("historical pacing: the same request for small bars within 15 seconds is a violation", async () => {
  const {ib, errors, until} = await ready({faults: {historicalPacing: true}});
  for (const id of [1, 2])
    ib.reqHistoricalData(id, CHIPS, "", "60 S", "5 secs" as never, "TRADES", 1, 1, false);
  await until(EventName.error);
  expect(errors).toEqual([
    {
      id: 2,
      code: 162,
      message: "Historical Market Data Service error message:Historical data request pacing violation"
    }
  ]);
});

it("drop: the cable is cut and an order at work stays at work", async () => {
  const {ib, tws, until} = await ready();
  ib.placeOrder(1, CHIPS, order({lmtPrice: 100}));
  await until(EventName.openOrder);
  tws.controls.drop();
  await until(EventName.disconnected);
  const again = client(tws, 1);
  expect(await again.until(EventName.nextValidId)).toEqual([[2]]);
  again.ib.reqOpenOrders();
  await again.until(EventName.openOrderEnd);
  expect(again.seen(EventName.openOrder).map(([id]) => id)).toEqual([1]);
});

it("bytes of another protocol are noted and end their connection", async () => {
  const tws = await standIn();
  const ended = (bytes: Buffer) =>
    new Promise<void>((resolve) => {
      const socket = connect(tws.port, "127.0.0.1", () => socket.write(bytes));
      socket.resume().on("error", () => undefined);
      socket.on("close", () => resolve());
    });
  await ended(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
  await ended(
    Buffer.concat([Buffer.from("API\0"), framed("v100..193"), frame([71, 2, 1, ""]), frame([4, "x"])])
  );
  expect(tws.broken.map(({message}) => message)).toEqual([
    "not a client of TWS: no API prologue",
    "message 4 ends after 2 fields"
  ]);
});

it("startTws refuses a version that it does not speak, and a port in use", async () => {
  await expect(standIn({version: 200})).rejects.toThrow(
    new RangeError("invalid version: 200, use 176 to 193")
  );
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const {port} = other.address() as {port: number};
  await expect(standIn({port, clock: () => NOW})).rejects.toThrow("EADDRINUSE");
  await new Promise((resolve) => other.close(resolve));
});

it("crash after the acknowledgement: sessions die with the order written down and not filled", async () => {
  const {ib, tws, until} = await ready({faults: {crashAfter: "acknowledgement"}});
  ib.placeOrder(1, CHIPS, order({action: OrderAction.BUY, orderType: OrderType.MKT}));
  await until(EventName.openOrder);
  await until(EventName.disconnected);
  expect((await tws.ledger()).map(({kind}) => kind)).toEqual(["order", "status"]);
});

it("crash after a fill: the ledger has it, and the client was never told", async () => {
  const {ib, tws, seen, until} = await ready({faults: {crashAfter: "fill"}});
  ib.placeOrder(1, CHIPS, order({orderType: OrderType.MKT}));
  await until(EventName.openOrder);
  tws.tick();
  await until(EventName.disconnected);
  expect((await tws.ledger()).map(({kind}) => kind)).toContain("fill");
  expect(seen(EventName.execDetails)).toEqual([]);
});
