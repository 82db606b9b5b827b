import type {Bars} from "../../backtest/bars.js";
import type {Costs} from "../../backtest/costs/costs.js";
import type {OrderContract} from "../order.js";
import {booked, DUST, type Seen, worthOf} from "./account.js";
import {type Draft, takeOff} from "./draft.js";
import {isSettledDaily, marginOf} from "./margin.js";
import type {Tick} from "./tick.js";
import {onlyCloses, readyUnits, type WorkingOrder} from "./working.js";

/**
 * Fills an order at a price of the market, as far as what is quoted and the cash allow; what it closes is always paid for,
 * what it opens may be rejected (rule 18). Takes it off the others of its group and brings its exits to life.
 */
export function fill(draft: Draft, order: WorkingOrder, price: number, tick: Tick): void {
  const {contract} = order.intent;
  const held = draft.held(contract);
  const reducible = held * order.side < 0 ? Math.abs(held) : 0;
  if (onlyCloses(order) && readyUnits(order) > reducible) {
    if (reducible === 0) return draft.end(order, "cancelled", "nothing is held to reduce");
    order.units = reducible;
  }
  const ready = readyUnits(order);
  const capacity = capacityOf(draft, order);
  if (order.intent.tif === "FOK" && capacity < ready)
    return draft.end(order, "cancelled", `too little is quoted: ${capacity}`);
  const units = Math.min(ready, capacity);
  if (!(units > 0)) return;
  const costs = draft.terms.costsOf(contract);
  const rate = draft.terms.rateOf(contract.currency);
  if (!costs) return draft.end(order, "rejected", `nobody has said what ${contract.secType} costs`);
  if (rate === null)
    return draft.end(order, "rejected", `there is no rate of ${contract.currency} to book it at`);
  trade(draft, order, {tick, price, costs, rate, closing: Math.min(units, reducible), units});
}

interface Trade {
  tick: Tick;
  /** The market's. */
  price: number;
  costs: Costs;
  rate: number;
  /** Units that close, of all that are wanted. */
  closing: number;
  units: number;
}

function trade(draft: Draft, order: WorkingOrder, {tick, price, costs, rate, closing, units}: Trade): void {
  const {contract, limit} = order.intent;
  const bars = barOf(tick, order, price);
  const slipped = costs.slipped(order.side * units, price, bars, 0, order.type);
  const taken =
    limit === undefined ? slipped : order.side > 0 ? Math.min(slipped, limit) : Math.max(slipped, limit);
  const feeOf = (more: number) => {
    if (more === 0) return 0;
    const [all, spent] = [order.filled + more, order.spent + more * taken];
    return costs.commission(order.side * all * contract.multiplier, spent / all, bars, 0) - order.charged;
  };
  const closed =
    closing > 0
      ? booked(draft, {contract, units: order.side * closing, price: taken, commission: feeOf(closing)}, rate)
      : draft;
  const opening = units - closing;
  const asked = opening * contract.multiplier * taken * marginOf(contract).initial;
  const cost = (asked + feeOf(units) - feeOf(closing)) * rate;
  const reason = opening > 0 ? unaffordable(draft, closed, cost, {contract, price}) : null;
  const filled = reason === null ? units : closing;
  if (filled > 0) {
    const commission = feeOf(filled);
    const before = draft.realized;
    Object.assign(
      draft,
      booked(draft, {contract, units: order.side * filled, price: taken, commission}, rate)
    );
    order.filled += filled;
    order.spent += filled * taken;
    order.charged += commission;
    order.problem = null;
    takeQuoted(draft, order, filled);
    takeOff(order, filled);
    const realized = draft.realized - before;
    draft.tell({kind: "fill", order, at: tick.at, units: filled, price: taken, commission, realized});
    draft.shareOut(order, filled);
    draft.wakeExits(order, filled - closing, price);
  }
  if (reason !== null) draft.end(order, "rejected", reason);
  else if (order.units === 0 && order.filled < order.intent.quantity * (1 - DUST))
    draft.end(order, "cancelled", "there is no more for it to do");
  else draft.settleExits(order);
  draft.dropExits(contract);
}

/** Returns why what is opened cannot be paid for, or its margin not be held; null when it can. */
function unaffordable(
  {terms: {rateOf, rules}}: Draft,
  closed: Pick<Draft, "cash" | "positions">,
  cost: number,
  {contract, price}: {contract: OrderContract; price: number}
): string | null {
  const marked = new Map(closed.positions);
  const own = marked.get(contract.conId);
  if (own) marked.set(contract.conId, {...own, mark: price});
  const worth = worthOf({cash: closed.cash, positions: marked}, rateOf);
  if ("missing" in worth) return `there is no rate of ${worth.missing}: what is free is not known`;
  const free = worth.equity / rules.margin - worth.initial;
  if (cost <= free + DUST * Math.abs(worth.equity)) return null;
  return `${isSettledDaily(contract) ? "its margin and commission are" : "it costs"} ${cost.toFixed(2)}, free are ${free.toFixed(2)}`;
}

/** Returns the units that quotes and volume leave for an order. */
export function capacityOf({seen, terms}: Draft, {intent, side}: WorkingOrder): number {
  const quoted = seen.get(intent.contract.conId);
  if (!quoted) return 0;
  const size = side > 0 ? quoted.askSize : quoted.bidSize;
  const ours = side > 0 ? quoted.askTaken : quoted.bidTaken;
  const capacity = Math.max(Math.min(quoted.capacity, size === null ? Infinity : size - ours), 0);
  return terms.rules.wholeUnits ? Math.floor(capacity) : capacity;
}

function takeQuoted({seen}: Draft, {intent, side}: WorkingOrder, units: number): void {
  const {conId} = intent.contract;
  const quoted = seen.get(conId)!; // capacityOf found it
  const taken: Partial<Seen> =
    side > 0 ? {askTaken: quoted.askTaken + units} : {bidTaken: quoted.bidTaken + units};
  seen.set(conId, {...quoted, ...taken, capacity: quoted.capacity - units});
}

/** The tick as costs look at it: a bar of one price. */
function barOf({at, traded}: Tick, {intent: {contract}}: WorkingOrder, price: number): Bars {
  const column = (value: number) => Float64Array.of(value);
  return {
    symbol: contract.symbol,
    currency: contract.currency,
    time: column(at),
    open: column(price),
    high: column(price),
    low: column(price),
    close: column(price),
    volume: column(traded ?? NaN)
  };
}
