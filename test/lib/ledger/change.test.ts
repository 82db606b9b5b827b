import {expect, it} from "vitest";
import {createFigures} from "../../../lib/ledger/figures.js";
import {CONTEXT, ledgerOf, navRows} from "./tables.js";

const period = {day: "2026-01-06", fromDate: "2026-01-06", toDate: "2026-01-06"};
const parts = (amounts: Record<string, string>) =>
  Object.entries(amounts).map(([part, amount]) => ({...period, part, amount}));

it("summary({}).change groups IBKR's parts and sums to the total exactly", () => {
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "7674.265297533", "2026-01-06": "7678.155297533"}),
    change_in_nav: parts({
      startingValue: "7674.265297533",
      mtm: "8.31",
      changeInDividendAccruals: "0.98",
      otherFees: "-4.5",
      salesTax: "-0.9",
      endingValue: "7678.155297533",
      twr: "0.050688891"
    })
  });
  const {change, nav} = createFigures(ledger, CONTEXT).summary({});
  expect(nav.value).toBe("7678.155297533");
  expect(Object.fromEntries(change.parts.map(({part, amount}) => [part, amount.value]))).toEqual({
    price: "8.31",
    fx: "0",
    income: "0.98",
    cost: "-5.4",
    flows: "0",
    residual: "0"
  });
  expect(change.total.value).toBe("3.89");
  expect(change).toMatchObject({from: "2026-01-05", to: "2026-01-06"});
});

it("summary({}).change shows what ChangeInNAV does not explain as the residual", () => {
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "100", "2026-01-06": "110"}),
    change_in_nav: parts({startingValue: "100", mtm: "9", endingValue: "109"})
  });
  const {change} = createFigures(ledger, CONTEXT).summary({});
  expect(change.parts.find(({part}) => part === "residual")?.amount.value).toBe("1");
});

it("summary({}).change names an attribute it does not know among the others", () => {
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "100", "2026-01-06": "101"}),
    change_in_nav: parts({startingValue: "100", newThing: "1", endingValue: "101"})
  });
  const other = createFigures(ledger, CONTEXT)
    .summary({})
    .change.parts.find(({part}) => part === "other");
  expect(other).toEqual({part: "other", amount: {value: "1"}, lines: [{name: "newThing", amount: "1"}]});
});

it("summary({}).change is n/a, and says what to tick, without ChangeInNAV", () => {
  const {change} = createFigures(ledgerOf({nav: navRows({"2026-01-05": "100"})}), CONTEXT).summary({});
  expect(change.total).toEqual({value: null, reason: expect.stringContaining("tick Change in NAV")});
});

it("summary({}).change reads a ChangeInNAV that names its currency", () => {
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "100", "2026-01-06": "103"}),
    change_in_nav: parts({startingValue: "100", mtm: "3", endingValue: "103"}).map((row) => ({
      ...row,
      currency: "USD"
    }))
  });
  const {change} = createFigures(ledger, CONTEXT).summary({});
  expect(change.parts.map(({part, amount}) => [part, amount.value])).toContainEqual(["price", "3"]);
  expect(change.total.value).toBe("3");
});

it("summary({}).change takes the shortest period that ends on the last day", () => {
  const month = {day: "2026-01-06", fromDate: "2026-01-01", toDate: "2026-01-06"};
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "100", "2026-01-06": "103"}),
    change_in_nav: [
      ...parts({startingValue: "100", mtm: "3", endingValue: "103"}),
      {...month, part: "startingValue", amount: "50"},
      {...month, part: "mtm", amount: "53"}
    ]
  });
  expect(createFigures(ledger, CONTEXT).summary({}).change.total.value).toBe("3");
});

const B = "U7000002";
const of = (account: string, amounts: Record<string, string>) =>
  parts(amounts).map((row) => ({...row, account}));

it("summary({}).change counts the last day of an account that ended at zero: a transfer to another is no change", () => {
  const ledger = ledgerOf({
    nav: [
      ...navRows({"2026-01-05": "40", "2026-01-06": "0"}),
      ...navRows({"2026-01-05": "0", "2026-01-06": "41"}, B)
    ],
    change_in_nav: [
      ...of("U7000001", {startingValue: "40", internalCashTransfers: "-40", endingValue: "0"}),
      ...of(B, {startingValue: "0", internalCashTransfers: "40", mtm: "1", endingValue: "41"})
    ]
  });
  const {change} = createFigures(ledger, CONTEXT).summary({});
  expect(Object.fromEntries(change.parts.map(({part, amount}) => [part, amount.value]))).toMatchObject({
    price: "1",
    flows: "0",
    residual: "0"
  });
  expect(change).toMatchObject({start: {value: "40"}, end: {value: "41"}, total: {value: "1"}});
});

it("summary({}).change is n/a where an account with a value lacks its part, or another period", () => {
  const nav = [
    ...navRows({"2026-01-05": "40", "2026-01-06": "41"}),
    ...navRows({"2026-01-02": "9", "2026-01-05": "9", "2026-01-06": "9"}, B)
  ];
  const own = of("U7000001", {startingValue: "40", mtm: "1", endingValue: "41"});
  const lacking = createFigures(ledgerOf({nav, change_in_nav: own}), CONTEXT).summary({}).change;
  expect(lacking.total.reason).toContain("no Change in NAV of U7000002 up to 2026-01-06: tick Change in NAV");
  expect(lacking).toMatchObject({to: "2026-01-06", end: {value: "50"}, parts: []});
  const other = of(B, {startingValue: "9", endingValue: "9"}).map((row) => ({
    ...row,
    fromDate: "2026-01-05"
  }));
  const apart = createFigures(ledgerOf({nav, change_in_nav: [...own, ...other]}), CONTEXT).summary({}).change;
  expect(apart.total.reason).toContain("begins 2026-01-06, that of U7000002 2026-01-05");
});

it("summary({currency}).change tells what the reporting currency did as a line of FX", () => {
  const rate = (day: string, value: string) => ({day, fromCurrency: "EUR", toCurrency: "USD", rate: value});
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "100", "2026-01-06": "110"}),
    change_in_nav: parts({startingValue: "100", mtm: "10", endingValue: "110"}),
    rates: [rate("2026-01-05", "1"), rate("2026-01-06", "1.25")]
  });
  const {change} = createFigures(ledger, CONTEXT).summary({currency: "EUR"});
  // 100 at 1.00 is 100, at 1.25 80: -20; gain 10 / 1.25 = 8; end 110 / 1.25 = 88
  expect(change).toMatchObject({start: {value: "100"}, end: {value: "88"}, total: {value: "-12"}});
  expect(change.parts.find(({part}) => part === "fx")).toEqual({
    part: "fx",
    amount: {value: "-20"},
    lines: [{name: "reporting currency", amount: "-20"}]
  });
  expect(change.parts.map(({part, amount}) => [part, amount.value])).toContainEqual(["price", "8"]);
  expect(change.parts.at(-1)).toEqual({part: "residual", amount: {value: "0"}, lines: []});
});

it("summary({currency}).change is n/a without the rate of the day before: nothing falls to the residual", () => {
  const ledger = ledgerOf({
    nav: navRows({"2026-01-06": "110"}),
    change_in_nav: parts({startingValue: "100", mtm: "10", endingValue: "110"}),
    rates: [{day: "2026-01-06", fromCurrency: "EUR", toCurrency: "USD", rate: "1.25"}]
  });
  const {change} = createFigures(ledger, CONTEXT).summary({currency: "EUR"});
  expect(change.total).toEqual({value: null, reason: "no rate of U7000001's base currency on 2026-01-05"});
  expect(change.parts).toEqual([]);
});
