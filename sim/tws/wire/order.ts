/** placeOrder: every token read to a named field. Conditions and per-leg fields stay as they came. */

import {readWanted, type Wanted} from "./contract.js";
import {type Fields, type FieldReader, readLayout} from "./reader.js";

const HEAD = {
  action: "text",
  totalQuantity: "number",
  orderType: "text",
  lmtPrice: "number",
  auxPrice: "number",
  tif: "text",
  ocaGroup: "text",
  account: "text",
  openClose: "text",
  origin: "number",
  orderRef: "text",
  transmit: "flag",
  parentId: "number",
  blockOrder: "flag",
  sweepToFill: "flag",
  displaySize: "number",
  triggerMethod: "number",
  outsideRth: "flag",
  hidden: "flag"
} as const;

const TIMES = {
  sharesAllocation: "text",
  discretionaryAmt: "number",
  goodAfterTime: "text",
  goodTillDate: "text",
  faGroup: "text",
  faMethod: "text",
  faPercentage: "text"
} as const;

const BODY = {
  modelCode: "text",
  shortSaleSlot: "number",
  designatedLocation: "text",
  exemptCode: "number",
  ocaType: "number",
  rule80A: "text",
  settlingFirm: "text",
  allOrNone: "flag",
  minQty: "number",
  percentOffset: "number",
  eTradeOnly: "flag",
  firmQuoteOnly: "flag",
  nbboPriceCap: "number",
  auctionStrategy: "number",
  startingPrice: "number",
  stockRefPrice: "number",
  delta: "number",
  stockRangeLower: "number",
  stockRangeUpper: "number",
  overridePercentageConstraints: "flag",
  volatility: "number",
  volatilityType: "number",
  deltaNeutralOrderType: "text",
  deltaNeutralAuxPrice: "number"
} as const;

const TRAIL = {
  continuousUpdate: "number",
  referencePriceType: "number",
  trailStopPrice: "number",
  trailingPercent: "number",
  scaleInitLevelSize: "number",
  scaleSubsLevelSize: "number",
  scalePriceIncrement: "number"
} as const;

const TABLE = {
  scaleTable: "text",
  activeStartTime: "text",
  activeStopTime: "text",
  hedgeType: "text"
} as const;

const CLEARING = {
  optOutSmartRouting: "flag",
  clearingAccount: "text",
  clearingIntent: "text",
  notHeld: "flag"
} as const;

const INTENT = {
  algoId: "text",
  whatIf: "flag",
  miscOptions: "text",
  solicited: "flag",
  randomizeSize: "flag",
  randomizePrice: "flag"
} as const;

const TAIL = {
  adjustedOrderType: "text",
  triggerPrice: "number",
  lmtPriceOffset: "number",
  adjustedStopPrice: "number",
  adjustedStopLimitPrice: "number",
  adjustedTrailingAmount: "number",
  adjustableTrailingUnit: "number",
  extOperator: "text",
  softDollarName: "text",
  softDollarValue: "text",
  cashQty: "number",
  mifid2DecisionMaker: "text",
  mifid2DecisionAlgo: "text",
  mifid2ExecutionTrader: "text",
  mifid2ExecutionAlgo: "text",
  dontUseAutoPriceForHedge: "flag",
  isOmsContainer: "flag",
  discretionaryUpToLimitPrice: "flag",
  usePriceMgmtAlgo: "flag",
  duration: "number",
  postToAts: "number",
  autoCancelParent: "flag",
  advancedErrorOverride: "text",
  manualOrderTime: "text"
} as const;

/** What is left over: fields that only some orders have. */
interface Extras {
  faProfile: string;
  legs: string[][];
  legPrices: (number | undefined)[];
  smartRouting: [string, string][];
  deltaNeutral: string[];
  scaleMore: string[];
  hedgeParam: string;
  deltaNeutralContract: string[];
  algoStrategy: string;
  algoParams: [string, string][];
  pegBenchmark: string[];
  /** Type, conjunction and the type's own fields. */
  conditions: string[][];
  conditionsIgnoreRth: boolean;
  conditionsCancelOrder: boolean;
  pegOffsets: string[];
  customerAccount: string;
  professionalCustomer: boolean;
  includeOvernight: boolean;
  manualOrderIndicator: number | undefined;
}

/** An order as a client sent it. */
export type Order = Fields<typeof HEAD> &
  Fields<typeof TIMES> &
  Fields<typeof BODY> &
  Fields<typeof TRAIL> &
  Fields<typeof TABLE> &
  Fields<typeof CLEARING> &
  Fields<typeof INTENT> &
  Fields<typeof TAIL> &
  Extras;

export interface PlaceOrder {
  orderId: number;
  wanted: Wanted;
  order: Order;
}

/** Fields of a condition behind its type and conjunction: price, time, margin, execution, volume, percent change. */
const CONDITION_FIELDS: ReadonlyMap<number, number> = new Map([
  [1, 5],
  [3, 2],
  [4, 2],
  [5, 3],
  [6, 4],
  [7, 4]
]);

const isPegged = (type: string, to: string): boolean => type.replace(" ", "") === `PEG${to}`;

/** Reads a placeOrder behind its message id. */
export function readPlaceOrder(reader: FieldReader, version: number): PlaceOrder {
  const orderId = reader.whole();
  const wanted = readWanted(reader);
  Object.assign(wanted, {secIdType: reader.text(), secId: reader.text()});
  const pairs = (): [string, string][] =>
    Array.from({length: reader.whole()}, () => [reader.text(), reader.text()]);
  const bag = wanted.secType === "BAG";
  const head = readLayout(reader, HEAD);
  const legs = bag ? Array.from({length: reader.whole()}, () => reader.texts(8)) : [];
  const legPrices = bag ? Array.from({length: reader.whole()}, () => reader.number()) : [];
  const smartRouting = bag ? pairs() : [];
  const times = readLayout(reader, TIMES);
  const faProfile = version < 177 ? reader.text() : "";
  const body = readLayout(reader, BODY);
  const deltaNeutral = body.deltaNeutralOrderType ? reader.texts(8) : [];
  const trail = readLayout(reader, TRAIL);
  const scaleMore = (trail.scalePriceIncrement ?? 0) > 0 ? reader.texts(7) : [];
  const table = readLayout(reader, TABLE);
  const hedgeParam = table.hedgeType ? reader.text() : "";
  const clearing = readLayout(reader, CLEARING);
  const deltaNeutralContract = reader.flag() ? reader.texts(3) : [];
  const algoStrategy = reader.text();
  const algoParams = algoStrategy ? pairs() : [];
  const intent = readLayout(reader, INTENT);
  const pegBenchmark = isPegged(head.orderType, "BENCH") ? reader.texts(5) : [];
  const conditions = readConditions(reader);
  const [conditionsIgnoreRth, conditionsCancelOrder] = conditions.length
    ? [reader.flag(), reader.flag()]
    : [false, false];
  const tail = readLayout(reader, TAIL);
  const pegOffsets = readPegOffsets(reader, wanted, head.orderType);
  return {
    orderId,
    wanted,
    order: {
      ...head,
      ...times,
      ...body,
      ...trail,
      ...table,
      ...clearing,
      ...intent,
      ...tail,
      faProfile,
      legs,
      legPrices,
      smartRouting,
      deltaNeutral,
      scaleMore,
      hedgeParam,
      deltaNeutralContract,
      algoStrategy,
      algoParams,
      pegBenchmark,
      conditions,
      conditionsIgnoreRth,
      conditionsCancelOrder,
      pegOffsets,
      customerAccount: version >= 183 ? reader.text() : "",
      professionalCustomer: version >= 184 && reader.flag(),
      includeOvernight: version >= 189 && reader.flag(),
      manualOrderIndicator: version >= 192 ? reader.number() : undefined
    }
  };
}

function readConditions(reader: FieldReader): string[][] {
  return Array.from({length: reader.whole()}, () => {
    const type = reader.whole();
    const count = CONDITION_FIELDS.get(type);
    if (count === undefined) throw new RangeError(`unknown type of condition: ${type}`);
    return [String(type), ...reader.texts(1 + count)];
  });
}

function readPegOffsets(reader: FieldReader, {exchange}: Wanted, type: string): string[] {
  const offsets = exchange === "IBKRATS" ? reader.texts(1) : [];
  let middle = isPegged(type, "MID");
  if (isPegged(type, "BEST")) {
    offsets.push(...reader.texts(2));
    middle = offsets.at(-1) === "Infinity"; // "up to the middle"
  }
  return middle ? [...offsets, ...reader.texts(2)] : offsets;
}
