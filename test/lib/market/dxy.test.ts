import * as fc from "fast-check";
import {expect, it} from "vitest";
import {dollarIndex, type EuroFixings} from "../../../lib/market/dxy.js";

const FIXINGS = {USD: 1.16, JPY: 180, GBP: 0.87, CAD: 1.62, SEK: 11, CHF: 0.93};

it("dollarIndex(fixings) of USD 1.16 JPY 180 GBP .87 CAD 1.62 SEK 11 CHF .93 a euro is 99.2993", () => {
  expect(dollarIndex(FIXINGS).toFixed(4)).toBe("99.2993");
});

it("dollarIndex(fixings) is its constant when every currency is worth a dollar", () => {
  expect(dollarIndex({USD: 1, JPY: 1, GBP: 1, CAD: 1, SEK: 1, CHF: 1})).toBe(50.14348112);
});

it("dollarIndex(fixings) rises by a factor when the dollar rises by it against all: its weights sum to one", () => {
  const factor = fc.double({min: 0.2, max: 5, noNaN: true});
  fc.assert(
    fc.property(factor, (by) => {
      const rise = {...FIXINGS, USD: FIXINGS.USD / by};
      expect(dollarIndex(rise) / dollarIndex(FIXINGS)).toBeCloseTo(by, 10);
    })
  );
});

it("dollarIndex(fixings) moves with a euro that rises against all by the euro's own weight alone", () => {
  const scaled = Object.fromEntries(
    Object.entries(FIXINGS).map(([currency, rate]) => [currency, 1.1 * rate])
  ) as unknown as EuroFixings;
  expect(dollarIndex(scaled) / dollarIndex(FIXINGS)).toBeCloseTo(1.1 ** -0.576, 12);
});
