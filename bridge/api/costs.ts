import {z} from "zod";
import {COST_KINDS} from "../../lib/ledger/costs/cost-rows.js";
import type {CostsView} from "../../lib/ledger/costs/costs.js";
import type {Learned, LearnedCost, OwnFillsView} from "../../lib/ledger/costs/own-fills.js";
import {TABLES, type TableName} from "../../lib/ledger/tables.js";
import {Day, Decimal, FigureSchema, MoneySchema, ScopeSchema, viewQuery} from "./common.js";
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

const Known = z
  .object({
    name: z
      .string()
      .meta({description: "symbol, hour, order type or class; `all`, or `unseen` for one never traded"}),
    orders: z.int(),
    mean: FigureSchema,
    standardError: FigureSchema,
    low: FigureSchema.meta({description: "from low to high holds the mean with 95 %"}),
    high: FigureSchema
  })
  .meta({id: "LearnedCost", description: "basis points of what was traded"}) satisfies z.ZodType<LearnedCost>;

const Groups = z
  .object({
    all: Known,
    unseen: Known,
    bySymbol: z.array(Known),
    byHour: z.array(Known),
    byType: z.array(Known),
    byClass: z.array(Known)
  })
  .meta({id: "LearnedCosts"}) satisfies z.ZodType<Learned>;

export const OwnFills = z
  .object({
    scope: ScopeSchema,
    commission: Groups,
    slippage: z.object({
      bar: Groups.meta({description: "against a price of the day's bar"}),
      mark: Groups.meta({description: "against the statement's closing price, where there was no bar"})
    }),
    orders: z.array(
      z
        .object({
          id: z.string().meta({description: "the ledger row of its first execution"}),
          account: z.string(),
          day: Day,
          hour: z.string(),
          symbol: z.string(),
          assetCategory: z.string(),
          currency: z.string(),
          orderType: z.string(),
          side: z.enum(["buy", "sell"]),
          executions: z.int(),
          price: z.number(),
          value: Decimal,
          commission: Decimal.meta({description: "a cost is positive"}),
          commissionCurrency: z.string(),
          commissionBps: FigureSchema,
          slippageBps: FigureSchema,
          reference: z.enum(["vwap", "open", "close", "mark"]).nullable(),
          source: z.string().nullable()
        })
        .meta({id: "FilledOrder"})
    ),
    notes: z.array(z.string())
  })
  .meta({id: "OwnFills"}) satisfies z.ZodType<OwnFillsView>;

export const ownFills = view("ownFills", {
  path: "/api/costs/own-fills",
  tag: "performance",
  summary: "What one's own fills cost, by symbol, hour and order type, and how sure that is",
  description:
    "Orders of the range: commission as booked, slippage against the day's bar or the statement's close.",
  query: viewQuery({
    assetCategory: z
      .string()
      .regex(/^[A-Z]{2,6}$/, "a class is IBKR's, as STK")
      .exactOptional()
      .meta({description: "orders of one class alone; all when absent", example: "STK"})
  }),
  schema: OwnFills
});
