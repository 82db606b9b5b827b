import * as fc from "fast-check";
import {expect, it} from "vitest";
import {amount, whole} from "../../../../sim/account/booking/amounts.js";
import {sumOf, take, type Lot} from "../../../../sim/account/booking/lots.js";

const lot = (quantity: number, cost: string): Lot => ({
  quantity: whole(quantity),
  cost: amount(cost),
  openPrice: amount("1"),
  opened: "2025-01-02T10:00:00",
  transactionID: "1",
  orderID: "1"
});

it("take(lots, quantity) takes the oldest first and splits the last by its share of cost", () => {
  const lots = [lot(10, "100"), lot(30, "100")];
  const taken = take(lots, whole(20));
  expect(taken.map(({quantity, cost}) => [quantity, cost])).toEqual([
    [whole(10), amount("100")],
    [whole(10), amount("33.3333")]
  ]);
  expect(lots.map(({quantity, cost}) => [quantity, cost])).toEqual([[whole(20), amount("66.6667")]]);
});

it("take(lots, quantity) works below zero, for what was sold short", () => {
  const lots = [lot(-10, "-500")];
  expect(sumOf(take(lots, whole(-4)), "cost")).toBe(amount("-200"));
  expect(sumOf(lots, "quantity")).toBe(whole(-6));
});

it("take(lots, quantity) refuses what is not there", () => {
  expect(() => take([lot(1, "1")], whole(2))).toThrow(RangeError);
});

it("what is taken and what stays add up to what was there", () => {
  const some = fc.array(fc.tuple(fc.integer({min: 1, max: 500}), fc.integer({min: 1, max: 100_000})), {
    minLength: 1
  });
  fc.assert(
    fc.property(some, fc.double({min: 0, max: 1, noNaN: true}), (pairs, part) => {
      const lots = pairs.map(([quantity, cost]) => lot(quantity, String(cost)));
      const cost = sumOf(lots, "cost");
      const quantity = sumOf(lots, "quantity");
      const asked = whole(Math.floor(part * pairs.reduce((sum, [count]) => sum + count, 0)));
      const taken = take(lots, asked);
      expect(sumOf(taken, "quantity")).toBe(asked);
      expect(sumOf(taken, "cost") + sumOf(lots, "cost")).toBe(cost);
      expect(sumOf(lots, "quantity")).toBe(quantity - asked);
    })
  );
});
