import {z} from "zod";
import {OrderAsk} from "../../lib/orders/desk.js";
import type {Trading} from "../execution/trading.js";
import {Problem} from "../problem.js";
import {ContractNamed, theContract} from "./contracts.js";
import {endpoint} from "./endpoint.js";
import {DecisionSchema, FillSchema, OrderPath, OrderSchema, PreviewSchema} from "./trading-schemas.js";

const MOST = 1000;

const limit = z.coerce.number().int().min(1).max(MOST).prefault(200);

/** An order as it is asked for; in place of `conId`, `contract` may say what is known of it. */
const OrderBody = OrderAsk.partial({conId: true}).extend({
  conId: OrderAsk.shape.conId.exactOptional(),
  contract: ContractNamed.exactOptional().meta({
    description: "in place of conId: refused with the choices when several fit"
  })
});

/** Returns what is asked for, by number. @throws Problem 400, 409, 422 where the contract is not named, or not one */
async function readAsk(trading: Trading, body: z.infer<typeof OrderBody>): Promise<OrderAsk> {
  const {contract, conId, ...rest} = body;
  if (conId !== undefined && contract === undefined) return {...rest, conId};
  if (conId !== undefined || contract === undefined)
    throw new Problem(400, "invalid-input", "name the contract by conId or by contract, one of them");
  const facts = await theContract(trading, contract);
  return {...rest, conId: facts.contract.conId};
}

export const orders = endpoint({
  method: "get",
  path: "/api/orders",
  tag: "trading",
  role: "read",
  summary: "Orders, the latest first",
  query: z.strictObject({state: z.enum(["working", "all"]).prefault("all"), limit}),
  reply: {description: "those asked for", schema: z.object({orders: z.array(OrderSchema)})},
  handle: ({query, desk}) => ({orders: desk.services.trading.orders(query)})
});

const Submitted = z.object({
  order: OrderSchema,
  decision: DecisionSchema.meta({description: "of the risk gate; the order is `rejected` when it refused"}),
  children: z.array(OrderSchema).meta({description: "take profit and stop loss of a bracket"})
});

export const submit = endpoint({
  method: "post",
  path: "/api/orders",
  tag: "trading",
  role: "trade",
  summary: "Send an order",
  description:
    "The asker makes the id. The same id again is the same order, answered as it stands, and never a second one; " +
    "the same id for something else is 409. An order that the risk gate refuses is written down as `rejected`.",
  body: OrderBody,
  problems: [409, 415, 422],
  reply: {description: "the order as it stands", schema: Submitted},
  async handle({body, caller, desk}) {
    const {trading} = desk.services;
    return trading.submit(await readAsk(trading, body), caller);
  }
});

export const preview = endpoint({
  method: "post",
  path: "/api/orders/preview",
  tag: "trading",
  role: "trade",
  summary: "The account after an order, without sending it",
  body: OrderBody,
  problems: [409, 415, 422],
  reply: {description: "what it would do, and what each rule of the risk gate says", schema: PreviewSchema},
  async handle({body, desk}) {
    const {trading} = desk.services;
    return trading.preview(await readAsk(trading, body));
  }
});

export const order = endpoint({
  method: "get",
  path: "/api/orders/{id}",
  tag: "trading",
  role: "read",
  summary: "An order with its fills",
  params: OrderPath,
  problems: [404],
  reply: {
    description: "the order as it stands",
    schema: z.object({order: OrderSchema, fills: z.array(FillSchema)})
  },
  handle({path: {id}, desk}) {
    const {trading} = desk.services;
    const found = trading.order(id);
    if (!found) throw new Problem(404, "no-such-order", `there is no order ${id}: /api/orders lists them`);
    return {order: found, fills: trading.fills({limit: MOST, order: id})};
  }
});

export const cancelOrder = endpoint({
  method: "delete",
  path: "/api/orders/{id}",
  tag: "trading",
  role: "trade",
  summary: "Cancel an order",
  description: "It may still fill until its status is `cancelled`.",
  params: OrderPath,
  problems: [404, 409],
  reply: {description: "the order as it stands", schema: z.object({order: OrderSchema})},
  handle: async ({path: {id}, caller, desk}) => ({order: await desk.services.trading.cancel(id, caller)})
});

export const settleOrder = endpoint({
  method: "post",
  path: "/api/orders/{id}/settle",
  tag: "trading",
  role: "trade",
  summary: "Say what became of an order that no list of the broker's tells of",
  params: OrderPath,
  body: z.strictObject({as: z.enum(["cancelled", "rejected", "not-sent"])}),
  problems: [404, 409, 415],
  reply: {description: "the order as it stands", schema: z.object({order: OrderSchema})},
  handle: ({path: {id}, body, caller, desk}) => ({
    order: desk.services.trading.settle(id, body.as, caller)
  })
});

export const fills = endpoint({
  method: "get",
  path: "/api/fills",
  tag: "trading",
  role: "read",
  summary: "Fills, the latest first, each once, with its corrections counted in",
  query: z.strictObject({limit, order: z.uuid().exactOptional()}),
  reply: {description: "those asked for", schema: z.object({fills: z.array(FillSchema)})},
  handle: ({query, desk}) => ({fills: desk.services.trading.fills(query)})
});
