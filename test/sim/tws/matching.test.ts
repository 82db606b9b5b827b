import {expect, it} from "vitest";
import {trader} from "./exchange-stand.js";

it("a market order takes the ask, a limit order only what its limit allows, never worse", () => {
  const {send, at, fills} = trader();
  send(1, {});
  send(2, {orderType: "LMT", lmtPrice: 149});
  send(3, {orderType: "LMT", lmtPrice: 155});
  at(150);
  expect(fills()).toEqual([
    [1, 100, 150.01],
    [3, 100, 150.01]
  ]);
  at(148.5);
  expect(fills()[2]).toEqual([2, 100, 148.51]);
});

it("orders share the quote's size in the order in which they came, and fill in parts", () => {
  const {send, at, fills, states} = trader();
  send(1, {});
  send(2, {});
  at(150, {askSize: 130});
  expect(fills()).toEqual([
    [1, 100, 150.01],
    [2, 30, 150.01]
  ]);
  expect(states()).toEqual({1: "Filled 100", 2: "Submitted 30"});
  at(151, {askSize: 130});
  expect(fills()[2]).toEqual([2, 70, 151.01]);
});

it("all or none waits for enough; FOK takes all at once or nothing; IOC takes what there is", () => {
  const {send, at, fills, states} = trader();
  send(1, {allOrNone: true});
  send(2, {tif: "FOK"});
  send(3, {tif: "IOC"});
  at(150, {askSize: 60});
  expect(fills()).toEqual([[3, 60, 150.01]]);
  expect(states()).toEqual({1: "Submitted 0", 2: "Cancelled 0", 3: "Cancelled 60"});
  at(150);
  expect(fills()[1]).toEqual([1, 100, 150.01]);
});

it("a stop waits for the last price, then is a market order; a stop limit is a limit order", () => {
  const {send, at, fills, states} = trader();
  send(1, {action: "SELL", orderType: "STP", auxPrice: 145});
  send(2, {action: "SELL", orderType: "STP LMT", auxPrice: 145, lmtPrice: 144.5});
  at(146);
  expect(states()).toEqual({1: "PreSubmitted 0 trigger", 2: "PreSubmitted 0 trigger"});
  at(144);
  expect(fills()).toEqual([[1, 100, 143.99]]);
  expect(states()[2]).toBe("Submitted 0");
  at(145);
  expect(fills()[1]).toEqual([2, 100, 144.99]);
});

it("a trailing stop follows the price up and not down; by amount and by percent", () => {
  const {send, at, fills} = trader();
  send(1, {action: "SELL", orderType: "TRAIL", auxPrice: 5});
  send(2, {action: "SELL", orderType: "TRAIL", trailingPercent: 10});
  for (const last of [150, 160, 156]) at(last); // stops stand at 155 and 144
  expect(fills()).toEqual([]);
  at(155);
  expect(fills()).toEqual([[1, 100, 154.99]]);
  at(144);
  expect(fills()[1]).toEqual([2, 100, 143.99]);
});

it("a bracket waits until its last order transmits; children wait for the parent; one child cancels the other", () => {
  const {send, at, states, told} = trader();
  send(1, {orderType: "LMT", lmtPrice: 150, transmit: false});
  send(2, {action: "SELL", orderType: "LMT", lmtPrice: 160, parentId: 1, transmit: false});
  expect(told).toEqual([]);
  at(149);
  expect(states()).toEqual({});
  send(3, {action: "SELL", orderType: "STP", auxPrice: 140, parentId: 1});
  expect(states()).toEqual({1: "Submitted 0", 2: "PreSubmitted 0 child", 3: "PreSubmitted 0 child"});
  at(149);
  expect(states()).toEqual({1: "Filled 100", 2: "Submitted 0", 3: "PreSubmitted 0 trigger"});
  at(160.01);
  expect(states()).toEqual({1: "Filled 100", 2: "Filled 100", 3: "Cancelled 0"});
});

it("a bracket's children go with a parent that got nothing, and protect what it got in part", () => {
  const {send, at, states, cancel, fills} = trader();
  const bracket = (first: number) => {
    send(first, {orderType: "LMT", lmtPrice: 150, transmit: false});
    send(first + 1, {action: "SELL", orderType: "STP", auxPrice: 140, parentId: first});
  };
  bracket(1);
  cancel(1);
  expect(states()).toEqual({1: "Cancelled 0", 2: "Cancelled 0"});
  bracket(3);
  at(149, {askSize: 40});
  cancel(3);
  expect(states()).toMatchObject({3: "Cancelled 40", 4: "PreSubmitted 0 trigger"});
  at(139);
  expect(fills().at(-1)).toEqual([4, 40, 138.99]);
});

it("an OCA group of type 1 cancels the others at the first fill; type 2 takes the same share off them", () => {
  const first = trader();
  first.send(1, {orderType: "LMT", lmtPrice: 150, ocaGroup: "g", ocaType: 1});
  first.send(2, {orderType: "LMT", lmtPrice: 145, ocaGroup: "g", ocaType: 1});
  first.at(149, {askSize: 10});
  expect(first.states()).toEqual({1: "Submitted 10", 2: "Cancelled 0"});
  const second = trader();
  second.send(1, {orderType: "LMT", lmtPrice: 150, ocaGroup: "g", ocaType: 2});
  second.send(2, {orderType: "LMT", lmtPrice: 145, totalQuantity: 200, ocaGroup: "g", ocaType: 2});
  second.at(149, {askSize: 25});
  expect(second.exchange.working().map(({quantity}) => quantity)).toEqual([100, 150]);
  second.at(149);
  expect(second.states()).toEqual({1: "Filled 100", 2: "Cancelled 0"});
});

it("day orders end with the session, good-till-cancelled ones stay, closed hours hold what comes", () => {
  const {send, at, open, states, fills, told} = trader();
  send(1, {orderType: "LMT", lmtPrice: 100, tif: "DAY"});
  send(2, {orderType: "LMT", lmtPrice: 100});
  at(150);
  open(false);
  at(150);
  expect(states()).toEqual({1: "Cancelled 0", 2: "Submitted 0"});
  send(3, {});
  expect(states()[3]).toBe("PreSubmitted 0 open");
  expect(told.at(-1)).toMatchObject({kind: "error", orderId: 3, code: 399});
  at(150);
  expect(fills()).toEqual([]);
  open(true);
  at(151);
  expect(fills()).toEqual([[3, 100, 151.01]]);
});

it("orders for the auctions trade at the open's and the close's price, whole, or are cancelled", () => {
  const {send, at, open, states, fills} = trader();
  open(false);
  at(150);
  send(1, {tif: "OPG"});
  send(2, {tif: "OPG", orderType: "LMT", lmtPrice: 149});
  open(true);
  at(152);
  expect(fills()).toEqual([[1, 100, 152]]);
  expect(states()[2]).toBe("Cancelled 0");
  send(3, {orderType: "MOC"});
  send(4, {orderType: "LOC", lmtPrice: 150});
  at(152);
  expect(fills()).toHaveLength(1);
  open(false);
  at(153, {askSize: 1});
  expect(fills()[1]).toEqual([3, 100, 153]);
  expect(states()[4]).toBe("Cancelled 0");
});

it("good-till-date ends at its time, good-after-time begins at its", () => {
  const {send, at, to, states, fills} = trader();
  send(1, {orderType: "LMT", lmtPrice: 100, tif: "GTD", goodTillDate: "20261120-15:10:00"});
  send(2, {goodAfterTime: "20261120-15:05:00"});
  at(150);
  expect(fills()).toEqual([]);
  to("2026-11-20T15:05:00Z");
  at(150);
  expect(fills()).toEqual([[2, 100, 150.01]]);
  to("2026-11-20T15:10:00Z");
  at(150);
  expect(states()[1]).toBe("Cancelled 0");
});

it("a fill moves cash and position, and a sale realizes against average cost, less commission", () => {
  const {send, at, house, exchange} = trader();
  const now = new Date("2026-11-20T15:00:00Z");
  const cash = () => house.cash("DU7000001").get("USD");
  send(1, {}); // 100 at 150.01 for 1.00, beside 200 at 120.25
  at(150);
  expect(cash()).toBe(250_000 - 15_001 - 1);
  const cost = (200 * 120.25 + 15_001) / 300;
  expect(
    house
      .holdings("DU7000001", now)
      .find(({listing}) => listing.symbol === "LKMQ" && listing.secType === "STK")
  ).toMatchObject({quantity: 300, averageCost: Number(cost.toFixed(10))});
  send(2, {action: "SELL"});
  at(160);
  expect(exchange.fills()[1].realized).toBeCloseTo(100 * (159.99 - cost) - 1, 6);
});

it("the twenty-first working order on one side of a contract is rejected", () => {
  const {send, told} = trader();
  for (let id = 1; id <= 21; ++id) send(id, {orderType: "LMT", lmtPrice: 100, totalQuantity: 1});
  expect(told.filter(({kind}) => kind === "error")).toMatchObject([{orderId: 21, code: 201}]);
});
