import {type Contract, type Order, OrderAction, OrderType, type SecType, TimeInForce} from "@stoqey/ib";
import type {OrderContract, OrderIntent} from "../../../lib/orders/order.js";
import {orderRefOf} from "../../../lib/orders/order.js";
import type {PlacedOrder} from "../broker.js";
import {toTws} from "./tws-time.js";

const TYPES: Readonly<Record<OrderIntent["type"], OrderType>> = {
  MKT: OrderType.MKT,
  LMT: OrderType.LMT,
  STP: OrderType.STP,
  "STP LMT": OrderType.STP_LMT,
  TRAIL: OrderType.TRAIL,
  MOO: OrderType.MKT, // at the open, by its time in force
  LOO: OrderType.LMT,
  MOC: OrderType.MOC,
  LOC: OrderType.LOC
};

/** A fill of one of a group takes the others away, none of which may fill meanwhile. */
const CANCEL_WITH_BLOCK = 1;

/** Returns a contract as TWS takes it; its number decides, the rest is for a reader of TWS's log. */
export function toContract({conId, symbol, secType, currency, exchange}: OrderContract): Contract {
  return {conId, symbol, secType: secType as SecType, currency, exchange}; // the same words
}

/**
 * Returns an order as TWS takes it. `transmit` is always said: the library sends it empty when it is not, and TWS then
 * keeps the order for ever.
 *
 * @param magnifier what a price in the contract's currency is multiplied by to be the venue's: 100 for pence
 */
export function toOrder(
  {intent, parentId, transmit}: Omit<PlacedOrder, "orderId">,
  magnifier: number
): Order {
  const {account, action, quantity, type, limit, stop, trail, tif, until, outsideHours, oca} = intent;
  const venue = (price: number) => (magnifier === 1 ? price : Number((price * magnifier).toFixed(10))); // without the noise of a float
  const isAtOpen = type === "MOO" || type === "LOO";
  const aux = stop ?? (trail && "amount" in trail ? trail.amount : undefined);
  return {
    account,
    action: action === "BUY" ? OrderAction.BUY : OrderAction.SELL,
    totalQuantity: quantity,
    orderType: TYPES[type],
    tif: isAtOpen ? TimeInForce.OPG : tif,
    orderRef: orderRefOf(intent),
    transmit,
    outsideRth: outsideHours ?? false,
    ...(limit !== undefined && {lmtPrice: venue(limit)}),
    ...(aux !== undefined && {auxPrice: venue(aux)}),
    ...(trail && "fraction" in trail && {trailingPercent: Number((100 * trail.fraction).toFixed(10))}),
    ...(tif === "GTD" && until !== undefined && {goodTillDate: toTws(until)}),
    ...(oca !== undefined && {ocaGroup: oca, ocaType: CANCEL_WITH_BLOCK}),
    ...(parentId !== undefined && {parentId})
  };
}
