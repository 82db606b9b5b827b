/** Groups on IBKR's side: against the stand-in for TWS, over a restart, and where a fill overtakes an order. */
import {expect, it, onTestFinished} from "vitest";
import {NO_LIMITS} from "../../../bridge/execution/paper-run.js";
import type {OrderAsk} from "../../../lib/orders/desk.js";
import type {Tws} from "../../../sim/tws/service.js";
import {ACCOUNT, CHIPS_ID, phase, standIn, VERSIONS, wireTo} from "../broker/ibkr/stand.js";
import {folder, openDesk, ScriptedBroker, ask as askOf} from "./desk.js";
import {openIbkrDesk, PATIENCE} from "./ibkr-desk.js";
import {join} from "node:path";

/** Opens a desk at a stand-in, ready to send. */
async function deskAt(tws: Tws, file: string) {
  const {wire} = wireTo(tws.port);
  await phase(wire, "ready");
  const {trading: desk, close} = await openIbkrDesk(wire, file);
  return {desk, close};
}

let made = 0;
const ask = (more: Partial<OrderAsk>): OrderAsk => ({
  id: `6f1c7b1e-0001-4000-8000-${String(++made).padStart(12, "0")}`,
  account: ACCOUNT,
  conId: CHIPS_ID,
  action: "BUY",
  quantity: 100,
  type: "LMT",
  tif: "GTC",
  oca: "entry",
  ...more
});

it.each(VERSIONS)(
  "version %i: both of a group work, over a restart too; what fills takes the other away, and neither is sent twice",
  async (version) => {
    const tws = await standIn({version, everyMs: 20});
    const file = join(folder(), "orders.db");
    const at = (last: number) =>
      tws.market.pin(CHIPS_ID, {last, bid: last - 0.01, ask: last + 0.01, bidSize: 1000, askSize: 1000});
    at(100);
    const first = await deskAt(tws, file);
    const [low, high] = [ask({limit: 90}), ask({type: "STP", stop: 110})];
    for (const each of [low, high])
      expect((await first.desk.submit(each, "test")).decision.reason).toBe(null);
    const status = (desk: typeof first.desk, {id}: OrderAsk) => desk.order(id)?.status;
    await expect
      .poll(() => [low, high].map((each) => status(first.desk, each)), PATIENCE)
      .toEqual(["working", "held"]);
    await first.close();

    const second = await deskAt(tws, file);
    onTestFinished(second.close);
    expect((await second.desk.submit(low, "test")).order.status).toBe("working");
    at(111);
    await expect
      .poll(() => [low, high].map((each) => status(second.desk, each)), PATIENCE)
      .toEqual(["cancelled", "filled"]);
    const placed = (await tws.ledger()).flatMap((entry) => (entry.kind === "order" ? [entry.order] : []));
    expect(placed.map(({ocaGroup, ocaType}) => [ocaGroup, ocaType])).toEqual([
      ["entry", 1],
      ["entry", 1]
    ]);
    expect((await second.desk.reconcile("test")).reconciliation.isUnlocked).toBe(true);
    const late = await second.desk.submit(ask({limit: 90}), "test");
    expect(late.decision.reason).toBe("an order of its group has filled, which takes it away");
  },
  60_000
);

it("an order that was on its way while another of its group filled is taken back", async () => {
  const broker = new ScriptedBroker("ibkr");
  const {desk} = await openDesk(broker, {mode: "ibkr-paper", port: 7497});
  desk.setLimits(broker.account, {account: NO_LIMITS, strategies: {}}, "test");
  const [first, second, other] = [{oca: "pair"}, {oca: "pair", limit: 99}, {oca: "another", limit: 98}].map(
    askOf
  );
  const sent = [];
  for (const each of [first, second, other]) sent.push((await desk.submit(each, "test")).order.orderId!);
  broker.fill(sent[0], 4); // a part is enough
  await expect.poll(() => broker.cancelled).toEqual([sent[1]]);
  expect(desk.order(first.id)?.status).toBe("partly-filled");
  expect(desk.order(other.id)?.status).toBe("sent");
});
