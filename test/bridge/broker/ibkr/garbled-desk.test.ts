/** What cannot be read, seen from the desk: it is locked until everything was compared, and nothing is sent twice. */

import {join} from "node:path";
import {describe, expect, it, onTestFinished} from "vitest";
import type {OrderAsk} from "../../../../lib/orders/desk.js";
import {frame} from "../../../../sim/tws/wire/frames.js";
import {folder} from "../../execution/desk.js";
import {openIbkrDesk, PATIENCE} from "../../execution/ibkr-desk.js";
import {ACCOUNT, CHIPS_ID, linked, poll, VERSIONS} from "./stand.js";

const SHORT = Buffer.from([0xff, 0xff, 0xff, 0xfc]); // a message of -4 bytes

const RESTING: OrderAsk = {
  id: "6f1c7b1e-0002-4000-8000-000000000001",
  account: ACCOUNT,
  conId: CHIPS_ID,
  action: "BUY",
  quantity: 100,
  type: "LMT",
  limit: 90,
  tif: "GTC"
};

async function desk(version: number) {
  const one = await linked({version, clock: () => new Date(), everyMs: 20}, {}, true);
  one.tws.market.pin(CHIPS_ID, {last: 100, bid: 99.99, ask: 100.01, bidSize: 1000, askSize: 1000});
  const {trading, close} = await openIbkrDesk(one.wire, join(folder(), "orders.db"));
  onTestFinished(close);
  const placed = () =>
    one.tws.calls.filter(({request}) => request.kind === "placeOrder" && !request.order.whatIf);
  const status = () => trading.order(RESTING.id)?.status;
  return {...one, trading, placed, status};
}

describe.each(VERSIONS)("at version %i", (version) => {
  it("bytes that are no message lock the desk until all was compared; the order works on, sent once", async () => {
    const {tws, trading, placed, status, told, readies} = await desk(version);
    expect((await trading.submit(RESTING, "test")).decision.reason).toBe(null);
    await expect.poll(status, PATIENCE).toBe("working");
    const locks: (string | null)[] = [];
    const off = trading.subscribe(() => void locks.push(trading.status().blocked));
    tws.controls.say(SHORT);
    await poll(() => told.some(({sentence}) => sentence.includes("could not be read")), "the report");
    await poll(() => readies.length === 2, "the next connection");
    await expect.poll(() => trading.status().blocked, PATIENCE).toBe(null);
    off();
    expect(locks.some((why) => why !== null)).toBe(true);
    expect((await trading.submit(RESTING, "test")).order.status).toBe("working");
    expect([placed().length, status()]).toEqual([1, "working"]);
  });

  it("a rejection whose details are no JSON ends its order, and the link goes on", async () => {
    const {tws, trading, placed, status, readies} = await desk(version);
    expect((await trading.submit(RESTING, "test")).decision.reason).toBe(null);
    await expect.poll(status, PATIENCE).toBe("working");
    const {request} = placed()[0];
    const {orderId} = request as {orderId: number};
    tws.controls.say(frame([4, 2, orderId, 201, "Order rejected - reason:too small", "{broken"]));
    await expect.poll(status, PATIENCE).toBe("rejected");
    expect([readies.length, placed().length]).toEqual([1, 1]);
  });
});
