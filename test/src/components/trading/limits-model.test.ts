import {expect, it} from "vitest";
import {DEFAULT_LIMITS, RiskLimits} from "../../../../lib/orders/risk/limits.js";
import {LIMIT_FIELDS, limitTexts, readLimits} from "../../../../src/components/trading/limits-model.js";

it("readLimits(limitTexts(limits)) is the limits again, as the bridge takes them", () => {
  const limits = {...DEFAULT_LIMITS, dailyLoss: null, priceCollar: 0.0125, restricted: ["ABC", "X.Y"]};
  expect(limitTexts(limits)).toMatchObject({priceCollar: "1.25", dailyLoss: "", restricted: "ABC, X.Y"});
  const {limits: read} = readLimits(limitTexts(limits), false);
  expect(RiskLimits.parse(read)).toEqual(limits);
});

it("every limit that is a number has a field", () => {
  const others = new Set(["restricted", "regularHoursOnly"]);
  const keys = Object.keys(RiskLimits.shape).filter((key) => !others.has(key));
  expect(LIMIT_FIELDS.map(({key}) => key).toSorted()).toEqual(keys.toSorted());
});

it("readLimits(texts, isStrategy) leaves out what a strategy does not name", () => {
  expect(readLimits(limitTexts({}), true)).toEqual({limits: {}, problems: null});
  expect(readLimits({...limitTexts({}), orderUnits: "10"}, true).limits).toEqual({orderUnits: 10});
  expect(readLimits({...limitTexts({}), regularHoursOnly: "true"}, true).limits).toEqual({
    regularHoursOnly: true
  });
});

it("readLimits(texts, isStrategy) says what is wrong with which", () => {
  const wrong = (patch: object) => readLimits({...limitTexts(DEFAULT_LIMITS), ...patch}, false).problems;
  expect(wrong({orderValue: "0"})).toEqual({orderValue: "above zero, or empty for no limit"});
  expect(wrong({orderValue: "-1", priceCollar: "x"})).toEqual({
    orderValue: "a number, as 100 or 0.5",
    priceCollar: "a number, as 100 or 0.5"
  });
  expect(wrong({priceCollar: "101"})).toEqual({priceCollar: "at most 100 percent"});
  expect(wrong({ordersPerMinute: "1.5"})).toEqual({ordersPerMinute: "a whole number"});
  expect(wrong({marginBuffer: "0.9"})).toEqual({marginBuffer: "from 1 to 10"});
  expect(wrong({marginBuffer: ""})).toEqual({marginBuffer: "a number is needed here"});
  expect(wrong({duplicateSeconds: "0", orderValue: ""})).toBeNull();
});
