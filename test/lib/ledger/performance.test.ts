import {expect, it} from "vitest";
import {createFigures} from "../../../lib/ledger/figures.js";
import type {Benchmark, PerformanceView, ViewQuery} from "../../../lib/ledger/views.js";
import {CONTEXT, ledgerOf, navRows} from "./tables.js";

type Lists = Parameters<typeof ledgerOf>[0];

const deposit = (day: string, amount: string) => ({
  day,
  type: "Deposits & Withdrawals",
  amount,
  currency: "USD",
  fxRateToBase: "1"
});
const V1 = {
  nav: navRows({"2026-01-05": "1000", "2026-01-06": "1530", "2026-01-07": "1340"}),
  cash: [deposit("2026-01-06", "500"), deposit("2026-01-07", "-200")]
};
const closes = (closes: Record<string, number>, currency = "USD"): Benchmark => ({
  name: "Demo 500",
  kind: "price return",
  currency,
  closes: Object.entries(closes)
});
const performance = (lists: Lists, query: ViewQuery = {}, benchmark: Benchmark | null = null) =>
  createFigures(ledgerOf(lists), {...CONTEXT, benchmark}).performance(query);
const measure = ({measures}: PerformanceView, id: string) => {
  const found = measures.find((one) => one.id === id);
  if (!found) throw new Error(`no measure ${id}`);
  return found;
};

it("performance({}) links daily returns by each convention (V1)", () => {
  const {timeWeighted, simple, moneyWeighted} = performance(V1);
  expect(timeWeighted.return.value).toBeCloseTo(1540 / 1500 - 1, 12);
  expect(timeWeighted.ibkr.value).toBeCloseTo(1.03 * (1540 / 1530) - 1, 12);
  expect(timeWeighted.annualized.reason).toContain("2 days are less than a year");
  expect(simple.value).toBeCloseTo(40 / 1500, 12); // gain over what was there and paid in
  // flows weighted by the share of two days they were there: 40 / (1000 + 500 / 2 - 0)
  expect(moneyWeighted.modifiedDietz.value).toBeCloseTo(40 / 1250, 12);
  expect(moneyWeighted.xirr.value).toBeNull();
  expect(performance(V1, {convention: "ibkr"}).timeWeighted.return).toEqual(timeWeighted.ibkr);
});

it("performance({}) annualizes from one year on, time- and money-weighted (V3)", () => {
  const {timeWeighted, moneyWeighted} = performance({
    nav: navRows({"2024-01-01": "1000", "2024-12-31": "1100"})
  });
  expect(timeWeighted.annualized.value).toBeCloseTo(1.1 ** (365.25 / 365) - 1, 12);
  expect(moneyWeighted.xirr.value).toBeCloseTo(0.1, 9);
});

it("performance({}) by IBKR's convention begins with the first close that has money in it, and says so", () => {
  const lists = {
    nav: navRows({"2026-01-05": "0", "2026-01-06": "499", "2026-01-07": "548.9"}),
    cash: [deposit("2026-01-06", "500")]
  };
  const {timeWeighted} = performance(lists);
  expect(timeWeighted.return.value).toBeCloseTo(548.9 / 500 - 1, 12);
  expect(timeWeighted.ibkr.value).toBeCloseTo(0.1, 12);
  const ibkr = performance(lists, {convention: "ibkr"});
  expect(ibkr.timeWeighted.return.value).toBeCloseTo(0.1, 12);
  expect(ibkr.warnings[0]).toContain("2026-01-06: the first money came in during that day");
});

it("performance({}) of an account whose value was negative has no return, and says when", () => {
  const view = performance({nav: navRows({"2026-01-05": "10", "2026-01-06": "-5", "2026-01-07": "20"})});
  expect(view.timeWeighted.return.reason).toContain("2026-01-06: the account's value is negative");
  expect(view.growth.portfolio).toEqual([100, null, null]);
  expect(measure(view, "maxDrawdown").portfolio.value).toBeNull();
  expect(measure(view, "calmar").portfolio.value).toBeNull();
});

it("performance({}) of a ledger with one day has no return and no drawdown", () => {
  const view = performance({nav: navRows({"2026-01-05": "100"})});
  expect(view.timeWeighted.return).toEqual({value: null, reason: "no return in the period"});
  expect(view.moneyWeighted.period.value).toBeNull();
  expect(view.simple.reason).toBe("one value only, of 2026-01-05: there is none to compare it with");
  expect(view).toMatchObject({months: [], years: [], drawdowns: [], growth: {portfolio: [100]}});
});

it("performance({}) of two days is a return: the first of them is only the base", () => {
  const view = performance({nav: navRows({"2026-01-05": "100", "2026-01-06": "101"})});
  expect(view.timeWeighted.return.value).toBeCloseTo(0.01, 12);
  expect(measure(view, "volatility").portfolio.reason).toBe("needs two returns or more: 1");
});

it("performance({}) without values says what to tick, everywhere", () => {
  const view = performance({trades: [{day: "2026-01-05"}]});
  const reason = expect.stringContaining("tick Net Asset Value (NAV) in Base");
  expect(view.timeWeighted.return).toEqual({value: null, reason});
  expect(view.moneyWeighted.modifiedDietz).toEqual({value: null, reason});
  expect(view).toMatchObject({measures: [], growth: {days: []}, benchmark: null});
});

it("performance({}) does not link over a flow that is not known", () => {
  const view = performance({
    nav: navRows({"2026-01-05": "100", "2026-01-06": "210", "2026-01-07": "220"}),
    cash: [{...deposit("2026-01-06", "100"), currency: "EUR", fxRateToBase: undefined}]
  });
  expect(view.timeWeighted.return.reason).toContain("2026-01-06: a flow has no value in base currency");
  expect(view.moneyWeighted.period.reason).toContain("2026-01-06");
  expect(view.simple.reason).toBe("no rate or price for a flow of U7000001 on 2026-01-06");
  expect(view.warnings).toContain("no rate or price for a flow of U7000001 on 2026-01-06");
});

it("performance({}) spans a day without a value and shows a gap there", () => {
  const B = "U7000002";
  const view = performance({
    nav: [
      ...navRows({"2026-01-05": "100", "2026-01-06": "90", "2026-01-07": "121"}),
      ...navRows({"2026-01-05": "0", "2026-01-07": "0"}, B)
    ]
  });
  expect(view.timeWeighted.return.value).toBeCloseTo(0.21, 12);
  expect(view.growth.portfolio).toEqual([100, null, expect.closeTo(121, 9)]);
  expect(view.drawdown.depth).toEqual([0, null, 0]);
  expect(view.warnings[0]).toBe("no value of U7000002 on 2026-01-06");
});

it("performance({range}) is clipped to what is known, and starts from the last close before it", () => {
  const nav = navRows({"2025-12-30": "80", "2025-12-31": "100", "2026-01-05": "110", "2026-01-06": "121"});
  const of = (query: ViewQuery) => {
    const {scope, timeWeighted} = performance({nav}, query);
    return [scope.from, scope.to, timeWeighted.return.value?.toFixed(4)];
  };
  expect(of({range: "YTD"})).toEqual(["2025-12-31", "2026-01-06", "0.2100"]);
  expect(of({range: "1D"})).toEqual(["2026-01-05", "2026-01-06", "0.1000"]);
  expect(of({range: "5Y"})).toEqual(["2025-12-30", "2026-01-06", "0.5125"]);
  expect(of({range: "custom", from: "2026-01-01", to: "2026-01-05"})).toEqual([
    "2025-12-31",
    "2026-01-05",
    "0.1000"
  ]);
});

it("performance({range: 'custom'}) starts from a known close: an unknown one before it does not count twice", () => {
  const B = "U7000002";
  const view = performance(
    {
      nav: [
        ...navRows({"2026-01-05": "100", "2026-01-06": "110", "2026-01-07": "121", "2026-01-08": "133.1"}),
        ...navRows({"2026-01-05": "0", "2026-01-07": "0", "2026-01-08": "0"}, B)
      ]
    },
    {range: "custom", from: "2026-01-07", to: "2026-01-08"}
  );
  expect(view.scope.from).toBe("2026-01-05"); // the 6th is not known
  expect(view.timeWeighted.return.value).toBeCloseTo(0.331, 12);
});

it("performance({}) lists months and years, marked where they are not whole", () => {
  const {months, years} = performance({
    nav: navRows({"2025-12-31": "100", "2026-01-30": "110", "2026-02-02": "99"})
  });
  expect(months.map(({year, month, return: {value}}) => [year, month, value?.toFixed(2)])).toEqual([
    [2026, 1, "0.10"],
    [2026, 2, "-0.10"]
  ]);
  expect(years.map(({year, partial, return: {value}}) => [year, partial, value?.toFixed(2)])).toEqual([
    [2026, true, "-0.01"]
  ]);
});

it("performance({}) tells each fall: peak, trough, recovery or none (R29)", () => {
  const {drawdowns} = performance({
    nav: navRows({"2026-01-05": "100", "2026-01-06": "80", "2026-01-07": "101", "2026-01-08": "91.91"})
  });
  expect(drawdowns.map(({depth, ...rest}) => [depth.toFixed(2), rest])).toEqual([
    ["-0.20", {peak: "2026-01-05", trough: "2026-01-06", recovered: "2026-01-07", days: 2}],
    ["-0.09", {peak: "2026-01-07", trough: "2026-01-08", recovered: null, days: 1}]
  ]);
});

const closing = (day: string, fifoPnlRealized: string, more: Record<string, string | undefined> = {}) => ({
  currency: "USD",
  fxRateToBase: "1",
  quantity: "-1",
  fifoPnlRealized,
  ...more,
  day
});

it("win rate and profit factor are of closing executions in the range, in base", () => {
  const view = performance({
    nav: navRows({"2026-01-05": "100", "2026-01-06": "101"}),
    trades: [
      closing("2026-01-05", "1000"),
      closing("2026-01-06", "10", {currency: "EUR", fxRateToBase: "1.2"}),
      closing("2026-01-06", "6"),
      closing("2026-01-06", "0"),
      closing("2026-01-06", "-9")
    ]
  });
  expect(measure(view, "winRate").portfolio.value).toBeCloseTo(2 / 3, 12);
  expect(measure(view, "profitFactor").portfolio.value).toBeCloseTo(2, 12); // (12 + 6) / 9
});

it("win rate counts neither a cancelled trade nor its cancellation (R20)", () => {
  const gone = {transactionID: "1", conid: "1", tradePrice: "5", tradeDate: "2026-01-06", quantity: "-3"};
  const cancel = {
    ...gone,
    transactionID: "2",
    quantity: "3",
    transactionType: "TradeCancel",
    buySell: "SELL (Ca.)"
  };
  const of = (...trades: Lists["trades"] & {}) =>
    measure(performance({nav: navRows({"2026-01-05": "100", "2026-01-06": "101"}), trades}), "winRate")
      .portfolio.value;
  const stands = closing("2026-01-06", "8", {...gone, transactionID: "3", tradePrice: "6"});
  const cancelled = closing("2026-01-06", "-50", gone);
  expect(of(cancelled, closing("2026-01-06", "50", {...cancel, origTransactionID: "1"}), stands)).toBe(1);
  expect(of(cancelled, closing("2026-01-06", "50", cancel), stands)).toBe(1);
});

it("win rate is n/a where a closed trade has no rate, and without closed trades", () => {
  const nav = navRows({"2026-01-05": "100", "2026-01-06": "101"});
  const trades = [closing("2026-01-06", "10", {currency: "EUR", fxRateToBase: undefined})];
  expect(measure(performance({nav, trades}), "winRate").portfolio.reason).toBe(
    "a rate is missing for a closed trade"
  );
  expect(measure(performance({nav}), "winRate").portfolio.reason).toBe("no values");
});

const nav = navRows({"2026-01-05": "100", "2026-01-06": "110", "2026-01-07": "99"});

it("performance({}) sets the benchmark beside the portfolio, on the same days", () => {
  const view = performance({nav}, {}, closes({"2026-01-05": 50, "2026-01-06": 52.5, "2026-01-07": 52.5}));
  expect(view.growth.benchmark).toEqual([100, expect.closeTo(105, 9), expect.closeTo(105, 9)]);
  const {portfolio, benchmark, difference} = measure(view, "totalReturn");
  expect(portfolio.value).toBeCloseTo(-0.01, 12);
  expect(benchmark.value).toBeCloseTo(0.05, 12);
  expect(difference.value).toBeCloseTo(-0.06, 12);
  expect(view).toMatchObject({
    benchmark: {
      name: "Demo 500",
      kind: "price return",
      currency: "USD",
      from: "2026-01-05",
      to: "2026-01-07"
    },
    benchmarkReason: null
  });
  expect(view.constants.at(-1)).toContain("2 common days, 2026-01-05 to 2026-01-07");
});

it("performance({}) subtracts nothing where the benchmark's days are others (R28)", () => {
  const view = performance({nav}, {}, closes({"2026-01-06": 50, "2026-01-07": 45}));
  const {portfolio, benchmark, difference} = measure(view, "totalReturn");
  expect([portfolio.value?.toFixed(2), benchmark.value?.toFixed(2)]).toEqual(["-0.01", "-0.10"]);
  expect(difference.reason).toBe("the benchmark is known from 2026-01-06 to 2026-01-07 only");
  expect(view.growth.benchmark).toEqual([null, expect.closeTo(110, 9), expect.closeTo(99, 9)]);
});

it("performance({}) takes a foreign benchmark at each day's rate", () => {
  const rates = ["1", "1.1", "1.1"].map((rate, i) => ({
    day: `2026-01-0${i + 5}`,
    fromCurrency: "EUR",
    toCurrency: "USD",
    rate
  }));
  const view = performance(
    {nav, rates},
    {},
    closes({"2026-01-05": 50, "2026-01-06": 50, "2026-01-07": 50}, "EUR")
  );
  expect(measure(view, "totalReturn").benchmark.value).toBeCloseTo(0.1, 12);
});

it("performance({}) says why there is no benchmark", () => {
  const reason = (benchmark: Benchmark | null) => performance({nav}, {}, benchmark).benchmarkReason;
  expect(reason(null)).toContain("tearsheet benchmark add");
  expect(reason(closes({"2026-01-05": 50}, "EUR"))).toBe("no rate between EUR and USD");
  expect(reason(closes({"2020-04-16": 50, "2020-04-17": 51}))).toBe(
    "Demo 500 has no two days in common with the range"
  );
  expect(reason(closes({"2026-01-05": 0}))).toBe("Demo 500 has no closes");
  expect(measure(performance({nav}), "beta").portfolio.reason).toContain("tearsheet benchmark add");
});

it("benchmark({}) shows both growths and what compares them", () => {
  const figures = createFigures(ledgerOf({nav}), {
    ...CONTEXT,
    benchmark: closes({"2026-01-05": 50, "2026-01-06": 55, "2026-01-07": 49.5})
  });
  const view = figures.benchmark({});
  expect(view).toMatchObject({
    name: "Demo 500",
    reason: null,
    days: ["2026-01-05", "2026-01-06", "2026-01-07"]
  });
  expect(view.measures.find(({id}) => id === "beta")?.portfolio.value).toBeCloseTo(1, 12);
  expect(view.measures.some(({id}) => id === "winRate")).toBe(false);
  expect(createFigures(ledgerOf({nav}), CONTEXT).benchmark({})).toMatchObject({name: null, measures: []});
});
