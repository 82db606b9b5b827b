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
