/** Messages about orders: orderStatus, openOrder, completedOrder. */

import {toWire} from "../listing.js";
import {remaining, type Working} from "../working.js";
import {contractFields} from "./encode-contract.js";
import {ABSENT, type Field, type Message} from "./frames.js";
import {eastern} from "./time.js";

export function orderStatus(one: Working): Message {
  const {orderId, status, filled, permId, order, clientId, whyHeld, listing} = one;
  return [
    3,
    orderId,
    status,
    filled,
    remaining(one),
    toWire(listing, one.averagePrice),
    permId,
    order.parentId ?? 0,
    toWire(listing, one.lastPrice),
    clientId,
    whyHeld === "open" ? "" : whyHeld,
    0
  ];
}

/** What an order would do to its account; an absent number is one that TWS does not know. */
export interface Margins {
  before: [init: number, maintenance: number, equity: number];
  after: [init: number, maintenance: number, equity: number];
  commission: number;
  currency: string;
  warning: string;
}

/** The whole number that stands for "none". */
const NONE = "2147483647";

const NO_MARGINS: Field[] = Array.from({length: 9}, () => ABSENT);

/**
 * openOrder: of a working order, or in answer to a what-if.
 * @param margins of a what-if; "unknown" when TWS has no numbers
 */
export function openOrder(version: number, one: Working, margins?: Margins | "unknown"): Message {
  const {orderId, clientId, permId, order, account, status} = one;
  return [
    5,
    orderId,
    ...contractOf(one),
    ...terms(one, order.totalQuantity),
    order.ocaGroup,
    account,
    order.openClose,
    order.origin ?? 0,
    order.orderRef,
    clientId,
    permId,
    order.outsideRth,
    order.hidden,
    order.discretionaryAmt ?? 0,
    order.goodAfterTime,
    `${permId}.0/${account}/100`,
    ...advisor(version, one),
    ...institution(one),
    order.auctionStrategy ?? 0,
    ...ranges(one),
    order.displaySize ?? NONE,
    order.blockOrder,
    order.sweepToFill,
    order.allOrNone,
    order.minQty,
    order.ocaType ?? 3,
    order.eTradeOnly,
    order.firmQuoteOnly,
    order.nbboPriceCap,
    order.parentId ?? 0,
    order.triggerMethod ?? 0,
    order.volatility,
    order.volatilityType ?? 0,
    // TWS says None where there is no hedge, so the eight fields behind it are always there.
    ...(order.deltaNeutral.length
      ? [order.deltaNeutralOrderType, order.deltaNeutralAuxPrice, ...order.deltaNeutral]
      : ["None", undefined, 0, "", "", "", "?", 0, 0, ""]),
    order.continuousUpdate ?? 0,
    order.referencePriceType ?? 0,
    trailStop(one),
    order.trailingPercent,
    undefined,
    undefined,
    ...combination(one),
    ...scale(one),
    order.hedgeType,
    ...(order.hedgeType ? [order.hedgeParam] : []),
    order.optOutSmartRouting,
    order.clearingAccount,
    order.clearingIntent || "IB",
    order.notHeld,
    ...(order.deltaNeutralContract.length ? [1, ...order.deltaNeutralContract] : [0]),
    ...algorithm(one),
    order.solicited,
    margins !== undefined,
    status,
    ...stateOf(margins),
    order.randomizeSize,
    order.randomizePrice,
    ...order.pegBenchmark,
    ...conditions(one),
    order.adjustedOrderType || "None",
    order.triggerPrice ?? ABSENT,
    stopOf(one),
    order.lmtPriceOffset ?? ABSENT,
    order.adjustedStopPrice ?? ABSENT,
    order.adjustedStopLimitPrice ?? ABSENT,
    order.adjustedTrailingAmount ?? ABSENT,
    order.adjustableTrailingUnit ?? 0,
    order.softDollarName,
    order.softDollarValue,
    "",
    order.cashQty ?? 0,
    true,
    order.isOmsContainer,
    order.discretionaryUpToLimitPrice,
    order.usePriceMgmtAlgo,
    order.duration,
    order.postToAts,
    order.autoCancelParent,
    ...pegs(one),
    ...(version >= 183 ? [order.customerAccount] : []),
    ...(version >= 184 ? [order.professionalCustomer] : []),
    ...(version >= 185 ? [""] : []),
    ...(version >= 189 ? [order.includeOvernight] : []),
    ...(version >= 193 ? [order.extOperator, order.manualOrderIndicator ?? NONE] : [])
  ];
}

export const openOrderEnd = (): Message => [53, 1];

export function completedOrder(version: number, one: Working): Message {
  const {permId, order, account, status} = one;
  return [
    101,
    ...contractOf(one),
    ...terms(one, remaining(one)),
    order.ocaGroup,
    account,
    order.openClose,
    order.origin ?? 0,
    order.orderRef,
    permId,
    order.outsideRth,
    order.hidden,
    order.discretionaryAmt ?? 0,
    order.goodAfterTime,
    ...advisor(version, one),
    ...institution(one),
    ...ranges(one),
    order.displaySize ?? NONE,
    order.sweepToFill,
    order.allOrNone,
    order.minQty,
    order.ocaType ?? 3,
    order.triggerMethod ?? 0,
    order.volatility,
    order.volatilityType ?? 0,
    "None",
    undefined,
    0,
    0,
    0,
    "",
    order.continuousUpdate ?? 0,
    order.referencePriceType ?? 0,
    trailStop(one),
    order.trailingPercent,
    ...combination(one),
    ...scale(one),
    order.hedgeType,
    ...(order.hedgeType ? [order.hedgeParam] : []),
    order.clearingAccount,
    order.clearingIntent || "IB",
    order.notHeld,
    ...(order.deltaNeutralContract.length ? [1, ...order.deltaNeutralContract] : [0]),
    ...algorithm(one),
    order.solicited,
    status,
    order.randomizeSize,
    order.randomizePrice,
    ...order.pegBenchmark,
    ...conditions(one),
    stopOf(one),
    order.lmtPriceOffset ?? ABSENT,
    order.cashQty ?? 0,
    true,
    order.isOmsContainer,
    "",
    one.filled,
    NONE,
    order.autoCancelParent,
    "Not an insider or substantial shareholder",
    false,
    false,
    NO_PARENT,
    one.completedAt ? eastern(one.completedAt) : "",
    one.completedStatus ?? "",
    ...NO_PEGS,
    ...(version >= 183 ? [order.customerAccount] : []),
    ...(version >= 184 ? [order.professionalCustomer] : [])
  ];
}

/** The permanent number of no order. */
const NO_PARENT = "9223372036854775807";

export const completedOrdersEnd = (): Message => [102];

/** An order's contract; TWS writes a question mark where there is no right. */
const contractOf = ({listing, exchange}: Working): Field[] =>
  contractFields(listing, exchange).with(5, listing.right || "?");

const terms = ({order}: Working, quantity: number | undefined): Field[] => [
  order.action,
  quantity,
  order.orderType,
  order.lmtPrice ?? 0,
  order.auxPrice ?? 0,
  order.tif || "DAY"
];

const advisor = (version: number, {order}: Working): Field[] => [
  order.faGroup,
  order.faMethod,
  order.faPercentage,
  ...(version < 177 ? [order.faProfile] : []),
  order.modelCode,
  order.goodTillDate
];

const institution = ({order}: Working): Field[] => [
  order.rule80A,
  order.percentOffset,
  order.settlingFirm,
  order.shortSaleSlot ?? 0,
  order.designatedLocation,
  order.exemptCode ?? -1
];

const ranges = ({order}: Working): Field[] => [
  order.startingPrice,
  order.stockRefPrice,
  order.delta,
  order.stockRangeLower,
  order.stockRangeUpper
];

const trailStop = ({trailStop: stop, order, listing}: Working): number | undefined =>
  stop === undefined ? order.trailStopPrice : toWire(listing, stop);

/** TWS tells a stop price of a limit order too: its limit and one. */
const stopOf = (one: Working): Field =>
  trailStop(one) ??
  (one.order.orderType === "LMT" && one.orderId > 0 ? (one.order.lmtPrice ?? 0) + 1 : ABSENT);

const combination = ({order}: Working): Field[] => [
  "",
  order.legs.length,
  ...order.legs.flat(),
  order.legPrices.length,
  ...order.legPrices,
  order.smartRouting.length,
  ...order.smartRouting.flat()
];

const scale = ({order}: Working): Field[] => [
  order.scaleInitLevelSize ?? NONE,
  order.scaleSubsLevelSize ?? NONE,
  order.scalePriceIncrement,
  ...order.scaleMore
];

const algorithm = ({order}: Working): Field[] =>
  order.algoStrategy ? [order.algoStrategy, order.algoParams.length, ...order.algoParams.flat()] : [""];

const conditions = ({order}: Working): Field[] => [
  order.conditions.length,
  ...order.conditions.flat(),
  ...(order.conditions.length ? [order.conditionsIgnoreRth, order.conditionsCancelOrder] : [])
];

/** Offsets of pegged orders: none of the stand-in's orders has one. */
const NO_PEGS: Field[] = [undefined, undefined, undefined, undefined, undefined];

/** TWS fills two of them for a share at the market: the least size to compete with and the offset to the best price. */
const pegs = ({order, listing}: Working): Field[] =>
  order.orderType === "MKT" && listing.secType === "STK"
    ? [undefined, 100, 0.02, undefined, undefined]
    : NO_PEGS;

function stateOf(margins: Margins | "unknown" | undefined): Field[] {
  if (margins === undefined || margins === "unknown") return [...NO_MARGINS, "", "", "", "", ""];
  const {before, after, commission, currency, warning} = margins;
  const change = after.map((value, i) => Number((value - before[i]).toFixed(2)));
  return [...before, ...change, ...after, commission, "", "", currency, warning];
}
