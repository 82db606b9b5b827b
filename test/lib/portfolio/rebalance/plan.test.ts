import * as fc from "fast-check";
import {describe, expect, it} from "vitest";
import {planRebalance} from "../../../../lib/portfolio/rebalance/plan.js";
import type {
  CostedTrade,
  RebalancePlan,
  RebalancePosition,
  RebalanceRequest
} from "../../../../lib/portfolio/rebalance/request.js";
import {long} from "../../../long.js";

/** 100 shares of A at 60 and of B at 40, in euros, and targets of a half each. */
const half = (rules: RebalanceRequest["rules"] = {}, cash = 0): RebalanceRequest => ({
  positions: [
    {asset: "A", quantity: 100, price: 60, currency: "EUR", target: 0.5},
    {asset: "B", quantity: 100, price: 40, currency: "EUR", target: 0.5}
  ],
  cash: {EUR: cash},
  base: "EUR",
  rules
});
const traded = ({trades}: RebalancePlan) =>
  Object.fromEntries(trades.map(({asset, quantity}) => [asset, quantity]));

describe("by hand", () => {
  it("planRebalance(request) sells what is above its target and buys what is below, in whole lots", () => {
    const plan = planRebalance(half());
    // 1000 / 60 = 16.67 and 1000 / 40 = 25; 16 x 60 = 960 pays for 24
    expect(traded(plan)).toEqual({A: -16, B: 24});
    expect(plan.cash).toEqual({before: {EUR: 0}, after: {EUR: 0}});
    expect(plan.trades.map(({reason, value}) => [reason, value])).toEqual([
      ["60 % held, 50 % wanted", -960],
      ["40 % held, 50 % wanted, as far as the cash goes", 960]
    ]);
    expect(plan.leftOut).toEqual([{asset: "B", quantity: 1, reason: "no cash for more"}]);
    expect(plan.tracking.before.distance).toBeCloseTo(0.1, 12);
    expect(plan.tracking.after.distance).toBeCloseTo(0.004, 12);
    expect(plan.tracking.after.error).toEqual({value: null, reason: "no covariance was given"});
  });

  it("planRebalance(request) leaves alone what lies in its band", () => {
    const {trades, leftOut, tracking} = planRebalance(half({band: {kind: "absolute", width: 0.1}}));
    expect(trades).toEqual([]);
    expect(leftOut.map(({asset, reason}) => [asset, reason])).toEqual([
      ["A", "within its band: 60 % held, 50 % wanted"],
      ["B", "within its band: 40 % held, 50 % wanted"]
    ]);
    expect(tracking.after).toEqual(tracking.before);
    // a fifth of a half is 10 points too
    expect(planRebalance(half({band: {kind: "relative", width: 0.2}})).trades).toEqual([]);
    expect(planRebalance(half({band: {kind: "relative", width: 0.19}})).trades).toHaveLength(2);
  });

  it("planRebalance(request, {tradeTo: edge}) goes no further than the band", () => {
    const plan = planRebalance(half({band: {kind: "absolute", width: 0.05}, tradeTo: "edge"}));
    // 500 / 60 = 8.33: 8 x 60 = 480 buys 12
    expect(traded(plan)).toEqual({A: -8, B: 12});
  });

  it("planRebalance(request) pays costs out of what is sold, and shares out what is left", () => {
    const costs = ({quantity, price}: CostedTrade) => 0.01 * Math.abs(quantity * price);
    const request = half({costs});
    const positions = request.positions.map((position) => ({...position, lot: 0.0001}));
    const plan = planRebalance({...request, positions});
    const {A, B} = traded(plan);
    const left = 10_000 - plan.cost;
    expect((100 + A) * 60).toBeCloseTo(left / 2, 1);
    expect((100 + B) * 40).toBeCloseTo(left / 2, 1);
    expect(plan.cost).toBeCloseTo(0.01 * (-A * 60 + B * 40), 9);
    expect(plan.cash.after.EUR).toBeGreaterThanOrEqual(0);
    expect(plan.cash.after.EUR).toBeLessThan(0.02);
  });

  it("planRebalance(request) makes no trade below the minimum", () => {
    const plan = planRebalance(half({minimumTrade: 961}));
    expect(plan.trades).toEqual([]);
    expect(plan.leftOut).toEqual([
      {asset: "A", quantity: expect.closeTo(-1000 / 60, 9), reason: "below the minimum trade: 960.00 of 961"},
      {asset: "B", quantity: 25, reason: "no cash for it"}
    ]);
  });

  it("planRebalance(request) keeps the cash that is wanted", () => {
    const request = half({}, 2000);
    const positions = request.positions.map((position) => ({...position, target: 0.4}));
    const plan = planRebalance({...request, positions});
    // 12000 x 0.4 = 4800 each: 1200 of A are sold, 800 of B bought
    expect(traded(plan)).toEqual({A: -20, B: 20});
    expect(plan.cash.after.EUR).toBe(2400);
    expect(plan.tracking.after.distance).toBeCloseTo(0, 12);
  });

  it("planRebalance(request) sells within the band what has to pay for what lies outside", () => {
    const plan = planRebalance({
      positions: [
        {asset: "A", quantity: 38, price: 10, currency: "EUR", target: 0.34},
        {asset: "B", quantity: 37, price: 10, currency: "EUR", target: 0.33},
        {asset: "C", quantity: 25, price: 10, currency: "EUR", target: 0.33}
      ],
      cash: {EUR: 0},
      base: "EUR",
      rules: {band: {kind: "absolute", width: 0.05}}
    });
    expect(traded(plan)).toEqual({A: -4, B: -4, C: 8});
    expect(plan.trades[0].reason).toBe("38 % held, 34 % wanted, sold to pay for what is bought");
  });

  it("planRebalance(request) brings cash below zero to zero, and buys nothing with what is owed", () => {
    const request = half({band: {kind: "absolute", width: 0.5}}, -1000);
    const plan = planRebalance(request);
    expect(traded(plan)).toEqual({A: -17});
    expect(plan.cash.after.EUR).toBe(20);
    expect(plan.trades[0].reason).toBe("66.67 % held, 50 % wanted, sold to bring cash to zero");
    expect(planRebalance({...request, rules: {...request.rules, negativeCash: true}}).trades).toEqual([]);
  });

  it("planRebalance(request) closes a position whole, odd lots too", () => {
    const request = half();
    const [a, b] = request.positions;
    const plan = planRebalance({
      ...request,
      positions: [
        {...a, quantity: 100.5, target: 0, lot: 10},
        {...b, target: 1}
      ]
    });
    expect(traded(plan)).toEqual({A: -100.5, B: 150});
  });

  it("planRebalance(request) values each currency at its rate, and converts what another lacks", () => {
    const plan = planRebalance({
      positions: [
        {asset: "A", quantity: 0, price: 50, currency: "USD", target: 0.5},
        {asset: "B", quantity: 50, price: 80, currency: "GBP", target: 0.5}
      ],
      cash: {EUR: 5000},
      base: "EUR",
      rates: {USD: 0.8, GBP: 1.25}
    });
    // the account is worth 10000 euros: 125 shares at 40 euros
    expect(plan.value).toBe(10_000);
    expect(traded(plan)).toEqual({A: 125});
    expect(plan.conversions).toEqual([{from: "EUR", to: "USD", amount: 5000, received: 6250}]);
    expect(plan.cash.after).toEqual({EUR: 0, USD: 0});
  });

  it("planRebalance(request) tells the tracking error of a covariance", () => {
    const {tracking} = planRebalance({...half(), covariance: Float64Array.of(0.04, 0, 0, 0.09)});
    // gaps of 0.1: 0.1 x root of 0.13
    expect(tracking.before.error.value).toBeCloseTo(0.1 * Math.sqrt(0.13), 12);
    expect(tracking.after.error.value).toBeLessThan(0.002);
  });

  it("planRebalance(request) leaves out a sale that costs more than it brings", () => {
    const plan = planRebalance({...half({costs: () => 961})});
    expect(plan.trades).toEqual([]);
    expect(plan.leftOut.map(({reason}) => reason)).toEqual([
      "it costs more than it brings",
      "no cash for it"
    ]);
  });

  it("planRebalance(request) sells short and covers", () => {
    const plan = planRebalance({
      positions: [
        {asset: "A", quantity: 0, price: 10, currency: "EUR", target: 1.3},
        {asset: "B", quantity: 0, price: 10, currency: "EUR", target: -0.3}
      ],
      cash: {EUR: 1000},
      base: "EUR"
    });
    expect(traded(plan)).toEqual({B: -30, A: 130});
    expect(plan.cash.after.EUR).toBe(0);
  });
});

const positionsOf = fc.array(
  fc.record({
    quantity: fc.integer({min: 0, max: 300}),
    price: fc.integer({min: 50, max: 50_000}),
    currency: fc.constantFrom("EUR", "USD"),
    share: fc.integer({min: 0, max: 10}),
    lot: fc.constantFrom(1, 1, 10, 0.001)
  }),
  {minLength: 1, maxLength: 8}
);
const rulesOf = fc.record({
  band: fc.constantFrom(
    {kind: "absolute", width: 0} as const,
    {kind: "absolute", width: 0.03} as const,
    {kind: "relative", width: 0.25} as const
  ),
  tradeTo: fc.constantFrom("target" as const, "edge" as const),
  minimumTrade: fc.constantFrom(0, 0, 250),
  fee: fc.constantFrom(0, 0.0005, 0.01),
  least: fc.constantFrom(0, 1)
});

function requestOf(
  list: {quantity: number; price: number; currency: string; share: number; lot: number}[],
  {fee, least, ...rules}: {fee: number; least: number} & NonNullable<RebalanceRequest["rules"]>,
  cash: number,
  idle: number
): RebalanceRequest {
  const shares = list.reduce((sum, {share}) => sum + share, 0) + idle;
  const positions: RebalancePosition[] = list.map(({share, price, ...rest}, i) => ({
    ...rest,
    asset: `A${i}`,
    price: price / 100,
    target: shares ? share / shares : 0
  }));
  return {
    positions,
    cash: {EUR: cash, USD: 0},
    base: "EUR",
    rates: {USD: 0.9},
    rules: {...rules, costs: ({quantity, price}) => Math.max(least, fee * Math.abs(quantity * price))}
  };
}

/** The account once a plan is carried out. */
function applied(request: RebalanceRequest, {trades, cash}: RebalancePlan): RebalanceRequest {
  const change = new Map(trades.map(({asset, quantity}) => [asset, quantity]));
  const positions = request.positions.map((position) => ({
    ...position,
    quantity: position.quantity + (change.get(position.asset) ?? 0)
  }));
  return {...request, positions, cash: cash.after};
}

it("a plan keeps cash at zero or more, adds up, and trades whole lots of enough value", () => {
  fc.assert(
    fc.property(
      positionsOf,
      rulesOf,
      fc.integer({min: -500, max: 20_000}),
      fc.integer({min: 0, max: 3}),
      (list, rules, cash, idle) => {
        const request = requestOf(list, rules, cash, idle);
        const held = request.positions.reduce(
          (sum, {quantity, price, currency}) => sum + quantity * price * (currency === "USD" ? 0.9 : 1),
          0
        );
        fc.pre(held + Math.min(cash, 0) > 2000);
        const plan = planRebalance(request);
        for (const amount of Object.values(plan.cash.after)) expect(amount).toBeGreaterThanOrEqual(-1e-6);
        const after = applied(request, plan);
        const worth =
          plan.cash.after.EUR +
          0.9 * plan.cash.after.USD +
          after.positions.reduce(
            (sum, {quantity, price, currency}) => sum + quantity * price * (currency === "USD" ? 0.9 : 1),
            0
          );
        expect(worth).toBeCloseTo(plan.value - plan.cost, 5);
        for (const {asset, quantity, reason, value} of plan.trades) {
          const position = request.positions.find((other) => other.asset === asset)!;
          const lots = quantity / position.lot!;
          if (quantity !== -position.quantity) expect(lots).toBeCloseTo(Math.round(lots), 6);
          expect(position.quantity + quantity).toBeGreaterThanOrEqual(0);
          if (!reason.includes("cash to zero"))
            expect(Math.abs(value)).toBeGreaterThanOrEqual(rules.minimumTrade - 1e-9);
        }
      }
    ),
    {numRuns: long(5000)}
  );
});

it("a plan leaves every weight in its band but for a lot, or says why not", () => {
  fc.assert(
    fc.property(positionsOf, rulesOf, fc.integer({min: 0, max: 20_000}), (list, rules, cash) => {
      const request = requestOf(list, rules, cash, 1);
      fc.pre(list.some(({quantity}) => quantity > 0) || cash > 100);
      const plan = planRebalance(request);
      const {positions} = applied(request, plan);
      const value = plan.value - plan.cost;
      for (const {asset, quantity, price, currency, target, lot = 1} of positions) {
        const one = (price * (currency === "USD" ? 0.9 : 1)) / value;
        const room = rules.band.kind === "absolute" ? rules.band.width : rules.band.width * target;
        if (Math.abs(quantity * one - target) <= room + lot * one + 1e-6) continue;
        expect(plan.leftOut.map((left) => left.asset)).toContain(asset);
      }
    }),
    {numRuns: long(5000)}
  );
});

it("a plan of an account to which a plan was applied is empty", () => {
  fc.assert(
    fc.property(
      positionsOf,
      rulesOf,
      fc.integer({min: -500, max: 20_000}),
      fc.integer({min: 0, max: 3}),
      (list, rules, cash, idle) => {
        const request = requestOf(list, rules, cash, idle);
        fc.pre(
          list.reduce((sum, {quantity, price}) => sum + (quantity * price) / 100, Math.min(cash, 0)) > 2000
        );
        const again = planRebalance(applied(request, planRebalance(request)));
        expect(again.trades).toEqual([]);
      }
    ),
    {numRuns: long(5000)}
  );
});

it("planRebalance(request) names what has no value", () => {
  const request = half();
  const first = (patch: Partial<RebalancePosition>) => () =>
    planRebalance({...request, positions: [{...request.positions[0], ...patch}, request.positions[1]]});
  expect(first({price: NaN})).toThrow("invalid price of A: NaN: it is above 0");
  expect(first({quantity: NaN})).toThrow("invalid quantity of A: NaN");
  expect(first({lot: 0})).toThrow("invalid lot of A: 0");
  expect(first({asset: "B"})).toThrow("asset is there twice: B");
  expect(first({currency: "CHF"})).toThrow(
    "no rate of CHF in EUR: undefined: without it the account has no value"
  );
  expect(first({target: 0.6})).toThrow("targets and cash sum to 1.1");
  expect(() => planRebalance({...request, cash: {EUR: NaN}})).toThrow("invalid cash in EUR: NaN");
  expect(() => planRebalance({...request, cash: {EUR: -20_000}})).toThrow("the account is worth -10000");
  expect(() => planRebalance(half({minimumTrade: NaN}))).toThrow("invalid minimum trade: NaN");
  expect(() => planRebalance(half({band: {kind: "absolute", width: -1}}))).toThrow("invalid band width: -1");
  expect(() => planRebalance(half({cashTarget: 2}))).toThrow("invalid cash target: 2");
  expect(() => planRebalance(half({costs: () => -1}))).toThrow("invalid cost of trading A: -1");
  expect(() => planRebalance({...request, covariance: Float64Array.of(1)})).toThrow(
    "covariance has 1 values"
  );
});
