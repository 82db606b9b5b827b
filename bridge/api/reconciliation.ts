import {z} from "zod";
import {
  CHECK_STATUSES,
  CHECKED,
  REASON_CODES,
  type ReconciliationView
} from "../../lib/ledger/reconcile/check.js";
import {Day, Decimal, ScopeSchema} from "./common.js";
import {view} from "./view.js";

const Amount = Decimal.nullable();

const Reason = z
  .object({
    code: z.enum(REASON_CODES),
    sentence: z.string().meta({description: "what accounts for the amount, or the box to tick"})
  })
  .meta({id: "CheckReason"});

const Line = z
  .object({
    day: Day,
    item: z.string().meta({description: "symbol, currency, or part of a total"}),
    holding: z.string().nullable(),
    of: z.string().meta({description: "section and attribute that theirs is of"}),
    ours: Amount,
    theirs: Amount,
    difference: Amount,
    tolerance: Decimal,
    status: z.enum(["explained", "differs", "not-given"]),
    reason: Reason.nullable(),
    rows: z.array(z.string()).meta({description: "ledger rows"})
  })
  .meta({id: "CheckLine"});

const CheckSchema = z
  .object({
    account: z.string(),
    period: z.tuple([Day, Day]),
    what: z.enum(CHECKED),
    ours: Amount,
    theirs: Amount,
    difference: Amount,
    tolerance: Amount,
    status: z.enum(CHECK_STATUSES),
    reason: Reason.nullable(),
    evidence: z.array(z.string()),
    compared: z.int().meta({description: "how many amounts were compared"}),
    lines: z.array(Line).meta({description: "what does not agree, worst first"})
  })
  .meta({id: "Check", description: "ours against IBKR's; the amounts are those of the worst line"});

export const Reconciliation = z
  .object({
    scope: ScopeSchema,
    checks: z.array(CheckSchema),
    counts: z.object({agrees: z.int(), explained: z.int(), differs: z.int(), notGiven: z.int()}),
    green: z.boolean().meta({description: "all that could be compared was, and nothing differs"}),
    continuations: z
      .array(z.object({former: z.string(), account: z.string(), day: Day}))
      .meta({description: "accounts that IBKR migrated to a new number"}),
    trend: z.array(
      z.object({
        day: Day,
        checks: z.int(),
        differs: z.int(),
        explained: z.int(),
        notGiven: z.int(),
        nav: z.number().nullable().meta({description: "difference of net asset value, absolute, in base"})
      })
    )
  })
  .meta({id: "Reconciliation"}) satisfies z.ZodType<ReconciliationView>;

export const reconciliation = view("reconciliation", {
  path: "/api/reconciliation",
  tag: "ledger",
  summary: "Our figures against IBKR's own, each with its difference and why",
  schema: Reconciliation
});
