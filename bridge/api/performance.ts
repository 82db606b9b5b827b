import {z} from "zod";
import type {BenchmarkView, PerformanceView} from "../../lib/ledger/views.js";
import {Day, FigureSchema, ScopeSchema} from "./common.js";
import {view} from "./view.js";

const Column = z.array(z.number().nullable());

const Measure = z
  .object({
    id: z.string(),
    label: z.string(),
    unit: z.enum(["fraction", "ratio", "days"]),
    portfolio: FigureSchema,
    benchmark: FigureSchema,
    difference: FigureSchema,
    definition: z.string()
  })
  .meta({id: "Measure", description: "one measure, the portfolio's beside the benchmark's on the same days"});

export const Performance = z
  .object({
    scope: ScopeSchema,
    convention: z.enum(["start-end", "ibkr"]),
    timeWeighted: z.object({return: FigureSchema, annualized: FigureSchema, ibkr: FigureSchema}),
    moneyWeighted: z.object({xirr: FigureSchema, period: FigureSchema, modifiedDietz: FigureSchema}),
    simple: FigureSchema,
    growth: z.object({days: z.array(Day), portfolio: Column, benchmark: Column}),
    drawdown: z.object({days: z.array(Day), depth: Column}),
    drawdowns: z.array(
      z.object({depth: z.number(), peak: Day, trough: Day, recovered: Day.nullable(), days: z.int()})
    ),
    months: z.array(z.object({year: z.int(), month: z.int(), return: FigureSchema})),
    years: z.array(z.object({year: z.int(), return: FigureSchema, partial: z.boolean()})),
    measures: z.array(Measure),
    constants: z.array(z.string()).meta({description: "each constant used, as a sentence"}),
    benchmark: z
      .object({name: z.string(), kind: z.string(), currency: z.string(), from: Day, to: Day})
      .nullable(),
    benchmarkReason: z.string().nullable(),
    warnings: z.array(z.string())
  })
  .meta({id: "Performance"}) satisfies z.ZodType<PerformanceView>;

export const Benchmark = z
  .object({
    scope: ScopeSchema,
    name: z.string().nullable(),
    kind: z.string().nullable(),
    reason: z.string().nullable().meta({description: "why there is no benchmark"}),
    days: z.array(Day),
    portfolio: Column,
    benchmark: Column,
    measures: z.array(Measure)
  })
  .meta({id: "Benchmark"}) satisfies z.ZodType<BenchmarkView>;

export const performance = view("performance", {
  path: "/api/performance",
  tag: "performance",
  summary: "Returns, drawdowns and risk, with the constants they were computed with",
  schema: Performance
});

export const benchmark = view("benchmark", {
  path: "/api/benchmark",
  tag: "performance",
  summary: "The portfolio beside its benchmark on the same days",
  schema: Benchmark
});
