/**
 * Every long computation of the desk, once: what the API, a page's workers and the terminal run.
 *
 * A task has a door (`input`, a zod schema: plain JSON with lists of numbers passes it, and so do typed arrays), is done in
 * parts that can run anywhere, and gives plain objects with typed arrays that can be cloned from thread to thread.
 *
 *     const output = runTask("risk", {history: {assets, returns}, values}); // here, at once
 *     const output = await pool.run("risk", {history: {assets, returns}, values}, {signal, onProgress, timeoutMs});
 *
 * `pool` is `taskPool()` of src/workers/task-pool.ts in a page, `createTaskPool()` of bridge/jobs/task-pool.ts in Node. It
 * rejects with a `TaskError` (messages.ts) whose message is one sentence for the person.
 *
 * `onProgress` is told of each part as it ends, with what it gave: a sweep's tiles, a simulation's paths.
 *
 * | task | takes | gives |
 * |---|---|---|
 * | backtest | bars, strategy, parameters, engine, profile, costs, cash | trades, equity, drawdown, metrics, badges, warnings |
 * | ladder | bars, strategy, parameters, costs | final equity with each assumption more, equity curves |
 * | sweep | bars, strategy, values of parameters | return, Sharpe ratio, drawdown and trades of every combination |
 * | optimize | prices, options | weights, expected return and risk, certificate |
 * | frontier | prices, limits, points, current | portfolios, assets alone, current |
 * | monteCarlo | history, values, model, paths, periods, seed | summary, fan, terminal values |
 * | factorAnalysis | history, values, factors | exposures, principal components |
 * | stressTest | holdings, base, scenarios | gains by scenario and holding |
 * | correlation | history | matrix, clustered order |
 * | risk | history, values, tail | VaR and CVaR, historical, normal and Cornish-Fisher, split by asset |
 */
import {backtest} from "./backtest.js";
import {correlation} from "./correlation.js";
import {enter} from "./door.js";
import {factorAnalysis} from "./factor-analysis.js";
import {frontier} from "./frontier.js";
import {ladder} from "./ladder.js";
import {monteCarlo} from "./monte-carlo.js";
import {optimize} from "./optimize.js";
import {risk} from "./risk.js";
import {stressTest} from "./stress-test.js";
import {sweep} from "./sweep.js";
import type {Task, TaskInput, TaskOutput, TaskPiece, TaskProgress} from "./task.js";

export {enter, TaskInputError} from "./door.js";
export type {Task, TaskInput, TaskOutput, TaskPiece, TaskProgress} from "./task.js";

/** The tasks by name. */
export const TASKS = {
  backtest,
  ladder,
  sweep,
  optimize,
  frontier,
  monteCarlo,
  factorAnalysis,
  stressTest,
  correlation,
  risk
} as const;

export type TaskName = keyof typeof TASKS;
/** What a task of a name takes once it has passed the door. */
export type InputOf<N extends TaskName> = TaskInput<(typeof TASKS)[N]>;
/** What a task of a name gives. */
export type OutputOf<N extends TaskName> = TaskOutput<(typeof TASKS)[N]>;
/** What one part of a task of a name gives. */
export type PieceOf<N extends TaskName> = TaskPiece<(typeof TASKS)[N]>;

/** Returns a task whose types are not looked at: what runs it knows only its name. */
export function taskOf(name: TaskName): Task<unknown, unknown, unknown, unknown> {
  return TASKS[name] as unknown as Task<unknown, unknown, unknown, unknown>; // parts go back only to the task they are of
}

/**
 * Runs a task here, part by part.
 * @param given what `input` of the task takes
 * @throws TaskInputError for what does not pass the door, RangeError for what makes no sense further in
 */
export function runTask<N extends TaskName>(
  name: N,
  given: unknown,
  {onProgress}: {onProgress?: (progress: TaskProgress<PieceOf<N>>) => void} = {}
): OutputOf<N> {
  const task = taskOf(name);
  const input = enter(task.input, given);
  const parts = task.parts(input);
  const pieces = parts.map((part, i) => {
    const piece = task.run(part);
    onProgress?.({done: i + 1, total: parts.length, part: i, piece: piece as PieceOf<N>}); // the task's own
    return piece;
  });
  return task.join(pieces, input) as OutputOf<N>; // the task's own
}
