import {z} from "zod";
import type {SummaryView} from "../../lib/ledger/views.js";
import {Day, Decimal, FigureSchema, MoneySchema, ScopeSchema} from "./common.js";
import {view} from "./view.js";

const Need = z
  .object({
    kind: z.enum(["expiry", "short-call", "ex-dividend", "data"]),
    day: Day,
    daysLeft: z.int(),
    account: z.string().nullable(),
    symbol: z.string().nullable(),
    title: z.string(),
    detail: z.string(),
    severity: z.enum(["info", "warning", "error"])
  })
  .meta({id: "Need", description: "something that asks for attention in the next seven days"});

const ChangePart = z.object({
  part: z.enum(["price", "fx", "income", "cost", "flows", "other", "residual"]),
  amount: MoneySchema,
  lines: z.array(z.object({name: z.string(), amount: Decimal}))
});

export const Summary = z
  .object({
    scope: ScopeSchema,
    nav: MoneySchema,
    day: z.object({from: Day.nullable(), amount: MoneySchema, return: FigureSchema}),
    range: z.object({gain: MoneySchema, flows: MoneySchema, return: FigureSchema}),
    change: z.object({
      from: Day.nullable(),
      to: Day.nullable(),
      start: MoneySchema,
      end: MoneySchema,
      total: MoneySchema,
      parts: z.array(ChangePart),
      source: z.string()
    }),
    cash: z.array(z.object({currency: z.string(), amount: Decimal, base: MoneySchema, asOf: Day})),
    leverage: z.object({
      gross: MoneySchema,
      long: MoneySchema,
      short: MoneySchema,
      cash: MoneySchema,
      leverage: FigureSchema,
      net: FigureSchema
    }),
    allocation: z.array(
      z.object({
        by: z.enum(["class", "currency", "sector"]),
        items: z.array(z.object({name: z.string(), value: Decimal, weight: z.number().nullable()}))
      })
    ),
    needs: z.array(Need),
    health: z.object({errors: z.int(), warnings: z.int()})
  })
  .meta({id: "Summary"}) satisfies z.ZodType<SummaryView>;

export const summary = view("summary", {
  path: "/api/account/summary",
  tag: "account",
  summary: "What the accounts are worth, what changed, and what needs attention",
  schema: Summary
});
