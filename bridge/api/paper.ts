import {z} from "zod";
import {endpoint} from "./endpoint.js";
import {Standing} from "./risk.js";

export const resetPaper = endpoint({
  method: "post",
  path: "/api/paper/reset",
  tag: "trading",
  role: "trade",
  summary: "Begin the paper account anew, with its first cash alone",
  description:
    "Refused while orders of it work, and where orders do not go to paper. Orders, fills and journal keep what was before.",
  body: z.strictObject({
    typed: z.string().trim().max(40).meta({description: "the paper account's id, typed"})
  }),
  problems: [409, 415],
  reply: {description: "how trading stands", schema: Standing},
  handle({body: {typed}, caller, desk}) {
    const {trading} = desk.services;
    trading.resetPaper(typed, caller);
    return {status: trading.status()};
  }
});
