import {expect, it} from "vitest";
import {createFigures} from "../../../lib/ledger/figures.js";
import type {PositionRow, PositionsView} from "../../../lib/ledger/views.js";
import {CONTEXT, ledgerOf, navRows} from "./tables.js";

const D = "2026-01-07";
const BEFORE = "2026-01-06";
type Lists = Parameters<typeof ledgerOf>[0];
type Given = Record<string, string | undefined>;

const share = (more: Given = {}) => ({
  day: D,
  conid: "1",
  symbol: "ACME",
  assetCategory: "STK",
  currency: "USD",
  fxRateToBase: "1",
  multiplier: "1",
  position: "10",
  markPrice: "110",
  positionValue: "1100",
  costBasisPrice: "100",
  costBasisMoney: "1000",
  fifoPnlUnrealized: "100",
  ...more
});
const trade = (more: Given = {}) => ({
  dateTime: `${more.day ?? D}T10:00:00`,
  conid: "1",
  symbol: "ACME",
  assetCategory: "STK",
  currency: "USD",
  fxRateToBase: "1",
  quantity: "10",
  tradePrice: "100",
  proceeds: "-1000",
  ibCommission: "-1",
  ibCommissionCurrency: "USD",
  ...more,
  day: more.day ?? D
});
const dividend = (day: string, amount: string, more: Given = {}) => ({
  type: "Dividends",
  conid: "1",
  symbol: "ACME",
  currency: "USD",
  fxRateToBase: "1",
  amount,
  ...more,
  day
});
const nav = navRows({[BEFORE]: "4000", [D]: "4400"});

function view(lists: Lists): PositionsView {
  return createFigures(ledgerOf({nav, ...lists}), {...CONTEXT, sectors: {ACME: "Machines"}}).positions({});
}
const only = (lists: Lists): PositionRow => {
  const {rows} = view(lists);
  expect(rows).toHaveLength(1);
  return rows[0];
};

it("positions({}) shows what IBKR says of a position, with its share of net asset value", () => {
  expect(only({positions: [share()]})).toMatchObject({
    symbol: "ACME",
    sector: "Machines",
    quantity: "10",
    price: "110",
    asOf: D,
    costPrice: "100",
    value: {value: "1100"},
    cost: {value: "1000"},
    unrealized: {value: "100"},
    valueBase: {value: "1100"},
    unrealizedBase: {value: "100"},
    weight: {value: 0.25},
    expiry: null,
    putCall: null,
    moneyness: {value: null, reason: "no option"},
    spark: [[D, 110]]
  });
});

it("positions({}) converts by the row's own rate, else by the day's, and is n/a without either", () => {
  const euros = (fxRateToBase?: string) => share({currency: "EUR", fxRateToBase});
  const rates = [{day: D, fromCurrency: "EUR", toCurrency: "USD", rate: "2"}];
  expect(only({positions: [euros("1.5")], rates}).valueBase.value).toBe("1650");
  expect(only({positions: [euros()], rates}).valueBase.value).toBe("2200");
  expect(only({positions: [euros("-1")], rates}).valueBase.value).toBe("2200");
  const {valueBase, unrealizedBase, weight} = only({positions: [euros()]});
  const missing = {value: null, reason: "no rate EUR/USD on 2026-01-07"};
  expect([valueBase, unrealizedBase, weight]).toEqual([missing, missing, missing]);
});

it("positions({}) values a position by its mark where IBKR prints no value; bonds and bills in percent", () => {
  const value = (more: Given) => only({positions: [share({positionValue: undefined, ...more})]}).value;
  expect(value({}).value).toBe("1100");
  expect(value({assetCategory: "OPT", multiplier: "100", position: "-2", markPrice: "1.5"}).value).toBe(
    "-300"
  );
  expect(value({assetCategory: "BOND", position: "10000", markPrice: "99.5"}).value).toBe("9950");
  expect(value({assetCategory: "BILL", position: "10000", markPrice: "98", multiplier: "0.01"}).value).toBe(
    "9800"
  );
  expect(value({markPrice: undefined})).toEqual({
    value: null,
    reason: "no mark: tick Mark Price in Open Positions"
  });
});

it("positions({}).totals count a future nothing and a CFD its gain since it opened (R18)", () => {
  const future = {conid: "2", symbol: "FUT", assetCategory: "FUT", multiplier: "5"};
  const cfd = {conid: "3", symbol: "CFD", assetCategory: "CFD", position: "10", openPrice: "105"};
  const {rows, totals} = view({
    positions: [
      share(),
      share({...future, position: "2", markPrice: "4000", positionValue: "40000", fifoPnlUnrealized: "500"}),
      share({...cfd, fifoPnlUnrealized: "49"})
    ]
  });
  expect(rows.map(({valueBase}) => valueBase.value)).toEqual(["1100", "40000", "1100"]);
  expect(rows[1].weight.value).toBeCloseTo(40000 / 4400, 12);
  expect(totals.valueBase.value).toBe("1150"); // 1100 + 0 + (1100 - 10 x 105)
  expect(totals.unrealizedBase.value).toBe("649");
});

it("positions({}).totals are n/a where one part is, and name it", () => {
  const {totals} = view({
    positions: [share(), share({conid: "2", symbol: "BETA", currency: "EUR", fxRateToBase: undefined})]
  });
  expect(totals.valueBase).toEqual({value: null, reason: "BETA: no rate EUR/USD on 2026-01-07"});
});

it("positions({}).totals of no position are zero", () => {
  expect(view({}).totals.valueBase.value).toBe("0");
});

it("positions({}) has no weight where net asset value is not positive or unknown", () => {
  const weight = (values: Record<string, string>) =>
    only({nav: navRows(values), positions: [share()]}).weight;
  expect(weight({[D]: "-5"}).reason).toBe("net asset value is not positive");
  expect(weight({}).reason).toBe("no net asset value");
});

it("positions({}) leaves out positions older than the last value: they were closed", () => {
  expect(view({positions: [share({day: BEFORE})]}).rows).toEqual([]);
});

it("dayBase is value less value before less what was bought, commission and taxes included", () => {
  const {dayBase} = only({
    positions: [share({day: BEFORE, position: "6", positionValue: "600"}), share()],
    trades: [trade({quantity: "4", proceeds: "-412", ibCommission: "-1", taxes: "-0.5"})]
  });
  expect(dayBase.value).toBe("86.5"); // 1100 - 600 - 412 - 1 - 0.5
});

it("dayBase of a foreign position takes each value and each trade at its own rate", () => {
  const euros = {currency: "EUR"};
  const {dayBase} = only({
    positions: [
      share({...euros, day: BEFORE, position: "6", positionValue: "600", fxRateToBase: "1"}),
      share({...euros, fxRateToBase: "1.1"})
    ],
    trades: [trade({...euros, fxRateToBase: "1.05", quantity: "4", proceeds: "-400", ibCommission: "-2"})]
  });
  expect(dayBase.value).toBe("188"); // 1210 - 600 - 420 - 2: the commission is in dollars
});

it("dayBase of a future is the gain of its contracts, not its notional", () => {
  const future = {assetCategory: "FUT", multiplier: "5", conid: "2"};
  const {dayBase} = only({
    positions: [
      share({...future, day: BEFORE, position: "1", markPrice: "4000", positionValue: "20000"}),
      share({...future, position: "3", markPrice: "4010", positionValue: "60150"})
    ],
    trades: [trade({...future, quantity: "2", tradePrice: "4005", proceeds: "-40050", ibCommission: "-4"})]
  });
  expect(dayBase.value).toBe("96"); // 5 x (10 + 2 x 5) - 4
});

it("dayBase is n/a where trades do not explain the quantity, or something else moved it", () => {
  const positions = [share({day: BEFORE, position: "5", positionValue: "500"}), share()];
  expect(only({positions}).dayBase.reason).toContain("not all in the statements");
  const moved = {day: D, conid: "1", symbol: "ACME", quantity: "5"};
  const reason = "a corporate action or transfer on that day";
  expect(only({positions, corporate_actions: [moved]}).dayBase.reason).toBe(reason);
  expect(only({positions, transfers: [moved]}).dayBase.reason).toBe(reason);
});

it("dayBase is n/a without positions of the day before, and without a mark", () => {
  expect(only({positions: [share()]}).dayBase.reason).toContain("tick Breakout by Day");
  const unmarked = {positionValue: undefined, markPrice: undefined};
  expect(only({positions: [share({day: BEFORE, ...unmarked}), share()]}).dayBase.reason).toContain("no mark");
});

it("dayBase of what was bought that day is its value less what was paid", () => {
  const other = share({day: BEFORE, conid: "9", symbol: "OLD"});
  expect(only({positions: [other, share()], trades: [trade()]}).dayBase.value).toBe("99"); // 1100 - 1000 - 1
});

it("realizedYtdBase and incomeYtdBase are of the year of the position's day, in base, to that day", () => {
  const {realizedYtdBase, incomeYtdBase} = only({
    positions: [share()],
    trades: [
      trade({day: "2025-12-31", fifoPnlRealized: "1000"}),
      trade({day: "2026-01-02", fifoPnlRealized: "20", currency: "EUR", fxRateToBase: "1.5"}),
      trade({day: "2026-01-08", fifoPnlRealized: "1000"})
    ],
    corporate_actions: [
      {
        day: "2026-01-05",
        conid: "1",
        symbol: "ACME",
        fifoPnlRealized: "-4",
        currency: "USD",
        fxRateToBase: "1"
      }
    ],
    cash: [
      dividend("2025-12-31", "1000"),
      dividend("2026-01-05", "8"),
      dividend("2026-01-05", "-1.2", {type: "Withholding Tax"}),
      dividend("2026-01-05", "3", {type: "Other Fees"}),
      dividend("2026-01-05", "5", {conid: "2"}),
      dividend("2026-01-08", "1000")
    ]
  });
  expect([realizedYtdBase.value, incomeYtdBase.value]).toEqual(["26", "6.8"]);
});

it("incomeYtdBase of a dividend taken back and paid again is what is left (V6)", () => {
  const rows = ["-0.7", "0.76", "-0.06"].map((amount) => dividend(BEFORE, amount));
  expect(only({positions: [share()], cash: rows}).incomeYtdBase.value).toBe("0");
});

it("incomeYtdBase is n/a where a rate is missing, and names its day", () => {
  const {incomeYtdBase} = only({
    positions: [share()],
    cash: [dividend("2026-01-05", "8", {currency: "EUR", fxRateToBase: undefined})]
  });
  expect(incomeYtdBase).toEqual({value: null, reason: "no rate EUR/USD on 2026-01-05"});
});

it("what the year brought is n/a where statements begin after it did, unless the position is younger", () => {
  const coverage = [{account: "U7000001", from: "2026-01-06", to: D, base: "USD"}];
  const old = only({positions: [share()], coverage});
  const reason = "statements of U7000001 begin 2026-01-06, after 2026-01-01";
  expect([old.realizedYtdBase.reason, old.incomeYtdBase.reason]).toEqual([reason, reason]);
  expect(old.yieldOnCost.reason).toContain("statements of U7000001 begin 2026-01-06");
  const young = only({positions: [share()], coverage, trades: [trade({day: BEFORE})]});
  expect([young.incomeYtdBase.value, young.yieldOnCost.value, young.daysHeld.value]).toEqual(["0", 0, 1]);
  const begun = only({nav: navRows({"2026-01-05": "0", [D]: "4400"}), positions: [share()], coverage});
  expect(begun.incomeYtdBase.value).toBe("0");
});

it("yieldOnCost is the income of the last twelve months over cost", () => {
  const {yieldOnCost} = only({
    positions: [share()],
    cash: [dividend("2025-01-07", "1000"), dividend("2025-01-08", "30"), dividend(D, "20")]
  });
  expect(yieldOnCost.value).toBeCloseTo(0.05, 12);
});

it("yieldOnCost is n/a without a positive cost", () => {
  const reason = (more: Given) => only({positions: [share(more)]}).yieldOnCost.reason;
  expect(reason({costBasisMoney: undefined})).toBe("no cost basis in the statement");
  expect(reason({costBasisMoney: "0"})).toBe("its cost basis is zero");
  expect(reason({costBasisMoney: "-1000"})).toBe("a short position has no cost");
  expect(reason({assetCategory: "FUT"})).toBe("a notional has no cost");
});

it("daysHeld counts from the trade that opened it from nothing", () => {
  const held = (trades: Lists["trades"], more: Partial<Lists> = {}) =>
    only({positions: [share()], trades: trades ?? [], ...more}).daysHeld;
  expect(held([trade({day: "2026-01-02"})]).value).toBe(5);
  const [sold, again] = [trade({day: "2026-01-02", quantity: "-10"}), trade({day: BEFORE})];
  expect(held([trade({day: "2025-01-02"}), sold, again]).value).toBe(1);
  expect(
    held([trade({day: "2025-01-02", quantity: "-5"}), trade({day: "2026-01-02", quantity: "15"})]).value
  ).toBe(5);
  expect(
    held([trade({day: "2025-01-02", quantity: "5"}), trade({day: "2026-01-02", quantity: "5"})]).value
  ).toBe(370);
});

it("daysHeld takes trades of a day in the order of their time, not of their numbers", () => {
  const at = (time: string, quantity: string) => ({
    ...trade({quantity}),
    day: BEFORE,
    dateTime: `${BEFORE}T${time}`
  });
  const trades = [trade({day: "2025-01-07"}), at("15:00:00", "10"), at("10:00:00", "-10")];
  expect(only({positions: [share()], trades}).daysHeld.value).toBe(1);
});

it("daysHeld goes on through a split and begins with a transfer", () => {
  const move = {conid: "1", symbol: "ACME", quantity: "5"};
  const bought = trade({day: "2026-01-02", quantity: "5"});
  expect(
    only({positions: [share()], trades: [bought], corporate_actions: [{...move, day: BEFORE}]}).daysHeld.value
  ).toBe(5);
  expect(
    only({positions: [share()], transfers: [{...move, quantity: "10", day: BEFORE}]}).daysHeld.value
  ).toBe(1);
});

it("daysHeld is n/a where the statements lack the opening trade, and IBKR's own where it says it", () => {
  expect(only({positions: [share()], trades: [trade({quantity: "3"})]}).daysHeld.reason).toContain(
    "opening trade"
  );
  expect(only({positions: [share({openDateTime: "2025-12-31T10:00:00"})]}).daysHeld.value).toBe(7);
});

it("moneyness is the underlying's distance to the strike, positive in the money", () => {
  const option = (putCall: string, strike: string) =>
    share({
      conid: "2",
      symbol: "ACME O",
      assetCategory: "OPT",
      putCall,
      strike,
      underlyingConid: "1",
      expiry: "2026-01-16"
    });
  const {rows} = view({positions: [share(), option("C", "100"), option("P", "100"), option("P", "125")]});
  expect(rows.map(({moneyness}) => moneyness.value?.toFixed(2) ?? null)).toEqual([
    null,
    "0.10",
    "-0.10",
    "0.12"
  ]);
  expect(rows[1]).toMatchObject({putCall: "C", expiry: "2026-01-16", underlyingConid: "1"});
});

it("moneyness is n/a where nothing prices the underlying, as of an index", () => {
  const {moneyness} = only({
    positions: [share({assetCategory: "OPT", putCall: "C", strike: "6000", underlyingConid: "416904"})]
  });
  expect(moneyness).toEqual({value: null, reason: "no price of the underlying in the statement"});
});

it("spark has the marks of the last thirty days with a position", () => {
  const days = Array.from({length: 40}, (_, i) => `2025-11-${String(i + 1).padStart(2, "0")}`).slice(0, 30);
  const {spark} = only({
    positions: [
      ...days.map((day, i) => share({day, markPrice: String(i)})),
      share({day: BEFORE, markPrice: undefined}),
      share()
    ]
  });
  expect(spark).toHaveLength(29); // thirty rows, one of them without a mark
  expect(spark.at(-1)).toEqual([D, 110]);
});

it("sector is the person's own, by conid, symbol or underlying; else Unclassified", () => {
  const rows = (sectors: Record<string, string>) =>
    createFigures(ledgerOf({nav, positions: [share({underlyingSymbol: "ROOT"})]}), {
      ...CONTEXT,
      sectors
    }).positions({}).rows;
  expect(rows({"1": "A", ACME: "B"})[0].sector).toBe("A");
  expect(rows({ROOT: "C"})[0].sector).toBe("C");
  expect(rows({})[0].sector).toBe("Unclassified");
  expect(rows(JSON.parse('{"__proto__": "D"}'))[0].sector).toBe("Unclassified");
});
