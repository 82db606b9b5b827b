import {z} from "zod";
import type {OrderContract} from "../order.js";
import type {PaperAccount} from "./account.js";
import type {WorkingOrder} from "./working.js";

const number = z.number().finite();
/** What is kept whole, once what the account is reckoned with is there. */
const having = <T>(schema: z.ZodType) => z.custom<T>((value) => schema.safeParse(value).success);
const Contract = z.object({conId: z.int(), secType: z.string(), currency: z.string(), multiplier: number});
const Order = z.object({
  orderId: z.int(),
  units: number,
  filled: number,
  intent: z.object({contract: Contract})
});

/** An account as JSON keeps it: what was quoted last is not in it. */
const SavedAccount = z.object({
  id: z.string().min(1),
  base: z.string().length(3),
  cash: z.record(z.string(), number),
  positions: z.array(
    z.object({
      contract: having<OrderContract>(Contract),
      units: number,
      price: number,
      mark: number,
      /** Left out as it was before futures had a margin: then the whole value was paid. */
      settled: number.prefault(0)
    })
  ),
  orders: z.array(having<WorkingOrder>(Order)),
  realized: number,
  day: z.object({number: z.int(), value: number.nullable()}).nullable()
});
export type SavedAccount = z.infer<typeof SavedAccount>;

/** Returns an account as it is written down. */
export function savedOf({id, base, cash, positions, orders, realized, day}: PaperAccount): SavedAccount {
  return {id, base, cash: {...cash}, positions: [...positions.values()], orders: [...orders], realized, day};
}

/** Returns the account that was written down. @throws z.ZodError if it is none */
export function accountOf(saved: unknown): PaperAccount {
  const {positions, ...account} = SavedAccount.parse(saved);
  return {
    ...account,
    positions: new Map(positions.map((position) => [position.contract.conId, position])),
    seen: new Map()
  };
}
