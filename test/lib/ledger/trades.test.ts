import {expect, it} from "vitest";
import {createFigures} from "../../../lib/ledger/figures.js";
import type {TradesQuery, ViewQuery} from "../../../lib/ledger/views.js";
import {CONTEXT, ledgerOf, navRows} from "./tables.js";

type Lists = Parameters<typeof ledgerOf>[0];
type Given = Record<string, string | undefined>;

const trade = (day: string, more: Given = {}) => ({
  symbol: "ACME",
  conid: "1",
  currency: "USD",
  fxRateToBase: "1",
  buySell: "BUY",
  quantity: "1",
  proceeds: "-10",
  ibCommission: "-1",
  ibCommissionCurrency: "USD",
  dateTime: `${day}T10:00:00`,
  ...more,
  day
});
const trades = (lists: Lists, query: TradesQuery = {}) =>
  createFigures(ledgerOf(lists), CONTEXT).trades(query);
const activity = (lists: Lists, query: ViewQuery = {}) =>
  createFigures(ledgerOf(lists), CONTEXT).activity(query);
const nav = navRows({"2025-12-31": "100", "2026-01-05": "100", "2026-01-06": "100"});
const days = {trades: ["2025-12-30", "2025-12-31", "2026-01-05", "2026-01-07"].map((day) => trade(day))};

it("trades({}) lists every execution, the newest first, with totals of all that match", () => {
  const {rows, total, totals} = trades({
    trades: [
      trade("2026-01-05", {dateTime: "2026-01-05T15:00:00"}),
      trade("2026-01-05"),
      trade("2026-01-06", {currency: "EUR", proceeds: "30", fifoPnlRealized: "4"})
    ]
  });
  expect(rows.map(({dateTime}) => dateTime)).toEqual([
    "2026-01-06T10:00:00",
    "2026-01-05T15:00:00",
    "2026-01-05T10:00:00"
  ]);
  expect(total).toBe(3);
  expect(totals).toEqual([
    {currency: "EUR", count: 1, proceeds: "30", commission: "-1", realized: "4"},
    {currency: "USD", count: 2, proceeds: "-20", commission: "-2", realized: "0"}
  ]);
});

it("trades({}) sums a cancelled and re-booked trade to the one that stands (V5)", () => {
  const {totals, rows} = trades({
    trades: [
      trade("2026-01-05", {quantity: "5000", proceeds: "-1600", ibCommission: "-6"}),
      trade("2026-01-05", {quantity: "-5000", proceeds: "1600", ibCommission: "6", buySell: "BUY (Ca.)"}),
      trade("2026-01-05", {quantity: "5000", proceeds: "-1600", ibCommission: "-6"})
    ]
  });
  expect(totals[0]).toMatchObject({count: 3, proceeds: "-1600", commission: "-6"}); // cash -1606
  expect(rows.reduce((sum, {quantity}) => sum + Number(quantity), 0)).toBe(5000);
});

it("trades({}) keeps two equal fills of one second (V10)", () => {
  expect(trades({trades: [trade("2026-01-05"), trade("2026-01-05")]}).total).toBe(2);
});

it("trades({range}) begins after the day whose close the range starts from", () => {
  const of = (query: TradesQuery) => trades({...days, nav}, query).rows.map(({day}) => day);
  expect(of({range: "YTD"})).toEqual(["2026-01-07", "2026-01-05"]);
  expect(of({range: "ALL"})).toEqual(["2026-01-07", "2026-01-05", "2025-12-31", "2025-12-30"]);
  expect(of({range: "custom", from: "2025-12-31", to: "2026-01-05"})).toEqual(["2026-01-05", "2025-12-31"]);
  expect(of({range: "custom", to: "2025-12-30"})).toEqual(["2025-12-30"]);
  expect(of({from: "2026-01-06"})).toEqual(["2026-01-07"]);
});

it("trades({}) lists trades of an account without any value", () => {
  expect(trades(days, {}).total).toBe(4);
  expect(trades(days, {range: "YTD"}).total).toBe(4);
});

it("trades({symbol, conid}) filters by symbol or underlying, in any case, and by contract", () => {
  const lists = {
    trades: [
      trade("2026-01-05"),
      trade("2026-01-05", {symbol: "ACME  260116C00100000", underlyingSymbol: "ACME", conid: "2"}),
      trade("2026-01-05", {symbol: "BETA", conid: "3"})
    ]
  };
  expect(trades(lists, {symbol: " acme"}).total).toBe(2);
  expect(trades(lists, {conid: "3"}).rows[0].symbol).toBe("BETA");
  expect(trades(lists, {symbol: "acme", conid: "2"}).total).toBe(1);
  expect(trades(lists, {symbol: "nothing"})).toMatchObject({total: 0, rows: [], totals: []});
});

it("trades({page, size}) gives a page of the whole, and none beyond the last", () => {
  const lists = {trades: Array.from({length: 5}, (_, i) => trade(`2026-01-0${i + 1}`))};
  expect(trades(lists, {page: 2, size: 2}).rows.map(({day}) => day)).toEqual(["2026-01-03", "2026-01-02"]);
  expect(trades(lists, {page: 3, size: 2}).rows).toHaveLength(1);
  expect(trades(lists, {page: 4, size: 2})).toMatchObject({rows: [], total: 5, page: 4, size: 2});
  expect(trades(lists, {page: 0, size: 0})).toMatchObject({page: 1, size: 1});
});

it("trades({accounts}) shows those accounts only", () => {
  const lists = {trades: [trade("2026-01-05"), {...trade("2026-01-05"), account: "U7000002"}]};
  expect(trades(lists, {accounts: ["U7000002"]}).rows.map(({account}) => account)).toEqual(["U7000002"]);
});

it("activity({}) tells trades, cash, corporate actions and transfers as one history, newest first", () => {
  const {rows, types} = activity({
    trades: [trade("2026-01-05", {netCash: "-11"})],
    cash: [
      {day: "2026-01-06", type: "Dividends", amount: "5", currency: "EUR", fxRateToBase: "1.1", code: "Po"},
      {day: "2026-01-04", type: "", amount: "1", currency: "USD"}
    ],
    corporate_actions: [
      {
        day: "2026-01-07",
        type: "FS",
        quantity: "10",
        proceeds: "0",
        actionDescription: "ACME SPLIT 2 FOR 1",
        currency: "USD"
      }
    ],
    transfers: [
      {
        day: "2026-01-08",
        direction: "IN",
        cashTransfer: "400",
        currency: "USD",
        fxRateToBase: "1",
        counterparty: "U7000002"
      }
    ]
  });
  expect(rows.map(({type, amount, amountBase, table}) => [type, amount, amountBase.value, table])).toEqual([
    ["Transfer IN", "400", "400", "transfers"],
    ["Corporate action FS", "0", "0", "corporate_actions"],
    ["Dividends", "5", "5.5", "cash"],
    ["BUY", "-11", "-11", "trades"],
    ["Cash", "1", "1", "cash"]
  ]);
  expect(rows[1].description).toBe("ACME SPLIT 2 FOR 1");
  expect(rows[0].notes).toBe("U7000002");
  expect(types.map(({type, count}) => [type, count])).toContainEqual(["BUY", 1]);
});

it("activity({}) of a trade without netCash counts commission and taxes, of a future nothing else", () => {
  const amount = (more: Given) => activity({trades: [trade("2026-01-05", more)]}).rows[0].amount;
  expect(amount({taxes: "-0.5"})).toBe("-11.5");
  expect(amount({assetCategory: "FUT", proceeds: "-5000"})).toBe("-1");
  expect(amount({ibCommissionCurrency: "EUR"})).toBe("-10");
  expect(amount({proceeds: undefined})).toBeNull();
  const forex = {
    assetCategory: "CASH",
    symbol: "EUR.USD",
    quantity: "-3634",
    proceeds: "3895.28",
    netCash: "0"
  };
  expect(amount(forex)).toBe("3895.28");
});

it("activity({}) has no amount in base without a rate, and says so", () => {
  const [row] = activity({cash: [{day: "2026-01-05", type: "Dividends", amount: "5", currency: "EUR"}]}).rows;
  expect(row.amountBase).toEqual({value: null, reason: "no rate EUR/USD on 2026-01-05"});
});
