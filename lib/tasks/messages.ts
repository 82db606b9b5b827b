/** What a pool and its threads say to each other. A thread keeps the input of each job that is open. */
import {enter, TaskInputError} from "./door.js";
import {type Task, TASKS, type TaskName} from "./index.js";
import {madeRun, type PlannedRun, plannedRun, type Run} from "./run.js";
import type {TaskErrorCode} from "./task-error.js";
import {toJson} from "./to-json.js";

/** Whether an output crosses as it is, or as JSON text: columns as lists, NaN as null. */
export type OutputForm = "columns" | "json";

/** What a thread is told. */
export type ToThread =
  /** `code` is the hash of the sources. */
  | {job: number; open: TaskName; given: unknown; code: string; form: OutputForm}
  | {job: number; part: number}
  | {job: number; pieces: unknown[]}
  | {job: number; close: true};

/** What a thread tells. */
export type FromThread =
  /** How many parts it has, and what it is called in a sentence. */
  | {job: number; parts: number; title: string}
  | {job: number; part: number; piece: unknown}
  | {job: number; output: unknown; run: Run}
  | {job: number; failure: {code: TaskErrorCode; message: string}};

interface OpenJob {
  task: Task<unknown, unknown, unknown, unknown>;
  input: unknown;
  parts: unknown[];
  run: PlannedRun;
  form: OutputForm;
  /** Of the input's columns: they stay here. */
  buffers: ReadonlySet<ArrayBuffer>;
}

/** An answer, and the buffers in it that are handed over instead of copied. */
export interface Answer {
  reply: FromThread;
  transfer: ArrayBuffer[];
}

/** Returns what answers a pool in a thread: one answer a message, none to a close. */
export function taskThread(): (message: ToThread) => Answer | undefined {
  const jobs = new Map<number, OpenJob>();
  const work = (message: ToThread): FromThread | undefined => {
    const {job} = message;
    if ("close" in message) {
      jobs.delete(job);
      return undefined;
    }
    if ("open" in message) {
      const task = TASKS[message.open] as unknown as OpenJob["task"]; // parts go back only to the task they are of
      const input = enter(task.input, message.given);
      const parts = task.parts(input);
      const run = plannedRun(task, {name: message.open, input, code: message.code});
      jobs.set(job, {task, input, parts, run, form: message.form, buffers: new Set(buffersIn(input))});
      return {job, parts: parts.length, title: run.title};
    }
    const {task, input, parts, run, form} = jobs.get(job)!; // a pool opens a job first
    if ("part" in message) return {job, part: message.part, piece: task.run(parts[message.part])};
    const output = task.join(message.pieces, input);
    return {job, output: form === "json" ? toJson(output) : output, run: madeRun(run, task, output)};
  };
  return (message) => {
    try {
      const reply = work(message);
      if (!reply) return undefined;
      const given =
        "piece" in reply ? buffersIn(reply.piece) : "output" in reply ? buffersIn(reply.output) : [];
      const own = jobs.get(message.job)?.buffers;
      return {reply, transfer: given.filter((buffer) => !own?.has(buffer))};
    } catch (error) {
      return {reply: {job: message.job, failure: failureOf(error)}, transfer: []};
    }
  };
}

function failureOf(error: unknown): {code: TaskErrorCode; message: string} {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TaskInputError) return {code: "invalid-input", message};
  return {code: error instanceof RangeError ? "refused" : "internal", message};
}

/** The buffers of the columns in a value. */
function buffersIn(value: unknown, found: Set<ArrayBuffer> = new Set()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (Array.isArray(value)) {
    if (typeof value[0] === "object") for (const each of value) buffersIn(each, found);
  } else if (value !== null && typeof value === "object")
    for (const each of Object.values(value)) buffersIn(each, found);
  return [...found];
}
