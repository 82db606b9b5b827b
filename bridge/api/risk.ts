import {z} from "zod";
import type {Trading} from "../execution/trading.js";
import {Problem} from "../problem.js";
import {AccountId} from "./common.js";
import {endpoint} from "./endpoint.js";
import {EventSchema, LimitsSchema, LinkSchema, STATES, StatusSchema} from "./trading-schemas.js";

const Reason = z.string().trim().min(1).max(200).meta({description: "why, as it is kept in the journal"});

export const Standing = z.object({status: StatusSchema});

/** Returns the accounts that orders can be of. */
const accountsOf = ({broker}: Trading): readonly string[] => broker.accounts();

/** @throws Problem 404 when orders cannot be of it */
function checkAccount(trading: Trading, account: string): void {
  const known = accountsOf(trading);
  if (known.includes(account)) return;
  throw new Problem(
    404,
    "no-such-account",
    `the broker has no account ${account}: it has ${known.join(", ") || "none yet"}`
  );
}

export const risk = endpoint({
  method: "get",
  path: "/api/risk",
  tag: "trading",
  role: "read",
  summary: "Whether orders may go out, the limits, and what the risk gate decided lately",
  query: z.strictObject({events: z.coerce.number().int().min(0).max(1000).prefault(50)}),
  reply: {
    description: "how trading stands",
    schema: z.object({
      status: StatusSchema,
      links: z.object({
        broker: LinkSchema.meta({description: "to whom orders go to"}),
        data: LinkSchema.meta({description: "to whom quotes and positions are from"})
      }),
      accounts: z.array(z.object({account: z.string(), limits: LimitsSchema})),
      events: z.array(EventSchema)
    })
  },
  handle({query: {events}, desk: {services}}) {
    const {trading} = services;
    return {
      status: trading.status(),
      links: {broker: trading.broker.status(), data: trading.data.status()},
      accounts: accountsOf(trading).map((account) => ({account, limits: trading.limits(account)})),
      events: events ? trading.riskEvents({limit: events}) : []
    };
  }
});

export const putLimits = endpoint({
  method: "put",
  path: "/api/risk/limits",
  tag: "trading",
  role: "trade",
  summary: "Set the limits of an account and of its strategies, in place of those before",
  description: "They hold for the next order. A strategy's limits can only be narrower than its account's.",
  body: z.strictObject({account: AccountId, limits: LimitsSchema}),
  problems: [404, 415],
  reply: {
    description: "as they hold now",
    schema: z.object({account: z.string(), limits: LimitsSchema})
  },
  handle({body: {account, limits}, caller, desk}) {
    const {trading} = desk.services;
    checkAccount(trading, account);
    trading.setLimits(account, limits, caller);
    return {account, limits: trading.limits(account)};
  }
});

export const putState = endpoint({
  method: "put",
  path: "/api/risk/state",
  tag: "trading",
  role: "trade",
  summary: "Let all orders out, only those that reduce a position, or none",
  body: z.strictObject({state: z.enum(STATES), reason: Reason}),
  problems: [415],
  reply: {description: "how trading stands", schema: Standing},
  handle({body: {state, reason}, caller, desk}) {
    const {trading} = desk.services;
    trading.setState(state, caller, reason);
    return {status: trading.status()};
  }
});

export const confirmLive = endpoint({
  method: "post",
  path: "/api/live/confirm",
  tag: "trading",
  role: "trade",
  summary: "Allow live orders until the desk is started again",
  body: z.strictObject({typed: z.string().trim().max(40).meta({description: "the account's id, typed"})}),
  problems: [409, 415],
  reply: {description: "how trading stands", schema: Standing},
  handle({body: {typed}, caller, desk}) {
    const {trading} = desk.services;
    trading.confirm(typed, caller);
    return {status: trading.status()};
  }
});

export const reconcileAgain = endpoint({
  method: "post",
  path: "/api/reconciliation",
  tag: "trading",
  role: "trade",
  summary: "Read the broker's orders, executions and positions again, and compare",
  reply: {description: "how trading stands", schema: Standing},
  handle: async ({caller, desk}) => ({status: await desk.services.trading.reconcile(caller)})
});

export const acknowledge = endpoint({
  method: "post",
  path: "/api/reconciliation/acknowledge",
  tag: "trading",
  role: "trade",
  summary: "Take a position as the broker has it",
  description:
    "`units` must be what the broker says: of a position that has moved since, nothing is acknowledged.",
  body: z.strictObject({
    account: AccountId,
    conId: z.number().int().positive(),
    units: z.number().finite()
  }),
  problems: [409, 415],
  reply: {description: "how trading stands", schema: Standing},
  handle({body, caller, desk}) {
    const {trading} = desk.services;
    trading.acknowledge(body, caller);
    return {status: trading.status()};
  }
});
