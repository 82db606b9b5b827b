import type {Contract} from "@stoqey/ib";
import type {OrderContract} from "../../../lib/orders/order.js";

const SEC_TYPES: ReadonlyMap<string, OrderContract["secType"]> = new Map([
  ...(
    ["STK", "OPT", "FUT", "FOP", "CASH", "BOND", "IND", "CFD", "FUND", "CRYPTO", "WAR", "CMDTY"] as const
  ).map((one) => [one, one] as const),
  ["BILL", "BOND"] as const
]);

/** Where contracts of a kind are routed when no venue is named. */
const ROUTES: Readonly<Partial<Record<OrderContract["secType"], string>>> = {
  STK: "SMART",
  OPT: "SMART",
  WAR: "SMART",
  BOND: "SMART",
  CFD: "SMART",
  CASH: "IDEALPRO",
  CRYPTO: "PAXOS"
};

const DERIVATIVES = new Set(["OPT", "FUT", "FOP"]);
const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/** What tells a contract from others, as TWS writes it. */
export interface Described {
  contract: OrderContract;
  /** `YYYYMMDD` or `YYYYMM`. */
  expiry: string | null;
  strike: number | null;
  right: "C" | "P" | null;
  /** Name to show. */
  label: string;
}

/**
 * Reads a contract of TWS's; null for a kind that nothing can be said of (a combination, news), and for a derivative
 * whose multiplier is not told. A security's multiplier arrives as 0 and is 1. A future's last trade date arrives with
 * its time behind it, which the library does not split off.
 */
export function describe(raw: Contract): Described | null {
  const secType = SEC_TYPES.get(String(raw.secType));
  const {conId, symbol = "", currency = ""} = raw;
  if (!secType || !conId || (DERIVATIVES.has(secType) && !raw.multiplier)) return null;
  const multiplier = Number(raw.multiplier) || 1;
  const isOption = secType === "OPT" || secType === "FOP" || secType === "WAR";
  const dated = raw.lastTradeDate || raw.lastTradeDateOrContractMonth;
  const described = {
    contract: {conId, symbol, secType, currency, exchange: raw.exchange ?? "", multiplier},
    expiry: /^\d{8}|^\d{6}/.exec(dated ?? "")?.[0] ?? null,
    strike: isOption && raw.strike ? raw.strike : null,
    right: isOption && raw.right ? (raw.right.startsWith("C") ? ("C" as const) : ("P" as const)) : null
  };
  return {...described, label: labelOf(described)};
}

/** Returns a contract with the venue that its kind is routed to; a list of positions names the one that lists it. */
export const routed = (contract: OrderContract): OrderContract => ({
  ...contract,
  exchange: ROUTES[contract.secType] ?? contract.exchange
});

function labelOf({contract, expiry, strike, right}: Omit<Described, "label">): string {
  const {symbol, secType, currency} = contract;
  if (secType === "CASH") return `${symbol}.${currency}`;
  const day =
    expiry && `${expiry.slice(6)}${MONTHS[Number(expiry.slice(4, 6)) - 1] ?? ""}${expiry.slice(2, 4)}`;
  return [symbol, day, strike, right].filter(Boolean).join(" ");
}
