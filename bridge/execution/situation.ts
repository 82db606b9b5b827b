import type {AccountFigures} from "../../lib/live/figures.js";
import type {HeldPosition} from "../../lib/orders/reconcile.js";
import type {OrderContract, OrderIntent} from "../../lib/orders/order.js";
import {restOf} from "../../lib/orders/protective.js";
import {notionalOf, type Prices} from "../../lib/orders/risk/notional.js";
import {
  referencePrice,
  signedUnits,
  type Situation,
  type Stake,
  type WhatIf
} from "../../lib/orders/risk/situation.js";
import type {OrderState} from "../../lib/orders/state.js";
import {lastSession} from "../../lib/time/calendar.js";
import type {Broker, ContractFacts} from "../broker/broker.js";
import type {DeskLog} from "./desk-log.js";
import {isGroupFilled} from "./groups.js";
import type {BookedOrder} from "./order-book.js";

/** Net asset value of an account by its statements, and what was paid in and out since; in base currency. */
export interface StatementNav {
  day: string;
  value: number;
  flowsSince: number;
}

/** What a situation is read from. */
export interface SituationParts {
  log: DeskLog;
  /** That orders go to. */
  broker: Broker;
  /** That quotes come from. */
  data: Broker;
  now: () => number;
  isKilledBySetting: boolean;
  /** Why nothing can be sent; null when it can. */
  blocked: () => string | null;
  /** Contracts that wait to be settled. */
  locked: () => ReadonlySet<number>;
  /** Of an account that has statements; null where it has none. */
  statementNav: (account: string) => StatementNav | null;
}

/** Returns all that a decision on an order rests on, at this moment. @param whatIf null where it was not asked for */
export function situationOf(
  intent: OrderIntent,
  facts: ContractFacts,
  parts: SituationParts,
  whatIf: WhatIf | null = null
): Situation {
  const {log, broker, data, isKilledBySetting, blocked, locked} = parts;
  const now = parts.now();
  const {account, contract} = intent;
  const figures = broker.figures(account);
  const rates = ratesOf(account, parts, figures);
  const stakes = stakesOf(intent, parts, {now, rates});
  return {
    now,
    state: log.controls.state,
    isKilledBySetting,
    kill: log.controls.kill,
    blocked: blocked(),
    locked: locked(),
    quote: data.quote(contract.conId),
    underlying: underlyingPrice(contract, facts.underlying, data, now),
    rate: rates(contract.currency),
    ...stakes,
    isGroupFilled: isGroupFilled(intent, log.book),
    recent: log.book.sent.filter((other) => other.account === account),
    dailyLoss: dailyLoss(account, parts, now, figures),
    isOpen: facts.sessions && facts.sessions.some(({from, to}) => from <= now && now < to),
    whatIf,
    hasMargin: broker.hasMargin
  };
}

/** Returns a situation in which an order has filled whole: what its children are judged in. */
export function afterFill(situation: Situation, intent: OrderIntent): Situation {
  const stake = {contract: intent.contract, units: signedUnits(intent), notional: 0};
  return {...situation, positions: [...situation.positions, stake]};
}

/** What is held and on order in an account: of orders that exclude each other the largest, of children what can fill. */
function stakesOf(
  asked: OrderIntent,
  parts: SituationParts,
  {now, rates}: {now: number; rates: (currency: string) => number | null}
): Pick<Situation, "positions" | "working"> {
  const {log, broker, data} = parts;
  const {account} = asked;
  const live = new Map(broker.positions(account).map((position) => [position.contract.conId, position]));
  const known = new Map<number, Prices>();
  const stake = (contract: OrderContract, units: number): Stake => {
    const {conId} = contract;
    let prices = known.get(conId);
    if (!prices) known.set(conId, (prices = pricesOf(contract, data, now, live.get(conId)?.price ?? null)));
    const own = notionalOf(contract, units, prices);
    const rate = rates(contract.currency);
    return {contract, units, notional: own === null || rate === null ? null : own * rate};
  };
  const held = heldPositions(parts).filter((position) => position.account === account);
  const positions = held.map(({conId, units}) => {
    const contract = live.get(conId)?.contract ?? log.book.contract(conId);
    return contract ? stake(contract, units) : {contract: nameless(conId), units, notional: null};
  });
  return {positions, working: onOrder(asked, parts).map(({contract, units}) => stake(contract, units))};
}

/**
 * What works, a row each: of orders of a group, of which one fill takes the others away, the largest; of the group of the
 * order that is asked about, what that is more than it.
 */
function onOrder(asked: OrderIntent, {log, broker}: SituationParts): Omit<Stake, "notional">[] {
  const {account} = asked;
  const isOnOrder = ({intent, state}: BookedOrder) => intent.account === account && state.orderId !== null;
  const open = log.book.open(broker.kind).filter(isOnOrder);
  const parents = {
    get(id: string): OrderState | undefined {
      const parent = log.book.opened(id);
      return parent && parent.broker === broker.kind && isOnOrder(parent) ? parent.state : undefined;
    }
  };
  const rows: Omit<Stake, "notional">[] = [];
  const groups = new Map<string, number>();
  for (const {intent, state} of open) {
    const {contract, action, oca} = intent;
    const isOwn = oca !== undefined && oca === asked.oca && contract.conId === asked.contract.conId;
    if (isOwn && action !== asked.action) continue;
    const rest = restOf(state, parents) - (isOwn ? asked.quantity : 0);
    if (!(rest > 0)) continue;
    const units = rest * Math.sign(signedUnits(intent));
    if (oca === undefined) {
      rows.push({contract, units});
      continue;
    }
    const group = `${contract.conId} ${action} ${oca}`;
    const i = groups.get(group) ?? rows.length;
    if (i === rows.length || Math.abs(units) > Math.abs(rows[i].units)) rows[i] = {contract, units};
    groups.set(group, i);
  }
  return rows;
}

/** Returns what is held by our own count. */
export function heldPositions({log}: Pick<SituationParts, "log">): HeldPosition[] {
  return log.controls.positions(log.book.net);
}

/** @param told price that the broker gives a position, where there is no quote */
function pricesOf(contract: OrderContract, data: Broker, now: number, told: number | null): Prices {
  const quote = data.quote(contract.conId);
  return {
    price: referencePrice({quote, now}) ?? quote?.last ?? told,
    underlying: underlyingPrice(contract, null, data, now)
  };
}

/** Price of what a contract is on: by its own quote, by the model of an option's, and of a future without one its own. */
function underlyingPrice(
  contract: OrderContract,
  underlying: number | null,
  data: Broker,
  now: number
): number | null {
  const quote = underlying === null ? null : data.quote(underlying);
  const own = data.quote(contract.conId);
  const price = referencePrice({quote, now}) ?? own?.greeks?.underlying ?? null;
  return price ?? (contract.secType === "FUT" ? referencePrice({quote: own, now}) : null);
}

/** Returns units of base for one of a currency, as the account's broker counts; null where it does not say. */
export function ratesOf(
  account: string,
  {broker, data}: Pick<SituationParts, "broker" | "data">,
  figures = broker.figures(account)
): (currency: string) => number | null {
  const known = new Map<string, number | null>();
  const look = (currency: string): number | null => {
    if (!figures) return null;
    if (figures.currency === currency) return 1;
    const own = figures.rates[currency] as number | undefined;
    if (own !== undefined) return own;
    const others = data.accounts().map((each) => data.figures(each));
    return others.find((each) => each?.currency === figures.currency)?.rates[currency] ?? null;
  };
  return (currency) => {
    const rate = known.has(currency) ? known.get(currency)! : look(currency);
    known.set(currency, rate);
    return rate;
  };
}

/**
 * What was lost since the last session's close: by the statement's NAV for an account at IBKR, which must be of that
 * session, and no less than what IBKR itself says of the day, which money paid in meanwhile does not hide; by our own
 * last look at a paper account, which nothing but this desk changes.
 */
export function dailyLoss(
  account: string,
  {log, broker, statementNav}: Pick<SituationParts, "log" | "broker" | "statementNav">,
  now: number,
  figures: AccountFigures | null
): Situation["dailyLoss"] {
  const value = figures?.netLiquidation ?? null;
  if (!figures || value === null) return {loss: null, reason: "the net liquidation value is not known"};
  const session = lastSessionAt(now);
  if (broker.kind === "paper") {
    const close = log.controls.close(account);
    return close
      ? {loss: close.value - value, reason: null}
      : {loss: null, reason: "no earlier value of the account is known"};
  }
  const nav = statementNav(account);
  if (!nav) return {loss: null, reason: `no statement tells the net asset value of ${account}`};
  if (nav.day < session)
    return {loss: null, reason: `the last statement ends on ${nav.day}, before the last session, ${session}`};
  const byStatement = nav.value + nav.flowsSince - value;
  const {daily} = figures.profit;
  return {loss: daily === null ? byStatement : Math.max(byStatement, -daily), reason: null};
}

let lastAsked = {minute: NaN, session: ""};

/** The last session that is over, looked up once a minute. */
export function lastSessionAt(now: number): string {
  const minute = Math.floor(now / 60_000);
  if (lastAsked.minute !== minute) lastAsked = {minute, session: lastSession(new Date(now))};
  return lastAsked.session;
}

function nameless(conId: number): OrderContract {
  return {conId, symbol: `contract ${conId}`, secType: "STK", currency: "", exchange: "", multiplier: 1};
}
