import {expect, it} from "vitest";
import {Sheet, type Comparison} from "../../../../lib/ledger/reconcile/sheet.js";
import {decimalsOf, finenessOf, toleranceOf} from "../../../../lib/ledger/reconcile/tolerance.js";
import {formatAmount, parseAmount} from "../../../../lib/money/amount.js";

const cash = {account: "U1", what: "cash" as const, period: "2026-01"};

/** A comparison of dollars on a day of January. */
function dollars(day: number, ours: string, theirs: string, more: Partial<Comparison> = {}): Comparison {
  const amounts = {ours: parseAmount(ours), theirs: parseAmount(theirs), tolerance: parseAmount("0.01")};
  const date = `2026-01-${String(day).padStart(2, "0")}`;
  return {day: date, item: "USD", of: "CashReport.endingCash", series: "cash/USD", ...amounts, ...more};
}

it("a check agrees when every line does, and shows the largest difference", () => {
  const sheet = new Sheet();
  sheet.compare(cash, dollars(5, "10", "10"));
  sheet.compare(cash, dollars(6, "10", "10.005"));
  expect(sheet.checks()).toMatchObject([
    {status: "agrees", period: ["2026-01-05", "2026-01-06"], difference: "-0.005", compared: 2, lines: []}
  ]);
});

it("a difference is told where it begins; carried on unchanged it is explained", () => {
  const sheet = new Sheet();
  const told = [
    dollars(5, "10", "10"),
    dollars(6, "12", "10"),
    dollars(7, "13", "11"),
    dollars(8, "15", "11")
  ];
  expect(told.map((line) => sheet.compare(cash, line))).toEqual([
    "agrees",
    "differs",
    "explained",
    "differs"
  ]);
  expect(sheet.checks()[0].lines.map(({day, reason}) => [day, reason?.code])).toEqual([
    ["2026-01-06", undefined],
    ["2026-01-08", undefined],
    ["2026-01-07", "carried"]
  ]);
});

it("what comes back to agree is told again when it differs anew", () => {
  const sheet = new Sheet();
  const told = [dollars(5, "12", "10"), dollars(6, "10", "10"), dollars(7, "12", "10")];
  expect(told.map((line) => sheet.compare(cash, line))).toEqual(["differs", "agrees", "differs"]);
});

it("rounding may add up from day to day, a step beyond it may not", () => {
  const sheet = new Sheet();
  const told = [dollars(5, "10.009", "10"), dollars(6, "10.018", "10"), dollars(7, "10.029", "10")];
  expect(told.map((line) => sheet.compare(cash, line))).toEqual(["agrees", "agrees", "differs"]);
});

it("a reason explains only what it is asked for: the difference, and what came to it", () => {
  const asked: string[] = [];
  const explain = (difference: bigint, step: bigint) => {
    asked.push(`${formatAmount(difference)} ${formatAmount(step)}`);
    return {code: "restated" as const, sentence: "IBKR restated it"};
  };
  const sheet = new Sheet();
  sheet.compare(cash, dollars(5, "12", "10", {explain}));
  sheet.compare(cash, dollars(6, "15", "10", {explain}));
  expect(asked).toEqual(["2 2", "5 3"]);
  expect(sheet.checks()).toMatchObject([{status: "explained", reason: {code: "restated"}}]);
});

it("what is not given is no agreement: it outranks an explanation, and a difference outranks it", () => {
  const sheet = new Sheet();
  const lack = {status: "not-given", reason: {code: "missing-rate", sentence: "no rate"}} as const;
  sheet.compare(cash, dollars(5, "10", "10"));
  sheet.compare(cash, dollars(6, "10", "10", {ours: null, lack}));
  expect(sheet.checks()).toMatchObject([{status: "not-given", ours: null, reason: {sentence: "no rate"}}]);
  sheet.compare(cash, dollars(7, "11", "10"));
  expect(sheet.checks()).toMatchObject([{status: "differs", difference: "1"}]);
});

it("decimalsOf and finenessOf read what a source prints: zeros at the end are no decimals", () => {
  const amounts = ["10", "10.5", "7.123", "0"].map(parseAmount);
  expect(amounts.map(decimalsOf)).toEqual([0, 1, 3, 0]);
  expect(finenessOf(amounts)).toBe(3);
  expect(finenessOf([parseAmount("10")])).toBe(2);
});

it("toleranceOf(decimals, figures) is half a unit of the last decimal for each figure", () => {
  expect(formatAmount(toleranceOf(2, 3))).toBe("0.015");
  expect(formatAmount(toleranceOf(9, 2))).toBe("0.000000001");
});
