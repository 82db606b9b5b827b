import {z} from "zod";
import {GROUPINGS, type AttributionView} from "../../lib/ledger/attribution/attribution-view.js";
import {Day, FigureSchema, MoneySchema, ScopeSchema, viewQuery} from "./common.js";
import {RISK} from "./performance.js";
import {view} from "./view.js";

const Column = z.array(z.number().nullable());

const line = {
  gain: MoneySchema,
  price: MoneySchema,
  income: MoneySchema,
  currency: MoneySchema,
  fee: MoneySchema,
  tax: MoneySchema
};

export const Attribution = z
  .object({
    scope: ScopeSchema,
    by: z.enum(GROUPINGS),
    linking: z.enum(["carino", "frongello"]),
    rows: z.array(
      z.object({
        ...line,
        key: z.string(),
        label: z.string(),
        description: z.string(),
        kind: z.enum(["holdings", "cash", "unexplained"]),
        start: MoneySchema,
        end: MoneySchema,
        inflow: MoneySchema,
        outflow: MoneySchema,
        contribution: FigureSchema,
        return: FigureSchema
      })
    ),
    total: z.object({...line, contribution: FigureSchema}),
    marks: z.array(z.object({source: z.string(), days: z.int()})),
    reason: z.string().nullable().meta({description: "why there are no rows"}),
    daily: z
      .object({
        key: z.string(),
        days: z.array(Day),
        value: Column,
        inflow: Column,
        outflow: Column,
        gain: Column,
        return: Column,
        source: z.array(z.string().nullable())
      })
      .nullable(),
    constants: z.array(z.string()),
    problems: z.array(z.string())
  })
  .meta({
    id: "Attribution",
    description: "gain by group in parts that sum exactly, and its share of the return"
  }) satisfies z.ZodType<AttributionView>;

export const attribution = view("attribution", {
  path: "/api/attribution",
  tag: "performance",
  summary: "What each position, class, currency, sector or account gained, and by what",
  schema: Attribution,
  query: viewQuery({
    by: z
      .enum(GROUPINGS)
      .exactOptional()
      .meta({description: "what holdings are grouped by; position when absent"}),
    profile: RISK.profile,
    key: z.string().max(200).exactOptional().meta({description: "key of a row whose days are wanted"})
  })
});
