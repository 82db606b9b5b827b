import type {OrderIntent} from "../order.js";
import type {RiskLimits} from "./limits.js";
import {notionalOf} from "./notional.js";
import {onlyReduces, referencePrice, signedUnits, type Situation} from "./situation.js";

/** What one rule says of an order. */
export interface RuleResult {
  rule: RuleName;
  passed: boolean;
  /** One sentence, also of a rule that passed. */
  reason: string;
  /** The numbers it rests on. */
  context: Readonly<Record<string, number | string | boolean | null>>;
}

/** What the gate says: allowed when every rule passed. */
export interface Decision {
  allowed: boolean;
  /** Of the first rule that refused; null when none did. */
  reason: string | null;
  rules: readonly RuleResult[];
}

interface Asked {
  intent: OrderIntent;
  limits: RiskLimits;
  situation: Situation;
  /** Units of the change, below zero for a sale. */
  units: number;
  reduces: boolean;
  /** Price to hold it against; null when there is no live one. */
  reference: number | null;
  /** Price that its value is counted at: its own where it has one. */
  price: number | null;
  /** In base currency; null where a price or a rate is missing. */
  notional: number | null;
}

type Verdict = Omit<RuleResult, "rule">;

const passed = (reason: string, context: Verdict["context"] = {}): Verdict => ({
  passed: true,
  reason,
  context
});
const refused = (reason: string, context: Verdict["context"] = {}): Verdict => ({
  passed: false,
  reason,
  context
});

/** The rules, in the order in which they are told; all are asked, so that a person sees every reason at once. */
const RULES = {
  "well-formed": ({intent: {quantity, limit, stop, type, contract}}) => {
    if (!(quantity > 0 && quantity < Infinity)) return refused(`the quantity is ${quantity}`, {quantity});
    if (!(contract.multiplier > 0)) return refused(`the multiplier of ${contract.symbol} is not known`);
    const needsLimit = type === "LMT" || type === "STP LMT" || type === "LOO" || type === "LOC";
    const needsStop = type === "STP" || type === "STP LMT";
    if (needsLimit && !Number.isFinite(limit)) return refused(`${type} needs a limit`);
    if (needsStop && !Number.isFinite(stop)) return refused(`${type} needs a stop price`);
    return passed("quantity and prices make sense", {quantity});
  },
  "kill-switch": ({situation: {isKilledBySetting, kill}}) => {
    if (isKilledBySetting) return refused("KILL_SWITCH is set: no order goes out");
    if (kill) return refused(`the kill switch is thrown, by ${kill.by}: ${kill.reason}`);
    return passed("no kill switch is thrown");
  },
  ready: ({situation: {blocked}}) =>
    blocked === null ? passed("the broker takes orders") : refused(blocked),
  "reduce-only": ({intent: {reduceOnly}, reduces}) =>
    reduceOnly === true && !reduces
      ? refused("it may only reduce what is held, and would do more")
      : passed(reduces ? "it only reduces what is held" : "it may open a position"),
  state: ({situation: {state}, reduces}) => {
    if (state === "HALTED") return refused("trading is halted", {state});
    if (state === "REDUCING" && !reduces)
      return refused("only orders that reduce a position go out", {state});
    return passed(state === "ACTIVE" ? "trading is active" : "it only reduces what is held", {state});
  },
  locked: ({situation: {locked}, intent: {contract}}) =>
    locked.has(contract.conId)
      ? refused(`${contract.symbol} is locked until an order of it is settled`)
      : passed("nothing of it waits to be settled"),
  group: ({situation: {isGroupFilled}}) =>
    isGroupFilled
      ? refused("an order of its group has filled, which takes it away")
      : passed("no order of its group has filled"),
  restricted: ({limits: {restricted}, intent: {contract}}) =>
    restricted.includes(contract.symbol)
      ? refused(`${contract.symbol} is on the restricted list`)
      : passed("it is not on the restricted list"),
  "market-hours": ({limits, situation: {isOpen}, intent}) => {
    if (!limits.regularHoursOnly || intent.outsideHours === true) return passed("any hour will do");
    if (isOpen === null) return refused("its trading hours are not known", {isOpen});
    return isOpen ? passed("it trades now", {isOpen}) : refused("its market is closed", {isOpen});
  },
  "order-units": ({limits: {orderUnits}, intent: {quantity}}) =>
    most("units", quantity, orderUnits, "no limit on units"),
  "order-value": ({limits: {orderValue}, notional}) =>
    most("the order's value", notional, orderValue, "no limit on an order's value"),
  "price-collar": ({limits: {priceCollar}, intent, reference}) => {
    const {type, action, limit, stop, strategy} = intent;
    if (priceCollar === null) return passed("no collar");
    const against = type === "STP LMT" ? (stop ?? null) : reference; // its limit works once its stop is met
    if (reference === null) {
      return limit !== undefined && strategy === undefined
        ? passed("there is no live quote: its limit is the one that was typed", {reference})
        : refused(`there is no live quote to hold ${type} against`, {reference});
    }
    if (limit === undefined || against === null) return passed("it has no limit of its own", {reference});
    const worse = action === "BUY" ? limit - against : against - limit;
    return worse <= priceCollar * against
      ? passed("its limit is no worse than near the market", {reference, limit})
      : refused(`its limit, ${limit}, is more than ${100 * priceCollar} % worse than ${against}`, {
          reference,
          limit
        });
  },
  "position-notional": ({limits, intent, situation, units, notional}) => {
    const together = situation.working.filter((stake) => stake.units * units > 0); // an order the other way may not fill
    const held = [...situation.positions, ...together].reduce(
      (sum, stake) => (stake.contract.conId === intent.contract.conId ? sum + stake.units : sum),
      0
    );
    const after = scaled(notional, Math.abs(held + units), Math.abs(units));
    return most("its notional with what is held", after, limits.positionNotional, "no limit on a position");
  },
  "gross-notional": ({limits, situation, reduces, notional}) => {
    const all = [...situation.positions, ...situation.working];
    const sum = all.some((stake) => stake.notional === null)
      ? null
      : all.reduce((total, stake) => total + (stake.notional ?? 0), 0);
    const after = sum === null || notional === null ? null : reduces ? sum : sum + notional;
    return most("the gross notional", after, limits.grossNotional, "no limit on the gross notional");
  },
  "daily-loss": ({limits: {dailyLoss: limit}, situation: {dailyLoss}}) => {
    const {loss, reason} = dailyLoss;
    if (limit === null) return passed("no limit on the day's loss");
    if (loss === null) return refused(`the day's loss is not known: ${reason ?? "no reason given"}`, {loss});
    return most("the day's loss", Math.max(loss, 0), limit, "");
  },
  "order-rate": ({limits: {ordersPerMinute}, situation: {recent, now}}) => {
    if (ordersPerMinute === null) return passed("no limit on orders a minute");
    const count = recent.filter(({at}) => now - at < 60_000).length;
    return count < ordersPerMinute
      ? passed(`${count} orders in the last minute`, {count})
      : refused(`${count} orders in the last minute: ${ordersPerMinute} may go out`, {count});
  },
  duplicate: ({limits: {duplicateSeconds}, intent, situation: {recent, now}}) => {
    const same = recent.find(
      (other) =>
        now - other.at < 1000 * duplicateSeconds &&
        other.contract.conId === intent.contract.conId &&
        other.action === intent.action &&
        other.quantity === intent.quantity &&
        other.type === intent.type &&
        other.limit === intent.limit &&
        other.stop === intent.stop
    );
    if (!same) return passed("no order like it went out lately");
    const seconds = Math.round((now - same.at) / 1000);
    return refused(`the same order went out ${seconds} s ago`, {seconds});
  },
  margin: ({limits: {marginBuffer}, situation: {whatIf, hasMargin}}) => {
    if (!hasMargin) return passed("the broker asks for no margin");
    const {equityWithLoanAfter: equity = null, initMarginAfter: margin = null} = whatIf ?? {};
    if (equity === null || margin === null)
      return refused("IBKR did not say what it does to the margin", {equity, margin});
    return equity >= marginBuffer * margin
      ? passed("there is margin enough", {equity, margin})
      : refused(`equity of ${equity} after it is below ${marginBuffer} times its margin, ${margin}`, {
          equity,
          margin
        });
  }
} as const satisfies Readonly<Record<string, (asked: Asked) => Verdict>>;

export type RuleName = keyof typeof RULES;

/** Rules that an order which only reduces a position need not pass: it makes everything smaller. */
const OF_OPENING: ReadonlySet<RuleName> = new Set([
  "position-notional",
  "gross-notional",
  "order-value",
  "daily-loss",
  "margin",
  "restricted"
]);

/**
 * Asks every rule whether an order may go out. An order that only reduces what is held passes the rules on what is at
 * stake; a number that a rule needs and does not have refuses.
 */
export function checkOrder(intent: OrderIntent, limits: RiskLimits, situation: Situation): Decision {
  const units = signedUnits(intent);
  const reduces = onlyReduces(intent, situation);
  const reference = referencePrice(situation);
  const price = intent.limit ?? intent.stop ?? reference;
  const {rate, underlying} = situation;
  const own = notionalOf(intent.contract, units, {price, underlying});
  const notional = own === null || rate === null ? null : own * rate;
  const asked: Asked = {intent, limits, situation, units, reduces, reference, price, notional};
  const rules = (Object.keys(RULES) as RuleName[]).map((rule): RuleResult => {
    if (reduces && OF_OPENING.has(rule)) return {rule, ...passed("it only reduces what is held", {reduces})};
    return {rule, ...RULES[rule](asked)};
  });
  const first = rules.find((result) => !result.passed);
  return {allowed: !first, reason: first?.reason ?? null, rules};
}

/** Holds a number against its limit; without the number it refuses. */
function most(what: string, value: number | null, limit: number | null, none: string): Verdict {
  if (limit === null) return passed(none, {value});
  if (value === null) return refused(`${what} cannot be made: a price or a rate is missing`, {value, limit});
  return value <= limit
    ? passed(`${what}, ${round(value)}, is within ${round(limit)}`, {value, limit})
    : refused(`${what}, ${round(value)}, is above ${round(limit)}`, {value, limit});
}

/** Returns a notional of so many units from that of others. */
function scaled(notional: number | null, units: number, of: number): number | null {
  return notional === null ? null : of === 0 ? 0 : (notional * units) / of;
}

const round = (value: number): number => Math.round(value * 100) / 100;
