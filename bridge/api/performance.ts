import {z} from "zod";
import type {BenchmarkView, PerformanceView} from "../../lib/ledger/views.js";
import {PROFILES} from "../../lib/ledger/risk-profile.js";
import {ROLLING, WINDOWS, type RollingView} from "../../lib/ledger/rolling-view.js";
import {AccountId, Day, FigureSchema, ScopeSchema, viewQuery} from "./common.js";
import {view} from "./view.js";

const Column = z.array(z.number().nullable());

/** What views of returns and risk are asked for, beside the days. */
export const RISK = {
  profile: z
    .enum(PROFILES)
    .exactOptional()
    .meta({description: "conventions, fixed and named: default, or those of IBKR's PortfolioAnalyst"}),
  benchmark: z.string().max(200).exactOptional().meta({
    description: "name of a benchmark, or a blend of them",
    example: "60% World / 40% Bonds, rebalanced monthly"
  })
};

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
    profile: z.enum(PROFILES),
    convention: z.enum(["start-end", "ibkr"]),
    timeWeighted: z.object({return: FigureSchema, annualized: FigureSchema, ibkr: FigureSchema}),
    moneyWeighted: z.object({xirr: FigureSchema, period: FigureSchema, modifiedDietz: FigureSchema}),
    simple: FigureSchema,
    growth: z.object({
      days: z.array(Day),
      portfolio: Column,
      benchmark: Column,
      others: z.array(z.object({name: z.string(), kind: z.string(), values: Column}))
    }),
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
    benchmarks: z.array(z.string()).meta({description: "names of the benchmarks that may be asked for"}),
    reported: z
      .array(
        z.object({
          account: AccountId,
          from: Day,
          to: Day,
          measure: z.string(),
          currency: z.string().nullable(),
          ours: FigureSchema,
          theirs: z.number(),
          difference: FigureSchema
        })
      )
      .meta({description: "what PortfolioAnalyst reports, and ours by its conventions"}),
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
  schema: Performance,
  query: viewQuery(RISK)
});

export const benchmark = view("benchmark", {
  path: "/api/benchmark",
  tag: "performance",
  summary: "The portfolio beside its benchmark on the same days",
  schema: Benchmark,
  query: viewQuery(RISK)
});

export const Rolling = z
  .object({
    scope: ScopeSchema,
    measure: z.enum(ROLLING),
    window: z.literal(WINDOWS),
    days: z.array(Day),
    portfolio: Column,
    benchmark: z.string().nullable(),
    theirs: Column,
    reason: z.string().nullable(),
    constants: z.array(z.string())
  })
  .meta({id: "Rolling"}) satisfies z.ZodType<RollingView>;

export const rolling = view("rolling", {
  path: "/api/performance/rolling",
  tag: "performance",
  summary: "Volatility, Sharpe ratio, beta or correlation of the days up to each day",
  schema: Rolling,
  query: viewQuery({
    ...RISK,
    measure: z.enum(ROLLING).exactOptional().meta({description: "volatility when absent"}),
    window: z
      .enum(WINDOWS.map(String))
      .transform(Number)
      .pipe(z.literal(WINDOWS))
      .exactOptional()
      .meta({description: "returns in a window; 63 when absent"})
  })
});
