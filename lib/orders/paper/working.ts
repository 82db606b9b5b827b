import type {OrderType} from "../../backtest/contract.js";
import type {OrderIntent} from "../order.js";

/** An order that waits, with the fields that the execution contract's rules look at. Plain: JSON keeps it. */
export interface WorkingOrder {
  readonly intent: OrderIntent;
  readonly orderId: number;
  readonly permId: number;
  /** The order whose fill brings this one to life; 0 for none. */
  readonly parentId: number;
  readonly type: OrderType;
  /** 1 buys, -1 sells. */
  readonly side: number;
  /** When it was taken, milliseconds since 1970 UTC: no quote from before fills it. */
  readonly takenAt: number;
  /** When it ends unfilled; null for never. */
  readonly endsAt: number | null;
  /** Whether it may work at all: false until the last of its bracket has come. */
  transmitted: boolean;
  /** Left to fill; 0 once it ended. */
  units: number;
  filled: number;
  /** Price times units of what was filled, and the commission of it so far, in the contract's currency. */
  spent: number;
  charged: number;
  /** Units that its parent has filled and its group has not closed: as many may work; Infinity without a parent. */
  woken: number | null;
  /** Best price a trailing stop has seen; null before the first. */
  best: number | null;
  /** Whether its stop was met. */
  elected: boolean;
  /** What it was last said to wait for; null for nothing. */
  problem: string | null;
}

/** Returns how many units may be filled now. */
export function readyUnits({units, woken, transmitted}: WorkingOrder): number {
  return transmitted ? Math.min(units, woken ?? Infinity) : 0;
}

/** Returns the group whose orders share their units: its own, or that of the exits of one entry. */
export function groupOf({intent, parentId}: WorkingOrder): string | undefined {
  return intent.oca ?? (parentId === 0 ? undefined : `exits of ${parentId}`);
}

/** Tells whether it only ever closes what is held: by its own word, or as an exit of an entry. */
export function onlyCloses({intent, parentId}: WorkingOrder): boolean {
  return intent.reduceOnly === true || parentId !== 0;
}

/** Returns the price at which a stop stands now; NaN where it is not known yet. */
export function stopOf({intent, side, best}: WorkingOrder): number {
  if (intent.stop !== undefined) return intent.stop;
  const {trail} = intent;
  if (!trail || best === null) return NaN;
  return "amount" in trail ? best + side * trail.amount : best * (1 + side * trail.fraction);
}

/** Tells whether an order waits for its stop. */
export function awaitsStop({type, elected}: WorkingOrder): boolean {
  return !elected && (type === "STP" || type === "STP LMT" || type === "TRAIL");
}

/** Tells whether an order fills whenever a price is at its limit: LMT, and STP LMT once its stop was met. */
export function waitsAtLimit({type, elected}: WorkingOrder): boolean {
  return type === "LMT" || (type === "STP LMT" && elected);
}

/** Tells whether its limit takes a price; without a limit it takes any. */
export function takes({intent: {limit}, side}: WorkingOrder, price: number): boolean {
  return limit === undefined || (side > 0 ? price <= limit : price >= limit);
}

/** Tells whether a price meets its stop. */
export function meetsStop(order: WorkingOrder, price: number): boolean {
  return order.side > 0 ? price >= stopOf(order) : price <= stopOf(order);
}

/** Returns the best price that a trailing stop has seen when it sees one more. */
export function followed({side, best}: WorkingOrder, price: number): number {
  if (best === null) return price;
  return side > 0 ? Math.min(best, price) : Math.max(best, price);
}

/** Tells whether it has a moment of its own: the open or the close of a session. */
export function isOfAuction({type}: Pick<WorkingOrder, "type">): boolean {
  return type === "MOO" || type === "LOO" || type === "MOC" || type === "LOC";
}
