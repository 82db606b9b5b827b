import {z} from "zod";
import type {Figure, Money, Scope} from "../../lib/ledger/views.js";

export const Day = z.iso.date().meta({description: "ISO day", example: "2025-12-31"});
export const Time = z.string().meta({description: "ISO 8601, UTC", example: "2026-01-02T06:30:00.000Z"});
export const Decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({description: "exact decimal", example: "1234.56"});
export const AccountId = z
  .string()
  .regex(/^[\w.-]{1,32}$/, "an account id has letters, digits, - and _ only");

export const MoneySchema = z
  .object({
    value: Decimal.nullable(),
    reason: z.string().exactOptional().meta({description: "why there is no value"})
  })
  .meta({
    id: "Money",
    description: "an exact amount in the view's currency, or why there is none"
  }) satisfies z.ZodType<Money>;

export const FigureSchema = z
  .object({
    value: z.number().nullable(),
    reason: z.string().exactOptional().meta({description: "why there is no value"})
  })
  .meta({
    id: "Figure",
    description: "a number (ratios are fractions), or why there is none"
  }) satisfies z.ZodType<Figure>;

const RANGES = ["1D", "1W", "MTD", "3M", "YTD", "1Y", "3Y", "5Y", "ALL", "custom"] as const;

export const ScopeSchema = z
  .object({
    accounts: z.array(z.string()),
    currency: z.string().nullable(),
    from: Day.nullable(),
    to: Day.nullable(),
    range: z.enum(RANGES),
    source: z.enum(["Flex", "demo"]),
    asOf: Day.nullable().meta({description: "last day with a value"}),
    ageDays: z.int().nullable(),
    lake: z
      .array(z.object({source: z.string(), sentence: z.string()}))
      .exactOptional()
      .meta({description: "what the figures take from the data lake, since no statement says it"})
  })
  .meta({
    id: "Scope",
    description: "whose figures, in what currency, of which days, how old"
  }) satisfies z.ZodType<Scope>;

/** `accounts=U1,U2`; all accounts where it is absent. */
export const Accounts = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((id) => id.trim())
      .filter(Boolean)
  )
  .pipe(z.array(AccountId))
  .meta({description: "account ids with commas between; all when absent", example: "U1234567"});

const view = {
  accounts: Accounts.exactOptional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "a currency is three capital letters")
    .exactOptional()
    .meta({description: "reporting currency; the accounts' base currency when absent", example: "USD"}),
  range: z
    .enum(RANGES)
    .exactOptional()
    .meta({description: "days shown; ALL when absent, custom with from and to"}),
  from: Day.exactOptional(),
  to: Day.exactOptional(),
  convention: z
    .enum(["start-end", "ibkr"])
    .exactOptional()
    .meta({description: "flows in at day start and out at day end (default), or all at day end as IBKR does"})
};

/** The question that every view answers, with what a resource adds to it. */
export function viewQuery<Extra extends z.ZodRawShape>(extra: Extra) {
  return z.strictObject({...view, ...extra}).superRefine((query, context) => {
    const {from, to, range} = query as {from?: string; to?: string; range?: string};
    const wrong = (message: string) => context.addIssue({code: "custom", message, path: ["range"]});
    if (from !== undefined && to !== undefined && from > to) wrong(`from ${from} is after to ${to}`);
    if ((from ?? to) !== undefined && range !== undefined && range !== "custom")
      wrong(`from and to go with range custom, not ${range}`);
    if (range === "custom" && from === undefined && to === undefined)
      wrong("range custom needs from, to or both");
  });
}

export const ViewQuerySchema = viewQuery({});
export type ParsedViewQuery = z.infer<typeof ViewQuerySchema>;

/** Says `custom` where only days are given. */
export function withRange<Query extends ParsedViewQuery>(query: Query): Query {
  return query.range === undefined && (query.from ?? query.to) !== undefined
    ? {...query, range: "custom"}
    : query;
}
