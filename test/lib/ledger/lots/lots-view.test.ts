import {expect, it} from "vitest";
import {createFigures} from "../../../../lib/ledger/figures.js";
import {parseChoices} from "../../../../lib/ledger/lots/choices.js";
import type {LotsQuery} from "../../../../lib/ledger/lots/lots-view.js";
import {A, CONTEXT, ledgerOf, navRows} from "../tables.js";
import {trade} from "./trades.js";

const EUR = [{account: A, from: "2024-01-01", to: "2025-12-31", base: "EUR"}];
const rate = (day: string, euros: string) => ({day, fromCurrency: "USD", toCurrency: "EUR", rate: euros});
const DAY = "2025-03-03";

function view(lists: Parameters<typeof ledgerOf>[0], query: LotsQuery = {}) {
  return createFigures(ledgerOf(lists), CONTEXT).lots(query);
}

it("lots show cost at the opening day's rate, value at the mark, and what both make in the reporting currency", () => {
  const {rows} = view({
    coverage: EUR,
    nav: navRows({[DAY]: "5000"}),
    trades: [trade("2024-02-02", "2", "100"), trade("2025-03-03", "3", "120")],
    rates: [rate("2024-02-02", "1"), rate(DAY, "0.8")],
    positions: [
      {
        day: DAY,
        conid: "1",
        symbol: "ACME",
        assetCategory: "STK",
        currency: "USD",
        position: "5",
        markPrice: "150"
      }
    ]
  });
  expect(rows).toMatchObject([
    {
      symbol: "ACME",
      quantity: "2",
      opened: "2024-02-02",
      daysHeld: 395,
      term: "long",
      cost: {value: "200"},
      costBase: {value: "200"},
      value: {value: "300"},
      unrealized: {value: "100"},
      unrealizedBase: {value: "40"}
    },
    {
      quantity: "3",
      term: "short",
      cost: {value: "360"},
      costBase: {value: "288"},
      unrealizedBase: {value: "72"}
    }
  ]);
});

it("a lot of unknown cost is n/a with the reason, and one without a mark too", () => {
  const {rows, problems} = view({
    trades: [trade("2025-02-02", "2", "100", {ibCommission: "-1", ibCommissionCurrency: "SEK"})]
  });
  expect(rows[0].cost).toEqual({value: null, reason: "no statement tells what it had cost"});
  expect(rows[0].value.reason).toBe("the last statement does not list it");
  expect(problems).toEqual([]);
});

it("lots of one instrument alone, by the method of each account", () => {
  const B = "U7000002";
  const trades = [A, B].flatMap((account) => [
    trade("2025-01-02", "1", "100", {account}),
    trade("2025-01-03", "1", "200", {account}),
    trade("2025-01-06", "-1", "150", {account}),
    trade("2025-01-06", "1", "9", {account, conid: "7", symbol: "OTHER"})
  ]);
  const {rows, methods} = view({trades}, {conid: "1", methods: {[B]: "lifo"}});
  expect(rows.map(({account, cost}) => [account, cost.value])).toEqual([
    [A, "200"],
    [B, "100"]
  ]);
  expect(methods).toEqual({[B]: "lifo"});
});

it("parseChoices(text) reads lines of close, open, quantity", () => {
  const text = "close,open,quantity\nTrade:U1:9,Trade:U1:3,8\n# a note\nTrade:U1:9,Trade:U1:4,0.50\n";
  expect(parseChoices(text)).toEqual([
    {
      close: "Trade:U1:9",
      lots: [
        {open: "Trade:U1:3", quantity: "8"},
        {open: "Trade:U1:4", quantity: "0.5"}
      ]
    }
  ]);
  expect(parseChoices("")).toEqual([]);
  expect(() => parseChoices("Trade:U1:9,Trade:U1:3")).toThrow("line 1 of the lots is not understood");
  expect(() => parseChoices("a,b,many")).toThrow("write the closing row's id");
});
