/** Answers about contracts. */

import {MARKET_RULES} from "./catalogue.js";
import type {Desk} from "./desk.js";
import {sessionsFrom} from "./hours.js";
import type {Listing} from "./listing.js";
import type {Session} from "./session.js";
import type {Wanted} from "./wire/contract.js";
import {
  contractDetails,
  contractDetailsEnd,
  marketRule,
  optionParameters,
  optionParametersEnd,
  symbolSamples
} from "./wire/encode-contract.js";
import type {Request} from "./wire/requests.js";

type Ask<K extends Request["kind"]> = Extract<Request, {kind: K}>;

const UNKNOWN = "No security definition has been found for the request";
const MOST_SAMPLES = 16;

export function details(session: Session, {reqId, wanted}: Ask<"contractDetails">, desk: Desk): void {
  const found = desk.catalogue.find(wanted);
  if (!found.length) return session.error(reqId, 200, UNKNOWN);
  const now = desk.clock();
  for (const one of found) {
    const [open, close] =
      one.secType === "FUT" || one.secType === "CASH" ? ["0000", "2359"] : ["0400", "2000"];
    const hours = {trading: sessionsFrom(now, open, close), liquid: sessionsFrom(now, "0930", "1600")};
    const exchange = wanted.exchange || one.exchanges[0];
    session.send(contractDetails(desk.version, reqId, one, exchange, hours));
  }
  return session.send(contractDetailsEnd(reqId));
}

export function samples(session: Session, {reqId, pattern}: Ask<"matchingSymbols">, desk: Desk): void {
  const text = pattern.toUpperCase();
  const found = desk.catalogue.all
    .filter(({secType}) => secType === "STK" || secType === "IND")
    .filter(({symbol, longName}) => symbol.startsWith(text) || longName.toUpperCase().includes(text))
    .slice(0, MOST_SAMPLES)
    .map((one): [Listing, string[]] => [one, derivativesOf(one, desk)]);
  session.send(symbolSamples(desk.version, reqId, text ? found : []));
}

const derivativesOf = ({conId}: Listing, {catalogue}: Desk): string[] => [
  ...new Set(catalogue.all.filter(({underlying}) => underlying?.conId === conId).map(({secType}) => secType))
];

export function options(session: Session, {reqId, conId}: Ask<"optionParameters">, desk: Desk): void {
  const chain = desk.catalogue.all.filter(
    ({secType, underlying}) => secType === "OPT" && underlying?.conId === conId
  );
  const [first] = chain;
  if (first) {
    for (const exchange of first.exchanges) {
      session.send(
        optionParameters(reqId, {
          exchange,
          underConId: conId,
          tradingClass: first.tradingClass,
          multiplier: first.multiplier,
          expirations: [...new Set(chain.map(({expiry}) => expiry))].sort(),
          strikes: [...new Set(chain.map(({strike}) => strike))].sort((a, b) => a - b)
        })
      );
    }
  }
  session.send(optionParametersEnd(reqId));
}

export function rule(session: Session, {id}: Ask<"marketRule">): void {
  const steps = MARKET_RULES.get(id);
  if (!steps)
    return session.error(-1, 321, `Error validating request.-'cC' : cause - Incorrect market rule id: ${id}`);
  return session.send(marketRule(id, steps));
}

/** The one contract that a description fits; undefined when the client was told that there is none, or several. */
export function single(session: Session, reqId: number, wanted: Wanted, desk: Desk): Listing | undefined {
  const found = desk.catalogue.find(wanted);
  if (found.length === 1) return found[0];
  const several = `The contract description specified for ${wanted.symbol || wanted.localSymbol} is ambiguous.`;
  session.error(reqId, 200, found.length ? several : UNKNOWN);
  return undefined;
}
