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

/** Work that reports how far it is and ends early when told so. */
export type Work = (
  report: (progress: JobProgress) => void,
  signal: AbortSignal
) => Promise<{message: string; result?: unknown}>;

interface JobsOptions {
  now: () => Date;
  announce: (job: JobStatus) => void;
}

/** How many ended jobs are remembered. */
const KEPT = 50;

/** Runs long work, one of a kind at a time, and remembers how it went. */
export class Jobs {
  readonly #now: () => Date;
  readonly #announce: (job: JobStatus) => void;
  readonly #jobs = new Map<string, {status: JobStatus; abort: AbortController; ended: Promise<void>}>();

  constructor({now, announce}: JobsOptions) {
    this.#now = now;
    this.#announce = announce;
  }

  get(id: string): JobStatus | undefined {
    return this.#jobs.get(id)?.status;
  }

  list(): JobStatus[] {
    return [...this.#jobs.values()].map(({status}) => status);
  }

  /** Starts work and returns at once; where work of the kind is running already, returns that. */
  start(kind: string, work: Work): JobStatus {
    const running = this.list().find((status) => status.kind === kind && status.state === "running");
    if (running) return running;
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
    this.#jobs.set(status.id, {status, abort, ended: this.#run(status, work, abort.signal)});
    this.#forget();
    return status;
  }

  /** Asks a job to end; false when there is none that runs. */
  cancel(id: string): boolean {
    const job = this.#jobs.get(id);
    if (job?.status.state !== "running") return false;
    job.abort.abort();
    return true;
  }

  /** Resolves when the job has ended. */
  async ended(id: string): Promise<void> {
    await this.#jobs.get(id)?.ended;
  }

  /** Ends all that runs. */
  async close(): Promise<void> {
    for (const {abort} of this.#jobs.values()) abort.abort();
    await Promise.all([...this.#jobs.values()].map(({ended}) => ended));
  }

  async #run(status: JobStatus, work: Work, signal: AbortSignal): Promise<void> {
    const tell = (news: Partial<JobStatus>) => this.#announce(Object.assign(status, news));
    try {
      const {message, result = null} = await work(
        (progress) => status.state === "running" && tell(progress),
        signal
      );
      tell({state: "done", message, result, endedAt: this.#now().toISOString()});
    } catch (error) {
      const {message, code = "failed"} = error as Error & {code?: string | number};
      tell({
        state: signal.aborted ? "cancelled" : "failed",
        message: signal.aborted ? "cancelled" : message,
        code: signal.aborted ? null : String(code),
        endedAt: this.#now().toISOString()
      });
    }
  }

  #forget(): void {
    for (const [id, {status}] of this.#jobs) {
      if (this.#jobs.size <= KEPT) return;
      if (status.state !== "running") this.#jobs.delete(id);
    }
  }
}
