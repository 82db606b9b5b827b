import {z} from "zod";
import {endpoint} from "./endpoint.js";
import {CheckSchema, EntrySchema} from "./trading-schemas.js";

export const journal = endpoint({
  method: "get",
  path: "/api/journal",
  tag: "trading",
  role: "read",
  summary: "Lines of the order journal, in the order in which they were written",
  query: z.strictObject({
    after: z.coerce
      .number()
      .int()
      .min(0)
      .prefault(0)
      .meta({description: "number of the last line that is known"}),
    limit: z.coerce.number().int().min(1).max(1000).prefault(200)
  }),
  reply: {description: "the lines after it", schema: z.object({entries: z.array(EntrySchema)})},
  handle: ({query, desk}) => ({
    entries: desk.services.trading.journal(query)
  })
});

export const verifyJournal = endpoint({
  method: "get",
  path: "/api/journal/verify",
  tag: "trading",
  role: "read",
  summary: "Whether every line of the journal is as it was written",
  query: z.strictObject({
    head: z
      .string()
      .regex(/^[0-9a-f]{64}$/, "a head is 64 hex digits")
      .exactOptional()
      .meta({description: "hash that an earlier check ended with: a journal cut short is found too"})
  }),
  reply: {description: "how many lines hold, and the first that does not", schema: CheckSchema},
  handle: ({query: {head}, desk}) => desk.services.trading.verify(head)
});
