import {expect, it} from "vitest";
import {createFigures} from "../../../lib/ledger/figures.js";
import {CONTEXT, ledgerOf, navRows} from "./tables.js";

const D = "2026-01-06";
type Lists = Parameters<typeof ledgerOf>[0];
type Given = Record<string, string | undefined>;

const summary = (lists: Lists, query = {}, now = CONTEXT.now) =>
  createFigures(ledgerOf(lists), {...CONTEXT, now}).summary(query);
const position = (assetCategory: string, positionValue: string | undefined, more: Given = {}) => ({
  day: D,
  conid: `${assetCategory}${positionValue}`,
  symbol: assetCategory,
  assetCategory,
  currency: "USD",
  fxRateToBase: "1",
  position: "1",
  positionValue,
  costBasisMoney: "1",
  ...more
});
const lists: Lists = {
  nav: [{day: D, total: "1000", cash: "300", dividendAccruals: "4", interestAccruals: "-1"}],
  cash_balances: [
    {day: D, fromDate: D, toDate: D, currency: "USD", endingCash: "400"},
    {day: D, fromDate: D, toDate: D, currency: "JPY", endingCash: "-10000"}
  ],
  positions: [
    position("STK", "900"),
    position("STK", "-200", {conid: "short", symbol: "SHRT", currency: "EUR", fxRateToBase: "1.5"}),
    position("FUT", "5000", {fifoPnlUnrealized: "70"}),
    position("CFD", "-600", {fifoPnlUnrealized: "-3"})
  ],
  rates: [{day: D, fromCurrency: "JPY", toCurrency: "USD", rate: "0.01"}]
};

it("summary({}).leverage is the sum of absolute exposures, futures and CFDs at notional, over net asset value", () => {
  const {leverage} = summary(lists);
  // long 900 + 5000; short -200 x 1.5 - 600
  expect(leverage).toEqual({
    long: {value: "5900"},
    short: {value: "-900"},
    gross: {value: "6800"},
    cash: {value: "300"},
    leverage: {value: 6.8},
    net: {value: 5}
  });
});

it("summary({}).leverage is n/a where a position cannot be valued, and names it", () => {
  const {leverage} = summary({...lists, positions: [position("STK", undefined, {symbol: "DARK"})]});
  const reason = "DARK: no mark: tick Mark Price in Open Positions";
  expect(leverage).toMatchObject({gross: {value: null, reason}, leverage: {value: null, reason}});
});

it("summary({}).leverage has no ratio without a positive net asset value", () => {
  const {leverage} = summary({...lists, nav: [{day: D, total: "-1000"}]});
  expect(leverage.gross.value).toBe("6800");
  expect(leverage.leverage).toEqual({value: null, reason: "net asset value is not positive"});
  expect(summary({...lists, nav: []}).leverage.net.reason).toBe("no net asset value");
});

it("summary({}).allocation tells what net asset value is made of: a future nothing, a CFD its gain, accruals apart", () => {
  const {allocation} = summary(lists);
  expect(allocation.map(({by}) => by)).toEqual(["class", "currency", "sector"]);
  expect(allocation[0].items).toEqual([
    {name: "STK", value: "600", weight: 0.6},
    {name: "Cash", value: "300", weight: 0.3},
    {name: "Accruals", value: "3", weight: 0.003},
    {name: "CFD", value: "-3", weight: -0.003}
  ]);
  expect(allocation[1].items.map(({name, value}) => [name, value])).toEqual([
    ["USD", "1297"], // 900 - 3 + 400
    ["JPY", "-100"],
    ["EUR", "-300"]
  ]);
  expect(allocation[2].items.map(({name}) => name)).toEqual(["Unclassified", "Cash", "Accruals"]);
});

it("summary({}) shows the last value, what the last day and the range gained, and how old it is", () => {
  const view = summary(
    {
      nav: navRows({"2026-01-02": "90", "2026-01-05": "100", [D]: "160"}),
      cash: [{day: D, type: "Deposits & Withdrawals", amount: "50", currency: "USD", fxRateToBase: "1"}]
    },
    {},
    "2026-01-09T12:00:00Z"
  );
  expect(view.nav.value).toBe("160");
  expect(view.day).toEqual({
    from: "2026-01-05",
    amount: {value: "10"},
    return: {value: expect.closeTo(10 / 150, 12)}
  });
  expect(view.range).toMatchObject({gain: {value: "20"}, flows: {value: "50"}}); // 160 - 90 - 50
  expect(view.scope).toMatchObject({asOf: D, ageDays: 3, currency: "USD", source: "Flex"});
});

it("summary({}) counts its age in days of New York", () => {
  expect(summary({nav: navRows({[D]: "1"})}, {}, "2026-01-07T03:00:00Z").scope.ageDays).toBe(0);
});

it("summary({}).day is n/a on the first day, and where a flow is not known", () => {
  expect(summary({nav: navRows({[D]: "1"})}).day).toMatchObject({
    from: null,
    amount: {value: null, reason: "one day only: there is no day before"}
  });
  const {day} = summary({
    nav: navRows({"2026-01-05": "100", [D]: "160"}),
    cash: [{day: D, type: "Deposits & Withdrawals", amount: "50", currency: "EUR"}]
  });
  expect(day.amount.reason).toBe("no rate or price for a flow of U7000001 on 2026-01-06");
  expect(day.return.reason).toContain("a flow has no value in base currency");
});

it("summary({}).day skips a day that is not known", () => {
  const {day} = summary({
    nav: [
      ...navRows({"2026-01-02": "100", "2026-01-05": "1", [D]: "103"}),
      ...navRows({"2026-01-02": "10", [D]: "10"}, "U7000002")
    ]
  });
  expect(day).toMatchObject({from: "2026-01-02", amount: {value: "3"}});
});

it("summary({}) of an empty ledger is n/a with reasons, and has no rows", () => {
  const view = summary({});
  expect(view.nav).toEqual({value: null, reason: expect.stringContaining("tick")});
  expect(view.range.gain.value).toBeNull();
  expect(view).toMatchObject({cash: [], needs: [], health: {errors: 0, warnings: 0}});
});

it("summary({}) counts findings by severity", () => {
  const broken = ["startingValue", "endingValue", "mtm"].map((part, i) => ({
    day: D,
    fromDate: D,
    toDate: D,
    part,
    amount: String(10 ** i)
  }));
  expect(summary({change_in_nav: broken}).health).toEqual({errors: 1, warnings: 0});
});
