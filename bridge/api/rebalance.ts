import {setTimeout as sleep} from "node:timers/promises";
import {z} from "zod";
import {createRebalancer, type Rebalancer, type RebalancingPlan} from "../execution/rebalancer.js";
import type {Trading} from "../execution/trading.js";
import {Problem} from "../problem.js";
import {AccountId} from "./common.js";
import {endpoint, type Desk} from "./endpoint.js";
import {DecisionSchema, OrderSchema} from "./trading-schemas.js";

/** Plans that can still be sent, of each desk. */
const MOST_PLANS = 20;

/** Age from which a plan is too old to be sent: prices have moved. */
const OLD_MS = 5 * 60_000;

const amount = z.number().nonnegative().finite();

const Targets = z.strictObject({
  account: AccountId,
  targets: z
    .array(
      z.strictObject({
        conId: z.number().int().positive(),
        target: z.number().finite().meta({description: "share of the account's value; below zero is short"}),
        lot: z.number().positive().finite().exactOptional()
      })
    )
    .max(500),
  closeOthers: z.boolean().exactOptional().meta({description: "sell what is held and not named"}),
  rules: z
    .strictObject({
      band: z
        .strictObject({kind: z.enum(["absolute", "relative"]), width: amount})
        .exactOptional()
        .meta({description: "weights within it are left alone"}),
      tradeTo: z.enum(["target", "edge"]).exactOptional(),
      minimumIntervalMs: amount.exactOptional(),
      minimumTrade: amount.exactOptional(),
      cashBuffer: z.number().min(0).max(1).exactOptional().meta({description: "share that stays in cash"})
    })
    .exactOptional()
});

const Body = z.union([
  Targets,
  z.strictObject({send: z.string().meta({description: "id of a plan to send"})})
]);

const Plan = z.object({
  id: z.string().meta({description: "to send exactly this"}),
  account: z.string(),
  at: z.number(),
  plan: z
    .looseObject({
      orders: z
        .array(
          z.looseObject({
            asset: z.string().meta({description: "conId"}),
            quantity: z.number(),
            rules: z.array(z.object({rule: z.string(), passed: z.boolean(), reason: z.string()})).readonly()
          })
        )
        .readonly()
    })
    .meta({description: "every position with what each rule of the plan says of it"}),
  orders: z
    .array(z.object({label: z.string(), ask: z.looseObject({id: z.string()}), decision: DecisionSchema}))
    .readonly()
    .meta({description: "those that would be sent, with what the risk gate says of each now"}),
  notes: z.array(z.string()).readonly()
});

const Sent = z.object({
  orders: z.array(OrderSchema).readonly(),
  stopped: z.string().nullable().meta({description: "why the purchases stayed, where they did"})
});

/** The plans of each desk that were shown. */
const shown = new WeakMap<Trading, Map<string, RebalancingPlan>>();

export const rebalance = endpoint({
  method: "post",
  path: "/api/rebalance",
  tag: "trading",
  role: "trade",
  summary: "Plan what brings an account to its targets, or send a plan",
  description:
    "Targets give a plan: every position with what each rule says, the orders with the risk gate's decision; nothing is " +
    'sent. `{"send": id}` then sends exactly that plan, within five minutes and never twice: sales first, purchases ' +
    "when all sales are filled.",
  body: Body,
  problems: [404, 409, 415, 422],
  reply: {
    description: "the plan, or what became of it",
    schema: z.object({plan: Plan.nullable(), sent: Sent.nullable()})
  },
  async handle({body, caller, desk}) {
    const rebalancer = rebalancerOf(desk);
    const plans = shown.get(desk.services.trading) ?? new Map<string, RebalancingPlan>();
    shown.set(desk.services.trading, plans);
    if ("send" in body) {
      const plan = plans.get(body.send);
      if (!plan) throw new Problem(404, "no-such-plan", "there is no such plan: plan anew, then send its id");
      if (desk.now().getTime() - plan.at > OLD_MS)
        throw new Problem(409, "old-plan", "the plan is older than five minutes: plan anew");
      return {plan: null, sent: await rebalancer.send(plan, caller)};
    }
    const plan = await rebalancer.plan(body);
    plans.set(plan.id, plan);
    if (plans.size > MOST_PLANS) plans.delete(plans.keys().next().value!); // there are more than twenty
    return {
      plan: {...plan, plan: {...plan.plan, orders: plan.plan.orders.map((each) => ({...each}))}},
      sent: null
    };
  }
});

function rebalancerOf({services, now}: Desk): Rebalancer {
  return createRebalancer(services.trading, {
    now: () => now().getTime(),
    wait: (ms, signal) => sleep(ms, undefined, {signal})
  });
}
