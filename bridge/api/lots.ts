import {z} from "zod";
import {parseChoices} from "../../lib/ledger/lots/choices.js";
import {LOT_METHODS} from "../../lib/ledger/lots/lot.js";
import type {LotsView} from "../../lib/ledger/lots/lots-view.js";
import {TABLES, type TableName} from "../../lib/ledger/tables.js";
import {Day, Decimal, MoneySchema, ScopeSchema, viewQuery} from "./common.js";
import {view} from "./view.js";

export const Method = z.enum(LOT_METHODS).meta({
  id: "LotMethod",
  description: "how a sale chooses the lots that it closes; booked: as IBKR did"
});

export const Methods = z
  .record(z.string(), Method)
  .meta({description: "accounts with a method of their own"});

export const RowRefSchema = z
  .object({table: z.enum(Object.keys(TABLES) as [TableName, ...TableName[]]), id: z.string()})
  .meta({id: "RowRef", description: "a row of the ledger"});

export const Basis = z.enum(["movement", "statement", "transfer", "unknown"]).meta({
  description: "where the cost comes from"
});

export const Term = z
  .enum(["short", "long"])
  .nullable()
  .meta({description: "long: held for more than a year; null: it is not known since when"});

export const Problem = z
  .object({
    code: z.enum([
      "no-purchase",
      "unknown-basis",
      "no-values",
      "no-parent",
      "no-counterpart",
      "unmatched-cancel",
      "unknown-choice",
      "no-closed-lots"
    ]),
    account: z.string(),
    holding: z.string(),
    symbol: z.string(),
    day: Day,
    sentence: z.string(),
    row: RowRefSchema
  })
  .meta({id: "LotProblem", description: "what the rows do not tell"});

/** Words of the question that say by which rules lots are chosen. */
export const methodQuery = {
  method: Method.exactOptional().meta({description: "of accounts that name none; fifo when absent"}),
  methods: z
    .string()
    .transform((text, context) => {
      const pairs = text.split(",").map((pair) => pair.split(":"));
      const parsed = z.record(z.string().min(1), z.enum(LOT_METHODS)).safeParse(Object.fromEntries(pairs));
      if (parsed.success && pairs.every(({length}) => length === 2)) return parsed.data;
      context.addIssue(`write ACCOUNT:METHOD with commas between; methods are ${LOT_METHODS.join(", ")}`);
      return z.NEVER;
    })
    .exactOptional()
    .meta({description: "accounts with a method of their own", example: "U1234567:lifo,U7654321:average"}),
  choices: z
    .string()
    .transform((text, context) => {
      try {
        return parseChoices(text.replaceAll(";", "\n"));
      } catch (error) {
        context.addIssue((error as Error).message);
        return z.NEVER;
      }
    })
    .exactOptional()
    .meta({description: "for method specific: close,open,quantity with semicolons between, by row ids"}),
  conid: z
    .string()
    .regex(/^\d{1,12}$/, "a conid has digits only")
    .exactOptional()
};

const Lot = z
  .object({
    id: z.string(),
    account: z.string(),
    holding: z.string(),
    symbol: z.string(),
    description: z.string(),
    conid: z.string().nullable(),
    assetCategory: z.string(),
    currency: z.string(),
    opened: Day.nullable(),
    heldSince: Day.nullable(),
    daysHeld: z.int().nullable(),
    term: Term,
    quantity: Decimal,
    cost: MoneySchema,
    costBase: MoneySchema,
    price: Decimal.nullable(),
    value: MoneySchema,
    unrealized: MoneySchema,
    unrealizedBase: MoneySchema,
    premium: Decimal,
    washSale: Decimal,
    basis: Basis,
    source: RowRefSchema,
    path: z.array(RowRefSchema).readonly()
  })
  .meta({id: "Lot"});

export const Lots = z
  .object({
    scope: ScopeSchema,
    method: Method,
    methods: Methods,
    rows: z.array(Lot),
    problems: z.array(Problem)
  })
  .meta({id: "Lots"}) satisfies z.ZodType<LotsView>;

export const lots = view("lots", {
  path: "/api/lots",
  tag: "account",
  summary: "Open tax lots with cost, value and gain, by the method asked for",
  schema: Lots,
  query: viewQuery(methodQuery)
});
