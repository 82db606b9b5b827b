import {expect, it} from "vitest";
import {commoditiesView} from "../../../lib/market/futures-curve.js";
import {studyMarkets} from "../../../lib/market/study.js";
import {held, NOW, setOf} from "./held.js";

it("commoditiesView(study) draws a future's prices of its last day, by month", () => {
  const set = setOf(
    held("yahoo:CLF27.NYM", {"2026-11-19": 58, "2026-11-20": 59}),
    held("yahoo:CLG27.NYM", {"2026-11-20": 58.5}),
    held("yahoo:CLZ26.NYM", {"2026-11-19": 60}), // expired the day before
    held("yahoo:CLH27.NYM", {"2026-11-20": 58.2, "2026-11-23": 1})
  );
  const {curves, groups} = commoditiesView(studyMarkets(set, NOW));
  expect(curves[0]).toEqual({
    id: "yahoo:CL=F",
    label: "WTI crude oil",
    unit: "usd per barrel",
    asOf: "2026-11-20",
    points: [
      {id: "yahoo:CLF27.NYM", month: "2027-01", price: 59},
      {id: "yahoo:CLG27.NYM", month: "2027-02", price: 58.5},
      {id: "yahoo:CLH27.NYM", month: "2027-03", price: 58.2}
    ],
    reason: null
  });
  expect(curves[1]).toMatchObject({
    label: "Natural gas",
    asOf: null,
    points: [],
    reason: "no contract of Natural gas is in the lake: pull markets"
  });
  expect(groups.map(({label}) => label)).toEqual(["Energy", "Metals", "Grains", "Softs"]);
});
