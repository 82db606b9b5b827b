import {z} from "zod";
import {Day} from "./common.js";
import {endpoint, Ready} from "./endpoint.js";

export const Covered = z
  .object({account: z.string(), from: Day, to: Day, base: z.string().nullable()})
  .meta({id: "Covered", description: "days that statements cover, and the base currency they say"});

export const Accounts = z
  .object({
    version: z.int().meta({description: "counts the ledger's changes"}),
    accounts: z
      .array(Covered)
      .meta({description: "each account once, with the base currency of its last day"}),
    coverage: z.array(Covered).meta({description: "each stretch of days without a gap"})
  })
  .meta({id: "Accounts"});

export const accounts = endpoint({
  method: "get",
  path: "/api/accounts",
  tag: "ledger",
  summary: "The accounts, and the days that their statements cover",
  reply: {description: "accounts and coverage", schema: Accounts},
  handle: async ({desk}) => new Ready(await desk.services.figures.view("accounts", {}))
});
