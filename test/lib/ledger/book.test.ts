import {expect, it} from "vitest";
import {book, tablesOf} from "../../../lib/ledger/book.js";
import {TABLES, type RowSource, type TableName} from "../../../lib/ledger/tables.js";
import {parseAmount} from "../../../lib/money/amount.js";
import type {StatementRow} from "../../../lib/statements/statement.js";

function row(
  section: string,
  element: string,
  fields: Record<string, string>,
  more: Partial<StatementRow> = {}
): StatementRow {
  const place = {account: "U7000001", day: "2026-01-06", from: "", to: "", level: "", kind: ""};
  return {statement: 0, section, element, ...place, fields, ...more};
}
const booked = (row: StatementRow, id: string) => book(row, id).map((one) => one.booked);
const levelOf = (name: TableName): string => {
  const {levels}: RowSource = TABLES[name];
  return levels?.[0] ?? "";
};
const trade = (fields: Record<string, string>, level = "EXECUTION") =>
  row("Trades", "Trade", fields, {level});

it("tablesOf(row) finds the tables of each element; levels that repeat others have none (R21)", () => {
  expect(tablesOf(trade({}))).toEqual(["trades"]);
  expect(tablesOf(trade({}, ""))).toEqual(["trades"]);
  expect(tablesOf(trade({}, "ORDER"))).toEqual([]);
  expect(tablesOf(trade({}, "CLOSED_LOT"))).toEqual(["closed_lots"]);
  const position = (level: string) => row("OpenPositions", "OpenPosition", {}, {level});
  expect([position("SUMMARY"), position("LOT")].map(tablesOf)).toEqual([["positions"], ["lots"]]);
  expect(tablesOf(row("Trades", "Lot", {}))).toEqual(["closed_lots"]);
  expect(tablesOf(row("TradeConfirms", "Trade", {}))).toEqual([]);
});

it("book(name, row, id) fills every column: amounts exact, dates as days, what is absent null", () => {
  const [first] = booked(
    trade({quantity: "-3.25", tradeDate: "2026-01-05", symbol: "ACME", expiry: "MULTI"}),
    "x"
  );
  expect(Object.keys(first).toSorted()).toEqual(
    ["id", "account", "day", ...Object.keys(TABLES.trades.columns)].toSorted()
  );
  expect(first).toMatchObject({
    id: "x",
    account: "U7000001",
    day: "2026-01-06",
    quantity: parseAmount("-3.25"),
    tradeDate: "2026-01-05",
    symbol: "ACME",
    expiry: null,
    proceeds: null
  });
});

it("book(name, row, id) puts a row of a period on its last day", () => {
  const period = {day: "", from: "2026-01-01", to: "2026-01-31"};
  const [first] = booked(
    row("CashReport", "CashReportCurrency", {currency: "USD", endingCash: "5"}, period),
    "x"
  );
  expect(first).toMatchObject({
    day: "2026-01-31",
    fromDate: "2026-01-01",
    toDate: "2026-01-31",
    endingCash: parseAmount("5")
  });
});

it("book('cash') names the type as IBKR does at present", () => {
  const cash = row(
    "CashTransactions",
    "CashTransaction",
    {type: "Deposits/Withdrawals"},
    {kind: "Deposits & Withdrawals"}
  );
  expect(booked(cash, "x")[0].type).toBe("Deposits & Withdrawals");
});

it("book('rates') takes -1 for no rate", () => {
  const rate = (value: string) =>
    booked(row("ConversionRates", "ConversionRate", {rate: value}), "x")[0].rate;
  expect([rate("-1"), rate("1.2")]).toEqual([null, parseAmount("1.2")]);
});

it("book('transfers') keeps the other account apart from its own", () => {
  const [first] = booked(row("Transfers", "Transfer", {account: "U7000002"}), "x");
  expect(first).toMatchObject({account: "U7000001", counterparty: "U7000002"});
});

it("book('change_in_nav') makes one row of each figure, unknown ones too", () => {
  const fields = {
    currency: "USD",
    mtm: "5",
    newThing: "0",
    accountId: "7",
    note: "text",
    startingValue: "100"
  };
  const parts = booked(
    row("ChangeInNAV", "ChangeInNAV", fields, {day: "", from: "2026-01-05", to: "2026-01-06"}),
    "x"
  );
  expect(parts.map(({id, part, amount, day, currency}) => [id, part, amount, day, currency])).toEqual([
    ["x/mtm", "mtm", parseAmount("5"), "2026-01-06", "USD"],
    ["x/newThing", "newThing", 0n, "2026-01-06", "USD"],
    ["x/startingValue", "startingValue", parseAmount("100"), "2026-01-06", "USD"]
  ]);
});

it("book(name, row, id) can book an empty row of every table; what a security is has no day", () => {
  const names = (Object.keys(TABLES) as TableName[]).filter((name) => name !== "change_in_nav");
  const days = names.map((name) => [
    name,
    booked(row(TABLES[name].section, TABLES[name].element, {}, {level: levelOf(name)}), "x")[0].day
  ]);
  expect(Object.fromEntries(days)).toEqual(
    Object.fromEntries(names.map((name) => [name, name === "securities" ? null : "2026-01-06"]))
  );
});

it("book(name, row, id) leaves null what is no day, no time or no number that it holds", () => {
  const [first] = booked(
    trade({
      expiry: "Perpetual",
      tradeDate: "2025-02-30",
      settleDateTarget: "2025-13-01",
      dateTime: "soon",
      quantity: "1E30",
      cost: "1".repeat(27)
    }),
    "x"
  );
  expect(first).toMatchObject({
    expiry: null,
    tradeDate: null,
    settleDateTarget: null,
    dateTime: null,
    quantity: null,
    cost: null
  });
  const parts = booked(row("ChangeInNAV", "ChangeInNAV", {mtm: "1", novelty: "1".repeat(27)}), "x");
  expect(parts.map(({part}) => part)).toEqual(["mtm"]);
});

it("book(name, row, id) keeps times with their zone", () => {
  const time = "2026-01-05T09:30:00 America/New_York";
  expect(booked(trade({dateTime: time}), "x")[0].dateTime).toBe(time);
  expect(booked(trade({dateTime: "2026-01-05"}), "x")[0].dateTime).toBe("2026-01-05");
});
