import {expect, it} from "vitest";
import {shortAge} from "../../../lib/live/words.js";

it("shortAge(ms) has one unit, rounded down", () => {
  expect(
    [0, 999, 1000, 59_999, 60_000, 3_599_999, 3_600_000, 86_400_000, 3 * 86_400_000].map(shortAge)
  ).toEqual(["now", "now", "1 s", "59 s", "1 min", "59 min", "1 h", "1 d", "3 d"]);
});

it("shortAge(ms) of another clock's future, or of nothing, is now", () => {
  expect([-5000, NaN].map(shortAge)).toEqual(["now", "now"]);
});
