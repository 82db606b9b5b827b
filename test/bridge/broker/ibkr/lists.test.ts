import {EventName} from "@stoqey/ib";
import {describe, expect, it} from "vitest";
import {createLists, type Lists} from "../../../../bridge/broker/ibkr/lists.js";
import type {WireOptions} from "../../../../bridge/broker/ibkr/connect.js";
import type {TwsOptions} from "../../../../sim/tws/service.js";
import {
  ACCOUNT,
  CHIPS,
  CHIPS_ID,
  CLIENT_ID,
  linked,
  type Linked,
  NOW,
  order,
  poll,
  VERSIONS,
  WATER,
  WATER_ID
} from "./stand.js";

const QUOTE = {last: 150, bid: 149.98, ask: 150.02, bidSize: 300, askSize: 400, close: 148};
/** Midnight in New York before NOW, 10:00 there. */
const MIDNIGHT = Date.UTC(2026, 10, 20, 5);
const now = () => NOW.getTime();
const never = new AbortController().signal;

async function reader(
  options: TwsOptions = {},
  wireOptions: Partial<WireOptions> = {},
  timeoutMs = 20_000
): Promise<Linked & {lists: Lists; kinds: () => string[]}> {
  const one = await linked(options, {now, ...wireOptions});
  const lists = createLists({
    wire: one.wire,
    now,
    magnifierOf: (conId) => (conId === WATER_ID ? 100 : 1),
    timeoutMs
  });
  const kinds = () =>
    one.tws.calls
      .map(({request}) => request.kind)
      .filter((kind) => !["startApi", "currentTime"].includes(kind));
  return {...one, lists, kinds};
}

describe.each(VERSIONS)("at version %i", (version) => {
  it("read(signal) reads positions, working orders, completed orders, executions, each once to its end", async () => {
    const {tws, wire, lists, kinds} = await reader({version});
    tws.market.pin(CHIPS_ID, QUOTE);
    tws.market.pin(WATER_ID, {last: 5, bid: 4.999, ask: 5.001, bidSize: 900, askSize: 900, close: 5});
    const place = (id: number, contract: object, fields: object) =>
      wire.send("order", (api) => api.placeOrder(id, contract, order({orderRef: `app:${id}`, ...fields})));
    await place(1_000_001, CHIPS, {lmtPrice: 100});
    await place(1_000_002, CHIPS, {lmtPrice: 90});
    await place(1_000_003, WATER, {lmtPrice: 501, totalQuantity: 10});
    await wire.send("cancel", (api) => api.cancelOrder(1_000_002));
    await poll(() => kinds().length === 4, "the orders");
    tws.tick();
    const {positions, working, completed, executions} = await lists.read(never);
    expect(kinds().slice(4)).toEqual(["positions", "allOpenOrders", "completedOrders", "executions"]);
    expect(positions?.rows).toContainEqual({account: ACCOUNT, conId: CHIPS_ID, units: 200});
    expect(positions?.rows).toHaveLength(tws.positions().length);
    expect(working?.rows).toMatchObject([
      {account: ACCOUNT, conId: CHIPS_ID, orderId: 1_000_001, clientId: CLIENT_ID, orderRef: "app:1000001"}
    ]);
    expect(completed?.rows.map(({orderRef, orderId, status}) => [orderRef, orderId, status]).sort()).toEqual([
      ["app:1000002", 0, "Cancelled"],
      ["app:1000003", 0, "Filled"]
    ]);
    expect(executions?.rows).toMatchObject([{conId: WATER_ID, price: 5.001, orderRef: "app:1000003"}]);
    expect([positions, working, completed, executions].map((list) => [list?.reads, list?.reachesTo])).toEqual(
      [
        [1, 0],
        [1, 0],
        [1, MIDNIGHT],
        [1, MIDNIGHT]
      ]
    );
    expect([wire.protocolErrors, tws.broken]).toEqual([0, []]);
  });

  it("in read-only mode no list of orders is asked for once 321 came, positions and executions are", async () => {
    const {lists, kinds, wire} = await reader({version, faults: {readOnly: true}});
    const first = await lists.read(never);
    const second = await lists.read(never);
    for (const {working, completed, positions, executions} of [first, second]) {
      expect([working, completed]).toEqual([null, null]);
      expect([positions?.reads, executions?.reads]).toEqual([1, 1]);
    }
    expect(kinds()).toEqual(["positions", "allOpenOrders", "executions", "positions", "executions"]);
    expect(wire.status()).toMatchObject({phase: "ready", isReadOnly: true});
    expect(await wire.send("order", (api) => api.placeOrder(1_000_001, CHIPS, order({lmtPrice: 1})))).toBe(
      false
    );
  });

  it("read(signal) is not misled by the end of somebody else's question after positions", async () => {
    const {lists, wire, tws} = await reader({version});
    let ends = 0;
    wire.on(EventName.positionEnd, () => void ++ends);
    const [, first, second] = await Promise.all([
      wire.send("request", (api) => api.reqPositions()),
      lists.read(never),
      lists.read(never)
    ]);
    expect(ends).toBe(3);
    for (const {positions} of [first, second]) expect(positions?.rows).toHaveLength(tws.positions().length);
  });

  it("read(signal) shows an order made by hand in TWS as one without a reference", async () => {
    const {lists, tws} = await reader({version});
    tws.controls.byHand(CHIPS_ID, "BUY", 5, 90);
    const {working} = await lists.read(never);
    expect(working?.rows).toMatchObject([{conId: CHIPS_ID, clientId: 0, orderRef: ""}]);
  });

  it("read(signal) fails with a sentence when TWS falls silent", async () => {
    const {lists, tws} = await reader({version}, {}, 300);
    tws.faults.silent = true;
    await expect(lists.read(never)).rejects.toMatchObject({
      status: 504,
      message: "TWS gave no positions within 0.3 s: try again"
    });
  });

  it("read(signal) fails when the link goes, and as its signal says", async () => {
    const {lists, tws} = await reader({version});
    tws.faults.silent = true;
    const stopped = new AbortController();
    const reading = lists.read(stopped.signal);
    stopped.abort(new Error("closed"));
    await expect(reading).rejects.toThrow("closed");
    const lost = lists.read(never);
    tws.controls.drop();
    await expect(lost).rejects.toMatchObject({status: 503});
  });

  it("lists of the day reach back to nothing when TWS's clock is no zone's distance from ours", async () => {
    const {lists} = await reader({version}, {now: () => NOW.getTime() + 3 * 86_400_000});
    const {executions} = await lists.read(never);
    expect(executions?.reachesTo).toBe(NOW.getTime());
  });
});
