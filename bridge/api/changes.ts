import {z} from "zod";
import type {ChangeSummary} from "../../lib/ledger/views.js";
import {Accounts, Day, Time} from "./common.js";
import {endpoint, Ready} from "./endpoint.js";

export const Change = z
  .object({
    kind: z.enum(["changed", "gone", "contradiction"]),
    account: z.string(),
    element: z.string(),
    key: z.string(),
    day: z.string().meta({description: "ISO day; empty for a row of none"}),
    seen: Time.meta({description: "when the import that brought it ran"}),
    differences: z
      .array(z.tuple([z.string(), z.string().nullable(), z.string().nullable()]).readonly())
      .readonly()
      .meta({description: "attributes that differ: name, before, now"}),
    oldFile: z.string().meta({description: "SHA-256 of the file whose row does not count"}),
    nowFile: z.string().nullable().meta({description: "of the one whose row does; null when gone"})
  })
  .meta({
    id: "Change",
    description: "a row that IBKR says otherwise than before"
  }) satisfies z.ZodType<ChangeSummary>;

export const changes = endpoint({
  method: "get",
  path: "/api/changes",
  tag: "ledger",
  summary: "What IBKR changed, took back or contradicts",
  query: z.strictObject({
    accounts: Accounts.exactOptional(),
    since: z
      .union([Day, z.iso.datetime()])
      .exactOptional()
      .meta({description: "only what was seen at that time or later"})
  }),
  reply: {
    description: "changes, the latest seen first",
    schema: z.object({changes: z.array(Change)}).meta({id: "Changes"})
  },
  handle: async ({query, desk}) => new Ready(await desk.services.figures.view("changes", query))
});
