import {z} from "zod";
import type {Coverage} from "../../lib/ledger/tables.js";
import type {ViewContext} from "../../lib/ledger/views.js";
import {Covered} from "./accounts.js";
import {Change} from "./changes.js";
import {endpoint, Ready} from "./endpoint.js";
import {File} from "./imports.js";
import {Tags} from "./tags.js";

const Benchmark = z.object({
  name: z.string(),
  kind: z.enum(["price return", "total return"]),
  currency: z.string(),
  closes: z.array(z.tuple([z.string(), z.number()]))
});

export const Context = z
  .object({
    now: z.string(),
    mode: z.enum(["demo", "real"]),
    benchmark: Benchmark.nullable(),
    benchmarks: z.array(Benchmark).exactOptional(),
    benchmarkChoice: z.string().exactOptional().meta({description: "name or blend that the person chose"}),
    riskFree: z
      .object({name: z.string(), yields: z.array(z.tuple([z.string(), z.number()]))})
      .nullable()
      .exactOptional(),
    sectors: z.record(z.string(), z.string()),
    changes: z.array(Change),
    files: z.array(File),
    coverage: z.array(Covered),
    failures: z.array(z.string()),
    tags: Tags.exactOptional()
  })
  .meta({id: "Context"}) satisfies z.ZodType<ViewContext & {coverage: Coverage[]}>;

/** What figures need beside the ledger's rows; a page computes them itself. */
export const context = endpoint({
  method: "get",
  path: "/api/ledger/context",
  tag: "ledger",
  summary: "What figures need beside the ledger's rows",
  reply: {
    description: "now, mode, benchmark, sectors, changes, files, failures, coverage",
    schema: Context
  },
  handle: async ({desk}) => new Ready(await desk.services.figures.view("context", {}))
});
