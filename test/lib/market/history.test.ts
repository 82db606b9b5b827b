import {expect, it} from "vitest";
import {historyView} from "../../../lib/market/history.js";
import {studyMarkets} from "../../../lib/market/study.js";
import {held, NOW, setOf} from "./held.js";

const study = studyMarkets(
  setOf(
    held(
      "yahoo:^GSPC",
      {"2025-11-19": 1, "2025-11-20": 2, "2026-11-20": 3, "2026-11-24": 4},
      {source: "Yahoo Finance"}
    ),
    held("yahoo:AAPL", {"2026-11-20": 230}, {name: "Apple Inc.", unit: "USD"}),
    held("treasury:BC_10YEAR", {"2026-11-20": 4.1}),
    held("treasury:BC_2YEAR", {"2026-11-20": 3.6})
  ),
  NOW
);

it("historyView(study, id, days) gives the values of a year up to the last", () => {
  expect(historyView(study, "yahoo:^GSPC", 365)).toEqual({
    id: "yahoo:^GSPC",
    label: "S&P 500",
    unit: "index",
    source: "Yahoo Finance ^GSPC",
    asOf: "2026-11-20",
    closes: [
      ["2025-11-20", 2],
      ["2026-11-20", 3]
    ],
    reason: null
  });
  expect(historyView(study, "yahoo:^GSPC", 364).closes).toEqual([["2026-11-20", 3]]);
});

it("historyView(study, symbol, days) finds a row or a series by its symbol alone", () => {
  expect(historyView(study, "^GSPC", 365).id).toBe("yahoo:^GSPC");
  expect(historyView(study, "2S10S", 365)).toMatchObject({
    id: "computed:2S10S",
    closes: [["2026-11-20", expect.closeTo(50, 9)]]
  });
  expect(historyView(study, "AAPL", 365)).toMatchObject({id: "yahoo:AAPL", label: "Apple Inc.", unit: "usd"});
});

it("historyView(study, symbol, days) says what is not there", () => {
  expect(historyView(study, "fred:UNRATE", 365)).toMatchObject({
    asOf: null,
    closes: [],
    reason: "not in the lake: pull UNRATE from fred"
  });
  expect(historyView(study, "../../etc/passwd", 365)).toMatchObject({
    closes: [],
    reason: "no series ../../etc/passwd: write vendor:symbol, or a row's id, and pull it first"
  });
});
