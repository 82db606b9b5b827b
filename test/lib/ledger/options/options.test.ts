import {expect, it} from "vitest";
import {createFigures} from "../../../../lib/ledger/figures.js";
import {CONTEXT, ledgerOf, navRows} from "../tables.js";

const day = "2026-01-30";
const acme = {day, currency: "USD", fxRateToBase: "1", markPrice: "95"};
const option = (conid: string, expiry: string, putCall: string, strike: string, position: string) => ({
  ...acme,
  conid,
  symbol: `ACME ${expiry} ${strike} ${putCall}`,
  assetCategory: "OPT",
  underlyingConid: "1",
  underlyingSymbol: "ACME",
  multiplier: "100",
  markPrice: "2",
  strike,
  expiry,
  putCall,
  position
});
const shares = (position: string) => ({
  ...acme,
  conid: "1",
  symbol: "ACME",
  assetCategory: "STK",
  multiplier: "1",
  position
});

type Lists = Parameters<typeof ledgerOf>[0];
const options = (lists: Lists) =>
  createFigures(ledgerOf({nav: navRows({[day]: "50000"}), ...lists}), CONTEXT).options({});

it("options groups what is open by expiry, the next first, with days left from today", () => {
  const {expiries} = options({
    positions: [option("12", "2026-03-20", "C", "100", "1"), option("11", "2026-02-20", "P", "90", "1")]
  });
  expect(expiries.map(({expiry, daysLeft, rows}) => [expiry, daysLeft, rows.length])).toEqual([
    ["2026-02-20", 19, 1],
    ["2026-03-20", 47, 1]
  ]);
});

it("options asks cash at the strike for short puts, and none for long ones", () => {
  const {expiries, collateralBase} = options({
    positions: [option("11", "2026-02-20", "P", "90", "-2"), option("12", "2026-02-20", "P", "80", "1")]
  });
  const [long, short] = expiries[0].rows;
  expect(short).toMatchObject({collateral: {value: "18000"}, assignment: {value: "-18000"}});
  expect(long).toMatchObject({
    collateral: {value: null, reason: "a long option needs none"},
    assignment: {value: "8000"}
  });
  expect(collateralBase.value).toBe("18000");
  expect(expiries[0].valueBase.value).toBe("-200");
});

it("options covers short calls by shares, those that expire first", () => {
  const {expiries} = options({
    positions: [
      shares("150"),
      option("12", "2026-03-20", "C", "100", "-1"),
      option("11", "2026-02-20", "C", "100", "-1")
    ]
  });
  expect(expiries.map(({rows: [row], uncovered}) => [row.covered, row.uncovered, uncovered])).toEqual([
    ["100", "0", "0"],
    ["50", "50", "50"]
  ]);
});

it("options does not cover a call by shares of another account", () => {
  const {expiries} = options({
    nav: [...navRows({[day]: "1"}), ...navRows({[day]: "1"}, "U2")],
    positions: [option("11", "2026-02-20", "C", "100", "-1"), {...shares("100"), account: "U2"}]
  });
  expect(expiries[0].uncovered).toBe("100");
});

it("options says how far in the money, by whose price of which day", () => {
  const short = option("11", "2026-02-20", "P", "100", "-1");
  const [held] = options({positions: [short, shares("10")]}).expiries[0].rows;
  expect(held).toMatchObject({underlyingPrice: "95", underlyingAsOf: day});
  expect(held.moneyness.value).toBeCloseTo(0.05, 12);
  const trade = {day: "2026-01-20", conid: "1", closePrice: "110"};
  const [traded] = options({positions: [short], trades: [trade]}).expiries[0].rows;
  expect(traded).toMatchObject({underlyingPrice: "110", underlyingAsOf: "2026-01-20"});
  expect(traded.moneyness.value).toBeCloseTo(-0.1, 12);
  const [unknown] = options({positions: [short]}).expiries[0].rows;
  expect(unknown).toMatchObject({underlyingPrice: null, underlyingAsOf: null});
  expect(unknown.moneyness.reason).toContain("no price of the underlying");
});
