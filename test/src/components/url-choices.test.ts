import * as fc from "fast-check";
import {expect, it} from "vitest";
import {formatUrlChoices, numberIn, oneOf, parseUrlChoices} from "../../../src/components/url-choices.js";
import {OPTIMIZE_KINDS, type OptimizeChoices} from "../../../src/components/optimize/choices.js";
import {RISK_KINDS, type RiskChoices} from "../../../src/components/risk/choices.js";

interface Choices {
  way: "up" | "down";
  percent: number;
}

const kinds = {way: oneOf<Choices["way"]>(["up", "down"], "up"), percent: numberIn(0, 100, 25)};
const parse = (search: string) => parseUrlChoices<Choices>(kinds, search);

it("parseUrlChoices(kinds, query) takes the default of what is missing or not understood", () => {
  expect(parse("?way=sideways&percent=101")).toEqual({way: "up", percent: 25});
  expect(parse("?way=down&percent=")).toEqual({way: "down", percent: 25});
});

it("formatUrlChoices(kinds, choices) leaves defaults out and keeps other keys", () => {
  expect(formatUrlChoices<Choices>(kinds, {way: "down", percent: 25}, "?range=1Y&percent=3")).toBe(
    "?range=1Y&way=down"
  );
});

it("what Risk writes is read again", () => {
  const choices = fc.record({
    tail: fc.constantFrom(0.1, 0.05, 0.01),
    seed: fc.nat({max: 2 ** 31}),
    factors: fc.subarray(["yahoo:^GSPC", "ecb:EURUSD", "yahoo:CL=F"])
  });
  fc.assert(
    fc.property(choices, (some) => {
      const given: RiskChoices = {...parseUrlChoices<RiskChoices>(RISK_KINDS, ""), ...some};
      expect(parseUrlChoices<RiskChoices>(RISK_KINDS, formatUrlChoices(RISK_KINDS, given))).toEqual(given);
    })
  );
});

it("what Optimize writes is read again, views and groups too", () => {
  const given: OptimizeChoices = {
    ...parseUrlChoices<OptimizeChoices>(OPTIMIZE_KINDS, ""),
    expectation: "views",
    views: [{assets: {A: 1, "B & C": -1}, expected: 0.03, confidence: 0.6}],
    groups: [{by: "sector", name: "Health care", most: 20}]
  };
  expect(parseUrlChoices<OptimizeChoices>(OPTIMIZE_KINDS, formatUrlChoices(OPTIMIZE_KINDS, given))).toEqual(
    given
  );
});

it("parseUrlChoices(kinds, query) drops views and groups of another shape", () => {
  const {views, groups} = parseUrlChoices<OptimizeChoices>(
    OPTIMIZE_KINDS,
    `?views=${encodeURIComponent('[{"assets":3}]')}&groups=nonsense`
  );
  expect({views, groups}).toEqual({views: [], groups: []});
});
