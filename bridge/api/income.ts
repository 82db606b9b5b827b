import {z} from "zod";
import type {IncomeView} from "../../lib/ledger/income/income.js";
import {INCOME_KINDS} from "../../lib/ledger/income/payments.js";
import {Day, Decimal, MoneySchema, ScopeSchema} from "./common.js";
import {view} from "./view.js";

const Kind = z.enum(INCOME_KINDS);
const sum = {gross: MoneySchema, withheld: MoneySchema, net: MoneySchema};
const Sum = z.object(sum).meta({id: "IncomeSum", description: "in the reporting currency"});
const own = {gross: Decimal, withheld: Decimal, net: Decimal};

const Coming = z
  .object({
    status: z
      .enum(["expected", "forecast"])
      .meta({description: "accrued by IBKR; or ours, from last year's pattern"}),
    account: z.string(),
    symbol: z.string(),
    conid: z.string().nullable(),
    currency: z.string(),
    exDate: Day.nullable(),
    payDate: Day,
    quantity: Decimal,
    rate: Decimal.nullable(),
    ...own,
    netBase: MoneySchema,
    basis: z.string(),
    rows: z.array(z.string())
  })
  .meta({id: "ComingPayment"});

export const Income = z
  .object({
    scope: ScopeSchema,
    total: Sum,
    byKind: z.array(z.object({kind: Kind, ...sum})),
    byCurrency: z.array(z.object({currency: z.string(), ...own, base: Sum})),
    grid: z.object({
      months: z.array(z.string()),
      rows: z.array(
        z.object({
          name: z.string(),
          conid: z.string().nullable(),
          kind: Kind,
          cells: z.array(z.object({month: z.string(), ...sum})),
          total: Sum
        })
      )
    }),
    payments: z.array(
      z.object({
        account: z.string(),
        kind: Kind,
        symbol: z.string(),
        conid: z.string().nullable(),
        currency: z.string(),
        exDate: Day.nullable(),
        payDate: Day,
        ...own,
        base: Sum,
        reversed: z.boolean(),
        rows: z.array(z.string()).meta({description: "its ledger rows"})
      })
    ),
    unmatched: z.array(
      z.object({
        id: z.string(),
        account: z.string(),
        day: Day,
        symbol: z.string(),
        currency: z.string(),
        amount: Decimal,
        base: MoneySchema,
        reason: z.string()
      })
    ),
    expected: z.array(Coming),
    forecast: z.array(Coming),
    expectedNet: MoneySchema,
    forecastNet: MoneySchema,
    notes: z.array(z.string())
  })
  .meta({id: "Income"}) satisfies z.ZodType<IncomeView>;

export const income = view("income", {
  path: "/api/income",
  tag: "performance",
  summary: "Dividends, payments in lieu and interest: received, withheld, expected",
  schema: Income
});
