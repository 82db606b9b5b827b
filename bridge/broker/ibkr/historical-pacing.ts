/** A question after historical bars, as IBKR counts it. */
export interface HistoricalAsk {
  conId: number;
  exchange: string;
  /** `TRADES`, `MIDPOINT`, `BID_ASK`, … */
  what: string;
  /** Length of a bar, seconds. */
  barSeconds: number;
  /** The rest of the question: its end, its duration, its hours. */
  rest: string;
}

/** Most questions that are open at a time. */
const MOST_OPEN = 50;
/** Bars up to this length fall under the rules below; longer ones IBKR slows down by itself. */
const SMALL_BAR_SECONDS = 30;
/** IBKR's windows, each with a margin for what the way there adds. */
const SAME_MS = 15_500;
const BURST_MS = 2100;
const BURST_MOST = 5;
const LONG_MS = 601_000;
const LONG_MOST = 60;

interface Asked {
  at: number;
  stream: string;
  whole: string;
  /** BID_ASK counts twice. */
  weight: number;
}

/** Holds questions after historical bars back until IBKR takes them; a breach is answered with error 162. */
export interface HistoricalPacing {
  /**
   * Waits until a question may be sent.
   * @returns what must be called when its answer has come, or will not
   * @throws the signal's reason
   */
  acquire(ask: HistoricalAsk, signal?: AbortSignal): Promise<() => void>;
}

/** @param clock milliseconds that only ever grow */
export function createHistoricalPacing(clock: () => number): HistoricalPacing {
  let recent: Asked[] = [];
  let open = 0;
  /** Called when a question ends. */
  const ended = new Set<() => void>();

  /** Milliseconds until the rules let a question of small bars through; 0 when they do now. */
  function waitOf({stream, whole, weight}: Asked): number {
    const now = clock();
    recent = recent.filter(({at}) => now - at < LONG_MS);
    const same = recent.findLast((each) => each.whole === whole);
    const waits = [
      same ? same.at + SAME_MS - now : 0,
      waitFor(
        recent.filter((each) => each.stream === stream && now - each.at < BURST_MS),
        BURST_MOST,
        BURST_MS
      ),
      waitFor(recent, LONG_MOST, LONG_MS)
    ];
    return Math.max(0, ...waits);

    /** Until enough of the oldest have left a window for one more. */
    function waitFor(inside: readonly Asked[], most: number, windowMs: number): number {
      let count = inside.reduce((sum, each) => sum + each.weight, weight);
      for (const each of inside) {
        if (count <= most) return 0;
        count -= each.weight;
        if (count <= most) return each.at + windowMs - now;
      }
      return 0;
    }
  }

  /** Waits for some time, or for the next question to end; whichever ends it takes both away. */
  function pause(ms: number | null, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = ms === null ? undefined : setTimeout(over, Math.ceil(ms));
      function over(): void {
        clearTimeout(timer);
        ended.delete(over);
        signal?.removeEventListener("abort", over);
        if (signal?.aborted) reject(signal.reason);
        else resolve();
      }
      if (ms === null) ended.add(over);
      signal?.addEventListener("abort", over);
    });
  }

  return {
    async acquire({conId, exchange, what, barSeconds, rest}, signal) {
      const stream = `${conId} ${exchange} ${what}`;
      const whole = `${stream} ${barSeconds} ${rest}`;
      const asked: Asked = {at: 0, stream, whole, weight: what === "BID_ASK" ? 2 : 1};
      const isSmall = barSeconds <= SMALL_BAR_SECONDS;
      for (;;) {
        signal?.throwIfAborted();
        const wait = isSmall ? waitOf(asked) : 0;
        if (wait > 0) await pause(wait, signal);
        else if (open >= MOST_OPEN) await pause(null, signal);
        else break;
      }
      if (isSmall) recent.push({...asked, at: clock()});
      ++open;
      let isOpen = true;
      return () => {
        if (!isOpen) return;
        isOpen = false;
        --open;
        for (const over of ended) over();
      };
    }
  };
}
