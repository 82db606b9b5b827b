import {expect, it} from "vitest";
import {createFigures} from "../../../../lib/ledger/figures.js";
import {twoCurrencies} from "../attribution/two-currencies.js";
import {CONTEXT} from "../tables.js";

it("tearSheet() is the very views that the pages show, of one profile", () => {
  const figures = createFigures(twoCurrencies(), CONTEXT);
  const query = {profile: "portfolio-analyst", range: "ALL"} as const;
  const sheet = figures.tearSheet(query);
  expect(sheet.performance).toEqual(figures.performance(query));
  expect(sheet.byClass).toEqual(figures.attribution({...query, by: "class"}));
  expect(sheet.byPosition).toEqual(figures.attribution({...query, by: "position"}));
  expect(sheet.navBridge).toEqual(figures.navBridge(query));
  expect(sheet.rolling.map(({measure}) => measure)).toEqual(["volatility", "sharpe"]);
  expect(sheet.performance.convention).toBe("ibkr");
});
