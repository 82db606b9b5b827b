import type {Urgency} from "./wire.js";

/**
 * Most messages in any second, by urgency: TWS takes 50 of everything together, and requests leave room, so that a cancel
 * never waits behind the opening of a hundred quotes.
 */
export const PER_SECOND: Readonly<Record<Urgency, number>> = {cancel: 50, order: 45, request: 40};

const URGENCIES: readonly Urgency[] = ["cancel", "order", "request"];

/** What TWS counts as a second, with what a socket may bunch together on the way. */
const WINDOW_MS = 1050;

interface Job {
  /** Sends, and says how many messages it sent. */
  run: () => number;
  settle: (wasSent: boolean) => void;
}

/** Lets messages out as fast as TWS takes them, the more urgent first, those of an urgency in their order. */
export interface Bucket {
  /**
   * Runs a job at once or as soon as the rate allows.
   * @returns whether it sent anything; false too when it was dropped
   */
  run(urgency: Urgency, job: () => number): Promise<boolean>;
  /** Takes back what waits of an urgency; of all, when none is named. */
  drop(urgency?: Urgency): void;
}

/** @param clock milliseconds that only ever grow */
export function createBucket(clock: () => number): Bucket {
  const queues: Record<Urgency, Job[]> = {cancel: [], order: [], request: []};
  let sent: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;

  /** Milliseconds until one more message of an urgency may leave. */
  function waitOf(urgency: Urgency): number {
    const most = PER_SECOND[urgency];
    return sent.length < most ? 0 : sent[sent.length - most] + WINDOW_MS - clock();
  }

  function drain(): void {
    if (isRunning) return; // a job that asks for another: the loop below takes it next
    isRunning = true;
    clearTimeout(timer);
    try {
      for (let urgency = next(); urgency; urgency = next()) {
        const wait = waitOf(urgency);
        if (wait > 0) {
          timer = setTimeout(drain, Math.ceil(wait));
          return;
        }
        const {run, settle} = queues[urgency].shift()!; // next() saw it
        const count = run();
        const now = clock();
        sent = sent.filter((at) => now - at < WINDOW_MS);
        for (let i = 0; i < count; ++i) sent.push(now);
        settle(count > 0);
      }
    } finally {
      isRunning = false;
    }
  }

  const next = () => URGENCIES.find((urgency) => queues[urgency].length > 0);

  return {
    run: (urgency, run) =>
      new Promise((settle) => {
        queues[urgency].push({run, settle});
        drain();
      }),
    drop(urgency) {
      for (const each of urgency ? [urgency] : URGENCIES)
        for (const {settle} of queues[each].splice(0)) settle(false);
    }
  };
}
