import {z} from "zod";
import {BRIDGE_LINES, type NavBridgeView} from "../../lib/ledger/bridge-range/nav-bridge-view.js";
import {Day, Decimal, MoneySchema, ScopeSchema} from "./common.js";
import {view} from "./view.js";

export const NavBridge = z
  .object({
    scope: ScopeSchema,
    start: MoneySchema,
    end: MoneySchema,
    total: MoneySchema,
    lines: z.array(
      z.object({
        line: z.enum(BRIDGE_LINES),
        label: z.string(),
        amount: MoneySchema,
        names: z.array(z.object({name: z.string(), amount: Decimal}))
      })
    ),
    residual: MoneySchema.meta({description: "what the lines do not explain"}),
    tolerance: Decimal.nullable().meta({
      description: "half a unit of the last printed decimal for each figure"
    }),
    closes: z.boolean().nullable(),
    segments: z.array(
      z.object({account: z.string(), from: Day, to: Day, source: z.enum(["ChangeInNAV", "rows"])})
    ),
    notes: z.array(z.string())
  })
  .meta({id: "NavBridge"}) satisfies z.ZodType<NavBridgeView>;

export const navBridge = view("navBridge", {
  path: "/api/nav-bridge",
  tag: "performance",
  summary: "What led from one net asset value to another, line by line, with its residual",
  schema: NavBridge
});
