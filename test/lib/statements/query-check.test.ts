import {expect, it} from "vitest";
import {checkQuery, type Present} from "../../../lib/statements/query-check.js";

const empty = (section: string): Present => ({section, element: "", level: ""});
const ALL = [
  "AccountInformation", "EquitySummaryInBase", "ChangeInNAV", "CashReport", "OpenPositions", "Trades", "CashTransactions",
  "ConversionRates", "CorporateActions", "Transfers", "SecuritiesInfo", "MTMPerformanceSummaryInBase",
  "FIFOPerformanceSummaryInBase", "OpenDividendAccruals", "ChangeInDividendAccruals", "InterestAccruals", "OptionEAE"
].map(empty); // prettier-ignore
const without = (section: string) => ALL.filter((item) => item.section !== section);

it("checkQuery(present) has nothing to say when every section is there, with rows or without", () => {
  expect(checkQuery(ALL)).toEqual([]);
  expect(
    checkQuery([
      ...ALL,
      {section: "Trades", element: "Trade", level: "EXECUTION"},
      {section: "Trades", element: "Lot", level: ""}
    ])
  ).toEqual([]);
});

it("checkQuery(present) names the section and the box of what is missing, the most needed first", () => {
  const gaps = checkQuery([]);
  expect(gaps).toHaveLength(ALL.length);
  expect(gaps.map(({severity}) => severity)).toEqual(
    gaps
      .map(({severity}) => severity)
      .sort()
      .reverse()
  );
  expect(checkQuery(without("ConversionRates"))).toEqual([
    {
      section: "General Configuration",
      box: "Include Currency Rates? Yes",
      why: "without the day's rates amounts in other currencies cannot be told in base currency",
      severity: "needed"
    }
  ]);
  expect(checkQuery(without("EquitySummaryInBase"))[0]).toMatchObject({
    section: "Net Asset Value (NAV) in Base",
    box: "Select All"
  });
});

it("checkQuery(present) asks for the level of detail that counts", () => {
  const level = (section: string, element: string, of: string) =>
    checkQuery([...without(section), {section, element, level: of}]);
  expect(level("Trades", "Order", "ORDER")).toMatchObject([{section: "Trades", box: "Execution"}]);
  expect(level("Trades", "Trade", "SYMBOL_SUMMARY")).toMatchObject([{section: "Trades", box: "Execution"}]);
  expect(level("OpenPositions", "OpenPosition", "LOT")).toMatchObject([
    {section: "Open Positions", box: "Summary"}
  ]);
  expect(level("CashTransactions", "CashTransaction", "SUMMARY")).toMatchObject([
    {section: "Cash Transactions", box: "Detail"}
  ]);
  expect(level("CashTransactions", "CashTransaction", "")).toEqual([]);
});

it("checkQuery(present, {attributes}) names the fields that no row has", () => {
  const present = [
    ...without("AccountInformation"),
    {section: "AccountInformation", element: "AccountInformation", level: ""}
  ];
  const attributes = new Map([["AccountInformation", new Set(["accountId"])]]);
  expect(checkQuery(present, {attributes})).toMatchObject([
    {section: "Account Information", box: "Currency", severity: "needed"}
  ]);
  expect(checkQuery(present, {attributes: new Map()})).toEqual([]);
});

it("checkQuery(present, {periods}) advises the breakout by day where a statement spans more than one", () => {
  expect(checkQuery(ALL, {periods: [{from: "2025-01-02", to: "2025-01-02"}]})).toEqual([]);
  expect(checkQuery(ALL, {periods: [{from: "2025-01-01", to: "2025-01-31"}]})).toMatchObject([
    {section: "General Configuration", box: "Breakout by Day? Yes", severity: "advised"}
  ]);
});
