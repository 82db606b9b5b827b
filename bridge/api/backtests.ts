import {z} from "zod";
import {METRIC_IDS} from "../../lib/backtest/metrics/metric.js";
import {backtestChoices} from "../../lib/tasks/backtest.js";
import {ladderChoices} from "../../lib/tasks/ladder.js";
import {sweepChoices} from "../../lib/tasks/sweep.js";
import {Problem} from "../problem.js";
import {BarList, LakeBars, MOST_BYTES, readLakeBars} from "./columns.js";
import {endpoint, type Desk} from "./endpoint.js";
import {findRun, Limit, readyRun, Run, RunKey, withResult} from "./runs.js";
import {goneOf, LIMITS} from "./task-endpoint.js";

const Numbers = z.array(z.number().nullable());

const Metric = z.object({
  value: z.number().nullable(),
  reason: z.string().exactOptional(),
  convention: z.string().meta({description: "whose rule, and the rule"}),
  constants: z.record(z.string(), z.unknown())
});

const Trade = z.object({
  symbol: z.string(),
  side: z.enum(["long", "short"]),
  entryTime: z.number().meta({description: "milliseconds since 1970 UTC"}),
  exitTime: z.number(),
  entryPrice: z.number(),
  exitPrice: z.number(),
  size: z.number(),
  pnl: z.number(),
  returnPercent: z.number(),
  commission: z.number()
});

const Result = z.looseObject({
  time: Numbers.meta({description: "each time at which a bar ended, milliseconds since 1970 UTC"}),
  equity: Numbers,
  drawdown: Numbers,
  trades: z.array(Trade),
  metrics: z.record(z.enum(METRIC_IDS), Metric),
  badges: z.array(z.string()),
  warnings: z.array(z.string())
});

const Backtest = withResult("Backtest", Result);

const data = {
  bars: BarList.exactOptional(),
  lake: LakeBars.exactOptional().meta({description: "bars of the lake, in place of bars that are sent"})
};

/** The bars that were sent, or those of the lake. */
export async function barsOf(
  desk: Desk,
  {bars, lake}: {bars?: z.infer<typeof BarList>; lake?: z.infer<typeof LakeBars>}
): Promise<unknown> {
  if ((bars === undefined) === (lake === undefined))
    throw new Problem(400, "invalid-input", "the body is not understood: give bars, or lake: one of the two");
  return lake ? readLakeBars(desk, lake) : bars;
}

export const backtests = endpoint({
  method: "get",
  path: "/api/backtests",
  tag: "research",
  summary: "Backtests that were run, the latest first",
  query: z.strictObject({limit: Limit}),
  reply: {
    description: "runs without their results",
    schema: z.object({runs: z.array(Run)}).meta({id: "Backtests"})
  },
  handle: ({query: {limit}, desk}) => ({runs: desk.services.tasks.list({task: "backtest", limit})})
});

export const submitBacktest = endpoint({
  method: "post",
  path: "/api/backtests",
  tag: "research",
  summary: "Run a strategy over bars",
  description: `Bars are sent, or those of the lake. ${LIMITS}`,
  body: z.strictObject({...data, ...backtestChoices}),
  bodyBytes: MOST_BYTES,
  problems: [404, 409, 413, 415, 422],
  reply: {description: "the run and what came of it", schema: Backtest},
  async handle({body: {bars, lake, ...choices}, desk, request}) {
    const given = {bars: await barsOf(desk, {...(bars && {bars}), ...(lake && {lake})}), ...choices};
    return readyRun(await desk.services.tasks.run("backtest", given, goneOf(request)));
  }
});

const Ladder = z.looseObject({
  time: Numbers,
  rungs: z.array(
    z.looseObject({
      step: z.string(),
      meaning: z.string(),
      finalEquity: z.number(),
      equityDifference: z.number().meta({description: "less that of the step before"}),
      equity: Numbers
    })
  ),
  equityDifference: z.number().meta({description: "the sum of the steps' differences, exactly"})
});

export const submitLadder = endpoint({
  method: "post",
  path: "/api/backtests/ladder",
  tag: "research",
  summary: "Run a strategy with one more assumption of what trading is like each time",
  description: `Bars are sent, or those of the lake. ${LIMITS}`,
  body: z.strictObject({...data, ...ladderChoices}),
  bodyBytes: MOST_BYTES,
  problems: [404, 409, 413, 415, 422],
  reply: {description: "the run and its rungs", schema: withResult("Ladder", Ladder)},
  async handle({body: {bars, lake, ...choices}, desk, request}) {
    const given = {bars: await barsOf(desk, {...(bars && {bars}), ...(lake && {lake})}), ...choices};
    return readyRun(await desk.services.tasks.run("ladder", given, goneOf(request)));
  }
});

/** Cells that a reply has room for. */
const MOST_CELLS = 100_000;

const Sweep = z.looseObject({
  symbols: z.array(z.string()),
  names: z.array(z.string()).meta({description: "of the parameters"}),
  axes: z.array(z.array(z.number())).meta({description: "values of each; the last changes first"}),
  combinations: z.int(),
  totalReturn: Numbers.meta({description: "of each combination of each symbol; null where it is refused"}),
  sharpe: Numbers,
  maxDrawdown: Numbers,
  trades: Numbers
});

export const submitSweep = endpoint({
  method: "post",
  path: "/api/backtests/sweep",
  tag: "research",
  summary: "Try every combination of a strategy's parameters",
  description: `Bars are sent, or those of the lake. At most ${MOST_CELLS.toLocaleString("en")} cells. ${LIMITS}`,
  body: z.strictObject({...data, ...sweepChoices}),
  bodyBytes: MOST_BYTES,
  problems: [404, 409, 413, 415, 422],
  reply: {description: "the run and its cells", schema: withResult("Sweep", Sweep)},
  async handle({body: {bars, lake, ...choices}, desk, request}) {
    const read = await barsOf(desk, {...(bars && {bars}), ...(lake && {lake})});
    const combinations = Object.values(choices.parameters).reduce((count, {length}) => count * length, 1);
    const cells = combinations * (read as unknown[]).length; // bars are a list, sent or read
    if (cells > MOST_CELLS)
      throw new Problem(
        422,
        "too-many-cells",
        `${cells} cells, but a reply has room for ${MOST_CELLS}: try fewer values`
      );
    return readyRun(await desk.services.tasks.run("sweep", {bars: read, ...choices}, goneOf(request)));
  }
});

export const backtest = endpoint({
  method: "get",
  path: "/api/backtests/{id}",
  tag: "research",
  summary: "A backtest that was run",
  params: z.strictObject({id: RunKey}),
  problems: [404],
  reply: {description: "the run and what came of it", schema: Backtest},
  handle({path: {id}, desk}) {
    const found = findRun(desk, id);
    if (found.run.task === "backtest") return readyRun(found);
    throw new Problem(404, "no-such-run", `${id} is no backtest but ${found.run.title}: /api/runs has it`);
  }
});
