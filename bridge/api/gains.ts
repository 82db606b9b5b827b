import {z} from "zod";
import {gainsCsv} from "../../lib/ledger/gains/gains-csv.js";
import type {GainsView} from "../../lib/ledger/gains/gains-view.js";
import {Day, Decimal, MoneySchema, ScopeSchema, viewQuery, withRange} from "./common.js";
import {endpoint, Ready} from "./endpoint.js";
import {Basis, Method, methodQuery, Methods, Problem, RowRefSchema, Term} from "./lots.js";

const named = {
  account: z.string(),
  holding: z.string(),
  symbol: z.string(),
  conid: z.string().nullable(),
  assetCategory: z.string(),
  currency: z.string()
};

const Gain = z
  .object({
    ...named,
    description: z.string(),
    quantity: Decimal,
    opened: Day.nullable(),
    heldSince: Day.nullable(),
    closed: Day.meta({description: "report day"}),
    taxDay: Day.meta({description: "trade date of a trade, else the report day"}),
    term: Term,
    proceeds: MoneySchema,
    cost: MoneySchema,
    gain: MoneySchema,
    proceedsBase: MoneySchema,
    costBase: MoneySchema,
    gainBase: MoneySchema,
    priceBase: MoneySchema,
    fxBase: MoneySchema,
    premium: Decimal,
    washSale: Decimal,
    basis: Basis,
    by: Method,
    lot: z.string(),
    open: RowRefSchema.nullable(),
    path: z.array(RowRefSchema).readonly(),
    close: RowRefSchema
  })
  .meta({id: "Gain"});

const sums = {
  count: z.int(),
  unknown: z.int().meta({description: "closings of which something is not known"}),
  proceedsBase: MoneySchema,
  costBase: MoneySchema,
  gainBase: MoneySchema,
  priceBase: MoneySchema,
  fxBase: MoneySchema
};

const Sum = z.object(sums).meta({id: "GainSum"});

export const Gains = z
  .object({
    scope: ScopeSchema,
    year: z.int().nullable(),
    years: z.array(z.int()),
    method: Method,
    methods: Methods,
    rows: z.array(Gain),
    holdings: z.array(
      z
        .object({
          ...named,
          ...sums,
          short: MoneySchema,
          long: MoneySchema,
          own: z.object({gain: MoneySchema, booked: MoneySchema, washSale: Decimal})
        })
        .meta({id: "HoldingGains"})
    ),
    totals: z.object({short: Sum, long: Sum, undated: Sum, all: Sum, known: Decimal}),
    notes: z.array(z.string()).meta({description: "how the figures are made"}),
    problems: z.array(Problem)
  })
  .meta({id: "Gains"}) satisfies z.ZodType<GainsView>;

export const gains = endpoint({
  method: "get",
  path: "/api/gains",
  tag: "account",
  summary: "Realized gains of a tax year, each day at its rate, price and currency apart",
  description: "JSON, or CSV with `format=csv` or `Accept: text/csv`. Not tax advice.",
  query: viewQuery({
    ...methodQuery,
    year: z.coerce.number<string>().int().min(1900).max(2999).exactOptional().meta({
      description: "tax year; when absent the range, else the last year with a gain",
      example: "2025"
    }),
    format: z.enum(["json", "csv"]).exactOptional()
  }),
  problems: [404],
  reply: {description: "gains by lot and holding, with their totals", schema: Gains, also: ["text/csv"]},
  async handle({query: {format, ...query}, request, desk}) {
    const text = await desk.services.figures.view("gains", withRange(query));
    const isCsv = format ? format === "csv" : request.accepts(["json", "csv"]) === "csv";
    if (!isCsv) return new Ready(text, {Vary: "Accept"});
    const made = JSON.parse(text) as GainsView; // as its figure was written
    return new Ready(gainsCsv(made), {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="gains-${made.year ?? "none"}-${made.method}.csv"`,
      Vary: "Accept"
    });
  }
});
