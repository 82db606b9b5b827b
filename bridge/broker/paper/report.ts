import type {AccountFigures, LivePosition} from "../../../lib/live/figures.js";
import {
  type PaperAccount,
  type PaperPosition,
  type RateOf,
  worthOf
} from "../../../lib/orders/paper/account.js";
import {isSettledDaily} from "../../../lib/orders/paper/margin.js";
import type {PaperEvent, PaperTerms} from "../../../lib/orders/paper/draft.js";
import {awaitsStop, isOfAuction, readyUnits, type WorkingOrder} from "../../../lib/orders/paper/working.js";
import {orderRefOf} from "../../../lib/orders/order.js";
import type {ListedOrder} from "../../../lib/orders/reconcile.js";
import type {IbStatus} from "../../../lib/orders/state.js";
import type {BrokerEvent} from "../broker.js";

/** Of whom the paper broker's orders are. */
export const CLIENT_ID = 1;

/** An error that ends an order that was taken back or whose time is over, that refuses one, and that only tells. */
const [CANCELLED, REJECTED, MESSAGE] = [202, 201, 399];

/** Returns the status that IBKR would tell of an order that waits. */
export function statusOf(order: WorkingOrder): IbStatus {
  const isHeld = readyUnits(order) === 0 || awaitsStop(order) || isOfAuction(order);
  return isHeld ? "PreSubmitted" : "Submitted";
}

/** Returns the status after an event. */
function statusAfter(event: PaperEvent): IbStatus {
  if (event.kind === "ended") return event.as === "rejected" ? "Inactive" : "Cancelled";
  if (event.kind === "fill" && event.order.units === 0) {
    const {filled, intent} = event.order;
    return filled >= intent.quantity * (1 - 1e-12) ? "Filled" : "Submitted";
  }
  return statusOf(event.order);
}

/** Returns what IBKR would tell of an event, but for the execution of a fill. */
export function eventsOf(event: PaperEvent, at: number): BrokerEvent[] {
  const {intent, orderId, permId, filled} = event.order;
  const head = {kind: "order", orderId, clientId: CLIENT_ID, permId, orderRef: orderRefOf(intent)} as const;
  const error = (code: number, message: string): BrokerEvent => ({
    ...head,
    event: {kind: "error", at, code, message}
  });
  if (event.kind === "waits") return [error(MESSAGE, `Order Message: ${event.reason}`)];
  const remaining = intent.quantity - filled;
  const status = statusAfter(event);
  const told: BrokerEvent = {...head, event: {kind: "status", at, status, filled, remaining, permId}};
  if (event.kind !== "ended") return [told];
  const {as, reason, code} = event;
  return as === "rejected"
    ? [error(code ?? REJECTED, `Order rejected - reason:${reason}`), told]
    : [told, error(CANCELLED, `Order Canceled - reason:${reason}`)];
}

/** Returns an order as it is listed after an event. */
export function listedOf(event: PaperEvent, account: string): {order: ListedOrder; isWorking: boolean} {
  const {intent, orderId, permId} = event.order;
  const status = statusAfter(event);
  return {
    order: {
      account,
      conId: intent.contract.conId,
      permId,
      orderId,
      clientId: CLIENT_ID,
      orderRef: orderRefOf(intent),
      status
    },
    isWorking: status === "PreSubmitted" || status === "Submitted"
  };
}

/** Returns what the account is worth; its day is the UTC day. Margins are told where a future is held: all else is paid whole. */
export function figuresOf(account: PaperAccount, {rateOf, rules, now}: PaperTerms): AccountFigures {
  const worth = worthOf(account, rateOf);
  const whole = "missing" in worth ? null : worth;
  const dayOpen = account.day?.value ?? null;
  const free = whole && whole.equity / rules.margin - whole.initial;
  const margined = [...account.positions.values()].some(({contract}) => isSettledDaily(contract))
    ? whole
    : null;
  const excess = margined && margined.equity / rules.margin - margined.maintenance;
  return {
    account: account.id,
    currency: account.base,
    at: now,
    netLiquidation: whole?.equity ?? null,
    cash: whole?.cash ?? null,
    grossPosition: whole?.gross ?? null,
    buyingPower: free,
    equityWithLoan: whole?.equity ?? null,
    initMargin: margined?.initial ?? null,
    maintMargin: margined?.maintenance ?? null,
    availableFunds: free,
    excessLiquidity: excess,
    cushion: excess === null || !(whole!.equity > 0) ? null : excess / whole!.equity,
    lookAhead: {at: null, initMargin: null, maintMargin: null, excessLiquidity: null},
    profit: {
      daily: whole && dayOpen !== null ? whole.equity - dayOpen : null,
      unrealized: whole?.unrealized ?? null,
      realized: account.realized
    },
    cashByCurrency: account.cash,
    rates: ratesOf(account, rateOf)
  };
}

function ratesOf({base, cash, positions}: PaperAccount, rateOf: RateOf): Record<string, number> {
  const currencies = new Set([base, ...Object.keys(cash)]);
  for (const {contract} of positions.values()) currencies.add(contract.currency);
  return Object.fromEntries(
    [...currencies].flatMap((currency) => {
      const rate = rateOf(currency);
      return rate === null ? [] : [[currency, rate]];
    })
  );
}

/** Returns a position as brokers tell it. */
export function positionOf(
  account: string,
  {contract, units, price, mark}: PaperPosition,
  {label, markedAt}: {label: string; markedAt: number | null}
): LivePosition {
  return {
    account,
    contract,
    label,
    units,
    averageCost: price,
    price: mark,
    priceAt: markedAt,
    value: units * contract.multiplier * mark,
    unrealized: units * contract.multiplier * (mark - price),
    daily: null
  };
}
