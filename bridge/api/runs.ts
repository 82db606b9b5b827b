import {z} from "zod";
import {TASKS, type TaskName} from "../../lib/tasks/index.js";
import {compareRuns, type KeptRun, type RunComparison} from "../../lib/tasks/run.js";
import {Problem} from "../problem.js";
import {Time} from "./common.js";
import {endpoint, Ready, type Desk} from "./endpoint.js";

const TASK_NAMES = Object.keys(TASKS) as [TaskName, ...TaskName[]]; // its keys are the names

export const RunKey = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "a run's key has 64 hexadecimal digits")
  .meta({description: "key of a run"});

export const Run = z
  .object({
    key: RunKey.meta({description: "SHA-256 of code, task, choices and data: equal key, equal result"}),
    code: z.string().meta({description: "hash of the sources"}),
    task: z.string(),
    title: z.string(),
    at: Time,
    choices: z.record(z.string(), z.unknown()).meta({description: "what was chosen, defaults included"}),
    data: z.array(z.object({name: z.string(), sha256: z.string(), values: z.int()})),
    figures: z.record(z.string(), z.number().nullable()),
    badges: z.array(z.string()).meta({description: "what a reader must be told of it"})
  })
  .meta({id: "Run", description: "a computation by all that it depends on"}) satisfies z.ZodType<KeptRun>;

export const Limit = z
  .string()
  .regex(/^\d{1,4}$/, "a limit is a whole number, 9999 at most")
  .transform(Number)
  .prefault("100")
  .meta({description: "runs at most, the latest first"});

/** A reply with a run and what it gave. */
export function withResult<Result extends z.ZodType>(id: string, result: Result) {
  return z.object({run: Run, result}).meta({id});
}

/** The body of such a reply, of a result that is text already. */
export function readyRun({run, output}: {run: KeptRun; output: string}): Ready {
  return new Ready(`{"run":${JSON.stringify(run)},"result":${output}}`);
}

/** @throws Problem 404 */
export function findRun({services}: Desk, key: string): {run: KeptRun; output: string} {
  const found = services.tasks.get(key);
  if (!found) throw new Problem(404, "no-such-run", `there is no run ${key}: /api/runs lists them`);
  return found;
}

export const runs = endpoint({
  method: "get",
  path: "/api/runs",
  tag: "research",
  summary: "Computations that were run, the latest first",
  query: z.strictObject({
    task: z.enum(TASK_NAMES).exactOptional().meta({description: "those of one task; all when absent"}),
    limit: Limit
  }),
  reply: {
    description: "runs without their results",
    schema: z.object({runs: z.array(Run)}).meta({id: "Runs"})
  },
  handle: ({query: {task, limit}, desk}) => ({runs: desk.services.tasks.list({task, limit})})
});

export const run = endpoint({
  method: "get",
  path: "/api/runs/{key}",
  tag: "research",
  summary: "A run and its result",
  params: z.strictObject({key: RunKey}),
  problems: [404],
  reply: {
    description: "the run, and what its task gave",
    schema: withResult("RunWithResult", z.looseObject({}))
  },
  handle: ({path: {key}, desk}) => readyRun(findRun(desk, key))
});

export const removeRun = endpoint({
  method: "delete",
  path: "/api/runs/{key}",
  tag: "research",
  summary: "Forget a run and its result",
  params: z.strictObject({key: RunKey}),
  problems: [404],
  reply: {description: "it is forgotten", schema: z.object({removed: z.literal(true)})},
  async handle({path: {key}, desk}) {
    if (await desk.services.tasks.remove(key)) return {removed: true as const};
    throw new Problem(404, "no-such-run", `there is no run ${key}: /api/runs lists them`);
  }
});

const Comparison = z
  .object({
    changed: z
      .array(z.object({what: z.string(), first: z.unknown(), second: z.unknown()}))
      .meta({description: "what was chosen otherwise, and data that is not the same"}),
    figures: z.array(
      z.object({
        name: z.string(),
        first: z.number().nullable(),
        second: z.number().nullable(),
        difference: z.number().nullable()
      })
    )
  })
  .meta({id: "RunComparison"}) satisfies z.ZodType<RunComparison>;

export const compare = endpoint({
  method: "get",
  path: "/api/runs/{key}/compare/{other}",
  tag: "research",
  summary: "Two runs side by side: what was chosen otherwise, and what came of it",
  params: z.strictObject({key: RunKey, other: RunKey}),
  problems: [404],
  reply: {description: "their differences", schema: Comparison},
  handle: ({path: {key, other}, desk}) => compareRuns(findRun(desk, key).run, findRun(desk, other).run)
});
