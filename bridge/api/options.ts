import {z} from "zod";
import type {OptionsView} from "../../lib/ledger/options/options.js";
import {Day, Decimal, FigureSchema, MoneySchema, ScopeSchema} from "./common.js";
import {view} from "./view.js";

const Option = z
  .object({
    id: z.string(),
    account: z.string(),
    symbol: z.string(),
    underlying: z.string(),
    underlyingConid: z.string().nullable(),
    putCall: z.enum(["P", "C"]),
    strike: Decimal,
    expiry: Day,
    daysLeft: z.int(),
    quantity: Decimal,
    currency: z.string(),
    price: Decimal.nullable(),
    asOf: Day,
    underlyingPrice: Decimal.nullable(),
    underlyingAsOf: Day.nullable(),
    moneyness: FigureSchema,
    value: MoneySchema,
    valueBase: MoneySchema,
    assignment: MoneySchema.meta({description: "cash at the strike, positive comes in"}),
    collateral: MoneySchema.meta({description: "cash that a short put asks for"}),
    collateralBase: MoneySchema,
    covered: Decimal.nullable(),
    uncovered: Decimal.nullable().meta({description: "shares of a short call that none held cover"})
  })
  .meta({id: "Option"});

export const Options = z
  .object({
    scope: ScopeSchema,
    expiries: z.array(
      z.object({
        expiry: Day,
        daysLeft: z.int(),
        rows: z.array(Option),
        valueBase: MoneySchema,
        collateralBase: MoneySchema,
        uncovered: Decimal
      })
    ),
    collateralBase: MoneySchema,
    notes: z.array(z.string())
  })
  .meta({id: "Options"}) satisfies z.ZodType<OptionsView>;

export const options = view("options", {
  path: "/api/options",
  tag: "account",
  summary: "Open options by expiry: moneyness, days left, collateral",
  schema: Options
});
