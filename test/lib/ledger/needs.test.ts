import {expect, it} from "vitest";
import {createFigures} from "../../../lib/ledger/figures.js";
import {CONTEXT, ledgerOf, navRows} from "./tables.js";

const D = "2026-01-06";
const NOW = "2026-01-07T12:00:00Z";
type Lists = Parameters<typeof ledgerOf>[0];
type Given = Record<string, string | undefined>;

const needs = (lists: Lists, {now = NOW, failures = [] as string[]} = {}) =>
  createFigures(ledgerOf({nav: navRows({[D]: "1000"}), ...lists}), {...CONTEXT, now, failures}).summary({})
    .needs;
const underlying = {
  day: D,
  conid: "1",
  symbol: "ACME",
  assetCategory: "STK",
  currency: "USD",
  position: "100",
  markPrice: "110",
  costBasisMoney: "1"
};
const option = (more: Given = {}) => ({
  day: D,
  conid: "2",
  symbol: "ACME C",
  assetCategory: "OPT",
  currency: "USD",
  multiplier: "100",
  position: "1",
  markPrice: "1",
  costBasisMoney: "1",
  strike: "100",
  putCall: "C",
  underlyingConid: "1",
  expiry: "2026-01-16",
  ...more
});
const accrual = (exDate: string, more: Given = {}) => ({
  day: D,
  conid: "1",
  symbol: "ACME",
  currency: "USD",
  exDate,
  quantity: "100",
  grossRate: "0.5",
  ...more
});
const brief = (list: ReturnType<typeof needs>) =>
  list.map(({kind, day, daysLeft, severity}) => [kind, day, daysLeft, severity]);

it("needs tell an expiry from today to seven days on, with its moneyness", () => {
  const on = (expiry: string) => brief(needs({positions: [underlying, option({expiry})]}));
  expect(on("2026-01-06")).toEqual([]);
  expect(on("2026-01-07")).toEqual([["expiry", "2026-01-07", 0, "warning"]]);
  expect(on("2026-01-14")).toEqual([["expiry", "2026-01-14", 7, "warning"]]);
  expect(on("2026-01-15")).toEqual([]);
  const [need] = needs({positions: [underlying, option({expiry: "2026-01-09"})]});
  expect(need).toMatchObject({
    title: "ACME C expires",
    detail: "1 contracts, 10.0 % in the money",
    account: "U7000001"
  });
});

it("needs count days in New York: at three in the morning in London it is still yesterday there", () => {
  const positions = [underlying, option({expiry: "2026-01-07"})];
  expect(brief(needs({positions}, {now: "2026-01-08T03:00:00Z"}))).toEqual([
    ["expiry", "2026-01-07", 0, "warning"]
  ]);
  expect(needs({positions}, {now: "2026-01-08T06:00:00Z"})).toEqual([]);
});

it("needs warn of an expiry near the money or in it, and of a future; far out of it is only told", () => {
  const severity = (more: Given) =>
    needs({positions: [underlying, option({expiry: "2026-01-09", ...more})]})[0];
  expect(severity({strike: "112"})).toMatchObject({
    severity: "warning",
    detail: "1 contracts, 1.8 % out of the money"
  });
  expect(severity({strike: "200"})).toMatchObject({severity: "info"});
  expect(severity({assetCategory: "FUT", putCall: undefined, strike: undefined})).toMatchObject({
    severity: "warning"
  });
  expect(severity({underlyingConid: "9"})).toMatchObject({
    severity: "info",
    detail: "1 contracts, moneyness unknown: no price of the underlying in the statement"
  });
});

it("needs say that a bill matures", () => {
  const bill = option({
    assetCategory: "BILL",
    symbol: "B 01/09/26",
    putCall: undefined,
    strike: undefined,
    position: "10000",
    expiry: "2026-01-09"
  });
  expect(needs({positions: [bill]})[0]).toMatchObject({
    title: "B 01/09/26 matures",
    severity: "info",
    detail: "10000 face value"
  });
});

it("needs name a short call in the money: it may be assigned on any day", () => {
  const short = option({position: "-1", expiry: "2026-06-19"});
  expect(brief(needs({positions: [underlying, short]}))).toEqual([["short-call", "2026-01-07", 0, "info"]]);
  expect(
    needs({positions: [underlying, option({position: "-1", strike: "120", expiry: "2026-06-19"})]})
  ).toEqual([]);
  expect(
    needs({
      positions: [underlying, option({position: "-1", putCall: "P", strike: "120", expiry: "2026-06-19"})]
    })
  ).toEqual([]);
  const soon = needs({positions: [underlying, option({position: "-1", expiry: "2026-01-09"})]});
  expect(brief(soon)).toEqual([
    ["expiry", "2026-01-09", 2, "warning"],
    ["short-call", "2026-01-09", 2, "warning"]
  ]);
});

it("needs warn of a short call near the money before the ex-date of its share", () => {
  const short = option({position: "-2", strike: "112", expiry: "2026-06-19"});
  const list = needs({positions: [underlying, short], dividend_accruals: [accrual("2026-01-09")]});
  expect(brief(list)).toEqual([
    ["short-call", "2026-01-09", 2, "warning"],
    ["ex-dividend", "2026-01-09", 2, "info"]
  ]);
  expect(list[0].detail).toBe("1.8 % out of the money, ex-dividend 2026-01-09; −2 contracts");
});

it("needs tell ex-dates of the last statement's accruals, in the next seven days", () => {
  const list = needs({
    dividend_accruals: [
      accrual("2026-01-06"),
      accrual("2026-01-08"),
      accrual("2026-01-15"),
      accrual("2026-01-09", {day: "2026-01-05"})
    ]
  });
  expect(list.map(({title, detail, day}) => [title, detail, day])).toEqual([
    ["ACME goes ex-dividend", "0.5 USD a share on 100", "2026-01-08"]
  ]);
});

it("needs tell data that failed, once, and what is wrong in the last seven days", () => {
  const list = needs({}, {failures: ["the pull of 06:30 failed: token expired"]});
  expect(list.map(({kind, detail, severity, daysLeft}) => [kind, detail, severity, daysLeft])).toEqual([
    ["data", "the pull of 06:30 failed: token expired", "error", 0]
  ]);
  const nav = navRows({"2026-01-02": "1", "2026-01-06": "1", "2025-12-01": "1"});
  const all = ["2025-12-01", "2025-12-02", "2025-12-03"].map((day) => ({
    account: "U7000001",
    from: day,
    to: day,
    base: "USD"
  }));
  expect(
    needs({nav, coverage: [...all, {account: "U7000001", from: "2026-01-02", to: "2026-01-06", base: "USD"}]})
  ).toEqual([]);
});

it("needs put first what may cost money, then what is sooner", () => {
  const list = needs({
    positions: [underlying, option({expiry: "2026-01-12"}), option({expiry: "2026-01-08", symbol: "ACME D"})],
    dividend_accruals: [accrual("2026-01-09")]
  });
  expect(list.map(({severity, daysLeft}) => [severity, daysLeft])).toEqual([
    ["warning", 1],
    ["warning", 5],
    ["info", 2]
  ]);
});

it("needs tell an ex-date once, whatever the number of accounts that hold the share", () => {
  const list = needs({
    nav: [...navRows({[D]: "1000"}), ...navRows({[D]: "1"}, "U7000002")],
    dividend_accruals: [accrual("2026-01-09"), accrual("2026-01-09", {account: "U7000002", quantity: "50"})]
  });
  expect(list.map(({account, detail}) => [account, detail])).toEqual([
    [null, "0.5 USD a share on 150, in 2 accounts"]
  ]);
});

it("needs leave out what is lasting: a position without cost is counted among the warnings, not repeated daily", () => {
  const ledger = ledgerOf({nav: navRows({[D]: "1000"}), positions: [{...underlying, costBasisMoney: "0"}]});
  const view = createFigures(ledger, {...CONTEXT, now: NOW}).summary({});
  expect(view.needs).toEqual([]);
  expect(view.health.warnings).toBe(1);
});
