import {expect, it} from "vitest";
import {parseRate} from "../../../../lib/backtest/costs/costs.js";
import {fixedSpread} from "../../../../lib/backtest/costs/spread.js";
import {flatBars} from "../bars.js";

const bars = flatBars([50]);

it("fixedSpread(spread) pays half of it on either side", () => {
  const ofPrice = fixedSpread(parseRate("0.0625")).slipped!;
  const ofUnit = fixedSpread(parseRate("0.5/share")).slipped!;
  expect([ofPrice(1, 64, bars, 0, "MKT"), ofPrice(-1, 64, bars, 0, "MKT")]).toEqual([66, 62]);
  expect([ofUnit(1, 50, bars, 0, "MKT"), ofUnit(-1, 50, bars, 0, "MKT")]).toEqual([50.25, 49.75]);
});

it("fixedSpread(spread) takes no commission", () => {
  expect(Object.keys(fixedSpread(parseRate("0.01")))).toEqual(["slipped"]);
});
