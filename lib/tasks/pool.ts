import type {OutputOf, PieceOf, TaskName, TaskProgress} from "./index.js";
import type {Run} from "./run.js";
import type {FromThread, OutputForm, ToThread} from "./messages.js";
import {TaskError} from "./task-error.js";

/** A thread, as a page or Node has it. */
export interface Thread {
  post(message: ToThread): void;
  /** Ends it at once, whatever it does. */
  end(): void;
}

/** What a thread tells its pool. */
export interface ThreadEvents {
  onMessage: (message: FromThread) => void;
  /** It ended by itself, or could not start. */
  onEnd: (reason: string) => void;
}

/** What a pool is made of. */
export interface PoolOptions {
  /** Most threads; each starts when there is work for it. */
  threads: number;
  start(events: ThreadEvents): Thread;
  /** Calls after so many milliseconds; returns what takes it back. */
  after(ms: number, call: () => void): () => void;
  /** Hash of the sources, which runs are known by; asked for with the first task. */
  code: () => string | Promise<string>;
  /** Most jobs that wait or run; default 32. */
  most?: number;
}

/** How a job is run. */
export interface RunOptions<N extends TaskName> {
  signal?: AbortSignal | undefined;
  /** How long it may work, milliseconds; default a minute. */
  timeoutMs?: number;
  onProgress?: ((progress: TaskProgress<PieceOf<N>>) => void) | undefined;
}

/** What a task gave, and the run that it is known by. */
export interface Studied<Output> {
  output: Output;
  run: Run;
}

interface Job {
  id: number;
  name: TaskName;
  given: unknown;
  code: string;
  form: OutputForm;
  options: RunOptions<TaskName>;
  title: string;
  /** Unknown until a thread has opened it. */
  parts: number | undefined;
  /** Index of the first part that no thread has begun. */
  next: number;
  pieces: unknown[];
  done: number;
  isJoining: boolean;
  stopClock: (() => void) | undefined;
  settle: {resolve: (studied: Studied<unknown>) => void; reject: (error: Error) => void};
}

interface Worker {
  thread: Thread;
  /** What it works on; undefined when it is free. */
  job: Job | undefined;
  /** Jobs whose input it keeps. */
  open: Set<number>;
}

/**
 * Runs tasks in threads: the first that waits goes first, its parts spread over the threads that are free. A job that is
 * cancelled or takes too long ends with its threads; others start in their place. Page and bridge have the same pool.
 */
export class TaskPool {
  readonly #options: PoolOptions;
  readonly #workers = new Set<Worker>();
  readonly #jobs = new Map<number, Job>();
  #last = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /**
   * Runs a task and returns what it gives.
   * @param given what the task's door takes; columns in it are copied
   * @throws TaskError when it gives nothing, the signal's reason when it is cancelled
   */
  async run<N extends TaskName>(name: N, given: unknown, options: RunOptions<N> = {}): Promise<OutputOf<N>> {
    return (await this.study(name, given, options)).output;
  }

  /** Runs a task and returns what it gives, with the run that it is known by. @throws as `run` does */
  async study<N extends TaskName>(
    name: N,
    given: unknown,
    options: RunOptions<N> = {}
  ): Promise<Studied<OutputOf<N>>> {
    const studied = await this.#study(name, given, options, "columns");
    return studied as Studied<OutputOf<N>>; // what the task of that name gave
  }

  /** Runs a task and returns what it gives as JSON text, made in its thread, with its run. @throws as `run` does */
  async text<N extends TaskName>(
    name: N,
    given: unknown,
    options: RunOptions<N> = {}
  ): Promise<Studied<string>> {
    return (await this.#study(name, given, options, "json")) as Studied<string>; // the form that was asked for
  }

  async #study<N extends TaskName>(
    name: N,
    given: unknown,
    options: RunOptions<N>,
    form: OutputForm
  ): Promise<Studied<unknown>> {
    const {most = 32} = this.#options;
    const {signal} = options;
    const code = await this.#options.code();
    signal?.throwIfAborted();
    if (this.#jobs.size >= most)
      throw new TaskError(
        "busy",
        `${this.#jobs.size} computations wait already: cancel some, or try again later`
      );
    return new Promise<Studied<unknown>>((resolve, reject) => {
      const job: Job = {
        id: ++this.#last,
        name,
        given,
        code,
        form,
        options: options as RunOptions<TaskName>, // pieces go back as the task made them
        title: name,
        parts: undefined,
        next: 0,
        pieces: [],
        done: 0,
        isJoining: false,
        stopClock: undefined,
        settle: {resolve, reject}
      };
      this.#jobs.set(job.id, job);
      signal?.addEventListener("abort", () => this.#stop(job, signal.reason as Error), {once: true});
      this.#next();
    });
  }

  /** Ends every thread; what runs is told so. */
  close(): void {
    for (const job of this.#jobs.values()) this.#stop(job, new TaskError("crashed", "the desk stops"));
    for (const {thread} of this.#workers) thread.end();
    this.#workers.clear();
  }

  /** Gives work to threads that are free. */
  #next(): void {
    for (;;) {
      const job = [...this.#jobs.values()].find((each) => hasWork(each));
      const worker = job && this.#free(job);
      if (!job || !worker) return;
      this.#give(worker, job);
    }
  }

  #free(job: Job): Worker | undefined {
    const free = [...this.#workers].filter((worker) => !worker.job);
    const known = free.find(({open}) => open.has(job.id)) ?? free[0];
    if (known || this.#workers.size >= this.#options.threads) return known;
    const worker: Worker = {
      thread: this.#options.start({
        onMessage: (message) => this.#heard(worker, message),
        onEnd: (reason) => this.#ended(worker, reason)
      }),
      job: undefined,
      open: new Set()
    };
    this.#workers.add(worker);
    return worker;
  }

  #give(worker: Worker, job: Job): void {
    const {id, name, given, code, form, options} = job;
    worker.job = job;
    job.stopClock ??= this.#options.after(options.timeoutMs ?? MINUTE, () => this.#tooLong(job));
    if (!worker.open.has(id)) {
      worker.open.add(id);
      worker.thread.post({job: id, open: name, given, code, form});
      if (job.parts === undefined) job.next = -1; // others wait until it is known how many parts there are
    } else if (job.done === job.parts) {
      job.isJoining = true;
      worker.thread.post({job: id, pieces: job.pieces});
    } else worker.thread.post({job: id, part: job.next++});
  }

  #heard(worker: Worker, message: FromThread): void {
    const {job} = worker;
    worker.job = undefined;
    if (!job || message.job !== job.id || !this.#jobs.has(job.id)) return this.#next();
    if ("failure" in message) {
      const {code, message: words} = message.failure;
      this.#stop(job, new TaskError(code, words));
    } else if ("parts" in message) {
      if (job.parts === undefined) [job.parts, job.title, job.next] = [message.parts, message.title, 0];
    } else if ("piece" in message) {
      job.pieces[message.part] = message.piece;
      ++job.done;
      const {part, piece} = message;
      // the pieces of the task that was asked for
      const progress = {done: job.done, total: job.parts!, part, piece} as TaskProgress<PieceOf<TaskName>>;
      job.options.onProgress?.(progress);
    } else {
      this.#forget(job);
      job.settle.resolve({output: message.output, run: message.run});
    }
    this.#next();
  }

  #ended(worker: Worker, reason: string): void {
    this.#workers.delete(worker);
    const {job} = worker;
    if (job) this.#stop(job, new TaskError("crashed", `${job.title} ended in the middle: ${reason}`));
    this.#next();
  }

  #tooLong(job: Job): void {
    const seconds = (job.options.timeoutMs ?? MINUTE) / 1000;
    this.#stop(
      job,
      new TaskError("out-of-time", `${job.title} was stopped after ${seconds} s: it had not ended`)
    );
  }

  /** Ends a job with the threads that work on it. */
  #stop(job: Job, error: Error): void {
    if (!this.#jobs.has(job.id)) return;
    for (const worker of this.#workers) {
      if (worker.job !== job) continue;
      this.#workers.delete(worker);
      worker.thread.end();
    }
    this.#forget(job);
    job.settle.reject(error);
    this.#next();
  }

  #forget(job: Job): void {
    job.stopClock?.();
    this.#jobs.delete(job.id);
    for (const {open, thread} of this.#workers)
      if (open.delete(job.id)) thread.post({job: job.id, close: true});
  }
}

const MINUTE = 60_000;

/** Whether a thread could do something for a job now. */
function hasWork({parts, next, done, isJoining}: Job): boolean {
  if (parts === undefined) return next === 0;
  return next < parts || (done === parts && !isJoining);
}
