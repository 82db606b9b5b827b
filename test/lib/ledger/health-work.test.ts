import {expect, it} from "vitest";
import {createFigures} from "../../../lib/ledger/figures.js";
import {A, CONTEXT, ledgerOf, navRows} from "./tables.js";

const found = (code: string, lists: Parameters<typeof ledgerOf>[0]) =>
  createFigures(ledgerOf(lists), CONTEXT)
    .health({})
    .findings.filter((finding) => finding.code === code);

const TAX = {
  day: "2026-01-06",
  symbol: "ACME",
  conid: "1",
  currency: "USD",
  type: "Withholding Tax",
  amount: "-3"
};
const DIVIDEND = {...TAX, type: "Dividends", amount: "20"};

it("health lists withholding without its payment, and none where the payment is there", () => {
  expect(found("unmatched-withholding", {cash: [TAX]})).toMatchObject([{day: TAX.day, rows: ["cash-0"]}]);
  expect(found("unmatched-withholding", {cash: [DIVIDEND, TAX]})).toEqual([]);
});

it("health lists a corporate action that names no instrument", () => {
  const action = {day: "2026-01-06", type: "TC", quantity: "-5", currency: "USD"};
  expect(found("unresolved-action", {corporate_actions: [action]})).toMatchObject([
    {severity: "warning", day: "2026-01-06", rows: ["corporate_actions-0"]}
  ]);
});

it("health names the sections that an account has no row of", () => {
  const ledger = ledgerOf({nav: navRows({"2026-01-05": "100"}), cash: [TAX]});
  const {missingSections} = createFigures(ledger, CONTEXT).health({});
  expect(missingSections.map(({account, section}) => [account, section])).toEqual([
    [A, "Change in NAV"],
    [A, "Cash Report"],
    [A, "Open Positions"],
    [A, "Trades"]
  ]);
});

it("health finds a row that is dated in the future", () => {
  const [finding, ...more] = found("future-day", {cash: [TAX, {...TAX, day: "2036-01-06"}]});
  expect(more).toEqual([]);
  expect(finding).toMatchObject({severity: "warning", day: "2036-01-06", rows: ["cash-1"]});
});
