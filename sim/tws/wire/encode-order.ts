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
    status === "Cancelled" ? 0 : remaining(one),
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

const NO_MARGINS: Field[] = Array.from({length: 9}, () => ABSENT);

/**
 * openOrder: of a working order, or in answer to a what-if.
 * @param margins of a what-if; "unknown" when TWS has no numbers
 */
export function openOrder(version: number, one: Working, margins?: Margins | "unknown"): Message {
  const {orderId, clientId, permId, order, account, listing, status} = one;
  return [
    5,
    orderId,
    ...contractFields(listing, one.exchange),
    ...terms(one),
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
    "",
    ...advisor(version < 177, one),
    ...institution(one),
    order.auctionStrategy ?? 0,
    ...ranges(one),
    order.displaySize,
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
    order.triggerPrice,
    trailStop(one),
    order.lmtPriceOffset,
    order.adjustedStopPrice,
    order.adjustedStopLimitPrice,
    order.adjustedTrailingAmount,
    order.adjustableTrailingUnit ?? 0,
    order.softDollarName,
    order.softDollarValue,
    "",
    order.cashQty,
    order.dontUseAutoPriceForHedge,
    order.isOmsContainer,
    order.discretionaryUpToLimitPrice,
    order.usePriceMgmtAlgo,
    order.duration,
    order.postToAts,
    order.autoCancelParent,
    ...pegs,
    ...(version >= 183 ? [order.customerAccount] : []),
    ...(version >= 184 ? [order.professionalCustomer] : []),
    ...(version >= 185 ? [""] : []),
    ...(version >= 189 ? [order.includeOvernight] : []),
    ...(version >= 193 ? [order.extOperator, order.manualOrderIndicator] : [])
  ];
}

export const openOrderEnd = (): Message => [53, 1];

/** @param faProfile whether the field is there that TWS sends below version 177 */
export function completedOrder(version: number, one: Working, faProfile: boolean): Message {
  const {permId, order, account, listing, status} = one;
  return [
    101,
    ...contractFields(listing, one.exchange),
    ...terms(one),
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
    ...advisor(faProfile, one),
    ...institution(one),
    ...ranges(one),
    order.displaySize,
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
    trailStop(one),
    order.lmtPriceOffset,
    order.cashQty,
    order.dontUseAutoPriceForHedge,

    order.isOmsContainer,
    "",
    one.filled,
    0,
    order.autoCancelParent,
    "Not an insider or substantial shareholder",
    false,
    false,
    0,
    one.completedAt ? eastern(one.completedAt) : "",
    one.completedStatus ?? "",
    ...pegs,
    ...(version >= 183 ? [order.customerAccount] : []),
    ...(version >= 184 ? [order.professionalCustomer] : [])
  ];
}

export const completedOrdersEnd = (): Message => [102];

const terms = ({order}: Working): Field[] => [
  order.action,
  order.totalQuantity,
  order.orderType,
  order.lmtPrice ?? 0,
  order.auxPrice ?? 0,
  order.tif || "DAY"
];

const advisor = (faProfile: boolean, {order}: Working): Field[] => [
  order.faGroup,
  order.faMethod,
  order.faPercentage,
  ...(faProfile ? [order.faProfile] : []),
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
  order.scaleInitLevelSize,
  order.scaleSubsLevelSize,
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
const pegs: Field[] = [undefined, undefined, undefined, undefined, undefined];

function stateOf(margins: Margins | "unknown" | undefined): Field[] {
  if (margins === undefined || margins === "unknown") return [...NO_MARGINS, ABSENT, ABSENT, ABSENT, "", ""];
  const {before, after, commission, currency, warning} = margins;
  const change = after.map((value, i) => Number((value - before[i]).toFixed(2)));
  return [...before, ...change, ...after, commission, ABSENT, ABSENT, currency, warning];
}
