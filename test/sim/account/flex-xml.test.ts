import {expect, it} from "vitest";
import {parseAmount, multiply, formatAmount} from "../../../lib/money/amount.js";
import {demoBooks, demoSectors, flexXml, statementsFor, type Planted} from "../../../sim/account/index.js";
import {elementsOf, type Element} from "./xml.js";

const books = demoBooks({now: new Date("2026-11-22T11:00:00Z")});
const range = {from: books.days[0], to: books.days.at(-1)!};
const chunks = [...flexXml(books, {...range, query: "Activity"})];
const {declared, statements, elements} = elementsOf(chunks);
const compact = (day: string): string => day.replaceAll("-", "");
const planted = (kind: Planted["kind"]): Planted => books.planted.find((defect) => defect.kind === kind)!;
const amount = (element: Element, attribute: string): bigint => parseAmount(element.get(attribute) || "0");
const total = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((a, b) => a + b, 0n);

it("flexXml(books) of three years is small", () => {
  const size = chunks.reduce((length, chunk) => length + chunk.length, 0);
  expect(size).toBeLessThan(30e6);
});

it("flexXml(books) declares as many statements as follow: one an account and business day, but the missing one", () => {
  const {days} = books.restated;
  expect(statements).toBe(declared);
  expect(statements).toBe(days.length - 1);
  const seen = new Set(elements.map(({account, day}) => `${account} ${day}`));
  const missing = planted("missing-day");
  for (const {account, day} of days) {
    expect(seen.has(`${account} ${compact(day)}`)).toBe(account !== missing.account || day !== missing.day);
  }
});

it("ChangeInNAV as printed adds up to its ending value, and EquitySummary says the same", () => {
  const others = new Set(["accountId", "currency", "fromDate", "toDate", "endingValue", "twr"]);
  const nav = elements.filter(({section}) => section === "ChangeInNAV");
  const equity = elements.filter(({section}) => section === "EquitySummaryInBase");
  const raw = chunks.join("").matchAll(/<ChangeInNAV ([^>]*) \/>/g);
  let i = 0;
  for (const [, attributes] of raw) {
    const parts = [...attributes.matchAll(/(\w+)="([^"]*)"/g)].filter(([, name]) => !others.has(name));
    const ending = amount(nav[i], "endingValue");
    expect(total(parts.map(([, , value]) => parseAmount(value)))).toBe(ending);
    expect(amount(equity[2 * i + 1], "total")).toBe(ending);
    ++i;
  }
  expect(i).toBe(statements);
});

it("no figure of NAV has more than nine decimals", () => {
  for (const element of elements.filter(({section}) => section === "ChangeInNAV")) {
    expect(element.get("endingValue")).toMatch(/^-?\d+(\.\d{1,9})?$/);
  }
});

it("positions follow from trades, corporate actions and transfers", () => {
  const held = new Map<string, bigint>();
  const byDay = Map.groupBy(elements, ({account, day}) => `${day} ${account}`);
  let checked = 0;
  for (const rows of byDay.values()) {
    const open = new Map<string, bigint>();
    for (const row of rows) {
      const key = `${row.account} ${row.get("conid")}`;
      const level = row.get("levelOfDetail");
      const moves =
        (row.name === "Trade" && level === "EXECUTION" && row.get("assetCategory") !== "CASH") ||
        row.name === "CorporateAction" ||
        (row.name === "Transfer" && row.get("conid") !== "");
      if (moves) held.set(key, (held.get(key) ?? 0n) + amount(row, "quantity"));
      if (row.name === "OpenPosition" && level === "SUMMARY") open.set(key, amount(row, "position"));
    }
    const [{account}] = rows;
    for (const [key, quantity] of held) {
      if (!key.startsWith(account)) continue;
      expect(open.get(key) ?? 0n, `${rows[0].day} ${key}`).toBe(quantity);
      ++checked;
    }
  }
  expect(checked).toBeGreaterThan(10_000);
});

it("cash follows from its rows, futures' and CFDs' settlement aside", () => {
  const byDay = Map.groupBy(elements, ({account, day}) => `${day} ${account}`);
  for (const rows of byDay.values()) {
    const moved = new Map<string, bigint>();
    const add = (currency: string, local: bigint): void =>
      void moved.set(currency, (moved.get(currency) ?? 0n) + local);
    for (const row of rows) {
      const currency = row.get("currency");
      if (row.name === "Trade" && row.get("assetCategory") === "CASH") {
        const [base, quote] = row.get("symbol").split(".");
        add(base, amount(row, "quantity"));
        add(quote, amount(row, "proceeds"));
        add(row.get("ibCommissionCurrency"), amount(row, "ibCommission"));
      } else if (row.name === "Trade") add(currency, amount(row, "netCash"));
      if (row.name === "CashTransaction" && row.get("levelOfDetail") === "DETAIL")
        add(currency, amount(row, "amount"));
      if (row.name === "CorporateAction") add(currency, amount(row, "proceeds"));
      if (row.name === "Transfer") add(currency, amount(row, "cashTransfer"));
    }
    for (const report of rows.filter(({name}) => name === "CashReportCurrency")) {
      const currency = report.get("currency");
      if (currency === "BASE_SUMMARY") continue;
      const settled = amount(report, "cashSettlingMtm") + amount(report, "realizedVm");
      const change = amount(report, "endingCash") - amount(report, "startingCash");
      expect(change, `${report.day} ${currency}`).toBe((moved.get(currency) ?? 0n) + settled);
    }
  }
});

it("a trade's realized profit is proceeds, commission, taxes and cost", () => {
  for (const trade of elements.filter(({name}) => name === "Trade")) {
    const assigned =
      trade.get("notes") === "A" &&
      trade.get("assetCategory") === "OPT" &&
      amount(trade, "tradePrice") === 0n;
    const cash = trade.get("assetCategory") === "CASH";
    const cancelled = trade.get("notes").startsWith("C");
    if (assigned || cash || cancelled) continue;
    const sum = total(["proceeds", "ibCommission", "taxes", "cost"].map((name) => amount(trade, name)));
    expect(amount(trade, "fifoPnlRealized")).toBe(sum);
  }
});

it("lots of the last day add up to their position, in quantity, cost and value", () => {
  const open = elements.filter(({section, day}) => section === "OpenPositions" && day === compact(range.to));
  const byPosition = Map.groupBy(open, (row) => `${row.account} ${row.get("conid")}`);
  expect(byPosition.size).toBeGreaterThanOrEqual(25);
  for (const [summary, ...lots] of byPosition.values()) {
    expect(summary.get("levelOfDetail")).toBe("SUMMARY");
    expect(lots.length).toBeGreaterThan(0);
    for (const attribute of ["position", "costBasisMoney", "positionValue"]) {
      expect(total(lots.map((lot) => amount(lot, attribute)))).toBe(amount(summary, attribute));
    }
  }
});

it("positions in base add up to stock, options and bonds; futures and CFDs stay out", () => {
  const inBase = Map.groupBy(
    elements.filter((row) => row.name === "OpenPosition" && row.get("levelOfDetail") === "SUMMARY"),
    ({account, day}) => `${account} ${day}`
  );
  for (const nav of elements.filter(
    ({name, day, get}) => name.startsWith("Equity") && get("reportDate") === day
  )) {
    const rows = inBase.get(`${nav.account} ${nav.day}`) ?? [];
    for (const [category, component] of [
      ["STK", "stock"],
      ["OPT", "options"],
      ["BILL", "bonds"]
    ] as const) {
      const worth = rows
        .filter((row) => row.get("assetCategory") === category)
        .map((row) => multiply(amount(row, "positionValue"), amount(row, "fxRateToBase")));
      expect(formatAmount(total(worth))).toBe(nav.get(component));
    }
  }
});

it("open dividend accruals and interest accruals add up to their NAV lines", () => {
  const byDay = Map.groupBy(elements, ({account, day}) => `${account} ${day}`);
  for (const rows of byDay.values()) {
    const nav = rows.findLast(({section}) => section === "EquitySummaryInBase")!;
    const open = rows.filter(({name}) => name === "OpenDividendAccrual");
    const accrued = open.map((row) => multiply(amount(row, "netAmount"), amount(row, "fxRateToBase")));
    expect(total(accrued)).toBe(amount(nav, "dividendAccruals"));
    const interest = rows.find(
      (row) => row.section === "InterestAccruals" && row.get("currency") === "BASE_SUMMARY"
    )!;
    expect(amount(interest, "endingAccrualBalance")).toBe(amount(nav, "interestAccruals"));
    const parts = ["startingAccrualBalance", "interestAccrued", "accrualReversal", "fxTranslation"];
    expect(total(parts.map((part) => amount(interest, part)))).toBe(amount(nav, "interestAccruals"));
  }
});

it("every ISIN ends in its check digit and every conid has nine digits", () => {
  const infos = elements.filter(({name}) => name === "SecurityInfo");
  const isins = new Set(infos.map((row) => row.get("isin")).filter(Boolean));
  expect(isins.size).toBeGreaterThan(20);
  for (const isin of isins) expect(luhn(Array.from(isin, (char) => parseInt(char, 36)).join(""))).toBe(0);
  for (const info of infos) expect(info.get("conid")).toMatch(/^9\d{8}$/);
});

function luhn(digits: string): number {
  const values = Array.from(digits, Number).reverse();
  return (
    values.reduce(
      (sum, digit, i) => sum + (i % 2 ? Math.floor((2 * digit) / 10) + ((2 * digit) % 10) : digit),
      0
    ) % 10
  );
}

it("one rate is missing on one day, in every account", () => {
  const {day, subject} = planted("missing-rate");
  const rates = elements.filter(
    ({name, get}) => name === "ConversionRate" && get("fromCurrency") === subject
  );
  expect(rates.some((row) => row.day === compact(day))).toBe(false);
  expect(rates).toHaveLength(statements - 2);
});

it("the second query contradicts the first in one commission", () => {
  const {account, subject, told, instead} = planted("contradicting-file");
  const find = (rows: Element[]): Element[] =>
    rows.filter(
      (row) => row.name === "Trade" && row.account === account && row.get("transactionID") === subject
    );
  const second = elementsOf(flexXml(books, {...range, query: "Trades only"}));
  expect(find(elements).map((row) => row.get("ibCommission"))).toEqual([told]);
  expect(find(second.elements).map((row) => row.get("ibCommission"))).toEqual([instead]);
  expect(second.statements).toBe(3);
  const trades = (rows: Element[]): number => rows.filter(({name}) => name === "Trade").length;
  expect(trades(second.elements)).toBe(trades(elements));
});

it("a statement tells what was known when it was generated", () => {
  const {day, account, told, instead} = planted("restatement");
  const tax = (generatedAt?: string): string[] =>
    elementsOf(
      flexXml(books, {
        from: day,
        to: day,
        query: "Activity",
        accounts: [account],
        ...(generatedAt && {generatedAt})
      })
    )
      .elements.filter(({section}) => section === "ChangeInNAV")
      .map((row) => row.get("withholdingTax"));
  expect(tax(books.restatedFrom)).toEqual([told]);
  expect(tax()).toEqual([instead]);
  const early = elementsOf(
    flexXml(books, {...range, query: "Activity", generatedAt: `${books.days[99]}T06:30:00`})
  );
  expect(early.elements.at(-1)?.day).toBe(compact(books.days[98]));
});

it("before the restated day both histories are the same, and after it they differ in cash alone", () => {
  const {day} = planted("restatement");
  books.first.days.forEach((first, i) => {
    const later = books.restated.days[i];
    if (first.day < day) expect(later.endNav).toBe(first.endNav);
    expect(later.end.get("stock")).toBe(first.end.get("stock"));
  });
});

it("statementsFor(books) gives the last 365 days, the days asked for, or nothing", () => {
  const provider = statementsFor(books);
  const last = elementsOf(provider("1000002")!);
  expect(last.elements[0].get("reportDate") >= compact("2025-11-21")).toBe(true);
  const asked = elementsOf(provider("1000001", "2026-11-19", "2026-11-20")!);
  expect(asked.statements).toBe(4);
  expect(provider("1000003")).toBeUndefined();
  expect(provider("1000001", "2026-11-21", "2026-11-22")).toBeUndefined();
});

it("the owner's name and address stand in every statement, for others to leave out", () => {
  const owners = elements.filter(({section}) => section === "AccountInformation");
  expect(owners).toHaveLength(statements);
  expect(owners[0].get("name")).toBe("Perdita Nowhere");
  expect(owners[0].get("primaryEmail")).toBe("perdita.nowhere@example.invalid");
});

it("demoSectors(books) knows the symbol of every share that is held", () => {
  const sectors = demoSectors(books);
  const shares = elements.filter((row) => row.name === "OpenPosition" && row.get("assetCategory") === "STK");
  for (const share of shares) expect(sectors).toHaveProperty([share.get("symbol")]);
});
