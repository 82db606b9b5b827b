import {expect, it} from "vitest";
import {centralBanksView} from "../../../lib/market/central-banks.js";
import {parseMeetings} from "../../../lib/market/meetings-csv.js";
import type {MarketSeries} from "../../../lib/market/series.js";
import {studyMarkets} from "../../../lib/market/study.js";
import {held, setOf} from "./held.js";

const SEPTEMBER = new Date("2026-09-19T08:00:00Z");
const DAY = "2026-09-18";
const price = (symbol: string, value: number, day = DAY) => held(`yahoo:${symbol}`, {[day]: value});
const RANGE = [held("fred:DFEDTARL", {"2026-09-17": 3.75}), held("fred-graph:DFEDTARU", {"2026-09-17": 4})];
const CASE = [price("ZQV26.CBT", 96.106), price("ZQX26.CBT", 95.976)];
const view = (series: MarketSeries[], now = SEPTEMBER, edits = "") =>
  centralBanksView(studyMarkets(setOf(...series), now), parseMeetings(edits));

it("centralBanksView(study) reproduces what was published for 18 September 2026: 57.6 % for 25 bp in October", () => {
  const {implied, impliedAsOf, reason} = view([...CASE, ...RANGE]);
  expect(impliedAsOf).toBe(DAY);
  expect(implied).toHaveLength(1);
  const [october] = implied;
  expect(october).toMatchObject({
    day: "2026-10-28",
    contract: "2026-11",
    price: 95.976,
    basis: "month after",
    flag: null
  });
  expect([october.start.toFixed(5), october.end.toFixed(5)]).toEqual(["3.88007", "4.02400"]);
  expect(october.moves.map(({bp, probability}) => [bp, (100 * probability).toFixed(2)])).toEqual([
    [0, "42.43"],
    [25, "57.57"]
  ]);
  expect(october.levels.map(({lower, upper, probability}) => [lower, upper, probability.toFixed(4)])).toEqual(
    [
      [3.75, 4, "0.4243"],
      [4, 4.25, "0.5757"]
    ]
  );
  expect(reason).toBeNull();
});

it("centralBanksView(study) has levels whose mean is the expected rate, over many meetings", () => {
  const months = "V26 X26 Z26 F27 G27 H27 J27 K27".split(" ");
  const board = months.map((month, i) => price(`ZQ${month}.CBT`, 96.1 + 0.05 * i));
  const {implied} = view([...board, ...RANGE]);
  expect(implied.map(({day}) => day)).toEqual([
    "2026-10-28",
    "2026-12-09",
    "2027-01-27",
    "2027-03-17",
    "2027-04-28"
  ]);
  for (const {levels, end} of implied) {
    const mean = levels.reduce((sum, {lower, probability}) => sum + lower * probability, 0);
    expect(levels.reduce((sum, {probability}) => sum + probability, 0)).toBeCloseTo(1, 12);
    expect(mean - 3.75).toBeCloseTo(end - implied[0].start, 9);
    for (const {lower, upper} of levels) expect(upper - lower).toBeCloseTo(0.25, 12);
  }
});

it("centralBanksView(study) lists the meetings ahead and until when they are known", () => {
  const {meetings, knownUntil, now} = view([]);
  expect(now).toBe("2026-09-19T08:00:00.000Z");
  expect(meetings[0]).toMatchObject({
    bank: "Federal Reserve",
    day: "2026-10-28",
    daysTo: 39,
    projections: false
  });
  expect(knownUntil).toHaveLength(4);
});

it("centralBanksView(study) reckons with the person's own meetings", () => {
  const {implied} = view([...CASE, ...RANGE], SEPTEMBER, "bank,day,projections\nFed,2026-10-28,cancelled\n");
  expect(implied).toEqual([]);
});

it("centralBanksView(study) shows policy rates, and says when futures or the range are missing", () => {
  const none = view([]);
  expect(none.policy).toHaveLength(6);
  expect(none.policy[0].reason).toBe("not in the lake: pull DFEDTARL from fred");
  expect(none.reason).toBe(
    "no fed funds futures are in the lake: pull markets, or import a CSV of ZQ contracts"
  );
  const rangeless = view(CASE);
  expect(rangeless.implied[0].levels).toEqual([]);
  expect(rangeless.reason).toBe(
    "no levels: the target range (DFEDTARL, DFEDTARU) is not in the lake: pull it"
  );
});

it("centralBanksView(study) takes no price that is more than a week older than the newest", () => {
  const {reason} = view([price("ZQV26.CBT", 96.106, "2026-09-10"), CASE[1], ...RANGE]);
  expect(reason).toBe("no price of the fed funds contract of 2026-10: pull it");
});

it("centralBanksView(study) keeps the path of old prices, of their day, for the meetings still ahead", () => {
  const months = "V26 X26 Z26 F27".split(" ");
  const old = months.map((month, i) => price(`ZQ${month}.CBT`, 96.1 + 0.05 * i));
  const {implied, impliedAsOf} = view([...old, ...RANGE], new Date("2026-11-22T12:00:00Z"));
  expect(impliedAsOf).toBe(DAY);
  expect(implied.map(({day}) => day)).toEqual(["2026-12-09", "2027-01-27"]);
});

it("centralBanksView(study) sees no price of a later day", () => {
  const later = held("yahoo:ZQX26.CBT", {[DAY]: 95.976, "2026-09-21": 90});
  expect(view([CASE[0], later, ...RANGE]).implied[0].end).toBeCloseTo(4.024, 12);
});
