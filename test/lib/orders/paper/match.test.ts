import {expect, it} from "vitest";
import {proportionalCosts} from "../../../../lib/backtest/costs/costs.js";
import {PROFILES} from "../../../../lib/backtest/contract.js";
import type {OrderContract} from "../../../../lib/orders/order.js";
import {INTENT} from "../orders.js";
import {HandDesk} from "./desk.js";

const SAP: OrderContract = {...INTENT.contract, symbol: "SAP", currency: "EUR", exchange: "IBIS"};

it("an order at the market fills at the quote after it was taken, never at the one before", () => {
  const desk = new HandDesk();
  desk.quote(10);
  desk.order();
  expect(desk.fills()).toEqual([]);
  desk.quote(12);
  expect(desk.fills()).toEqual([[10, 12]]);
  expect(desk.account.cash).toEqual({USD: 99_880});
});

it("a quote that is older than the order does not fill it, when it comes late", () => {
  const desk = new HandDesk();
  desk.order();
  desk.quote(10, {at: desk.now - 1});
  expect(desk.fills()).toEqual([]);
});

it("a purchase pays the ask, a sale gets the bid", () => {
  const desk = new HandDesk();
  desk.order();
  desk.quote(10, {bid: 9.9, ask: 10.1});
  desk.order({action: "SELL"});
  desk.quote(10, {bid: 9.8, ask: 10.2});
  expect(desk.fills()).toEqual([
    [10, 10.1],
    [10, 9.8]
  ]);
  expect(desk.account.realized).toBeCloseTo(-3, 12);
});

it("a limit waits for its price, and fills at a better one that is quoted", () => {
  const desk = new HandDesk();
  desk.order({type: "LMT", limit: 9.5});
  desk.quote(10);
  expect(desk.fills()).toEqual([]);
  desk.quote(9.4);
  expect(desk.fills()).toEqual([[10, 9.4]]);
});

it("a limit on the way fills at its own price", () => {
  const desk = new HandDesk();
  desk.order({type: "LMT", limit: 9.5});
  desk.quote(10);
  desk.quote(9, {moment: "way"});
  expect(desk.fills()).toEqual([[10, 9.5]]);
});

it("a stop that the quote has passed fills worse than its price, on the way at it", () => {
  for (const [moment, price] of [
    ["jump", 92],
    ["way", 95]
  ] as const) {
    const desk = new HandDesk();
    desk.order();
    desk.quote(100);
    const stop = desk.order({action: "SELL", type: "STP", stop: 95});
    desk.quote(92, {moment});
    expect(desk.fills(stop)).toEqual([[10, price]]);
  }
});

it("a stop with a limit waits at its limit once the stop was met", () => {
  const desk = new HandDesk();
  const order = desk.order({type: "STP LMT", stop: 105, limit: 106});
  desk.quote(107);
  expect(desk.fills()).toEqual([]);
  desk.quote(104);
  expect(desk.fills(order)).toEqual([[10, 104]]);
});

it("a trailing stop begins at the price of its decision and follows the best", () => {
  const desk = new HandDesk();
  desk.order();
  desk.quote(100);
  const trail = desk.order({action: "SELL", type: "TRAIL", trail: {amount: 3}});
  desk.quote(104);
  desk.quote(103);
  desk.quote(101, {moment: "way"});
  expect(desk.fills(trail)).toEqual([[10, 101]]);
});

it("what is quoted bounds a fill; the same quote again gives no more", () => {
  const desk = new HandDesk();
  const order = desk.order({quantity: 100});
  desk.quote(10, {askSize: 60});
  desk.quote(10, {askSize: 60});
  expect(desk.fills(order)).toEqual([[60, 10]]);
  desk.quote(10, {askSize: 70});
  expect(desk.fills(order)).toEqual([
    [60, 10],
    [40, 10]
  ]);
  expect(desk.account.orders).toEqual([]);
});

it("of what was traded a share may be filled: 300 and 500 at 0.1, an order for 70: 30 and 40", () => {
  const desk = new HandDesk({rules: {...PROFILES.default, volumeShare: 0.1}});
  const order = desk.order({quantity: 70});
  desk.quote(10, {traded: 300});
  desk.quote(11, {traded: 500});
  expect(desk.fills(order)).toEqual([
    [30, 10],
    [40, 11]
  ]);
});

it("IOC takes what there is and goes; FOK takes all or nothing", () => {
  const desk = new HandDesk();
  const ioc = desk.order({quantity: 80, tif: "IOC"});
  desk.quote(10, {askSize: 50});
  const fok = desk.order({quantity: 80, tif: "FOK"});
  desk.quote(11, {askSize: 50});
  expect(desk.fills()).toEqual([[50, 10]]);
  expect(desk.end(ioc)).toBe("cancelled: it was not filled at once");
  expect(desk.end(fok)).toBe("cancelled: too little is quoted: 50");
});

it("buying without the cash is rejected as a whole, closing never", () => {
  const desk = new HandDesk({cash: 1000});
  const order = desk.order({quantity: 81});
  desk.quote(12.5);
  expect(desk.end(order)).toBe("rejected: it costs 1012.50, free are 1000.00");
  desk.order({quantity: 80});
  desk.quote(12.5);
  const turn = desk.order({quantity: 400, action: "SELL"});
  desk.quote(12.5);
  expect(desk.fills(turn)).toEqual([[80, 12.5]]);
  expect(desk.end(turn)).toMatch(/^rejected: it costs 4000/);
  expect(desk.units).toBe(0);
});

it("an order that only reduces is cut to what is held, and cancelled where nothing is", () => {
  const desk = new HandDesk();
  const early = desk.order({action: "SELL", reduceOnly: true});
  desk.quote(10);
  expect(desk.end(early)).toBe("cancelled: nothing is held to reduce");
  desk.order({quantity: 4});
  desk.quote(10);
  const late = desk.order({action: "SELL", reduceOnly: true});
  desk.quote(10);
  expect(desk.fills(late)).toEqual([[4, 10]]);
  expect(desk.end(late)).toBe("cancelled: there is no more for it to do");
});

it("exits begin to work as far as their entry fills, share their units and go together", () => {
  const desk = new HandDesk();
  const entry = desk.order({quantity: 10}, {transmit: false});
  const target = desk.order({action: "SELL", type: "LMT", limit: 105}, {parentId: entry, transmit: false});
  const stop = desk.order({action: "SELL", type: "STP", stop: 95}, {parentId: entry});
  desk.quote(100, {askSize: 6});
  expect(desk.fills(entry)).toEqual([[6, 100]]);
  desk.quote(106, {bidSize: 4, ask: 107, askSize: 0});
  expect(desk.fills(target)).toEqual([[4, 106]]);
  desk.quote(100, {askSize: 4});
  expect(desk.fills(entry)).toEqual([
    [6, 100],
    [4, 100]
  ]);
  desk.quote(94);
  expect(desk.fills(stop)).toEqual([[6, 94]]);
  expect(desk.units).toBe(0);
  expect(desk.end(target)).toMatch(/its group filled$/);
  expect(desk.account.orders).toEqual([]);
});

it("nothing of a bracket works before its last order has come", () => {
  const desk = new HandDesk();
  const entry = desk.order({}, {transmit: false});
  desk.quote(100);
  expect(desk.fills()).toEqual([]);
  desk.order({action: "SELL", type: "STP", stop: 95}, {parentId: entry});
  desk.quote(100);
  expect(desk.fills()).toEqual([[10, 100]]);
});

it("exits of an entry that ends unfilled go with it; an exit without an entry is rejected", () => {
  const desk = new HandDesk();
  const entry = desk.order({type: "LMT", limit: 90}, {transmit: false});
  const stop = desk.order({action: "SELL", type: "STP", stop: 80}, {parentId: entry});
  desk.cancel(entry);
  expect(desk.end(stop)).toBe("cancelled: its entry is over");
  const orphan = desk.order({action: "SELL", type: "STP", stop: 80}, {parentId: entry});
  expect(desk.end(orphan)).toBe("rejected: its entry is not there");
});

it("orders of one group take each other's units; those of another contract go", () => {
  const desk = new HandDesk();
  const first = desk.order({type: "LMT", limit: 10, quantity: 10, oca: "x"});
  const second = desk.order({type: "LMT", limit: 9, quantity: 6, oca: "x"});
  desk.quote(10, {askSize: 6});
  expect(desk.fills(first)).toEqual([[6, 10]]);
  expect(desk.end(second)).toBe(`cancelled: order ${first} of its group filled`);
});

it.each([
  ["delayed", "the quote is delayed: an order at the market waits for a live one"],
  ["frozen", "the quote is frozen: an order at the market waits for a live one"]
] as const)("a %s quote never fills an order at the market, and it says so once", (kind, reason) => {
  const desk = new HandDesk();
  desk.order();
  desk.quote(10, {kind});
  desk.quote(10, {kind});
  expect(desk.fills()).toEqual([]);
  expect(desk.events.filter((event) => event.kind === "waits").map((event) => event.reason)).toEqual([
    reason
  ]);
});

it("a live quote that is 16 s old when it is told never fills an order at the market", () => {
  const desk = new HandDesk();
  desk.order();
  desk.now += 16_000;
  desk.quote(10, {at: desk.now - 15_500});
  expect(desk.fills()).toEqual([]);
  expect(desk.account.orders[0].problem).toMatch(/^the quote is 17 s old/);
});

it("a limit fills at a delayed quote at its own price, never better", () => {
  const desk = new HandDesk();
  desk.order({type: "LMT", limit: 9.5});
  desk.quote(9, {kind: "delayed"});
  expect(desk.fills()).toEqual([[10, 9.5]]);
});

it("commission is of the whole order: parts of it pay a minimum once", () => {
  const fee = {...proportionalCosts(), commission: (units: number) => Math.max(1, 0.005 * Math.abs(units))};
  const desk = new HandDesk({costs: fee});
  desk.order({quantity: 300});
  for (const askSize of [100, 150, 200]) desk.quote(10, {askSize});
  const fees = desk.events.flatMap((event) => (event.kind === "fill" ? [event.commission] : []));
  expect(fees).toEqual([1, 0.25, 0.25]);
});

it("a holding in another currency is paid for in it, and counts at its rate", () => {
  const desk = new HandDesk({cash: 1000, rates: {EUR: 1.1}});
  const order = desk.order({contract: SAP, quantity: 100});
  desk.quote(5);
  expect(desk.fills(order)).toEqual([[100, 5]]);
  expect(desk.account.cash).toEqual({USD: 1000, EUR: -500});
  const more = desk.order({contract: SAP, quantity: 100});
  desk.quote(5);
  expect(desk.end(more)).toBe("rejected: it costs 550.00, free are 450.00");
});

it("an order in a currency without a rate is rejected, and says which", () => {
  const desk = new HandDesk();
  const order = desk.order({contract: SAP});
  desk.quote(5);
  expect(desk.end(order)).toBe("rejected: there is no rate of EUR to book it at");
});
