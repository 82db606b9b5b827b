import {expect, it} from "vitest";
import {createFigures} from "../../../lib/ledger/figures.js";
import {CONTEXT, ledgerOf, navRows} from "./tables.js";

const B = "U7000002";
const figures = (lists: Parameters<typeof ledgerOf>[0]) => createFigures(ledgerOf(lists), CONTEXT);
const deposit = (day: string, amount: string, more: Record<string, string | undefined> = {}) => ({
  day,
  type: "Deposits & Withdrawals",
  amount,
  currency: "USD",
  fxRateToBase: "1",
  ...more
});
const V1 = {
  nav: navRows({"2026-01-05": "1000", "2026-01-06": "1530", "2026-01-07": "1340"}),
  cash: [deposit("2026-01-06", "500"), deposit("2026-01-07", "-200")]
};

it("pnl({}) tells gain, flow and return of each day, and their totals (V1)", () => {
  const {days, total} = figures(V1).pnl({});
  // 1530 - 1000 - 500 = 30; 1530 / 1500 - 1 = 2 %; 1340 - 1530 + 200 = 10; 1540 / 1530 - 1
  expect(days.map(({day, pnl, flow, nav}) => [day, pnl.value, flow.value, nav.value])).toEqual([
    ["2026-01-06", "30", "500", "1530"],
    ["2026-01-07", "10", "-200", "1340"]
  ]);
  expect(days[0].return.value).toBeCloseTo(0.02, 12);
  expect(days[1].return.value).toBeCloseTo(1540 / 1530 - 1, 12);
  expect(days[1].cumulative.value).toBeCloseTo(1540 / 1500 - 1, 12);
  expect([total.pnl, total.flow]).toEqual([{value: "40"}, {value: "300"}]);
  expect(total.return.value).toBeCloseTo(1540 / 1500 - 1, 12);
});

it("pnl({}) of a full withdrawal is the gain before it, and nothing after (V2)", () => {
  const {days, total} = figures({
    nav: navRows({"2026-01-05": "1000", "2026-01-06": "0", "2026-01-07": "0"}),
    cash: [deposit("2026-01-06", "-1010")]
  }).pnl({});
  expect(days.map(({pnl}) => pnl.value)).toEqual(["10", "0"]);
  expect(days[0].return.value).toBeCloseTo(0.01, 12);
  expect(days[1].return).toEqual({value: null, reason: "no capital before 2026-01-07"});
  expect(total.return.value).toBeCloseTo(0.01, 12);
});

it("pnl({}) is n/a, with the reason, on the day of a flow without a rate, and so is all that spans it", () => {
  const {days, total} = figures({
    nav: navRows({"2026-01-05": "100", "2026-01-06": "210", "2026-01-07": "231"}),
    cash: [deposit("2026-01-06", "100", {currency: "EUR", fxRateToBase: undefined})]
  }).pnl({});
  const reason = "no rate or price for a flow of U7000001 on 2026-01-06";
  expect(days[0]).toMatchObject({
    nav: {value: "210"},
    pnl: {value: null, reason},
    flow: {value: null, reason},
    return: {value: null, reason}
  });
  expect(days[1].pnl.value).toBe("21");
  expect(days[1].return.value).toBeCloseTo(0.1, 12);
  expect(days[1].cumulative.reason).toContain("the chain of returns breaks: 2026-01-06");
  expect(total.pnl).toEqual({value: null, reason});
  expect(total.return.value).toBeNull();
});

it("pnl({}) of a day without a value is n/a; the next day's gain spans both, so that days sum to the total", () => {
  const {days, total} = figures({
    nav: [
      ...navRows({"2026-01-05": "100", "2026-01-06": "101", "2026-01-07": "103"}),
      ...navRows({"2026-01-05": "50", "2026-01-07": "70"}, B)
    ],
    cash: [deposit("2026-01-06", "10", {account: B})]
  }).pnl({});
  // 173 - 150 - 10 = 13
  expect(days.map(({nav, pnl, flow}) => [nav.value, pnl.value, flow.value])).toEqual([
    [null, null, "10"],
    ["173", "13", "0"]
  ]);
  expect(days[0].nav.reason).toBe("no value of U7000002 on 2026-01-06");
  expect(days[0].cumulative.value).toBeNull();
  expect(days[1].return.value).toBeCloseTo(173 / 160 - 1, 12);
  expect([total.pnl.value, total.flow.value]).toEqual(["13", "10"]);
});

it("pnl({}) books what was realized on its report day, or the next one with a value, in base", () => {
  const {days, total} = figures({
    nav: navRows({"2026-01-09": "100", "2026-01-12": "101"}),
    trades: [
      {day: "2026-01-10", fifoPnlRealized: "10", currency: "EUR", fxRateToBase: "1.1"},
      {day: "2026-01-12", fifoPnlRealized: "-3", currency: "USD", fxRateToBase: "1"},
      {day: "2026-01-09", fifoPnlRealized: "99", currency: "USD", fxRateToBase: "1"},
      {day: "2026-01-13", fifoPnlRealized: "99", currency: "USD", fxRateToBase: "1"}
    ],
    corporate_actions: [{day: "2026-01-12", fifoPnlRealized: "2", currency: "USD", fxRateToBase: "1"}]
  }).pnl({});
  expect(days.map(({realized}) => realized.value)).toEqual(["10"]); // 11 - 3 + 2
  expect(total.realized.value).toBe("10");
});

it("pnl({}) does not know what was realized where a trade has no rate", () => {
  const {days, total} = figures({
    nav: navRows({"2026-01-05": "100", "2026-01-06": "101"}),
    trades: [{day: "2026-01-06", fifoPnlRealized: "10", currency: "EUR"}]
  }).pnl({});
  expect(days[0].realized).toEqual({value: null, reason: "no rate for a trade closed on 2026-01-06"});
  expect(total.realized.value).toBeNull();
});

it("pnl({}) says what to tick where there is no value, and what is missing where there is one only", () => {
  expect(figures({}).pnl({})).toMatchObject({
    days: [],
    total: {pnl: {value: null, reason: expect.stringContaining("tick Net Asset Value")}}
  });
  expect(figures({nav: navRows({"2026-01-05": "100"})}).pnl({}).total.pnl).toEqual({
    value: null,
    reason: "one value only, of 2026-01-05: there is none to compare it with"
  });
});

it("pnl({range: 'custom'}) counts from the close before its first day", () => {
  const {scope, days} = figures(V1).pnl({range: "custom", from: "2026-01-07", to: "2026-01-07"});
  expect(scope).toMatchObject({from: "2026-01-06", to: "2026-01-07"});
  expect(days.map(({day}) => day)).toEqual(["2026-01-07"]);
});

it("pnl({range: 'custom'}) of days before the first value says when that is", () => {
  const {total, scope} = figures(V1).pnl({range: "custom", to: "2025-12-31"});
  expect(scope).toMatchObject({from: null, to: null});
  expect(total.pnl.reason).toBe("no net asset value up to 2025-12-31: the first is of 2026-01-05");
});

it("pnl({range: 'custom'}) of days after the last value has no day", () => {
  const {days, total} = figures(V1).pnl({range: "custom", from: "2026-03-01"});
  expect(days).toEqual([]);
  expect(total.pnl.value).toBeNull();
});

it("pnlSeries({}) has columns of one length, the base day first, and net contributions", () => {
  const series = figures(V1).pnlSeries({});
  expect(series).toMatchObject({
    days: ["2026-01-05", "2026-01-06", "2026-01-07"],
    nav: [1000, 1530, 1340],
    contributions: [1000, 1500, 1300]
  });
  expect(series.return[0]).toBeNull();
  expect(series.cumulative[0]).toBe(0);
  expect(series.cumulative[2]).toBeCloseTo(1540 / 1500 - 1, 12);
});

it("pnlSeries({range}) has no return on its base day, even where the day has one", () => {
  const series = figures(V1).pnlSeries({range: "1D"});
  expect(series.days).toEqual(["2026-01-06", "2026-01-07"]);
  expect(series.return[0]).toBeNull();
  expect(series.return[1]).toBeCloseTo(1540 / 1530 - 1, 12);
  expect(series.contributions).toEqual([1530, 1330]);
});

it("pnlSeries({}) is null where a value, and from where a flow, is not known", () => {
  const series = figures({
    nav: [
      ...navRows({"2026-01-05": "100", "2026-01-06": "101", "2026-01-07": "102"}),
      ...navRows({"2026-01-05": "50", "2026-01-07": "50"}, B)
    ],
    cash: [deposit("2026-01-07", "1", {currency: "EUR", fxRateToBase: undefined})]
  }).pnlSeries({});
  expect(series.nav).toEqual([150, null, 152]);
  expect(series.contributions).toEqual([150, 150, null]);
  expect(series.cumulative).toEqual([0, null, null]);
  expect(figures({}).pnlSeries({})).toMatchObject({days: [], nav: [], contributions: []});
});
