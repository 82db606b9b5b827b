import {z} from "zod";
import type {TradesView} from "../../lib/ledger/views.js";
import {Day, Decimal, ScopeSchema, viewQuery} from "./common.js";
import {view} from "./view.js";

const Trade = z
  .object({
    id: z.string(),
    account: z.string(),
    day: Day,
    dateTime: z.string().nullable(),
    symbol: z.string(),
    description: z.string(),
    assetCategory: z.string(),
    currency: z.string(),
    buySell: z.string(),
    quantity: Decimal,
    price: Decimal.nullable(),
    proceeds: Decimal.nullable(),
    commission: Decimal.nullable(),
    commissionCurrency: z.string().nullable(),
    netCash: Decimal.nullable(),
    realized: Decimal.nullable(),
    notes: z.string().nullable(),
    conid: z.string().nullable(),
    transactionType: z.string().nullable()
  })
  .meta({id: "Trade"});

export const Trades = z
  .object({
    scope: ScopeSchema,
    rows: z.array(Trade),
    total: z.int().meta({description: "trades that match, on all pages"}),
    page: z.int(),
    size: z.int(),
    totals: z.array(
      z.object({
        currency: z.string(),
        count: z.int(),
        proceeds: Decimal,
        commission: Decimal,
        realized: Decimal
      })
    )
  })
  .meta({id: "Trades"}) satisfies z.ZodType<TradesView>;

export const trades = view("trades", {
  path: "/api/trades",
  tag: "account",
  summary: "Trades by day and symbol, a page at a time, the newest first",
  schema: Trades,
  query: viewQuery({
    symbol: z.string().min(1).max(64).exactOptional().meta({description: "the whole symbol", example: "VOO"}),
    conid: z
      .string()
      .regex(/^\d{1,12}$/, "a conid has digits only")
      .exactOptional(),
    page: z.coerce.number<string>().int().min(1).max(1e6).default(1).meta({description: "from 1"}),
    size: z.coerce
      .number<string>()
      .int()
      .min(1)
      .max(1000)
      .default(100)
      .meta({description: "trades on a page"})
  })
});
