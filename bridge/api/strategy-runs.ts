import {z} from "zod";
import type {RunSettings} from "../../lib/orders/run/lived-run.js";
import type {KeptStrategyRun} from "../execution/kept-runs.js";
import {Problem} from "../problem.js";
import {endpoint} from "./endpoint.js";

const number = z.number();

const StrategyRun = z
  .object({
    run: z.string(),
    settings: z.looseObject({
      strategy: z.string(),
      parameters: z.record(z.string(), number),
      account: z.string(),
      symbols: z.array(z.looseObject({symbol: z.string(), currency: z.string(), conId: z.int()})).readonly(),
      rules: z.looseObject({}).meta({description: "of the execution contract"}),
      dryRun: z.boolean()
    }),
    fills: z.int(),
    last: number.nullable().meta({description: "time of what happened last, milliseconds since 1970 UTC"})
  })
  .meta({id: "StrategyRun", description: "a run of a strategy that `tearsheet run` keeps"});

const Happening = z.looseObject({
  kind: z.enum(["bars", "fill", "over"]),
  time: number.exactOptional().meta({description: "milliseconds since 1970 UTC"})
});

/** The run with its rules as the plain record that they are. */
function plain<Run extends KeptStrategyRun>({settings, ...run}: Run) {
  const {rules, ...rest}: RunSettings = settings;
  const record: Record<string, unknown> = {...rules};
  return {...run, settings: {...rest, rules: record}};
}

/** Runs are the person's own, even while the demo is shown. */
function checkKnown(known: boolean): void {
  if (!known) throw new Problem(401, "no-token", "only who came by the start link may see runs");
}

export const strategyRuns = endpoint({
  method: "get",
  path: "/api/strategy-runs",
  tag: "trading",
  role: "read",
  summary: "Runs of strategies that are kept, the one heard of last first",
  reply: {description: "their settings", schema: z.object({runs: z.array(StrategyRun)})},
  handle({known, desk}) {
    checkKnown(known);
    return {runs: desk.services.strategyRuns.list().map(plain)};
  }
});

export const strategyRun = endpoint({
  method: "get",
  path: "/api/strategy-runs/{run}",
  tag: "trading",
  role: "read",
  summary: "What a run has lived through: its bars, its fills, what they cost",
  description:
    "A page makes the implementation shortfall of it: the fills against the backtest on the same bars.",
  params: z.object({run: z.string()}),
  problems: [404],
  reply: {
    description: "settings, and what happened, oldest first",
    schema: StrategyRun.extend({
      happenings: z.array(Happening),
      commissions: z
        .record(z.string(), number)
        .meta({description: "by the id that an order went out under, in its symbol's currency"})
    }).meta({id: "StrategyRunLived"})
  },
  handle({known, path: {run}, desk}) {
    checkKnown(known);
    const found = desk.services.strategyRuns.read(run);
    if (!found)
      throw new Problem(404, "no-such-run", `there is no run ${run}: /api/strategy-runs lists them`);
    return plain(found);
  }
});
