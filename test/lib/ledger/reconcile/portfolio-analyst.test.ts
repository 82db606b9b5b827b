import {expect, it} from "vitest";
import {reconcile} from "../../../../lib/ledger/reconcile/reconcile.js";
import {ledgerOf} from "../tables.js";

it("a PortfolioAnalyst report of an account that no other statement is of is not given, and says so", () => {
  const figure = {of: "Key Statistics", fromDate: "2026-01-01", toDate: "2026-03-31", value: "5"};
  const ledger = ledgerOf({
    coverage: [],
    reported: [
      {...figure, account: "U1", day: "2026-03-31", figure: "EndingNAV"},
      {...figure, account: "U1", day: "2026-03-31", figure: "CumulativeReturn"}
    ]
  });
  const checks = reconcile(ledger, {changes: []});
  expect(checks).toMatchObject([
    {account: "U1", period: ["2026-01-01", "2026-03-31"], what: "portfolio-analyst", status: "not-given"}
  ]);
  expect(checks[0].reason?.sentence).toContain("no other statement of U1 is here");
});
