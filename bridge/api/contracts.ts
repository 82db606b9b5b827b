import {z} from "zod";
import type {ContractAsk, ContractFacts} from "../broker/broker.js";
import type {Trading} from "../execution/trading.js";
import {ContractChoice, Problem} from "../problem.js";
import {endpoint} from "./endpoint.js";

const SEC_TYPES = [
  "STK",
  "OPT",
  "FUT",
  "FOP",
  "CASH",
  "BOND",
  "IND",
  "CFD",
  "FUND",
  "CRYPTO",
  "WAR",
  "CMDTY"
] as const;

const word = z.string().trim().min(1).max(40);

/** What narrows a symbol down to a contract. */
const narrowing = {
  secType: z.enum(SEC_TYPES).exactOptional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "a currency is three capital letters")
    .exactOptional(),
  exchange: word.toUpperCase().exactOptional(),
  expiry: z
    .string()
    .regex(/^\d{6}(\d\d)?$/, "an expiry is YYYYMM or YYYYMMDD")
    .exactOptional(),
  right: z.enum(["C", "P"]).exactOptional()
};
const strike = z.number().positive().finite();

/** What a person knows of a contract, as it stands in a query. */
const ContractQuery = z.strictObject({
  conId: z.coerce.number().int().positive().exactOptional(),
  symbol: word.toUpperCase().exactOptional(),
  ...narrowing,
  strike: z.coerce.number().pipe(strike).exactOptional()
});

const Contract = ContractChoice.extend({
  multiplier: z.number(),
  expiry: z.string().nullable(),
  strike: z.number().nullable(),
  right: z.enum(["C", "P"]).nullable(),
  steps: z
    .array(z.object({from: z.number(), increment: z.number()}))
    .readonly()
    .meta({description: "increments of the price by the least price they hold from"}),
  sessions: z
    .array(z.object({from: z.number(), to: z.number()}))
    .readonly()
    .nullable()
    .meta({description: "regular sessions that are known, milliseconds since 1970 UTC"})
}).meta({id: "Contract"});

export const contracts = endpoint({
  method: "get",
  path: "/api/contracts",
  tag: "trading",
  role: "read",
  summary: "Contracts that fit what is known of one: none, the one, or the choices",
  description: "Name `conId` or `symbol`, and what else is known of it.",
  query: ContractQuery,
  reply: {description: "all that fit", schema: z.object({contracts: z.array(Contract)})},
  async handle({query, desk}) {
    if (query.conId === undefined && query.symbol === undefined)
      throw new Problem(400, "invalid-input", "name the contract's conId or its symbol");
    const found = await desk.services.trading.data.contracts(query);
    return {
      contracts: found.map((facts) => {
        const {contract, expiry, strike, right, steps, sessions} = facts;
        return {
          ...choiceOf(facts),
          multiplier: contract.multiplier,
          expiry,
          strike,
          right,
          steps,
          sessions
        };
      })
    };
  }
});

/** Returns the one contract that is meant. @throws Problem 422 when there is none, 409 with the choices when several fit */
export async function theContract(trading: Trading, ask: ContractAsk): Promise<ContractFacts> {
  const found = await trading.data.contracts(ask);
  const [first] = found;
  const asked = Object.values(ask).join(" ");
  if (!first)
    throw new Problem(
      422,
      "unknown-contract",
      `no contract is ${asked}: /api/contracts?symbol= lists those of a symbol`
    );
  if (found.length === 1) return first;
  const detail = `${found.length} contracts are ${asked}: send the conId of the one that is meant`;
  throw new Problem(409, "ambiguous-contract", detail, {choices: found.map(choiceOf)});
}

const choiceOf = ({contract, label, name, primaryExchange}: ContractFacts): ContractChoice => ({
  conId: contract.conId,
  label,
  name,
  secType: contract.secType,
  currency: contract.currency,
  exchange: primaryExchange || contract.exchange
});

/** A contract as an order names it: by its number, or by what is known of it where that is but one. */
export const ContractNamed = z.strictObject({
  symbol: word.toUpperCase(),
  ...narrowing,
  strike: strike.exactOptional()
});
