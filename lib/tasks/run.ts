import {keyOf} from "../key.js";
import type {Task} from "./task.js";

/** A piece of data that a run was made of. */
export interface DataPart {
  /** Field of the input, with the symbol of bars: `bars AAPL`, `history`. */
  name: string;
  /** SHA-256 of every value, in hex. */
  sha256: string;
  /** Numbers in it. */
  values: number;
}

/** What is kept of a run beside its result: all that it depends on, and its figures; JSON-safe. */
export interface Run {
  /** SHA-256 of code, task, input and seed: equal key, equal result, bit for bit on one runtime. */
  key: string;
  /** Hash of the sources. */
  code: string;
  task: string;
  /** What it is called in a sentence: `the strategy sma-cross`. */
  title: string;
  /** What was chosen, defaults included: the input but for its data. */
  choices: Readonly<Record<string, unknown>>;
  data: DataPart[];
  /** Its numbers by name; null where there is none. */
  figures: Readonly<Record<string, number | null>>;
  /** What a reader must be told of it. */
  badges: string[];
}

/** A run as it is kept. */
export interface KeptRun extends Run {
  /** When it was last made, ISO UTC. */
  at: string;
}

/** All of a run but what came of it. */
export type PlannedRun = Omit<Run, "figures" | "badges">;

/**
 * Returns what a run depends on.
 * @param input as it passed the task's door
 * @param code hash of the sources
 */
export function plannedRun<Input>(
  task: Pick<Task<Input, never, never, never>, "title">,
  {name, input, code}: {name: string; input: Input; code: string}
): PlannedRun {
  const fields = Object.entries(input as Readonly<Record<string, unknown>>).filter(
    ([, value]) => value !== undefined
  ); // the input of every task is an object
  const isData = ([, value]: [string, unknown]) => numbersIn(value) > 0;
  const data = fields.filter(isData).flatMap(([field, value]) => partsOf(field, value));
  const choices = Object.fromEntries(fields.filter((field) => !isData(field)));
  return {
    key: keyOf({code, task: name, choices, data: data.map(({name: part, sha256}) => [part, sha256])}),
    code,
    task: name,
    title: task.title?.(input) ?? name,
    choices,
    data
  };
}

/** Returns the run with what came of it. */
export function madeRun<Output>(
  planned: PlannedRun,
  {figures}: {figures?: (output: Output) => Run["figures"]},
  output: Output
): Run {
  return {...planned, figures: figures?.(output) ?? {}, badges: badgesIn(output)};
}

/** What differs between two runs. */
export interface RunComparison {
  /** What was chosen otherwise, and data that is not the same. */
  changed: {what: string; first: unknown; second: unknown}[];
  /** Figures of either, in the order of the first. */
  figures: {name: string; first: number | null; second: number | null; difference: number | null}[];
}

/** Returns two runs side by side: what was chosen otherwise, and what came of it. */
export function compareRuns(first: Run, second: Run): RunComparison {
  const all = (run: Run): Readonly<Record<string, unknown>> => ({
    code: run.code,
    task: run.task,
    ...flat(run.choices),
    ...Object.fromEntries(run.data.map(({name, sha256}) => [name, sha256]))
  });
  const [a, b] = [all(first), all(second)];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const figures = [...new Set([...Object.keys(first.figures), ...Object.keys(second.figures)])];
  return {
    changed: names
      .filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]))
      .map((what) => ({what, first: a[what] ?? null, second: b[what] ?? null})),
    figures: figures.map((name) => {
      const [one, other] = [first.figures[name] ?? null, second.figures[name] ?? null];
      return {
        name,
        first: one,
        second: other,
        difference: one === null || other === null ? null : other - one
      };
    })
  };
}

/** `{costs: {commission: "0"}}` as `{"costs.commission": "0"}`. */
function flat(choices: Readonly<Record<string, unknown>>, before = ""): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(choices).flatMap(([name, value]) =>
      value !== null && typeof value === "object" && !Array.isArray(value)
        ? Object.entries(flat(value as Record<string, unknown>, `${before}${name}.`)) // an object, as was looked at
        : [[before + name, value]]
    )
  );
}

function partsOf(field: string, value: unknown): DataPart[] {
  if (Array.isArray(value) && value.every((each: {symbol?: unknown}) => typeof each?.symbol === "string"))
    return value.map((each: {symbol: string}) => partOf(`${field} ${each.symbol}`, each));
  return [partOf(field, value)];
}

function partOf(name: string, value: unknown): DataPart {
  return {name, sha256: keyOf(value), values: numbersIn(value)};
}

/** How many numbers stand in the columns of a value. */
function numbersIn(value: unknown): number {
  if (value instanceof Float64Array) return value.length;
  if (value === null || typeof value !== "object") return 0;
  return Object.values(value).reduce<number>((sum, each) => sum + numbersIn(each), 0);
}

function badgesIn(output: unknown): string[] {
  const {badges} = output as {badges?: unknown};
  return Array.isArray(badges) ? (badges as string[]) : []; // a task's badges are sentences
}
