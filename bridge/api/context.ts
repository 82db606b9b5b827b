import {z} from "zod";
import type {Coverage} from "../../lib/ledger/tables.js";
import type {ViewContext} from "../../lib/ledger/views.js";
import {Covered} from "./accounts.js";
import {Change} from "./changes.js";
import {endpoint, Ready} from "./endpoint.js";
import {File} from "./imports.js";
import {Tags} from "./tags.js";

const Values = z.array(z.tuple([z.string(), z.number()]));
const Closes = z.array(
  z.object({symbol: z.string(), currency: z.string(), source: z.string(), closes: Values})
);
const Fixings = z.array(z.object({base: z.string(), quote: z.string(), source: z.string(), rates: Values}));

const Benchmark = z.object({
  name: z.string(),
  kind: z.enum(["price return", "total return"]),
  currency: z.string(),
  closes: Values
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
    tags: Tags.exactOptional(),
    lake: z
      .object({
        marks: Closes,
        rates: Fixings,
        benchmarks: z.array(Benchmark),
        names: z.array(z.string()),
        holdings: z
          .object({
            assets: z.array(
              z.object({
                symbol: z.string(),
                currency: z.string(),
                source: z.string(),
                kind: z.enum(["total return", "price return"]),
                closes: Values
              })
            ),
            closes: Closes,
            rates: Fixings,
            fills: z
              .array(
                z.object({
                  symbol: z.string(),
                  currency: z.string(),
                  source: z.string(),
                  days: z.array(
                    z.tuple([z.string(), z.number().nullable(), z.number().nullable(), z.number().nullable()])
                  )
                })
              )
              .exactOptional()
              .meta({description: "bars of the days with trades: day, open, close, mean price"})
          })
          .exactOptional()
          .meta({
            description: "the past of what is held and the bars of what was traded, where it was asked for"
          })
      })
      .exactOptional()
      .meta({
        description: "closes, fixings and benchmarks of the data lake, used where statements are silent"
      })
  })
  .meta({id: "Context"}) satisfies z.ZodType<ViewContext & {coverage: Coverage[]}>;

/** What figures need beside the ledger's rows; a page computes them itself. */
export const context = endpoint({
  method: "get",
  path: "/api/ledger/context",
  tag: "ledger",
  summary: "What figures need beside the ledger's rows",
  query: z.strictObject({
    benchmark: z.string().max(200).exactOptional().meta({
      description: "name or blend: what the data lake has of it is in `lake.benchmarks`",
      example: "SPY (Yahoo Finance)"
    }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "a currency is three capital letters")
      .exactOptional()
      .meta({description: "a currency beside the ledger's own: the lake's rates of it are in `lake.rates`"}),
    holdings: z
      .stringbool()
      .exactOptional()
      .meta({description: "whether `lake.holdings`, the past of what is held, is wanted", example: "true"})
  }),
  reply: {
    description: "now, mode, benchmark, sectors, changes, files, failures, coverage",
    schema: Context
  },
  handle: async ({desk, query}) => new Ready(await desk.services.figures.view("context", query))
});
