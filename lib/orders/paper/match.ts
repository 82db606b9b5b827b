import type {PaperAccount, Seen} from "./account.js";
import {Draft, type PaperEvent, type PaperTerms} from "./draft.js";
import {capacityOf, fill} from "./fill.js";
import {STALE_MS} from "../risk/situation.js";
import {markOf, priceAt, type Tick, whyNotLive} from "./tick.js";
import {
  awaitsStop,
  followed,
  isOfAuction,
  meetsStop,
  onlyCloses,
  readyUnits,
  stopOf,
  takes,
  waitsAtLimit,
  type WorkingOrder
} from "./working.js";

/**
 * Works the orders of an account at prices of one moment, by the execution contract: what jumps first, of all contracts,
 * what only reduces before what opens; then the ways; then the closes (rule 19). An order fills at no tick from before it
 * was taken; one at the market at live ticks alone; a plain limit at a delayed one too, at its limit.
 *
 * @param ticks one a contract
 * @returns the account after that, and what happened, in order; the account given stays as it is
 */
export function matchTicks(
  account: PaperAccount,
  ticks: readonly Tick[],
  terms: PaperTerms
): {account: PaperAccount; events: PaperEvent[]} {
  const draft = new Draft(account, terms);
  const from = new Map(ticks.map(({conId}) => [conId, draft.seen.get(conId)]));
  for (const tick of ticks) {
    see(draft, tick);
    for (const order of draft.orders)
      if (isOf(order, tick) && order.endsAt !== null && order.endsAt < tick.at)
        draft.end(order, "expired", "its time is over");
  }
  const live = ticks.filter((tick) => isLive(draft, tick));
  jump(draft, live, from);
  for (const tick of live) walk(draft, tick, from.get(tick.conId));
  close(
    draft,
    live.filter(({moment}) => moment === "close")
  );
  for (const tick of ticks) {
    const mark = markOf(tick);
    if (mark !== null) draft.mark(tick.conId, mark);
  }
  return draft.done();
}

/** Ends orders whose time is over by the clock. */
export function expireOrders(
  account: PaperAccount,
  terms: PaperTerms
): {account: PaperAccount; events: PaperEvent[]} {
  if (!account.orders.some(({endsAt}) => endsAt !== null && endsAt < terms.now)) return {account, events: []};
  const draft = new Draft(account, terms);
  for (const order of draft.orders)
    if (order.units > 0 && order.endsAt !== null && order.endsAt < terms.now)
      draft.end(order, "expired", "its time is over");
  return draft.done();
}

/** Says of the orders of a contract what they wait for. */
export function tellOrders(
  account: PaperAccount,
  terms: PaperTerms,
  {conId, reason}: {conId: number; reason: string}
): {account: PaperAccount; events: PaperEvent[]} {
  const draft = new Draft(account, terms);
  for (const order of draft.orders) if (order.intent.contract.conId === conId) draft.waits(order, reason);
  return draft.done();
}

function isOf({intent, units}: WorkingOrder, {conId}: Tick): boolean {
  return units > 0 && intent.contract.conId === conId;
}

/** Tells whether an order may work at a tick. */
function isEligible(order: WorkingOrder, tick: Tick): boolean {
  const isHours = tick.session !== null || order.intent.outsideHours === true;
  return isOf(order, tick) && readyUnits(order) > 0 && tick.at >= order.takenAt && isHours;
}

/** Keeps what is quoted; sizes that are quoted again are those that our orders have taken of. */
function see({seen, terms}: Draft, tick: Tick): void {
  const {conId, bid, ask, bidSize, askSize, traded, session, moment} = tick;
  const before = seen.get(conId);
  const {volumeShare} = terms.rules;
  const isWay = moment !== "jump";
  seen.set(conId, {
    bid,
    ask,
    bidSize,
    askSize,
    bidTaken: before && (isWay || (before.bid === bid && before.bidSize === bidSize)) ? before.bidTaken : 0,
    askTaken: before && (isWay || (before.ask === ask && before.askSize === askSize)) ? before.askTaken : 0,
    capacity:
      volumeShare === null ? Infinity : traded === null ? (before?.capacity ?? 0) : volumeShare * traded,
    session: session?.from ?? null
  });
}

/** Tells whether orders may be worked at a tick; at one that is not live, fills what may be and says why the rest waits. */
function isLive(draft: Draft, tick: Tick): boolean {
  const why = whyNotLive(tick, draft.terms.now);
  if (why === null) return true;
  const isDelayed = tick.kind === "delayed" && draft.terms.now - tick.at <= STALE_MS;
  for (const order of draft.orders) {
    if (!isEligible(order, tick)) continue;
    const price = priceAt(tick, order.side);
    const {limit} = order.intent;
    if (!waitsAtLimit(order) || limit === undefined) draft.waits(order, why);
    else if (isDelayed && price !== null && takes(order, price)) fill(draft, order, limit, tick);
  }
  return false;
}

/** Fills at the prices that have jumped. */
function jump(draft: Draft, ticks: readonly Tick[], from: ReadonlyMap<number, Seen | undefined>): void {
  const due: {order: WorkingOrder; price: number; tick: Tick; rank: number}[] = [];
  const jumped = ticks.filter(({moment}) => moment === "jump");
  for (const tick of jumped) {
    const mark = markOf(tick);
    if (mark !== null) draft.mark(tick.conId, mark);
    for (const order of draft.orders) {
      if (!isEligible(order, tick)) continue;
      const price = priceAt(tick, order.side);
      if (price === null)
        draft.waits(order, `nobody quotes a price to ${order.side > 0 ? "buy" : "sell"} at`);
      else if (isDue(draft, order, price, begins(order, tick, from.get(tick.conId))))
        due.push({order, price, tick, rank: NaN});
    }
  }
  for (const each of due) each.rank = rankOf(draft, each.order);
  due.sort((a, b) => a.rank - b.rank); // equal ranks stay in the order in which they came
  for (const {order, price, tick} of due) if (readyUnits(order) > 0) fill(draft, order, price, tick);
  for (const tick of jumped) {
    for (const order of draft.orders) {
      if (!isEligible(order, tick)) continue;
      const {tif} = order.intent;
      if (tif === "IOC" || tif === "FOK") draft.end(order, "cancelled", "it was not filled at once");
      else if ((order.type === "MOO" || order.type === "LOO") && begins(order, tick, from.get(tick.conId)))
        draft.end(order, "cancelled", "the open is over");
    }
  }
}

/** Tells whether a tick is the first of a session that an order has waited for. */
function begins({takenAt}: WorkingOrder, {session}: Tick, before: Seen | undefined): boolean {
  return !!session && before?.session !== session.from && takenAt < session.from;
}

/** Tells whether an order is to be filled at a price that was jumped to; elects a stop that it has met. */
function isDue(draft: Draft, order: WorkingOrder, price: number, isOpen: boolean): boolean {
  if (isOfAuction(order)) {
    if (!isOpen || order.type === "MOC" || order.type === "LOC") return false;
    if (takes(order, price)) return true;
    draft.end(order, "cancelled", `the open is not at its limit: ${price}`);
    return false;
  }
  if (awaitsStop(order)) {
    if (!meetsStop(order, price)) {
      if (order.type === "TRAIL") order.best = followed(order, price);
      return false;
    }
    elect(draft, order);
  }
  return !waitsAtLimit(order) || takes(order, price);
}

function elect(draft: Draft, order: WorkingOrder): void {
  order.elected = true;
  draft.tell({kind: "changed", order});
}

/** What may only reduce is first, then what does, then the rest. */
function rankOf(draft: Draft, order: WorkingOrder): number {
  if (onlyCloses(order)) return 0;
  const held = draft.held(order.intent.contract);
  return held * order.side < 0 && order.units <= Math.abs(held) ? 1 : 2;
}

/** Walks from the tick before to this one, filling what is met, the nearest first. */
function walk(draft: Draft, tick: Tick, before: Seen | undefined): void {
  const start = (side: number) => {
    const known = side > 0 ? before?.ask : before?.bid;
    return tick.moment === "jump" ? priceAt(tick, side) : (known ?? priceAt(tick, side));
  };
  const ends = {bought: [start(1), priceAt(tick, 1)], sold: [start(-1), priceAt(tick, -1)]} as const;
  const wayOf = ({side}: WorkingOrder) => (side > 0 ? ends.bought : ends.sold);
  for (let at = 0; ;) {
    let next: {order: WorkingOrder; part: number; price: number} | undefined;
    for (const order of draft.orders) {
      const [from, to] = wayOf(order);
      if (!isEligible(order, tick) || from === null || to === null) continue;
      const now = from + at * (to - from);
      const price = metAt(draft, order, now, to);
      if (Number.isNaN(price)) continue;
      const part = price === now || from === to ? at : (price - from) / (to - from);
      const isFirst =
        !next || part < next.part || (part === next.part && awaitsStop(order) && !awaitsStop(next.order));
      if (isFirst) next = {order, part, price};
    }
    at = next?.part ?? 1;
    for (const order of draft.orders) {
      const [from, to] = wayOf(order);
      if (from === null || to === null || !isEligible(order, tick)) continue;
      if (order.type === "TRAIL" && !order.elected) order.best = followed(order, from + at * (to - from));
    }
    if (!next) return;
    const {order, price} = next;
    if (awaitsStop(order)) elect(draft, order);
    if (order.type !== "STP LMT" || takes(order, price)) fill(draft, order, price, tick);
  }
}

/** Returns the price at which an order is met between two prices; NaN when it is not. */
function metAt(draft: Draft, order: WorkingOrder, from: number, to: number): number {
  if (awaitsStop(order)) {
    if (meetsStop(order, from)) return from;
    return (to - from) * order.side > 0 && meetsStop(order, to) ? stopOf(order) : NaN;
  }
  const {limit} = order.intent;
  if (!waitsAtLimit(order) || limit === undefined || !(capacityOf(draft, order) > 0)) return NaN;
  if (takes(order, from)) return from;
  return takes(order, to) ? limit : NaN;
}

/** Fills at the last prices of a session. */
function close(draft: Draft, ticks: readonly Tick[]): void {
  const due: {order: WorkingOrder; price: number; tick: Tick; rank: number}[] = [];
  for (const tick of ticks) {
    for (const order of draft.orders) {
      const price = priceAt(tick, order.side);
      if (!isEligible(order, tick) || price === null || (order.type !== "MOC" && order.type !== "LOC"))
        continue;
      if (takes(order, price)) due.push({order, price, tick, rank: rankOf(draft, order)});
      else draft.end(order, "cancelled", `the close is not at its limit: ${price}`);
    }
  }
  due.sort((a, b) => a.rank - b.rank);
  for (const {order, price, tick} of due) if (readyUnits(order) > 0) fill(draft, order, price, tick);
  for (const tick of ticks) {
    for (const order of draft.orders) {
      if (!isOf(order, tick) || tick.at < order.takenAt) continue;
      if (order.type === "MOC" || order.type === "LOC") draft.end(order, "cancelled", "the close is over");
      else if (order.intent.tif === "DAY" && order.endsAt !== null && order.endsAt <= tick.at)
        draft.end(order, "expired", "its session is over");
    }
  }
}
