import * as fc from "fast-check";
import {expect, it} from "vitest";
import {GROUPINGS} from "../../../../lib/ledger/attribution/attribution-view.js";
import {PROFILES} from "../../../../lib/ledger/risk-profile.js";
import {ROLLING, WINDOWS} from "../../../../lib/ledger/rolling-view.js";
import {formatChoices, parseChoices} from "../../../../src/components/performance/choices.js";

it("parseChoices(query) takes the default of what is missing or not understood", () => {
  expect(parseChoices("?by=planet&window=64&profile=portfolio-analyst")).toEqual({
    by: "position",
    profile: "portfolio-analyst",
    benchmark: null,
    measure: "volatility",
    window: 63
  });
});

it("formatChoices(choices) leaves defaults out and keeps other keys", () => {
  expect(formatChoices(parseChoices("?by=class&window=252"), "?range=1Y&by=sector")).toBe(
    "?range=1Y&by=class&window=252"
  );
  expect(formatChoices(parseChoices(""), "?by=class&accounts=U1,U2")).toBe("?accounts=U1,U2");
});

it("what is written is read again", () => {
  const choices = fc.record({
    by: fc.constantFrom(...GROUPINGS),
    profile: fc.constantFrom(...PROFILES),
    benchmark: fc.constantFrom(null, "S&P 500", "60% World / 40% Bonds, rebalanced monthly"),
    measure: fc.constantFrom(...ROLLING),
    window: fc.constantFrom(...WINDOWS)
  });
  fc.assert(
    fc.property(choices, (given) => {
      expect(parseChoices(formatChoices(given))).toEqual(given);
    })
  );
});
