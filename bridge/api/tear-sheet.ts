import {z} from "zod";
import type {TearSheetView} from "../../lib/ledger/tear-sheet/tear-sheet.js";
import {Attribution} from "./attribution.js";
import {ScopeSchema, viewQuery} from "./common.js";
import {NavBridge} from "./nav-bridge.js";
import {Performance, RISK, Rolling} from "./performance.js";
import {view} from "./view.js";

export const TearSheet = z
  .object({
    scope: ScopeSchema,
    performance: Performance,
    rolling: z.array(Rolling),
    navBridge: NavBridge,
    byClass: Attribution,
    byPosition: Attribution
  })
  .meta({id: "TearSheet"}) satisfies z.ZodType<TearSheetView>;

export const tearSheet = view("tearSheet", {
  path: "/api/tear-sheet",
  tag: "performance",
  summary: "All of the performance on one sheet",
  schema: TearSheet,
  query: viewQuery(RISK)
});
