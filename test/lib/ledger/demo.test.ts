import {beforeAll, expect, it} from "vitest";
import {accountFlows} from "../../../lib/ledger/account-flows.js";
import {accountNavs} from "../../../lib/ledger/account-nav.js";
import {createFigures, type Figures} from "../../../lib/ledger/figures.js";
import type {LedgerTables} from "../../../lib/ledger/tables.js";
import {formatAmount, parseAmount} from "../../../lib/money/amount.js";
import {flexXml, knownAt, type Books} from "../../../sim/account/index.js";
import {ledgerOfFlex} from "./flex-ledger.js";
import {CONTEXT} from "./tables.js";
import {booksAt} from "../demo.js";

/** The demo account keeps double entry on its own, with no code of the ledger: what both say must agree. */
let books: Books;
let ledger: LedgerTables;
let figures: Figures;

beforeAll(() => {
  const now = new Date("2026-04-15T12:00:00Z");
  books = booksAt(now);
  const {days, restatedFrom} = books;
  const from = days[0];
  const before = {to: days[days.length - 3], generatedAt: `${restatedFrom.slice(0, 10)}T05:00:00`};
  const {changes, ...settled} = ledgerOfFlex([
    flexXml(books, {from, ...before, query: "Activity"}),
    flexXml(books, {from: days[days.length - 60], to: days[days.length - 1], query: "Activity"}),
    flexXml(books, {from: days[days.length - 300], to: days[days.length - 1], query: "Trades only"})
  ]);
  ledger = settled.ledger;
  figures = createFigures(ledger, {...CONTEXT, now: now.toISOString(), mode: "demo", changes});
}, 120_000);

const statedDays = () =>
  knownAt(books, `${books.today}T06:30:00`).filter(
    ({account, day}) =>
      !books.planted.some((one) => one.kind === "missing-day" && one.account === account && one.day === day)
  );

it("health finds each planted defect by its day, and nothing else that is wrong", () => {
  const wrong = figures.health({}).findings.filter(({severity}) => severity !== "info");
  const planted = books.planted.flatMap(({kind, day}) => {
    const code = {
      "missing-rate": "missing-rate",
      "missing-day": "missing-day",
      "contradicting-file": "contradiction"
    };
    return kind === "restatement" ? [] : [`${code[kind]} ${day}`];
  });
  expect(new Set(wrong.map(({code, day}) => `${code} ${day}`))).toEqual(new Set(planted));
  expect(wrong).toHaveLength(planted.length);
});

it("health lists what IBKR changed of a dividend's tax", () => {
  const restated = books.planted.find(({kind}) => kind === "restatement");
  const news = figures.health({}).findings.filter(({code}) => code === "changed");
  expect(news.some(({day, sentence}) => day === restated?.day && sentence.includes("CashTransaction"))).toBe(
    true
  );
});

it("the value of each account on each day is that of its books, to the last decimal", () => {
  const ours = statedDays().map(
    ({account, day}) => accountNavs(ledger).get(account)?.values.get(day) ?? null
  );
  expect(ours).toEqual(statedDays().map(({endNav}) => endNav));
});

it("what crossed each account's border is what its books say of the day", () => {
  const ours = new Map<string, bigint>();
  for (const {account, day, amount} of [...accountFlows(ledger).values()].flatMap(({flows}) => flows)) {
    ours.set(`${account}/${day}`, (ours.get(`${account}/${day}`) ?? 0n) + (amount ?? 0n));
  }
  const off = statedDays().filter(({account, day, parts}) => {
    const theirs = parts.depositsWithdrawals + parts.internalCashTransfers + parts.assetTransfers;
    const difference = (ours.get(`${account}/${day}`) ?? 0n) - theirs;
    return difference * difference > parseAmount("0.005") ** 2n;
  });
  expect(off.map(({account, day}) => [account, day])).toEqual([]);
});

it("the daily return by IBKR's convention is IBKR's twr, to nine decimals of a percent", () => {
  const accounts = [...new Set(statedDays().map(({account}) => account))];
  for (const account of accounts) {
    const {days} = figures.pnl({accounts: [account], convention: "ibkr"});
    const ours = new Map(days.map(({day, return: {value}}) => [day, value]));
    const theirs = statedDays().filter(
      (day) => day.account === account && day.startNav !== 0n && day.endNav !== 0n
    );
    const off = theirs.filter(
      ({day, twr}) => Math.abs(100 * (ours.get(day) ?? NaN) - Number(formatAmount(twr))) > 2e-9
    );
    expect(off.map(({day}) => day)).toEqual([]);
  }
});

it("positions, cash and accruals of the last day are its net asset value", () => {
  const {allocation, nav, leverage} = figures.summary({});
  const parts = allocation[0].items.reduce((sum, {value}) => sum + parseAmount(value), 0n);
  expect(Number(formatAmount(parts - parseAmount(nav.value ?? "NaN")))).toBeCloseTo(0, 1); // opening prices of CFDs have four decimals
  expect(leverage.cash.value).not.toBeNull();
});

it("the last day changed by what its parts say, without a residual", () => {
  const {change} = figures.summary({});
  expect(change.parts.at(-1)).toEqual({part: "residual", amount: {value: "0"}, lines: []});
  expect(change.total).toEqual(figures.summary({}).day.amount);
});

it("nothing on the first screen is n/a", () => {
  const text = JSON.stringify(figures.summary({}));
  expect(text).not.toContain('"value":null');
});

it("both accounts together do not see what moved between them", () => {
  const {total} = figures.pnl({});
  const flows = statedDays().reduce((sum, {parts}) => sum + parts.depositsWithdrawals, 0n);
  expect(Number(formatAmount(parseAmount(total.flow.value ?? "NaN") - flows))).toBeCloseTo(0, 2);
});
