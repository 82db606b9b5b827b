import {ORDER_TYPES, type OrderType, type TimeInForce} from "../contract.js";

/** The exits of an entry: prices at which what it filled is closed again; the one that fills takes the other away. */
export interface Bracket {
  stop?: number;
  target?: number;
  /** A stop that follows the best price from the entry's fill on. */
  trail?: Trail;
}

/** How far a TRAIL stays behind: an amount, or a fraction of the best price. */
export type Trail = {amount: number} | {fraction: number};

/** What a strategy orders: units of a symbol. */
export interface OrderRequest {
  symbol: string;
  side: "buy" | "sell";
  /** > 0. */
  units: number;
  /** MKT when not given. */
  type?: OrderType;
  /** Price of LMT, STP LMT, LOO, LOC. */
  limit?: number;
  /** Price of STP, STP LMT. */
  stop?: number;
  /** Of TRAIL. */
  trail?: Trail;
  /** GTC when not given. */
  tif?: TimeInForce;
  /** Of GTD: the last time, milliseconds since 1970 UTC. */
  until?: number;
  /** Name of a group of orders of this symbol that share their units. */
  oco?: string;
  bracket?: Bracket;
  /** Never opens: it is cut to what is held. */
  reduceOnly?: boolean;
}

/** An order that waits; its fields change as it works. */
export interface Order {
  id: number;
  /** Index of the symbol. */
  symbol: number;
  type: OrderType;
  /** 1 buys, -1 sells; 0 while a share is not units yet. */
  side: number;
  /** Left to fill, > 0; NaN while a share is not units yet. */
  units: number;
  /** Share of the equity to hold; NaN for an order in units. */
  share: number;
  /** NaN where the type has none. */
  limit: number;
  stop: number;
  trailAmount: number;
  trailFraction: number;
  /** Best price a trailing stop has seen: the highest for a sale, the lowest for a buy. */
  best: number;
  tif: TimeInForce;
  until: number;
  oco: string | undefined;
  bracket: Bracket | undefined;
  reduceOnly: boolean;
  /** The entry whose exit it is; 0 for none. */
  parent: number;
  /** Whether its stop was met. */
  elected: boolean;
  /** Which of the orders due at one price go before it: those of lower rank. */
  rank: number;
}

/** Returns an order to buy or sell at the market, to be changed into what it shall be. */
export function marketOrder(id: number, symbol: number, side: number, units: number): Order {
  return {
    id,
    symbol,
    type: "MKT",
    side,
    units,
    share: NaN,
    limit: NaN,
    stop: NaN,
    trailAmount: NaN,
    trailFraction: NaN,
    best: NaN,
    tif: "GTC",
    until: Infinity,
    oco: undefined,
    bracket: undefined,
    reduceOnly: false,
    parent: 0,
    elected: false,
    rank: 0
  };
}

/**
 * Returns the order that a request asks for.
 * @param price last close of the symbol, which a trailing stop begins at
 * @throws RangeError if a price, the units or the time in force do not go with the type
 */
export function orderOf(request: OrderRequest, id: number, symbol: number, price: number): Order {
  const {
    side,
    units,
    type = "MKT",
    limit,
    stop,
    trail,
    tif = "GTC",
    until,
    oco,
    bracket,
    reduceOnly
  } = request;
  const order = marketOrder(id, symbol, side === "buy" ? 1 : -1, positive("units", units));
  if (side !== "buy" && side !== "sell") throw new RangeError(`invalid side: ${String(side)}: buy or sell`);
  if (!ORDER_TYPES.includes(type))
    throw new RangeError(`invalid type: ${String(type)}: ${ORDER_TYPES.join(", ")}`);
  order.type = type;
  order.limit = priceOf(type, "limit", HAS_LIMIT.has(type), limit);
  order.stop = priceOf(type, "stop", HAS_STOP.has(type), stop);
  if ((type === "TRAIL") !== (trail !== undefined))
    throw new RangeError(`${type} and trail do not go together`);
  if (trail) Object.assign(order, distanceOf(trail));
  order.best = price;
  if ((tif === "IOC" || tif === "FOK") && type !== "MKT" && type !== "LMT")
    throw new RangeError(`${tif} goes with MKT and LMT, not with ${type}`);
  if (AUCTION.has(type) && tif !== "GTC")
    throw new RangeError(`${type} has a time of its own: leave ${tif} out`);
  if ((tif === "GTD") !== (until !== undefined)) throw new RangeError("GTD and until go together");
  order.tif = tif;
  order.until = until ?? Infinity;
  order.oco = oco;
  order.bracket = checkBracket(bracket);
  order.reduceOnly = reduceOnly ?? false;
  return order;
}

/** Returns a bracket as it is. @throws RangeError if one of its prices is none */
export function checkBracket(bracket: Bracket | undefined): Bracket | undefined {
  if (bracket?.stop !== undefined) positive("bracket stop", bracket.stop);
  if (bracket?.target !== undefined) positive("bracket target", bracket.target);
  if (bracket?.trail) distanceOf(bracket.trail);
  return bracket;
}

/** Returns a trailing stop's distance as an order has it. @throws RangeError if it is none */
export function distanceOf(trail: Trail): Pick<Order, "trailAmount" | "trailFraction"> {
  if ("amount" in trail) return {trailAmount: positive("trail amount", trail.amount), trailFraction: NaN};
  const trailFraction = positive("trail fraction", trail.fraction);
  if (trailFraction >= 1) throw new RangeError(`invalid trail fraction: ${trailFraction}: below 1`);
  return {trailAmount: NaN, trailFraction};
}

const HAS_LIMIT: ReadonlySet<OrderType> = new Set(["LMT", "STP LMT", "LOO", "LOC"]);
const HAS_STOP: ReadonlySet<OrderType> = new Set(["STP", "STP LMT"]);
const AUCTION: ReadonlySet<OrderType> = new Set(["MOO", "LOO", "MOC", "LOC"]);

function priceOf(type: OrderType, name: string, has: boolean, price: number | undefined): number {
  if (has !== (price !== undefined)) throw new RangeError(`${type} ${has ? "needs" : "takes no"} ${name}`);
  return price === undefined ? NaN : positive(name, price);
}

function positive(name: string, value: number): number {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`invalid ${name}: ${value}`);
  return value;
}

/** Returns the price at which a stop stands now. */
export function stopOf({stop, side, best, trailAmount, trailFraction}: Order): number {
  if (!Number.isNaN(stop)) return stop;
  if (!Number.isNaN(trailAmount)) return best + side * trailAmount;
  return best * (1 + side * trailFraction);
}

/** Tells whether an order waits for its stop. */
export function awaitsStop({type, elected}: Order): boolean {
  return !elected && (type === "STP" || type === "STP LMT" || type === "TRAIL");
}

/** Tells whether an order fills within a bar at its limit: LMT, and STP LMT once its stop was met. */
export function waitsAtLimit({type, elected}: Order): boolean {
  return type === "LMT" || (type === "STP LMT" && elected);
}

/** Tells whether a limit takes a price: at or below it for a buy, at or above it for a sale. */
export function takes({side, limit}: Order, price: number): boolean {
  return side > 0 ? price <= limit : price >= limit;
}

/** Tells whether a price meets a stop: at or above it for a buy, at or below it for a sale. */
export function meetsStop(order: Order, price: number): boolean {
  return order.side > 0 ? price >= stopOf(order) : price <= stopOf(order);
}
