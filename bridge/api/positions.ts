import {z} from "zod";
import type {PositionsView} from "../../lib/ledger/views.js";
import {Day, Decimal, FigureSchema, MoneySchema, ScopeSchema} from "./common.js";
import {view} from "./view.js";

const Position = z
  .object({
    id: z.string(),
    account: z.string(),
    symbol: z.string(),
    description: z.string(),
    conid: z.string().nullable(),
    assetCategory: z.string(),
    sector: z.string(),
    currency: z.string(),
    quantity: Decimal,
    multiplier: Decimal,
    price: Decimal.nullable(),
    asOf: Day,
    costPrice: Decimal.nullable(),
    value: MoneySchema,
    cost: MoneySchema,
    unrealized: MoneySchema,
    valueBase: MoneySchema,
    unrealizedBase: MoneySchema,
    inNavBase: MoneySchema,
    dayBase: MoneySchema,
    realizedYtdBase: MoneySchema,
    incomeYtdBase: MoneySchema,
    weight: FigureSchema,
    yieldOnCost: FigureSchema,
    daysHeld: FigureSchema,
    expiry: Day.nullable(),
    putCall: z.enum(["P", "C"]).nullable(),
    underlyingConid: z.string().nullable(),
    moneyness: FigureSchema,
    spark: z.array(z.tuple([Day, z.number()])),
    lake: z
      .array(z.string())
      .exactOptional()
      .meta({description: "what of the row is by the data lake, and by which day's close"})
  })
  .meta({id: "Position"});

export const Positions = z
  .object({
    scope: ScopeSchema,
    rows: z.array(Position),
    totals: z.object({
      valueBase: MoneySchema,
      unrealizedBase: MoneySchema,
      dayBase: MoneySchema,
      realizedYtdBase: MoneySchema,
      incomeYtdBase: MoneySchema
    })
  })
  .meta({id: "Positions"}) satisfies z.ZodType<PositionsView>;

export const positions = view("positions", {
  path: "/api/positions",
  tag: "account",
  summary: "Open positions with value, cost, gain, weight and income",
  schema: Positions
});
