/** Orders that depend on each other: a parent and its children, and groups of which one cancels the others. */

import {clean} from "./listing.js";
import {isDone, remaining, type Working} from "./working.js";

/** What the rules of families need of the exchange. */
export interface Families {
  all: () => Working[];
  end: (one: Working, now: Date, reason: string) => void;
  /** Tells that an order got smaller. */
  reduced: (one: Working, now: Date) => void;
}

const isLeft = (one: Working): boolean => !isDone(one) && one.status !== "Inactive";

export function parentOf({all}: Families, {clientId, order}: Working): Working | undefined {
  if (!order.parentId) return undefined;
  return all().find((one) => one.clientId === clientId && one.orderId === order.parentId);
}

/** Children that are neither filled nor cancelled. */
export function childrenOf({all}: Families, {clientId, orderId}: Working): Working[] {
  if (orderId === 0) return [];
  return all().filter((one) => one.clientId === clientId && one.order.parentId === orderId && isLeft(one));
}

/** Children of one parent are a group without being told so. */
function groupOf({account, clientId, order}: Working): string | undefined {
  if (order.ocaGroup) return `${account} ${order.ocaGroup}`;
  return order.parentId ? `${clientId}/${order.parentId}` : undefined;
}

/**
 * After a fill, the others of its group: type 1 cancels them, types 2 and 3 take the same share off them, so that
 * the last fill cancels them too.
 */
export function afterFill(families: Families, one: Working, quantity: number, now: Date): void {
  const group = groupOf(one);
  if (group === undefined) return;
  const share = quantity / (quantity + remaining(one));
  for (const other of families.all()) {
    if (other === one || groupOf(other) !== group || !isLeft(other)) continue;
    const rest = one.order.ocaType === 1 ? 0 : clean(remaining(other) * (1 - share));
    if (rest <= 0) families.end(other, now, "OCA group filled");
    else {
      other.quantity = clean(other.filled + rest);
      families.reduced(other, now);
    }
  }
}
