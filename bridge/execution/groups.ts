import type {OrderIntent} from "../../lib/orders/order.js";
import type {Broker} from "../broker/broker.js";
import type {OrderBook} from "./order-book.js";

/** Tells whether another order of the group has filled, in part or whole: one fill takes the others away. */
export function isGroupFilled({id, account, oca}: OrderIntent, book: OrderBook): boolean {
  if (oca === undefined) return false;
  return book
    .group(account, oca)
    .some(({intent, state}) => intent.id !== id && Math.max(state.filled, state.toldFilled) > 0);
}

/**
 * Returns the orders that still work though another of their group has filled, by id: one that was on its way meanwhile
 * comes to a group that is over, and what IBKR does then is not written anywhere. The exits of an entry are the broker's own
 * group; the paper broker takes off what was filled (rule 10), and leaves the rest at work.
 */
export function leftOver(book: OrderBook, {kind}: Pick<Broker, "kind">): string[] {
  if (kind === "paper") return [];
  return book.open(kind).flatMap(({intent, state}) => {
    const isAlone = intent.oca === undefined || intent.parent !== undefined;
    return !isAlone && state.status !== "cancelling" && isGroupFilled(intent, book) ? [intent.id] : [];
  });
}
