import {z} from "zod";
import {FREQUENCIES, isDatasetName, KINDS} from "../../lib/lake/dataset.js";
import type {PullAsk, PullProgress, ToldPull, VendorFacts} from "../../lib/lake/pull.js";
import {Problem} from "../problem.js";
import {Day, Time} from "./common.js";
import {endpoint} from "./endpoint.js";
import {Job} from "./jobs.js";

const MOST_SYMBOLS = 2000;

const name = (what: string) =>
  z.string().refine(isDatasetName, `${what} has lower-case letters, digits and hyphens, at most 64`);

const ask = {
  vendor: name("a vendor").meta({example: "yahoo"}),
  kind: z.enum(KINDS).exactOptional().meta({description: "the vendor's usual one when absent"}),
  universe: name("a universe")
    .exactOptional()
    .meta({description: "the dataset that the symbols are kept in; the vendor's usual one when absent"}),
  frequency: z.enum(FREQUENCIES).exactOptional().meta({description: "1d, else the vendor's usual one"}),
  symbols: z
    .array(
      z
        .string()
        .trim()
        .min(1)
        .max(64)
        .regex(/^[^\p{C}\p{Z}]+$/u, "a symbol has no blanks")
    )
    .min(1, "name a symbol at least")
    .max(MOST_SYMBOLS, `at most ${MOST_SYMBOLS} symbols a pull`)
    .transform((symbols) => [...new Set(symbols)])
    .meta({description: "as the vendor writes them", example: ["AAPL", "^GSPC"]}),
  from: Day.exactOptional().meta({description: "what follows the days that are there when absent"}),
  to: Day.exactOptional().meta({description: "today when absent"})
};

const Ask = z.object({...ask, symbols: z.array(z.string()).readonly()});

const Failure = z.object({vendor: z.string(), symbol: z.string(), code: z.string(), message: z.string()});

export const Pull = z
  .object({
    id: z.string(),
    what: z.enum(["symbols", "markets", "update-all", "csv"]),
    title: z.string(),
    asks: z.array(Ask).readonly(),
    startedAt: Time,
    endedAt: Time.nullable(),
    state: z
      .enum(["running", "done", "failed", "cancelled", "interrupted"])
      .meta({description: "interrupted: its process ended first; the same pull again goes on with the rest"}),
    message: z.string(),
    symbols: z.object({done: z.int(), total: z.int()}),
    rows: z.object({new: z.int(), changed: z.int(), quarantined: z.int()}),
    bytes: z.int(),
    failures: z.array(Failure).readonly()
  })
  .meta({id: "PullRecord"}) satisfies z.ZodType<ToldPull>;

const Progress = z
  .object({
    symbol: z.string(),
    done: z.int(),
    total: z.int(),
    rows: z.int(),
    bytes: z.int(),
    etaSeconds: z.number().nullable()
  })
  .meta({id: "PullProgress"}) satisfies z.ZodType<PullProgress>;

const Vendor = z
  .object({
    id: z.string(),
    name: z.string(),
    offers: z.array(z.object({kind: z.enum(KINDS), frequencies: z.array(z.enum(FREQUENCIES)).readonly()})),
    universe: z.string(),
    key: z.object({setting: z.string(), given: z.boolean()}).nullable(),
    csv: z.boolean().meta({description: "whether files downloaded at its site can be imported"}),
    note: z.string()
  })
  .meta({id: "Vendor"}) satisfies z.ZodType<VendorFacts>;

export const pull = endpoint({
  method: "post",
  path: "/api/data/pull",
  tag: "data",
  summary: "Pull rows of symbols from a vendor into the lake",
  description:
    "Asks only for what is new plus the days that the vendor may have changed. Answers at once; " +
    '`/api/data/pull-status/{job_id}` tells how it goes. `{"vendor": "markets"}` pulls all that Markets reads.',
  body: z.union([
    z
      .strictObject(ask)
      .refine(({from, to}) => from === undefined || to === undefined || from <= to, "from is after to"),
    z.strictObject({vendor: z.literal("markets")})
  ]) satisfies z.ZodType<PullAsk | {vendor: "markets"}>,
  problems: [409, 415],
  reply: {status: 202, description: "the job that pulls", schema: Job},
  handle: ({body, desk: {services}}) =>
    "symbols" in body ? services.lake.pull(body) : services.lake.pullMarkets()
});

export const pullStatus = endpoint({
  method: "get",
  path: "/api/data/pull-status/{job_id}",
  tag: "data",
  summary: "How far a pull is, or what came of it",
  params: z.strictObject({job_id: z.uuid()}),
  problems: [404],
  reply: {
    description: "the pull",
    schema: Pull.extend({progress: Progress.nullable()}).meta({id: "PullStatus"})
  },
  async handle({path: {job_id: id}, desk}) {
    const status = await desk.services.lake.pullStatus(id);
    if (!status) throw new Problem(404, "no-such-pull", `there is no pull ${id}: /api/data/pulls lists them`);
    return {...status.record, progress: status.progress};
  }
});

export const updateAll = endpoint({
  method: "post",
  path: "/api/data/update-all",
  tag: "data",
  summary: "Pull what is new in every tracked dataset",
  description: "Answers at once; `/api/data/pull-status/{job_id}` tells how it goes.",
  problems: [409],
  reply: {status: 202, description: "the job that pulls", schema: Job},
  handle: ({desk}) => desk.services.lake.updateAll()
});

export const pulls = endpoint({
  method: "get",
  path: "/api/data/pulls",
  tag: "data",
  summary: "The pulls so far",
  reply: {
    description: "the latest first",
    schema: z.object({pulls: z.array(Pull)}).meta({id: "Pulls"})
  },
  handle: async ({desk}) => ({pulls: await desk.services.lake.pulls()})
});

export const vendors = endpoint({
  method: "get",
  path: "/api/data/vendors",
  tag: "data",
  summary: "The vendors that rows can be pulled from, what each offers, and whether its key is set",
  reply: {
    description: "a vendor each",
    schema: z.object({vendors: z.array(Vendor)}).meta({id: "Vendors"})
  },
  handle: ({desk}) => ({vendors: desk.services.lake.vendors()})
});
