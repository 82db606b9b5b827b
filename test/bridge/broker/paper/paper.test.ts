import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it, onTestFinished, vi} from "vitest";
import type {BrokerEvent} from "../../../../bridge/broker/broker.js";
import {createPaperBroker} from "../../../../bridge/broker/paper/paper.js";
import {openPaperStore} from "../../../../bridge/broker/paper/store.js";
import type {OrderIntent} from "../../../../lib/orders/order.js";
import {type OrderEvent, stateOf} from "../../../../lib/orders/state.js";
import {APPLE, HandMarket, intent, START} from "./market.js";

/** Opens a broker at prices typed in by hand; what it tells is in `events`. */
function open({path = ":memory:", market = new HandMarket()}: {path?: string; market?: HandMarket} = {}) {
  const broker = createPaperBroker({data: market, store: openPaperStore(path), now: () => market.now});
  const events: BrokerEvent[] = [];
  broker.subscribe((event) => events.push(event));
  onTestFinished(() => broker.close());
  const place = async (order: OrderIntent, {parentId = 0, transmit = true} = {}) => {
    const orderId = broker.takeOrderId(0);
    await broker.place({intent: order, orderId, transmit, ...(parentId && {parentId})});
    return orderId;
  };
  /** Where an order stands by what was told of it. */
  const state = (order: OrderIntent) => stateOf(order, eventsOf(events, order));
  return {broker, market, events, place, state};
}

/** What the journal would hold of an order. */
function eventsOf(events: readonly BrokerEvent[], {id}: OrderIntent): OrderEvent[] {
  const own = new Set<string>();
  return events.flatMap((event): OrderEvent[] => {
    if (event.kind === "order" && event.orderRef === `app:${id}`) return [event.event];
    if (event.kind === "execution" && event.execution.orderRef === `app:${id}`) {
      own.add(event.execution.execId);
      return [{kind: "execution", at: event.execution.time, execution: event.execution}];
    }
    if (event.kind === "commission" && own.has(event.report.execId))
      return [{kind: "commission", at: 0, report: event.report}];
    return [];
  });
}

function temporaryPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "paper-"));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  return join(folder, "paper.db");
}

it("an order goes from taken to filled, with an execution and its commission", async () => {
  const {market, events, place, state, broker} = open();
  const order = intent(1);
  await place(order);
  expect(state(order).status).toBe("working");
  market.move(229.9, 230);
  expect(state(order)).toMatchObject({status: "filled", filled: 100, averagePrice: 230});
  const [fill] = state(order).fills;
  expect(fill).toMatchObject({execId: "paper.00000001.01.01", side: "BOT", shares: 100, account: "PAPER"});
  expect(fill.commission).toEqual({amount: expect.closeTo(1.0072, 12) as number, currency: "USD"});
  expect(broker.positions()).toMatchObject([{label: "AAPL", units: 100, averageCost: 230, price: 229.95}]);
  expect(events.filter(({kind}) => kind === "account")).not.toEqual([]);
});

it("figures are cash and what is held at its price; there is no margin", async () => {
  const {market, place, broker} = open();
  expect(broker.hasMargin).toBe(false);
  expect(broker.figures("PAPER")).toMatchObject({netLiquidation: 100_000, cash: 100_000, currency: "USD"});
  await place(intent(1));
  market.move(230, 230);
  market.move(231, 231);
  const figures = broker.figures("PAPER")!;
  expect(figures.netLiquidation).toBeCloseTo(100_000 + 100 - 1.0072, 9);
  expect(figures.cash).toBeCloseTo(77_000 - 1.0072, 9);
  expect(figures).toMatchObject({grossPosition: 23_100, initMargin: null, cushion: null});
  expect(figures.profit.unrealized).toBeCloseTo(100, 9);
  expect(figures.profit.daily).toBeCloseTo(98.9928, 9);
});

it("a line is held open while something waits or is held, and no longer", async () => {
  const {market, place} = open();
  await place(intent(1));
  expect([...market.watched]).toEqual([APPLE.conId]);
  market.move(230, 230);
  await place(intent(2, {action: "SELL"}));
  market.move(230, 230);
  expect([...market.watched]).toEqual([]);
});

it("a bracket: the exit that fills takes the other away", async () => {
  const {market, place, state} = open();
  const [entry, target, stop] = [
    intent(1),
    intent(2, {action: "SELL", type: "LMT", limit: 240, tif: "GTC", parent: intent(1).id}),
    intent(3, {action: "SELL", type: "STP", stop: 220, tif: "GTC", parent: intent(1).id})
  ];
  const parentId = await place(entry, {transmit: false});
  await place(target, {parentId, transmit: false});
  market.move(229.9, 230);
  expect([entry, target].map((each) => state(each).status)).toEqual(["held", "held"]);
  await place(stop, {parentId});
  market.move(229.9, 230);
  expect([entry, target, stop].map((each) => state(each).status)).toEqual(["filled", "working", "held"]);
  market.move(241, 241.1);
  expect([target, stop].map((each) => state(each).status)).toEqual(["filled", "cancelled"]);
});

it("a cancel ends what waits; a rejected order says why", async () => {
  const {broker, market, place, state} = open();
  const [waits, dear] = [intent(1, {type: "LMT", limit: 200}), intent(2, {quantity: 1000})];
  await broker.cancel(await place(waits));
  await place(dear);
  market.move(229.9, 230);
  expect(state(waits).status).toBe("cancelled");
  expect(state(dear)).toMatchObject({
    status: "rejected",
    problem: {code: 201, message: "Order rejected - reason:it costs 230005.07, free are 100000.00"}
  });
});

it("a cancel overtakes an order that is still looked up; a dropped one is never taken", async () => {
  const {broker, state, place} = open();
  const [first, second] = [intent(1), intent(2)];
  const placed = place(first);
  await broker.cancel(1);
  await placed;
  expect(state(first).status).toBe("cancelled");
  const orderId = broker.takeOrderId(0);
  const dropped = broker.place({intent: second, orderId, transmit: true});
  broker.dropQueue();
  expect(await dropped).toBe(false);
  expect((await broker.readLists(new AbortController().signal)).working?.rows).toEqual([]);
});

it("an order of a contract that cannot be looked up, or of another account, is rejected", async () => {
  const {market, place, state} = open();
  const [other, lost] = [intent(1, {account: "DU1"}), intent(2, {contract: {...APPLE, conId: 7}})];
  await place(other);
  await place(lost);
  market.isDown = true;
  expect(state(other).problem?.message).toMatch(/there is no account DU1 on paper: it is PAPER$/);
  expect(state(lost)).toMatchObject({status: "rejected"});
  expect(state(lost).problem?.message).toMatch(/there is no contract 7$/);
});

it("the account, what waits and what was filled survive a restart; numbers go on", async () => {
  const [path, market] = [temporaryPath(), new HandMarket()];
  const first = open({path, market});
  const waits = intent(2, {type: "LMT", limit: 200, tif: "GTC"});
  await first.place(intent(1));
  await first.place(waits);
  market.move(229.9, 230);
  const figures = first.broker.figures("PAPER");
  await first.broker.close();

  const second = open({path, market});
  expect(second.broker.figures("PAPER")).toEqual(figures);
  const lists = await second.broker.readLists(new AbortController().signal);
  expect(lists.working).toMatchObject({reads: 1, reachesTo: 0, rows: [{orderRef: `app:${waits.id}`}]});
  expect(lists.completed?.rows).toMatchObject([{orderRef: `app:${intent(1).id}`, status: "Filled"}]);
  expect(lists.executions?.rows).toHaveLength(1);
  expect(lists.positions?.rows).toEqual([{account: "PAPER", conId: APPLE.conId, units: 100}]);
  expect(second.broker.takeOrderId(0)).toBe(3);
  expect(second.broker.takeOrderId(41)).toBe(42);
  await expect.poll(() => [...market.watched]).toEqual([APPLE.conId]);
  market.move(199, 199.5);
  expect(second.state(waits)).toMatchObject({status: "filled", averagePrice: 199.5});
});

it("reset begins anew with cash alone, cancels what works and keeps what was filled listed", async () => {
  const {broker, market, place, state} = open();
  const waits = intent(2, {type: "LMT", limit: 200, tif: "GTC"});
  await place(intent(1));
  await place(waits);
  market.move(230, 230);
  broker.reset();
  expect(state(waits).status).toBe("cancelled");
  expect(broker.positions()).toEqual([]);
  expect(broker.figures("PAPER")).toMatchObject({netLiquidation: 100_000, grossPosition: 0});
  const {executions} = await broker.readLists(new AbortController().signal);
  expect(executions?.rows).toHaveLength(1);
});

it("whatIf tells the commission and no margins", async () => {
  const {broker, market} = open();
  market.move(229.9, 230);
  const told = await broker.whatIf(intent(1, {quantity: 1000}));
  expect(told).toMatchObject({initMarginAfter: null, commissionCurrency: "USD"});
  expect(told.commission).toBeCloseTo(5.072, 9);
});

const HOUR = 3_600_000;

it("an order for the close fills at the last quote of its session when the clock says that it is over; DAY ends then", async () => {
  vi.useFakeTimers({toFake: ["setInterval", "clearInterval"]});
  onTestFinished(() => void vi.useRealTimers());
  const market = new HandMarket([
    {from: START - HOUR, to: START + HOUR},
    {from: START + 23 * HOUR, to: START + 25 * HOUR}
  ]);
  const {place, state} = open({market});
  const [close, day] = [intent(1, {type: "MOC"}), intent(2, {type: "LMT", limit: 1})];
  await place(close);
  await place(day);
  market.now = START + HOUR - 3000;
  market.move(230, 230.1);
  vi.advanceTimersByTime(1000);
  expect([close, day].map((each) => state(each).status)).toEqual(["held", "working"]);
  market.now = START + HOUR + 1;
  vi.advanceTimersByTime(1000);
  expect(state(close)).toMatchObject({status: "filled", averagePrice: 230.1});
  expect(state(day)).toMatchObject({status: "cancelled", problem: {code: 202}});
});

it("hours are asked for anew once the last session that was known is over", async () => {
  const market = new HandMarket([{from: START - HOUR, to: START + HOUR}]);
  const asks = vi.spyOn(market, "contracts");
  const {place, state} = open({market});
  const order = intent(1, {type: "LMT", limit: 200, tif: "GTC"});
  await place(order);
  market.move(230, 230.1);
  expect(asks).toHaveBeenCalledTimes(1);
  market.now = START + 48 * HOUR;
  market.move(199, 199.1);
  expect(asks).toHaveBeenCalledTimes(2);
  expect(state(order).status).toBe("filled");
});

it("what is held in another currency counts at the data's rate; without one the account's worth is n/a", async () => {
  const market = new HandMarket();
  const {broker, place, state} = open({market});
  const euros = {...APPLE, symbol: "SAP", currency: "EUR"};
  const order = intent(1, {contract: euros});
  await place(order);
  market.move(100, 100);
  expect(state(order).problem?.message).toMatch(/EUR/);
  vi.spyOn(market, "accounts").mockReturnValue(["DU1"]);
  const figures = {...broker.figures("PAPER")!, currency: "GBP", rates: {USD: 0.8, EUR: 0.88, GBP: 1}};
  vi.spyOn(market, "figures").mockReturnValue(figures as never);
  const again = intent(2, {contract: euros});
  await place(again);
  market.move(100, 100);
  expect(state(again).status).toBe("filled");
  expect(broker.figures("PAPER")?.grossPosition).toBeCloseTo(100 * 100 * 1.1, 6);
  vi.spyOn(market, "accounts").mockReturnValue([]);
  expect(broker.figures("PAPER")?.netLiquidation).toBeNull();
});
