import {randomUUID} from "node:crypto";

/** Long work, as `GET /api/jobs/{id}` and the socket tell it. */
export interface JobStatus {
  id: string;
  kind: string;
  state: "running" | "done" | "failed" | "cancelled";
  /** What is being done, or what came of it, as a sentence. */
  message: string;
  /** Steps done and in all; null while the number is not known. */
  done: number;
  total: number | null;
  startedAt: string;
  endedAt: string | null;
  /** What it brought; null until it is done. */
  result: unknown;
  /** Why it failed, for programs; null otherwise. */
  code: string | null;
}

export interface JobProgress {
  message: string;
  done?: number;
  total?: number;
}

/** Work that reports how far it is and ends early when told so; it may keep its job's id. */
export type Work<Result> = (
  report: (progress: JobProgress) => void,
  signal: AbortSignal,
  id: string
) => Promise<{
  message: string;
  result: Result;
  /** What the job's status keeps of the result, where all of it is too much. */
  told?: unknown;
}>;

interface JobsOptions {
  now: () => Date;
  announce: (job: JobStatus) => void;
}

/** How many ended jobs are remembered. */
const KEPT = 50;
/** Why work ends of which nothing more is told. */
const DROPPED = new Error("the desk shows another account now");

interface Job {
  status: JobStatus;
  abort: AbortController;
  ended: Promise<unknown>;
}

/** Runs long work and remembers how it went. */
export class Jobs {
  readonly #now: () => Date;
  readonly #announce: (job: JobStatus) => void;
  readonly #jobs = new Map<string, Job>();
  readonly #dropped: Promise<unknown>[] = [];

  constructor({now, announce}: JobsOptions) {
    this.#now = now;
    this.#announce = announce;
  }

  get(id: string): JobStatus | undefined {
    return this.#jobs.get(id)?.status;
  }

  /** The jobs that run or ended lately, the oldest first. */
  list(): JobStatus[] {
    return [...this.#jobs.values()].map(({status}) => status);
  }

  /** Starts work and returns at once; where work of the kind is running already, returns that. */
  start(kind: string, work: Work<unknown>): JobStatus {
    const running = this.list().find((status) => status.kind === kind && status.state === "running");
    return running ?? this.#begin(kind, work).status;
  }

  /** Starts work and returns at once, whatever runs beside it. */
  begin(kind: string, work: Work<unknown>): JobStatus {
    return this.#begin(kind, work).status;
  }

  /** Runs work and returns its result, or throws what it throws. */
  async run<Result>(kind: string, work: Work<Result>): Promise<Result> {
    return (await this.#begin(kind, work).ended) as Result; // what this very work gave
  }

  /** Asks a job to end; false when there is none that runs. */
  cancel(id: string): boolean {
    const job = this.#jobs.get(id);
    if (job?.status.state !== "running") return false;
    job.abort.abort();
    return true;
  }

  /** Ends and forgets the work of a kind: nothing more is told of it. */
  drop(kind: string): void {
    for (const [id, {status, abort, ended}] of this.#jobs) {
      if (status.kind !== kind) continue;
      this.#jobs.delete(id);
      this.#dropped.push(ended);
      abort.abort(DROPPED);
    }
  }

  /** Ends all that runs, and waits until it has ended. */
  async close(): Promise<void> {
    const jobs = [...this.#jobs.values()];
    for (const {abort} of jobs) abort.abort();
    await Promise.allSettled([...jobs.map(({ended}) => ended), ...this.#dropped]);
  }

  #begin(kind: string, work: Work<unknown>): Job {
    const abort = new AbortController();
    const status: JobStatus = {
      id: randomUUID(),
      kind,
      state: "running",
      message: "started",
      done: 0,
      total: null,
      startedAt: this.#now().toISOString(),
      endedAt: null,
      result: null,
      code: null
    };
    const ended = this.#work(status, work, abort.signal);
    ended.catch(() => {}); // its status says so
    const job = {status, abort, ended};
    this.#jobs.set(status.id, job);
    this.#forget();
    return job;
  }

  async #work(status: JobStatus, work: Work<unknown>, signal: AbortSignal): Promise<unknown> {
    const tell = (news: Partial<JobStatus>) => {
      Object.assign(status, news);
      if (signal.reason !== DROPPED) this.#announce(status);
    };
    const end = (news: Partial<JobStatus>) => tell({...news, endedAt: this.#now().toISOString()});
    tell({});
    try {
      const {
        message,
        result,
        told = result
      } = await work((progress) => status.state === "running" && tell(progress), signal, status.id);
      end({state: "done", message, result: told});
      return result;
    } catch (error) {
      if (signal.aborted) end({state: "cancelled", message: "cancelled"});
      else end({state: "failed", message: (error as Error).message, code: codeOf(error)});
      throw error;
    }
  }

  #forget(): void {
    for (const [id, {status}] of this.#jobs) {
      if (this.#jobs.size <= KEPT) return;
      if (status.state !== "running") this.#jobs.delete(id);
    }
  }
}

function codeOf(error: unknown): string {
  const {code, problem} = error as {code?: string | number; problem?: {code: string}};
  return String(problem?.code ?? code ?? "failed");
}
