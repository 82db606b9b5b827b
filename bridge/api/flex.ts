import {z} from "zod";
import type {FlexStatus} from "../services.js";
import {Day, Time} from "./common.js";
import {endpoint} from "./endpoint.js";
import {QueryGaps} from "./imports.js";
import {Job} from "./jobs.js";

const Query = z.object({
  id: z.string(),
  name: z.string().nullable().meta({description: "as the last answer said it; null before the first"}),
  lastPull: z
    .object({at: Time, ok: z.boolean(), message: z.string(), code: z.string().nullable()})
    .nullable(),
  to: Day.nullable().meta({description: "last day of the last statement"}),
  missing: QueryGaps
});

const Status = z
  .object({
    configured: z.boolean().meta({description: "whether there are a token and query ids"}),
    message: z.string().meta({description: "how it stands and what to do"}),
    queries: z.array(Query),
    nextPull: Time.nullable(),
    running: z.string().nullable().meta({description: "id of the job that fetches now"}),
    history: z
      .array(z.object({account: z.string(), year: z.int(), from: Day, to: Day, sentence: z.string()}))
      .meta({description: "files to download by hand, beyond the 365 days that a query reaches"})
  })
  .meta({id: "FlexStatus"}) satisfies z.ZodType<FlexStatus>;

export const flexStatus = endpoint({
  method: "get",
  path: "/api/flex-query/status",
  tag: "flex",
  summary: "How the Flex queries are set up, what is missing from them, and when they are fetched next",
  reply: {description: "the queries", schema: Status},
  handle: ({desk}) => desk.services.flex.status()
});

export const fetchData = endpoint({
  method: "post",
  path: "/api/fetch-data",
  tag: "flex",
  summary: "Fetch what is new from IBKR",
  description:
    "Starts the daily pull now: the last 45 days of each query. Answers at once; the job tells how it goes.",
  body: z.strictObject({source: z.literal("flex").default("flex")}),
  problems: [409, 415],
  reply: {status: 202, description: "the job that fetches", schema: Job},
  handle: ({desk}) => desk.services.flex.fetch("new")
});

export const fetchAllReports = endpoint({
  method: "post",
  path: "/api/flex-query/fetch-all-reports",
  tag: "flex",
  summary: "Fetch all that each Flex query gives",
  description: "The whole period of each query, up to 365 days. Answers at once; the job tells how it goes.",
  problems: [409],
  reply: {status: 202, description: "the job that fetches", schema: Job},
  handle: ({desk}) => desk.services.flex.fetch("all")
});
