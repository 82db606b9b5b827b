import {parse} from "csv-parse/sync";
import {expect, it} from "vitest";
import {activityCsv, demoBooks} from "../../../../sim/account/index.js";

const books = demoBooks({now: new Date("2026-11-22T11:00:00Z")});
const account = books.accounts[1];
const text = [...activityCsv(books, {account, from: books.days[0], to: books.days.at(-1)!})].join("");
const lines = parse(text, {relax_column_count: true}) as string[][]; // no columns: every line is a list of cells
const of = (section: string) => lines.filter(([name]) => name === section);

it("activityCsv(books) has as many cells in each line as in the header above it", () => {
  const headers = new Map<string, number>();
  for (const [section, kind, ...cells] of lines) {
    if (kind === "Header") headers.set(section, cells.length);
    else expect([section, cells.length]).toEqual([section, headers.get(section)]);
  }
});

it("activityCsv(books) begins as IBKR's files do", () => {
  expect(text.startsWith("Statement,Header,Field Name,Field Value\n")).toBe(true);
  expect(of("Statement").map(([, , name]) => name)).toEqual([
    "Field Name",
    "BrokerName",
    "BrokerAddress",
    "Title",
    "Period",
    "WhenGenerated"
  ]);
  expect(text).toMatch(/^Statement,Data,Period,"[A-Z][a-z]+ \d+, 20\d\d - [A-Z][a-z]+ \d+, 20\d\d"$/m);
});

it("activityCsv(books) prints forex under a header of its own, its commission in base", () => {
  const headers = of("Trades").filter(([, kind]) => kind === "Header");
  expect(headers.length).toBeGreaterThan(3);
  expect(headers.at(-1)).toEqual(expect.arrayContaining(["Comm in USD", "MTM in USD", ""]));
});

it("activityCsv(books) prints an order of several fills once, its fills below it", () => {
  const trades = of("Trades");
  const at = trades.findIndex(([, , discriminator]) => discriminator === "Trade");
  const quantity = (cells: string[]) => Number(cells[7].replaceAll(",", ""));
  expect(trades[at - 1][2]).toBe("Order");
  let filled = 0;
  for (let i = at; trades[i][2] === "Trade"; ++i) filled += quantity(trades[i]);
  expect(filled).toBe(quantity(trades[at - 1]));
});

it("activityCsv(books) tells totals as rows of data, in their currency and in base", () => {
  const labels = new Set(of("Dividends").map(([, , currency]) => currency));
  expect([...labels]).toEqual(
    expect.arrayContaining(["EUR", "Total", "Total in USD", "USD", "Total Dividends in USD"])
  );
});

it("activityCsv(books) prints thousands with commas and times with a comma, quoted", () => {
  expect(text).toMatch(
    /^Trades,Data,Order,Stocks,[A-Z]{3},\w+,"20\d\d-\d\d-\d\d, \d\d:\d\d:\d\d","?-?[\d,]+/m
  );
  expect(text).toMatch(/,"\d{1,3}(?:,\d{3})+",/);
});

it("activityCsv(books) is of an account with days in the period, else it throws", () => {
  const options = {account: books.accounts[2], from: books.days[0], to: books.days[1]};
  expect(() => [...activityCsv(books, options)]).toThrow(RangeError);
});
