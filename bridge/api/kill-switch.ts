import {z} from "zod";
import {KillAsk} from "../../lib/orders/desk.js";
import {AccountId} from "./common.js";
import {endpoint} from "./endpoint.js";
import {Standing} from "./risk.js";
import {CancelSchema} from "./trading-schemas.js";

export const killSwitch = endpoint({
  method: "post",
  path: "/api/kill-switch",
  tag: "trading",
  role: "trade",
  summary: "Throw the kill switch, or let go of it",
  description:
    "Thrown, no order goes out from that moment, over restarts too, and working orders that could open or increase a " +
    "position are cancelled one by one; what only reduces one stays unless `cancel` says `all-ours`. Nothing is sold.",
  body: KillAsk,
  problems: [415],
  reply: {
    description:
      "what became of each working order; the end of a cancel that was sent comes as its order's status",
    schema: Standing.extend({results: z.array(CancelSchema)})
  },
  async handle({body, caller, desk}) {
    const {trading} = desk.services;
    const results = await trading.killSwitch(body, caller);
    return {results, status: trading.status()};
  }
});

export const killEverything = endpoint({
  method: "post",
  path: "/api/kill-switch/everything",
  tag: "trading",
  role: "trade",
  summary: "Cancel every order in the account, those of other programs and of TWS too",
  body: z.strictObject({
    account: AccountId,
    typed: z.string().trim().max(40).meta({description: "the account's id once more, typed"})
  }),
  problems: [409, 415],
  reply: {description: "the broker was told to", schema: Standing},
  async handle({body: {account, typed}, caller, desk}) {
    const {trading} = desk.services;
    await trading.cancelEverything(account, typed, caller);
    return {status: trading.status()};
  }
});
