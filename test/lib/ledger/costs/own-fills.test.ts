import * as fc from "fast-check";
import {expect, it} from "vitest";
import type {LakeBars} from "../../../../lib/ledger/lake/lake-rows.js";
import {
  measuredSlippage,
  ownFillsLines,
  ownRates,
  type LearnedCost
} from "../../../../lib/ledger/costs/own-fills.js";
import {isCancel} from "../../../../lib/ledger/closed-trades.js";
import {createFigures} from "../../../../lib/ledger/figures.js";
import {parseAmount} from "../../../../lib/money/amount.js";
import {long} from "../../../long.js";
import {randomContext, randomLedger} from "../random-ledger.js";
import {CONTEXT, ledgerOf, navRows} from "../tables.js";

type Lists = Parameters<typeof ledgerOf>[0];
type Trade = NonNullable<Lists["trades"]>[number];

const NAV = navRows({"2026-01-02": "9000", "2026-01-30": "11000"});
const own = (trades: Trade[], bars: readonly LakeBars[] = [], lists: Lists = {}, query = {}) =>
  createFigures(ledgerOf({nav: NAV, trades, ...lists}), {
    ...CONTEXT,
    lake: {
      marks: [],
      rates: [],
      benchmarks: [],
      names: [],
      holdings: {assets: [], closes: [], rates: [], fills: bars}
    }
  }).ownFills(query);

const ACME = {
  day: "2026-01-05",
  tradeDate: "2026-01-05",
  dateTime: "2026-01-05T10:30:00",
  symbol: "ACME",
  conid: "1",
  assetCategory: "STK",
  currency: "USD",
  fxRateToBase: "1",
  orderType: "LMT",
  transactionType: "ExchTrade"
};
const buy = (more: Partial<Trade> = {}): Trade => ({
  ...ACME,
  quantity: "100",
  tradePrice: "50",
  ibCommission: "-1",
  ibCommissionCurrency: "USD",
  ...more
});
const bar = (prices: {open?: number; close?: number; vwap?: number}, symbol = "ACME"): LakeBars => ({
  symbol,
  currency: "USD",
  source: "Test bar",
  days: [["2026-01-05", prices.open ?? null, prices.close ?? null, prices.vwap ?? null]]
});
const means = (costs: readonly LearnedCost[]) =>
  costs.map(({name, orders, mean}) => [name, orders, mean.value]);

it("an order is all its executions of a day: mean price, exact commission, both in basis points", () => {
  const {orders} = own(
    [
      buy({ibOrderID: "7", quantity: "100", tradePrice: "50", ibCommission: "-1"}),
      buy({
        ibOrderID: "7",
        quantity: "300",
        tradePrice: "51",
        ibCommission: "-1.123456",
        dateTime: "2026-01-05T11:00:00"
      })
    ],
    [bar({vwap: 50})]
  );
  expect(orders).toEqual([
    {
      id: "trades-0",
      account: "U7000001",
      day: "2026-01-05",
      hour: "10",
      symbol: "ACME",
      assetCategory: "STK",
      currency: "USD",
      orderType: "LMT",
      side: "buy",
      executions: 2,
      price: 50.75, // (100 x 50 + 300 x 51) / 400
      value: "20300",
      commission: "2.123456",
      commissionCurrency: "USD",
      commissionBps: {value: (1e4 * 2.123456) / 20300},
      slippageBps: {value: 150}, // 0.75 of 50
      reference: "vwap",
      source: "Test bar"
    }
  ]);
});

it("orders are told apart by account, contract, side, day and number; executions without a number stand alone", () => {
  const {orders} = own([
    buy({ibOrderID: "7"}),
    buy({ibOrderID: "8"}),
    buy({ibOrderID: "7", quantity: "-100"}),
    buy({ibOrderID: "7", conid: "2"}),
    buy({ibOrderID: "7", day: "2026-01-06"}),
    buy(),
    buy()
  ]);
  expect(orders.map(({executions}) => executions)).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

it("slippage is what the price was worse by, so that a sale below the reference costs too", () => {
  const bars = [bar({vwap: 50})];
  const slippage = (more: Partial<Trade>) => own([buy(more)], bars).orders[0].slippageBps.value;
  expect(slippage({tradePrice: "50.05"})).toBeCloseTo(10, 9);
  expect(slippage({tradePrice: "49.95", quantity: "-100"})).toBeCloseTo(10, 9);
  expect(slippage({tradePrice: "49.95"})).toBeCloseTo(-10, 9);
});

it.each([
  ["LMT", {open: 40, close: 60, vwap: 50}, "vwap"],
  ["MKT", {open: 40, close: 60}, "open"],
  ["MOO", {open: 40, close: 60, vwap: 50}, "open"],
  ["LOO", {open: 40, close: 60, vwap: 50}, "open"],
  ["MOC", {open: 40, close: 60, vwap: 50}, "close"],
  ["LOC", {open: 40, close: 60, vwap: 50}, "close"],
  ["MOC", {open: 40, vwap: 50}, "mark"],
  [undefined, {open: 40}, "open"]
])("%s over %o is measured against the %s", (orderType, prices, reference) => {
  const [order] = own([buy({orderType, closePrice: "55"})], [bar(prices)]).orders;
  expect(order.reference).toBe(reference);
});

it("without a bar of its day, symbol and currency it is the statement's closing price, else n/a with the reason", () => {
  const eur = {...bar({open: 40}), currency: "EUR"};
  const [marked] = own([buy({closePrice: "40"})], [bar({open: 9}, "BETA"), eur]).orders;
  expect(marked).toMatchObject({
    reference: "mark",
    slippageBps: {value: 2500},
    source: "closing price of the statement"
  });
  const [unknown] = own([buy({closePrice: "0"})], [eur]).orders;
  expect(unknown).toMatchObject({
    reference: null,
    source: null,
    slippageBps: {
      value: null,
      reason: "no bar of ACME in USD on 2026-01-05, and no closing price in its row: pull its bars"
    }
  });
});

it("a commission in another currency is compared at the day's rate, and is n/a without one", () => {
  const trade = buy({ibCommission: "-2", ibCommissionCurrency: "EUR"});
  const rates = [{day: "2026-01-05", fromCurrency: "EUR", toCurrency: "USD", rate: "1.25"}];
  expect(own([trade], [], {rates}).orders[0]).toMatchObject({
    commission: "2",
    commissionCurrency: "EUR",
    commissionBps: {value: 5}
  });
  const {orders, commission} = own([trade]);
  expect(orders[0].commissionBps).toEqual({value: null, reason: "no rate EUR/USD on 2026-01-05"});
  expect(commission.all).toMatchObject({
    orders: 0,
    mean: {value: null, reason: "there are no orders that it is known of"}
  });
});

it("what was not traded at a market is no order: exercises, fractions, cancels and what they cancel", () => {
  const {orders} = own([
    buy({transactionType: "BookTrade"}),
    buy({transactionType: "FracShare"}),
    buy({transactionID: "11"}),
    buy({transactionType: "TradeCancel", origTransactionID: "11", quantity: "-100", ibCommission: "1"}),
    buy({quantity: "0"}),
    buy({tradePrice: "0"}),
    buy({ibOrderID: "kept"})
  ]);
  expect(orders).toHaveLength(1);
});

it("costs are learned by symbol, hour and order type, each drawn towards the account's mean", () => {
  const at = (symbol: string, price: string, more: Partial<Trade> = {}) =>
    buy({symbol, conid: symbol, tradePrice: price, closePrice: "100", ibCommission: "0", ...more});
  const {slippage, commission} = own([
    at("A", "99.99"),
    at("A", "100.01", {dateTime: "2026-01-05T15:59:00"}),
    at("B", "100.09"),
    at("B", "100.11", {orderType: "MKT", dateTime: undefined})
  ]);
  // basis points -1, 1, 9, 11: the means 0 and 10 are drawn by 1/50 towards 5, as in partial-pooling.test.ts
  const {mark} = slippage;
  expect(means(mark.bySymbol)).toEqual([
    ["A", 2, expect.closeTo(0.1, 9)],
    ["B", 2, expect.closeTo(9.9, 9)]
  ]);
  expect(mark.all).toMatchObject({name: "all", orders: 4, mean: {value: expect.closeTo(5, 9) as number}});
  expect(mark.all.standardError.value).toBeCloseTo(5, 9);
  expect(mark.unseen.standardError.value).toBeCloseTo(Math.sqrt(74), 9);
  expect(mark.unseen.low.value!).toBeLessThan(mark.all.low.value!);
  expect(mark.byHour.map(({name, orders}) => [name, orders])).toEqual([
    ["", 1],
    ["10", 2],
    ["15", 1]
  ]);
  expect(mark.byType.map(({name, orders}) => [name, orders])).toEqual([
    ["LMT", 3],
    ["MKT", 1]
  ]);
  expect(slippage.bar.all.mean.value).toBeNull();
  expect(commission.all.mean.value).toBe(0);
});

it("orders of one class alone are learned from when asked for, and a price at the reference is zero", () => {
  const trades = [
    buy({closePrice: "50", quantity: "-100"}),
    buy({assetCategory: "OPT", ibCommission: "-100"})
  ];
  const figures = createFigures(ledgerOf({nav: NAV, trades}), CONTEXT);
  const all = figures.ownFills({});
  expect(means(all.commission.byClass).map(([name]) => name)).toEqual(["OPT", "STK"]);
  const shares = figures.ownFills({assetCategory: "STK"});
  expect(shares.orders.map(({assetCategory}) => assetCategory)).toEqual(["STK"]);
  expect(shares.commission.all.mean.value).toBe(2);
  expect(shares.orders[0].slippageBps).toEqual({value: 0});
});

it("one order says its cost, and nothing of how sure that is", () => {
  const {commission} = own([buy()]);
  expect(commission.all).toEqual({
    name: "all",
    orders: 1,
    mean: {value: 2},
    standardError: {value: null, reason: "too few orders say how much they differ"},
    low: {value: null, reason: "too few orders say how much they differ"},
    high: {value: null, reason: "too few orders say how much they differ"}
  });
});

it("a ledger without trades, or a range before them, has nothing to learn from", () => {
  for (const view of [
    own([]),
    own([buy()], [], {}, {range: "custom", from: "2026-01-20", to: "2026-01-30"})
  ]) {
    expect(view.orders).toEqual([]);
    expect(view.commission.bySymbol).toEqual([]);
    expect(ownRates(view)).toBeUndefined();
  }
});

it("ownRates(view) prefers bars to marks; a symbol that was never traded pays the account's mean", () => {
  const trades = [buy({closePrice: "60"}), buy({symbol: "BETA", conid: "2", closePrice: "60"})];
  const rates = ownRates(own(trades, [bar({vwap: 49.5})]))!;
  expect(rates).toMatchObject({
    against: "bar",
    orders: {commission: 2, slippage: 1},
    commission: {bySymbol: {ACME: 2, BETA: 2}, otherwise: 2}
  });
  expect(rates.slippage!.bySymbol.ACME).toBeCloseTo(1e4 / 99, 9);
  expect(rates.slippage!.otherwise).toBeCloseTo(1e4 / 99, 9);
  expect(ownRates(own(trades))).toMatchObject({against: "mark", orders: {commission: 2, slippage: 2}});
  const alone = ownRates(own([buy()]))!;
  expect(alone).toEqual({
    commission: {bySymbol: {ACME: 2}, otherwise: 2},
    against: null,
    orders: {commission: 1, slippage: 0}
  });
});

it("ownRates(view, {at: upper}) takes the upper ends, wider for what was never traded", () => {
  const price = (i: number) => String(100 + i / 100);
  const trades = Array.from({length: 12}, (_, i) =>
    buy({symbol: `S${i % 3}`, conid: `${i % 3}`, tradePrice: price((i % 3) * 4 + (i % 4)), closePrice: "100"})
  );
  const view = own(trades);
  const [mean, upper] = [ownRates(view)!, ownRates(view, {at: "upper"})!];
  for (const {name, high} of view.slippage.mark.bySymbol) {
    expect(upper.slippage!.bySymbol[name]).toBe(high.value);
    expect(upper.slippage!.bySymbol[name]).toBeGreaterThan(mean.slippage!.bySymbol[name]);
  }
  expect(upper.slippage!.otherwise).toBeGreaterThan(Math.max(...Object.values(upper.slippage!.bySymbol)));
});

it("a cost that was planted in random ledgers is found within its interval", () => {
  let state = 20261122;
  const next = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  let [held, all] = [0, 0];
  for (let run = 0; run < long(300); ++run) {
    const planted = new Map(Array.from({length: 6}, (_, i) => [`S${i}`, 5 + 4 * normal()]));
    const trades = [...planted].flatMap(([symbol, bps], i) =>
      Array.from({length: 4 + 3 * i}, (): Trade => {
        const isBuy = next() < 0.5;
        const price = 100 * (1 + ((isBuy ? 1 : -1) * (bps + 8 * normal())) / 1e4);
        const size = 1 + Math.floor(400 * next());
        return buy({
          symbol,
          conid: symbol,
          quantity: `${isBuy ? size : -size}`,
          tradePrice: price.toFixed(8),
          closePrice: "100",
          ibCommission: (-0.0003 * size * price).toFixed(8)
        });
      })
    );
    const {slippage, commission} = own(trades);
    for (const {name, low, high} of slippage.mark.bySymbol) {
      const truth = planted.get(name)!;
      if (low.value! <= truth && truth <= high.value!) ++held;
      ++all;
    }
    for (const {mean} of commission.bySymbol) expect(mean.value).toBeCloseTo(3, 4); // exact: no noise in it
  }
  expect(held / all).toBeGreaterThan(0.88);
});

it("over random ledgers every order is counted once, and commissions add up to the ledger's own, exactly", () => {
  fc.assert(
    fc.property(randomLedger, randomContext, (ledger, context) => {
      const view = createFigures(ledger, context).ownFills({});
      const learned = view.orders.filter(({commissionBps}) => commissionBps.value !== null);
      const {bySymbol, byHour, byType, byClass} = view.commission;
      for (const list of [bySymbol, byHour, byType, byClass])
        expect(list.reduce((sum, {orders}) => sum + orders, 0)).toBe(learned.length);
      const traded = ledger.trades.filter(
        ({account, quantity, tradePrice, transactionType}) =>
          view.scope.accounts.includes(account) &&
          quantity &&
          (tradePrice ?? 0n) > 0n &&
          (transactionType ?? "ExchTrade") === "ExchTrade"
      );
      const booked = traded.reduce((sum, {ibCommission}) => sum - (ibCommission ?? 0n), 0n);
      const told = view.orders.reduce((sum, {commission}) => sum + parseAmount(commission), 0n);
      if (!ledger.trades.some(isCancel)) expect(told).toBe(booked);
      expect(JSON.parse(JSON.stringify(view))).toEqual(view);
    }),
    {numRuns: long(1000)}
  );
});

it("ownFillsLines(view, by) puts both costs side by side, null where no order of a name is known", () => {
  const view = own(
    [
      buy({ibOrderID: "1", tradePrice: "50.5"}),
      buy({ibOrderID: "2", symbol: "BETA", conid: "2", orderType: "MKT", dateTime: "2026-01-05T15:01:00"})
    ],
    [bar({vwap: 50})]
  );
  expect(measuredSlippage(view.slippage).against).toBe("bar");
  const said = (by: Parameters<typeof ownFillsLines>[1]) =>
    ownFillsLines(view, by).map(({name, commission, slippage}) => [
      name,
      commission?.orders ?? null,
      slippage?.orders ?? null
    ]);
  expect(said("symbol")).toEqual([
    ["ACME", 1, 1],
    ["BETA", 1, null]
  ]);
  expect(said("hour")).toEqual([
    ["10", 1, 1],
    ["15", 1, null]
  ]);
  expect(said("type")).toEqual([
    ["LMT", 1, 1],
    ["MKT", 1, null]
  ]);
});

it("one order says nothing of how sure its cost is, and none is n/a with the reason", () => {
  const {commission, slippage} = own([buy()]);
  expect(commission.all).toMatchObject({
    orders: 1,
    mean: {value: 2}, // 1 of 5,000
    low: {value: null, reason: "too few orders say how much they differ"}
  });
  expect(measuredSlippage(slippage)).toMatchObject({
    against: null,
    measured: {all: {orders: 0, mean: {value: null, reason: "there are no orders that it is known of"}}}
  });
});
