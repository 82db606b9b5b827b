import {expect, it} from "vitest";
import {createFigures} from "../../../lib/ledger/figures.js";
import {CONTEXT, ledgerOf} from "./tables.js";

const TRADE = {day: "2026-01-06", symbol: "ACME", conid: "1", tradeID: "77", buySell: "BUY", quantity: "5"};

const twice = (trades: (typeof TRADE & {transactionID?: string})[]) =>
  createFigures(ledgerOf({trades}), CONTEXT)
    .health({})
    .findings.filter(({code}) => code === "trade-twice");

it("health says that a trade stands twice when one query lacks Transaction ID", () => {
  const [finding, ...more] = twice([{...TRADE, transactionID: "500"}, TRADE]);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    severity: "warning",
    day: "2026-01-06",
    rows: ["trades-0", "trades-1"],
    sentence:
      "the trade 77 of ACME on 2026-01-06 (5) stands 2 times: one query prints Transaction ID, another does not"
  });
});

it("health keeps two identical fills apart that IBKR numbers (V10, TradeTally #297)", () => {
  expect(
    twice([
      {...TRADE, transactionID: "500"},
      {...TRADE, transactionID: "501"}
    ])
  ).toEqual([]);
  expect(twice([TRADE, {...TRADE, tradeID: "78"}])).toEqual([]);
});
