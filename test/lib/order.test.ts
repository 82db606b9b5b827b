import {expect, it} from "vitest";
import {compareText} from "../../lib/order.js";

it("compareText(a, b) orders by code units, whatever the locale", () => {
  expect(["b", "ä", "B", "a", "10", "9"].toSorted(compareText)).toEqual(["10", "9", "B", "a", "b", "ä"]);
  expect(compareText("a", "a")).toBe(0);
});
