import {expect, it} from "vitest";
import {sparklinesView} from "../../../lib/market/sparklines.js";
import {studyMarkets} from "../../../lib/market/study.js";
import {UNIVERSE} from "../../../lib/market/universe.js";
import {held, NOW, setOf, wholeSet} from "./held.js";

it("sparklinesView(study, ids) gives the lines that are asked for, in their order", () => {
  const study = studyMarkets(setOf(held("yahoo:^GSPC", {"2026-11-20": 6500})), NOW);
  expect(sparklinesView(study, ["fred:UNRATE", "yahoo:^GSPC", "yahoo:NONE"]).sparklines).toEqual([
    {id: "fred:UNRATE", points: [], reason: "not in the lake: pull UNRATE from fred"},
    {id: "yahoo:^GSPC", points: [["2026-11-20", 6500]], reason: null},
    {id: "yahoo:NONE", points: [], reason: "not in the lake: pull NONE from yahoo"}
  ]);
});

it("sparklinesView(study) gives every row that stands somewhere, thirty values each", () => {
  const {sparklines} = sparklinesView(studyMarkets(wholeSet(), NOW));
  expect(sparklines.map(({id}) => id)).toEqual(
    UNIVERSE.filter(({panel}) => panel !== "input").map(({id}) => id)
  );
  for (const {id, points} of sparklines.filter(({id: of}) => !/GDP|A191|_YOY|_CHANGE/.test(of))) {
    expect(points, id).toHaveLength(30);
  }
});
