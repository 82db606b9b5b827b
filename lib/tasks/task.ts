import type {z} from "zod";

/**
 * One long computation, the same in a page's worker, in the bridge's threads and in the terminal. What goes in, comes out
 * and lies between can be cloned from thread to thread: plain objects, and typed arrays for columns.
 */
export interface Task<Input, Part, Piece, Output> {
  /** The door: checks what comes from outside and fills in what was left out. Lists of numbers become columns. */
  readonly input: z.ZodType<Input>;
  /** Returns the work in parts, each of which can run anywhere; one part where it cannot be divided. @throws RangeError */
  parts(input: Input): Part[];
  /** Does one part. @throws RangeError if the input makes no sense */
  run(part: Part): Piece;
  /** Returns the answer from the pieces, in the order of the parts. */
  join(pieces: readonly Piece[], input: Input): Output;
  /** Returns what it is called when a person is told of it; its name where absent. */
  title?: (input: Input) => string;
  /** Returns the numbers that two runs are compared by; none where absent. */
  figures?: (output: Output) => Record<string, number | null>;
}

/** Told after each part: how many are done of all, and what the one that ended gave. */
export interface TaskProgress<Piece = unknown> {
  done: number;
  total: number;
  /** Index of the part. */
  part: number;
  piece: Piece;
}

/** What stands before the door of a task. */
export type TaskInput<T> = T extends Task<infer Input, never, never, unknown> ? Input : never;
/** What a task gives. */
export type TaskOutput<T> = T extends {join(...args: never[]): infer Output} ? Output : never;
/** What one part of a task gives. */
export type TaskPiece<T> = T extends {run(part: never): infer Piece} ? Piece : never;

/** Returns the task that is one piece of work. */
export function whole<Input, Output>(
  input: z.ZodType<Input>,
  run: (input: Input) => Output,
  told: Pick<Task<Input, Input, Output, Output>, "title" | "figures"> = {}
): Task<Input, Input, Output, Output> {
  return {input, parts: (given) => [given], run, join: ([only]) => only, ...told};
}
