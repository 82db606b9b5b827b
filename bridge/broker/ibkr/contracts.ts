import {type Contract, type ContractDetails, EventName, type PriceIncrement, type SecType} from "@stoqey/ib";
import {Problem} from "../../problem.js";
import type {ContractAsk, ContractFacts} from "../broker.js";
import {describe, routed} from "./describe.js";
import type {Magnifier} from "./executions.js";
import {sessionsOf} from "./hours.js";
import {request, RequestError} from "./request.js";
import type {Wire} from "./wire.js";
import {zoneOf} from "./zones.js";

/** Hours of the coming days are among the facts: after so long they are asked for again. */
const FRESH_MS = 6 * 3_600_000;
const RULE_MS = 5000;
const UNKNOWN = 200;

export interface Contracts {
  /**
   * Contracts that fit: none, one, or the choices.
   * @throws Problem 503 while the link is down, 504 without an answer, 422 for what TWS will not look for
   */
  find(ask: ContractAsk): Promise<ContractFacts[]>;
  /** What venue prices of a contract are divided by; at once where it is known. @throws Problem 422 for an unknown one */
  magnifierOf: Magnifier;
}

/** TWS's catalogue, each answer kept. */
export function createContracts(wire: Wire, now: () => number): Contracts {
  const magnifiers = new Map<number, number>();
  const asked = new Map<string, {at: number; found: Promise<ContractFacts[]>}>();
  const rules = new Map<number, Promise<readonly PriceIncrement[]>>();

  async function look(ask: ContractAsk): Promise<ContractFacts[]> {
    const details = await detailsOf(wire, ask);
    const one = new Map<number, ContractFacts>();
    for (const each of details) {
      const facts = await factsOf(each);
      if (facts && (!one.has(facts.contract.conId) || facts.contract.exchange === "SMART"))
        one.set(facts.contract.conId, facts);
    }
    for (const [conId, {priceMagnifier}] of one) magnifiers.set(conId, priceMagnifier);
    return [...one.values()];
  }

  async function factsOf(details: ContractDetails): Promise<ContractFacts | null> {
    const {contract: raw, longName = "", minTick = 0, timeZoneId, liquidHours, underConId} = details;
    const described = describe(raw);
    if (!described) return null;
    const {expiry, strike, right, label} = described;
    const contract = described.contract.exchange ? described.contract : routed(described.contract);
    const zone = zoneOf(timeZoneId);
    const rule = ruleIdOf(details, contract.exchange);
    const told = rule === null ? [] : await stepsOf(rule);
    const least = minTick > 0 ? [{lowEdge: 0, increment: minTick}] : [];
    return {
      contract,
      label,
      name: longName,
      primaryExchange: raw.primaryExch ?? "",
      localSymbol: raw.localSymbol ?? "",
      tradingClass: raw.tradingClass ?? "",
      expiry,
      strike,
      right,
      steps: (told.length ? told : least)
        .map(({lowEdge, increment}) => ({from: lowEdge, increment}))
        .filter(({increment}) => increment > 0)
        .sort((a, b) => a.from - b.from),
      priceMagnifier: details.priceMagnifier || 1,
      underlying: underConId || null,
      timeZone: zone,
      sessions: sessionsOf(liquidHours, zone)
    };
  }

  /** Steps of a market rule; none when TWS does not tell them, whose refusal bears no number. */
  function stepsOf(id: number): Promise<readonly PriceIncrement[]> {
    const known = rules.get(id);
    if (known) return known;
    const steps = request<readonly PriceIncrement[]>(wire, {
      what: `market rule ${id}`,
      timeoutMs: RULE_MS,
      start(_, {on, done}) {
        on(EventName.marketRule, (rule: number, told: PriceIncrement[]) => rule === id && done(told));
        return (api) => api.reqMarketRule(id);
      }
    }).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 504) return [];
      rules.delete(id);
      throw error;
    });
    rules.set(id, steps);
    return steps;
  }

  async function find(ask: ContractAsk): Promise<ContractFacts[]> {
    const key = JSON.stringify(Object.entries(ask).sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = asked.get(key);
    if (known && now() - known.at < FRESH_MS) return known.found;
    const entry = {at: now(), found: look(ask)};
    asked.set(key, entry);
    entry.found.catch(() => asked.get(key) === entry && asked.delete(key));
    return entry.found;
  }

  async function magnifier(conId: number): Promise<number> {
    const [facts] = await find({conId});
    if (facts) return facts.priceMagnifier;
    throw new Problem(422, "unknown-contract", `IBKR knows no contract ${conId}`);
  }

  return {find, magnifierOf: (conId) => magnifiers.get(conId) ?? magnifier(conId)};
}

async function detailsOf(wire: Wire, ask: ContractAsk): Promise<ContractDetails[]> {
  const {conId, symbol, secType = "STK", currency, exchange, expiry, strike, right} = ask;
  const wanted: Contract =
    conId === undefined
      ? {
          ...(symbol !== undefined && {symbol}),
          secType: secType as SecType, // the same words
          ...(currency !== undefined && {currency}),
          ...(exchange !== undefined && {exchange}),
          ...(expiry !== undefined && {lastTradeDateOrContractMonth: expiry}),
          ...(strike !== undefined && {strike}),
          ...(right !== undefined && {right: right as NonNullable<Contract["right"]>}) // the same letters
        }
      : {conId, ...(exchange !== undefined && {exchange})};
  try {
    return await request<ContractDetails[]>(wire, {
      what: "contract details",
      start(id, {on, done}) {
        const found: ContractDetails[] = [];
        const take = (reqId: number, details: ContractDetails) => void (reqId === id && found.push(details));
        on(EventName.contractDetails, take);
        on(EventName.bondContractDetails, take);
        on(EventName.contractDetailsEnd, (reqId: number) => reqId === id && done(found));
        return (api) => api.reqContractDetails(id, wanted);
      }
    });
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    if (error.code === UNKNOWN) return [];
    throw new Problem(422, "contract-refused", `TWS will not look for that contract: ${error.message}`);
  }
}

/** The rule of the venue that the contract is routed to: both lists are in one order. */
function ruleIdOf(
  {marketRuleIds = "", validExchanges = ""}: ContractDetails,
  exchange: string
): number | null {
  const ids = marketRuleIds.split(",");
  const id = ids[validExchanges.split(",").indexOf(exchange)] ?? ids[0];
  return /^\d+$/.test(id) ? Number(id) : null;
}
