/** Silence of so many beats ends a connection: an open socket proves nothing, and the library's own watchdog misses it. */
const SILENT_BEATS = 2.5;

export interface HeartbeatOptions {
  everyMs: number;
  /** Milliseconds that only ever grow. */
  clock: () => number;
  /** Milliseconds since 1970 UTC. */
  now: () => number;
  /** Asks TWS for its time. */
  ask: () => void;
  /** Called at each answer. */
  onBeat: () => void;
  onSilence: () => void;
}

/** Asks TWS for its time again and again, and notices when nothing at all comes any more. */
export interface Heartbeat {
  /** Time there and back of the last answer, milliseconds; null before the first. */
  readonly latencyMs: number | null;
  /** TWS's clock less ours, milliseconds, to half a second as TWS tells whole ones; null before the first. */
  readonly offsetMs: number | null;
  /** Silence after which a connection is given up, milliseconds. */
  readonly silenceMs: number;
  start(): void;
  stop(): void;
  /** Something came, whatever it was. */
  hear(): void;
  /** @param seconds TWS's time, seconds since 1970 UTC */
  answer(seconds: number): void;
}

export function createHeartbeat(options: HeartbeatOptions): Heartbeat {
  const {everyMs, clock, now, ask, onBeat, onSilence} = options;
  const silenceMs = SILENT_BEATS * everyMs;
  let [latencyMs, offsetMs, askedAt]: (number | null)[] = [null, null, null];
  let heardAt = 0;
  let timer: NodeJS.Timeout | undefined;

  function beat(): void {
    if (clock() - heardAt > silenceMs) return onSilence();
    askedAt ??= clock();
    ask();
    timer = setTimeout(beat, everyMs);
    return undefined;
  }

  return {
    get latencyMs() {
      return latencyMs;
    },
    get offsetMs() {
      return offsetMs;
    },
    silenceMs,
    start() {
      clearTimeout(timer);
      heardAt = clock();
      askedAt = null;
      beat();
    },
    stop: () => clearTimeout(timer),
    hear() {
      heardAt = clock();
    },
    answer(seconds) {
      if (askedAt === null) return; // somebody else's question
      latencyMs = clock() - askedAt;
      offsetMs = Math.round(seconds * 1000 + 500 - (now() - latencyMs / 2));
      askedAt = null;
      onBeat();
    }
  };
}
