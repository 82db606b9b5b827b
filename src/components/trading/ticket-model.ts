import type {OrderAsk} from "../../lib/orders/desk.js";
import type {LiveTimeInForce} from "../../lib/orders/order.js";
import {offTicks, type PriceSteps} from "../../lib/orders/tick.js";
import {formatNumber, formatPrice, formatQuantity} from "../format.js";

/** A ticket as it is typed. */
export interface TicketFields {
  account: string;
  action: OrderAsk["action"];
  quantity: string;
  type: OrderAsk["type"];
  limit: string;
  stop: string;
  trail: string;
  trailUnit: "amount" | "percent";
  tif: LiveTimeInForce;
  /** As a date-time input gives it: local, without a zone. */
  until: string;
  outsideHours: boolean;
  reduceOnly: boolean;
  takeProfit: string;
  stopLoss: string;
}

/** What is wrong with a field, as a sentence. */
export type TicketProblems = Partial<Record<keyof TicketFields | "contract", string>>;

export const BLANK: TicketFields = {
  account: "",
  action: "BUY",
  quantity: "",
  type: "LMT",
  limit: "",
  stop: "",
  trail: "",
  trailUnit: "percent",
  tif: "DAY",
  until: "",
  outsideHours: false,
  reduceOnly: false,
  takeProfit: "",
  stopLoss: ""
};

/** Order types as a ticket offers them, with their names. */
export const TYPE_NAMES = {
  LMT: "Limit",
  MKT: "Market",
  STP: "Stop",
  "STP LMT": "Stop limit",
  TRAIL: "Trailing stop",
  LOC: "Limit on close",
  MOC: "Market on close",
  LOO: "Limit on open",
  MOO: "Market on open"
} as const satisfies Record<OrderAsk["type"], string>;

/** Times in force, with their names. */
export const TIF_NAMES = {
  DAY: "Day",
  GTC: "Until cancelled",
  GTD: "Until a time",
  IOC: "At once or not at all, in part",
  FOK: "At once and whole, or not at all",
  OPG: "At the open"
} as const satisfies Record<LiveTimeInForce, string>;

type PriceField = "limit" | "stop" | "trail";

/** Returns which prices an order of a type has. */
export function pricesOf(type: OrderAsk["type"]): readonly PriceField[] {
  if (type === "STP LMT") return ["stop", "limit"];
  if (type === "STP") return ["stop"];
  if (type === "TRAIL") return ["trail"];
  return type === "LMT" || type === "LOO" || type === "LOC" ? ["limit"] : [];
}

/** Tells whether a bracket can stand around an order of a type: one that fills at any time of its session. */
export const takesBracket = (type: OrderAsk["type"]): boolean =>
  type === "LMT" || type === "MKT" || type === "STP" || type === "STP LMT";

/** Returns the number that a text is; NaN where it is none: digits and a point, no thousands. */
const numberOf = (text: string): number =>
  /^[-−]?(\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text.trim().replace("−", "-")) : NaN;

/**
 * Returns what a ticket asks for, or what is wrong with it, by field.
 *
 * @param contract what is traded; null while none is chosen
 * @param id of the order, the same for the same ticket
 * @param now milliseconds since 1970 UTC
 */
export function readTicket(
  fields: TicketFields,
  contract: {conId: number; steps: PriceSteps} | null,
  id: string,
  now: number
): {ask: OrderAsk; problems: null} | {ask: null; problems: TicketProblems} {
  const problems: TicketProblems = {};
  const read = (field: "quantity" | "takeProfit" | "stopLoss" | PriceField, isSigned: boolean): number => {
    const value = numberOf(fields[field]);
    if (!Number.isFinite(value)) problems[field] = "a number, as 100 or 0.5";
    else if (!isSigned && !(value > 0)) problems[field] = "above zero";
    return value;
  };
  if (!contract) problems.contract = "choose what to trade";
  if (!fields.account) problems.account = "choose an account";
  const quantity = read("quantity", false);
  const prices: {limit?: number; stop?: number} = {};
  const needs = pricesOf(fields.type);
  if (needs.includes("limit")) prices.limit = read("limit", true);
  if (needs.includes("stop")) prices.stop = read("stop", true);
  const trail = needs.includes("trail") ? read("trail", false) : null;
  if (trail !== null && fields.trailUnit === "percent" && trail > 100) problems.trail = "at most 100 percent";
  const bracket = {
    ...(takesBracket(fields.type) && fields.takeProfit.trim() && {takeProfit: read("takeProfit", false)}),
    ...(takesBracket(fields.type) && fields.stopLoss.trim() && {stopLoss: read("stopLoss", false)})
  };
  const until = fields.tif === "GTD" ? Date.parse(fields.until) : null;
  if (until !== null && !(until > now)) problems.until = "a time to come";
  for (const {field, below, above} of offTicks({...prices, bracket}, contract?.steps ?? []))
    problems[field] ??= `between two ticks: ${formatPrice(String(below))} or ${formatPrice(String(above))}`;
  if (!contract || Object.keys(problems).length) return {ask: null, problems};
  const ask: OrderAsk = {
    id,
    account: fields.account,
    conId: contract.conId,
    action: fields.action,
    quantity,
    type: fields.type,
    tif: fields.tif,
    ...prices,
    ...(trail !== null && {
      trail: fields.trailUnit === "percent" ? {fraction: trail / 100} : {amount: trail}
    }),
    ...(until !== null && {until}),
    ...(fields.outsideHours && {outsideHours: true}),
    ...(fields.reduceOnly && {reduceOnly: true}),
    ...(Object.keys(bracket).length > 0 && {bracket})
  };
  return {ask, problems: null};
}

/** Returns an order in words: "Buy 100 AAPL, limit 150.25, day". */
export function orderInWords(
  order: Pick<OrderAsk, "action" | "quantity" | "type" | "tif" | "trail"> & {
    limit?: number | null;
    stop?: number | null;
  },
  label: string
): string {
  const {action, quantity, type, limit, stop, trail, tif} = order;
  const price = (value: number) => formatPrice(String(value));
  const parts = [
    `${action === "BUY" ? "Buy" : "Sell"} ${formatQuantity(String(quantity))} ${label}`,
    stop === null || stop === undefined ? null : `stop ${price(stop)}`,
    limit === null || limit === undefined ? null : `limit ${price(limit)}`,
    trail &&
      `trailing by ${"amount" in trail ? price(trail.amount) : `${formatNumber(100 * trail.fraction)}%`}`,
    pricesOf(type).length ? null : TYPE_NAMES[type].toLowerCase(),
    TIF_NAMES[tif].toLowerCase()
  ];
  return parts.filter((part) => part).join(", ");
}
