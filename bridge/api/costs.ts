import {z} from "zod";
import {COST_KINDS} from "../../lib/ledger/costs/cost-rows.js";
import type {CostsView} from "../../lib/ledger/costs/costs.js";
import {TABLES, type TableName} from "../../lib/ledger/tables.js";
import {Day, Decimal, FigureSchema, MoneySchema, ScopeSchema} from "./common.js";
import {view} from "./view.js";

const Kind = z.enum(COST_KINDS);

const Group = z
  .object({
    name: z.string().meta({description: "empty for what belongs to the whole account"}),
    amount: MoneySchema,
    bps: FigureSchema.meta({description: "basis points of the average net asset value, not per year"}),
    count: z.int()
  })
  .meta({id: "CostGroup"});

const Row = z
  .object({
    id: z.string().meta({description: "the ledger row"}),
    table: z.enum(Object.keys(TABLES) as [TableName, ...TableName[]]),
    account: z.string(),
    day: Day,
    kind: Kind,
    symbol: z.string().nullable(),
    assetCategory: z.string().nullable(),
    description: z.string(),
    currency: z.string(),
    amount: Decimal.nullable().meta({description: "signed as cash: a cost is negative"}),
    base: MoneySchema
  })
  .meta({id: "CostRow"});

export const Costs = z
  .object({
    scope: ScopeSchema,
    total: Group,
    conversion: Group,
    byKind: z.array(Group),
    byMonth: z.array(Group.extend({kinds: z.array(z.object({kind: Kind, amount: MoneySchema}))})),
    bySymbol: z.array(Group),
    byClass: z.array(Group),
    averageNav: MoneySchema,
    rows: z.array(Row),
    notes: z.array(z.string())
  })
  .meta({id: "Costs"}) satisfies z.ZodType<CostsView>;

export const costs = view("costs", {
  path: "/api/costs",
  tag: "performance",
  summary: "What was paid: commissions, financing, fees, taxes, in money and basis points",
  schema: Costs
});
