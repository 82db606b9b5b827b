import fc from "fast-check";
import {expect, it} from "vitest";
import type {OrderIntent} from "../../../../lib/orders/order.js";
import {checkOrder, type RuleName} from "../../../../lib/orders/risk/gate.js";
import {DEFAULT_LIMITS, RiskLimits, within} from "../../../../lib/orders/risk/limits.js";
import {notionalOf} from "../../../../lib/orders/risk/notional.js";
import type {Situation, Stake} from "../../../../lib/orders/risk/situation.js";
import {INTENT} from "../orders.js";

const now = INTENT.at;
const buy: OrderIntent = {...INTENT, quantity: 10, limit: 100};
const calm: Situation = {
  now,
  state: "ACTIVE",
  isKilledBySetting: false,
  kill: null,
  blocked: null,
  locked: new Set(),
  quote: {bid: 99.9, ask: 100.1, last: 100, kind: "live", at: now - 1000},
  underlying: null,
  rate: 1,
  positions: [],
  working: [],
  isGroupFilled: false,
  recent: [],
  dailyLoss: {loss: 0, reason: null},
  isOpen: true,
  whatIf: {equityWithLoanAfter: 50_000, initMarginAfter: 500},
  hasMargin: true
};
const long = (units: number, notional: number | null = Math.abs(units) * 100): Stake => ({
  contract: INTENT.contract,
  units,
  notional
});

/** Returns the rules that refuse. */
const refusing = (
  intent: Partial<OrderIntent> = {},
  situation: Partial<Situation> = {},
  limits: Partial<RiskLimits> = {}
): RuleName[] =>
  checkOrder({...buy, ...intent}, {...DEFAULT_LIMITS, ...limits}, {...calm, ...situation})
    .rules.filter(({passed}) => !passed)
    .map(({rule}) => rule);

it("an order within every limit goes out, and each rule says why", () => {
  const decision = checkOrder(buy, DEFAULT_LIMITS, calm);
  expect(decision).toMatchObject({allowed: true, reason: null});
  expect(decision.rules.every(({reason}) => reason.length > 0)).toBe(true);
  expect(decision.rules.find(({rule}) => rule === "order-value")).toMatchObject({
    reason: "the order's value, 1000, is within 10000"
  });
});

it("each rule refuses what it is for, alone", () => {
  expect(refusing({quantity: 0})).toContain("well-formed");
  expect(refusing({quantity: NaN})).toContain("well-formed");
  expect(refusing({type: "STP LMT"})).toEqual(["well-formed"]);
  expect(refusing({}, {isKilledBySetting: true})).toEqual(["kill-switch"]);
  expect(refusing({}, {kill: {by: "a person", reason: "enough"}})).toEqual(["kill-switch"]);
  expect(refusing({oca: "exits"}, {isGroupFilled: true})).toEqual(["group"]);
  expect(refusing({}, {blocked: "the link to TWS is down"})).toEqual(["ready"]);
  expect(refusing({reduceOnly: true})).toEqual(["reduce-only"]);
  expect(refusing({reduceOnly: true, action: "SELL"}, {positions: [long(10)]})).toEqual([]);
  expect(refusing({reduceOnly: true, action: "SELL"}, {positions: [long(9)]})).toEqual(["reduce-only"]);
  expect(refusing({}, {state: "HALTED"})).toEqual(["state"]);
  expect(refusing({}, {state: "REDUCING"})).toEqual(["state"]);
  expect(refusing({}, {locked: new Set([INTENT.contract.conId])})).toEqual(["locked"]);
  expect(refusing({}, {}, {restricted: ["AAPL"]})).toEqual(["restricted"]);
  expect(refusing({}, {isOpen: false})).toEqual(["market-hours"]);
  expect(refusing({}, {isOpen: null})).toEqual(["market-hours"]);
  expect(refusing({}, {}, {orderUnits: 9})).toEqual(["order-units"]);
  expect(refusing({}, {}, {orderValue: 999})).toEqual(["order-value"]);
  expect(refusing({limit: 106})).toEqual(["price-collar"]);
  expect(refusing({limit: 90})).toEqual([]);
  expect(refusing({limit: 94, action: "SELL"}, {positions: [long(10)]})).toEqual(["price-collar"]);
  expect(refusing({limit: 110, action: "SELL"}, {positions: [long(10)]})).toEqual([]);
  expect(refusing({}, {positions: [long(245)]})).toEqual(["position-notional"]);
  expect(refusing({}, {positions: [long(200)], working: [long(45)]})).toEqual(["position-notional"]);
  expect(refusing({}, {positions: [long(245)], working: [long(-200)]})).toContain("position-notional");
  expect(refusing({}, {positions: [long(200)], working: [long(-45)]})).toEqual([]);
  expect(refusing({}, {}, {grossNotional: 999})).toEqual(["gross-notional"]);
  expect(refusing({}, {dailyLoss: {loss: 2001, reason: null}})).toEqual(["daily-loss"]);
  expect(refusing({}, {whatIf: {equityWithLoanAfter: 549, initMarginAfter: 500}})).toEqual(["margin"]);
});

it("the limit of an order rate counts the last minute, and a repetition counts for its seconds", () => {
  const other = (seconds: number, quantity = 7) => ({...buy, quantity, at: now - 1000 * seconds});
  expect(refusing({}, {recent: Array.from({length: 20}, (_, i) => other(i))})).toEqual(["order-rate"]);
  expect(refusing({}, {recent: Array.from({length: 20}, (_, i) => other(60 + i))})).toEqual([]);
  expect(refusing({}, {recent: [other(29, 10)]})).toEqual(["duplicate"]);
  expect(refusing({}, {recent: [other(30, 10), other(3, 11)]})).toEqual([]);
});

it("a number that a rule needs and lacks refuses", () => {
  expect(refusing({}, {rate: null})).toEqual(["order-value", "position-notional", "gross-notional"]);
  expect(refusing({}, {dailyLoss: {loss: null, reason: "no statement of the last session"}})).toEqual([
    "daily-loss"
  ]);
  expect(refusing({}, {whatIf: null})).toEqual(["margin"]);
  expect(refusing({}, {whatIf: {equityWithLoanAfter: 50_000, initMarginAfter: null}})).toEqual(["margin"]);
  expect(refusing({}, {positions: [{...long(1, null), contract: {...INTENT.contract, conId: 7}}]})).toEqual([
    "gross-notional"
  ]);
  expect(refusing({}, {whatIf: null, hasMargin: false})).toEqual([]);
});

it("without a live, fresh quote market orders are refused, and limits only pass when a person typed them", () => {
  const {limit: _, ...unpriced} = buy;
  const market = {...unpriced, type: "MKT"} as const;
  const quote = calm.quote!;
  for (const quoted of [
    null,
    {...quote, kind: "delayed"},
    {...quote, kind: "frozen"},
    {...quote, at: now - 15_001}
  ] as const) {
    const situation = {...calm, quote: quoted};
    expect(checkOrder(market, DEFAULT_LIMITS, situation).allowed).toBe(false);
    expect(checkOrder(buy, DEFAULT_LIMITS, situation).allowed).toBe(true);
    expect(checkOrder({...buy, strategy: "momentum"}, DEFAULT_LIMITS, situation).reason).toContain(
      "no live quote"
    );
  }
  expect(checkOrder(market, DEFAULT_LIMITS, calm).allowed).toBe(true);
});

it("what only reduces a position goes out when nothing else may, and never more of it than is held", () => {
  const strained: Partial<Situation> = {
    state: "REDUCING",
    positions: [long(10)],
    dailyLoss: {loss: null, reason: "unknown"},
    whatIf: null,
    rate: null
  };
  expect(refusing({action: "SELL"}, strained)).toEqual([]);
  expect(refusing({action: "SELL", quantity: 11}, strained)).toContain("state");
  expect(refusing({action: "SELL"}, {...strained, working: [long(-1)]})).toContain("state"); // 1 is being sold
  expect(refusing({action: "SELL"}, {...strained, working: [long(-10)]})).toContain("state");
  expect(refusing({action: "BUY"}, {...strained, positions: [long(-10)]})).toEqual([]);
  expect(refusing({action: "SELL"}, {...strained, kill: {by: "a person", reason: "x"}})).toEqual([
    "kill-switch"
  ]);
});

it("notionalOf(contract, units, prices) counts futures and options sold by their underlying", () => {
  const at = {price: 4, underlying: 200};
  expect(notionalOf({secType: "STK", multiplier: 1}, -30, {price: 50, underlying: null})).toBe(1500);
  expect(notionalOf({secType: "OPT", multiplier: 100}, 2, at)).toBe(800);
  expect(notionalOf({secType: "OPT", multiplier: 100}, -2, at)).toBe(40_000);
  expect(notionalOf({secType: "FUT", multiplier: 50}, 1, {price: 5000, underlying: 5010})).toBe(250_500);
  expect(notionalOf({secType: "FUT", multiplier: 50}, 1, {price: 5000, underlying: null})).toBeNull();
  expect(notionalOf({secType: "STK", multiplier: 1}, 0, {price: null, underlying: null})).toBe(0);
});

it("within(account, strategy) never allows more than the account does", () => {
  const amount = fc.option(fc.double({min: 1, max: 1e6, noNaN: true}), {nil: null});
  const limits = fc.record({orderValue: amount, dailyLoss: amount, priceCollar: fc.constant(null)});
  fc.assert(
    fc.property(limits, limits, (one, other) => {
      const both = within({...DEFAULT_LIMITS, ...one}, other);
      for (const key of ["orderValue", "dailyLoss"] as const)
        for (const each of [one[key], other[key]])
          if (each !== null) expect(both[key]).toBeLessThanOrEqual(each);
    })
  );
  expect(within(DEFAULT_LIMITS, undefined)).toBe(DEFAULT_LIMITS);
  expect(within({...DEFAULT_LIMITS, restricted: ["A"]}, {restricted: ["B"]}).restricted).toEqual(["A", "B"]);
});

it("an order that is allowed stays so with a smaller quantity, but for repetitions", () => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 300}),
      fc.integer({min: 1, max: 300}),
      fc.integer({min: -200, max: 200}),
      (a, b, held) => {
        const situation = {...calm, positions: held ? [long(held)] : []};
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        const allowed = (quantity: number) =>
          checkOrder({...buy, quantity}, DEFAULT_LIMITS, situation).allowed;
        if (allowed(more)) expect(allowed(less)).toBe(true);
      }
    )
  );
});

it("limits from outside are checked: a typed word, a negative amount or a stranger is refused", () => {
  expect(RiskLimits.safeParse(DEFAULT_LIMITS).success).toBe(true);
  for (const wrong of [{orderValue: "much"}, {orderValue: -1}, {priceCollar: 2}, {stranger: 1}])
    expect(RiskLimits.safeParse({...DEFAULT_LIMITS, ...wrong}).success).toBe(false);
});
