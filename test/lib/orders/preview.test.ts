import * as fc from "fast-check";
import {expect, it} from "vitest";
import type {AccountFigures, LivePosition} from "../../../lib/live/figures.js";
import type {OrderIntent} from "../../../lib/orders/order.js";
import {type BrokerWhatIf, closingOf, orderPreview, type PreviewParts} from "../../../lib/orders/preview.js";
import type {Situation} from "../../../lib/orders/risk/situation.js";
import {INTENT} from "./orders.js";

const SHARE = {...INTENT.contract, currency: "EUR"};
const order = (more: Partial<OrderIntent> = {}): OrderIntent => ({
  ...INTENT,
  contract: SHARE,
  quantity: 10,
  limit: 50,
  ...more
});

function situation(units: number, more: Partial<Situation> = {}): Situation {
  return {
    now: INTENT.at,
    state: "ACTIVE",
    isKilledBySetting: false,
    kill: null,
    blocked: null,
    locked: new Set(),
    quote: {bid: 49, ask: 51, last: 50, kind: "live", at: INTENT.at},
    underlying: null,
    rate: 1.2,
    positions: units ? [{contract: SHARE, units, notional: Math.abs(units) * 60}] : [],
    working: [],
    isGroupFilled: false,
    recent: [],
    dailyLoss: {loss: 0, reason: null},
    isOpen: true,
    whatIf: null,
    hasMargin: true,
    ...more
  };
}

const FIGURES: AccountFigures = {
  account: INTENT.account,
  currency: "USD",
  at: INTENT.at,
  netLiquidation: 12_000,
  cash: 6000,
  grossPosition: 1200,
  buyingPower: null,
  equityWithLoan: null,
  initMargin: null,
  maintMargin: null,
  availableFunds: null,
  excessLiquidity: null,
  cushion: null,
  lookAhead: {at: null, initMargin: null, maintMargin: null, excessLiquidity: null},
  profit: {daily: null, unrealized: null, realized: null},
  cashByCurrency: {EUR: 1000},
  rates: {EUR: 1.2}
};

const held = (units: number, more: Partial<LivePosition> = {}): LivePosition => ({
  account: INTENT.account,
  contract: SHARE,
  label: "AAPL",
  units,
  averageCost: 40,
  price: 50,
  priceAt: INTENT.at,
  value: 50 * units,
  unrealized: 10 * units,
  daily: null,
  ...more
});

const WHAT_IF: BrokerWhatIf = {
  initMarginBefore: 100,
  initMarginAfter: 400,
  equityWithLoanAfter: 11_900,
  maintMarginAfter: 300,
  commission: null,
  leastCommission: 1,
  mostCommission: 2,
  commissionCurrency: "EUR",
  warning: "the venue is slow"
};

const parts = (more: Partial<PreviewParts> = {}): PreviewParts => ({
  decision: {allowed: true, reason: null, rules: []},
  label: "AAPL",
  hasSteps: true,
  figures: FIGURES,
  positions: [held(20)],
  rateOf: (currency) => ({USD: 1, EUR: 1.2})[currency] ?? null,
  whatIf: WHAT_IF,
  lots: [],
  ...more
});

it("orderPreview(intent, situation, parts) is the account after it, by hand", () => {
  // 10 at 50 EUR are 500 EUR, 600 USD; 2 EUR of commission are 2.40 USD; 20 held are worth 1,200 USD of 12,000
  expect(orderPreview(order(), situation(20), parts())).toMatchObject({
    units: {before: 20, after: 30},
    price: 50,
    value: 600,
    commission: {least: 1, most: 2, currency: "EUR"},
    cash: {before: 6000, after: 5397.6},
    grossExposure: {before: 1200, after: 1800},
    weight: {before: 0.1, after: 0.15},
    currencyExposure: {before: 0.2, after: 0.2},
    currencyCash: {before: 1000, after: 500},
    margin: {initBefore: 100, initAfter: 400, equityAfter: 11_900, excessAfter: 11_600},
    notes: ["the venue is slow"]
  });
});

it("orderPreview(intent, situation, parts) takes no cash for a future, and leaves it out of its currency", () => {
  const contract = {...SHARE, secType: "FUT" as const, multiplier: 10};
  const future = held(2, {contract, value: 1000});
  const stake = {contract, units: 2, notional: 1200};
  const preview = orderPreview(
    order({contract, quantity: 1}),
    situation(0, {positions: [stake]}),
    parts({positions: [future], whatIf: null})
  );
  expect(preview).toMatchObject({
    units: {before: 2, after: 3},
    cash: {before: 6000, after: 6000},
    grossExposure: {before: 1200, after: 1800},
    currencyCash: {before: 1000, after: 1000},
    currencyExposure: {before: 0.1},
    margin: null
  });
});

it("orderPreview(intent, situation, parts) knows nothing after that it does not know before", () => {
  const preview = orderPreview(
    order({type: "MKT", limit: undefined as never}),
    situation(20, {quote: null, isOpen: false}),
    parts({figures: null, hasSteps: false, rateOf: () => null, whatIf: null})
  );
  expect(preview).toMatchObject({
    price: null,
    value: null,
    commission: null,
    cash: {before: null, after: null},
    grossExposure: {before: null, after: null},
    weight: {before: null, after: null},
    currencyCash: {before: null, after: null},
    notes: [
      "there is no quote",
      "its market is closed now",
      "there is no price to value it at",
      "the account's broker gives no rate of its currency",
      "its price increments are not known"
    ]
  });
});

it("orderPreview(intent, situation, parts) has no share of a currency where a position has no value", () => {
  const preview = orderPreview(order(), situation(20), parts({positions: [held(20, {value: null})]}));
  expect(preview.currencyExposure).toEqual({before: null, after: null});
});

it("closingOf(intent, situation) is what is on the other side, at the order's own price", () => {
  const sell = order({action: "SELL", quantity: 50});
  expect(closingOf(sell, situation(20))).toEqual({units: -20, price: 50});
  expect(closingOf(order({quantity: 5}), situation(-20))).toEqual({units: 5, price: 50});
  expect(closingOf(order(), situation(20))).toEqual({units: 0, price: 50});
  expect(closingOf(sell, situation(0)).units).toBe(0);
});

it("orderPreview of an order and of its opposite move cash by the same, commission aside", () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 1000}), fc.integer({min: -500, max: 500}), (quantity, units) => {
      const free = parts({whatIf: null});
      const after = (action: "BUY" | "SELL") =>
        orderPreview(order({action, quantity}), situation(units), free).cash.after!; // cash is known
      expect(after("BUY") + after("SELL")).toBeCloseTo(2 * FIGURES.cash!, 6); // it is told
    })
  );
});
