import {ErrorCode, EventName, type IBApi} from "@stoqey/ib";
import type {LinkPhase, LinkStatus} from "../../../lib/live/link.js";
import type {Log} from "../../log.js";
import {createBreaker} from "./breaker.js";
import {createBucket} from "./bucket.js";
import {createEars} from "./ears.js";
import {createHeartbeat} from "./heartbeat.js";
import {createMisread} from "./misread.js";
import {openSession, type Ending, type Session, type Welcome} from "./session.js";
import {isReadOnlyError, noteOf, verdictOf} from "./session-phase.js";
import {offsetOf} from "./tws-time.js";
import {
  LEAST_REQUEST_ID,
  MOST_ORDER_ID,
  MOST_REQUEST_ID,
  ORDER_ERRORS,
  type Urgency,
  type Wire
} from "./wire.js";

export interface WireOptions {
  host: string;
  port: number;
  clientId: number;
  log: Pick<Log, "info" | "warn" | "error">;
  /** Milliseconds since 1970 UTC. */
  now?: () => number;
  /** Milliseconds that only ever grow. */
  clock?: () => number;
  /** In [0, 1). */
  random?: () => number;
  /** From one question after TWS's time to the next, milliseconds; silence of 2.5 of them ends a connection. */
  heartbeatMs?: number;
  /** How long a connection may take until it is ready, milliseconds. */
  patienceMs?: number;
  /** Wait after the first failure, and while tries are slow, milliseconds. */
  retry?: {firstMs: number; openMs: number};
}

/** Opens the one connection to TWS and keeps it; it is tried until it is closed. */
export function createWire(options: WireOptions): Wire {
  const {host, port, clientId, log} = options;
  const {now = Date.now, clock = () => performance.now(), random = Math.random} = options;
  const {heartbeatMs = 10_000, patienceMs = 10_000, retry = {firstMs: 1000, openMs: 60_000}} = options;
  const address = `${host}:${port}`;
  const {on, attach, guarded} = createEars(log);
  const readyListeners = new Set<(why: "connected" | "lost" | "kept") => void>();
  const statusListeners = new Set<(status: LinkStatus) => void>();
  const requests = new Map<number, (code: number, message: string) => void>();
  const brokenFarms = new Set<string>();
  const bucket = createBucket(clock);
  const breaker = createBreaker({...retry, clock, random});
  const heartbeat = createHeartbeat({
    everyMs: heartbeatMs,
    clock,
    now,
    ask: () => void carry("cancel", (api) => api.reqCurrentTime(), isOpen), // before everything, and while TWS has lost IBKR
    onBeat: tellStatus,
    onSilence: () => session?.giveUp()
  });
  const misread = createMisread({log, onCount: retell, onLost: (kind) => session?.garble(kind)});
  let session: Session | undefined;
  let timer: NodeJS.Timeout | undefined;
  let [phase, sentence, since]: [LinkPhase, string, number] = [
    "connecting",
    `connecting to ${address}`,
    now()
  ];
  let welcome: Welcome | null = null;
  let [isReadOnly, isCompeting, isClosed, isCut] = [false, false, false, false];
  /** Nobody was told yet that this connection is ready: it has no streams that TWS could have kept. */
  let isFresh = true;
  let lastReadyAt: number | null = null;
  let nextTryAt: number | null = null;
  let lastByteAt: number | null = null;
  let zoneOffsetMs: number | null = null;
  let lastGarbledAt: number | null = null;
  let [nextValidId, requestId, written] = [0, LEAST_REQUEST_ID - 1, 0];
  let lines = {used: 0, budget: 100};

  const status = (): LinkStatus => ({
    phase,
    sentence,
    since,
    isReadOnly,
    address,
    clientId,
    serverVersion: welcome?.serverVersion ?? null,
    accounts: welcome?.accounts ?? [],
    latencyMs: heartbeat.latencyMs,
    lastByteAt,
    clockOffsetMs: heartbeat.offsetMs,
    tries: breaker.failures,
    nextTryAt,
    breaker: breaker.state,
    lines
  });

  function tellStatus(): void {
    const current = status();
    for (const listener of statusListeners) guarded(listener, current);
  }

  function enter(to: LinkPhase, what: string): void {
    if (phase !== to) since = now();
    if (sentence !== what) log[to === "ready" ? "info" : "warn"]({phase: to}, `ibkr link: ${what}`);
    [phase, sentence] = [to, what];
    tellStatus();
  }

  function open(): void {
    nextTryAt = null;
    if (phase === "waiting") enter("connecting", `connecting to ${address}`);
    [isReadOnly, isCompeting, isCut, isFresh] = [false, false, false, true];
    brokenFarms.clear();
    session = openSession(
      {host, port, clientId, patienceMs, onReady, onLeftOut: misread.note, onEnd},
      (api) => {
        api.on(EventName.sent, () => void ++written);
        api.on(EventName.received, () => {
          lastByteAt = now();
          heartbeat.hear();
        });
        api.on(EventName.server, (_, time) => (zoneOffsetMs = offsetOf(time, now())));
        api.on(EventName.currentTime, (time) => heartbeat.answer(time));
        api.on(EventName.nextValidId, (id) => {
          if (id > nextValidId && id <= MOST_ORDER_ID) nextValidId = id;
        });
        api.on(EventName.info, (message, code) => hearNote(code, message));
        api.on(EventName.error, ({message}, code, id) => hearError(id, code, message));
        attach(api);
      }
    );
  }

  function onReady(heard: Welcome): void {
    welcome = heard;
    breaker.succeed();
    heartbeat.start();
    if (isCut) return enter("cut", sentence); // TWS said in the same breath that it has lost IBKR
    becomeReady("kept");
  }

  function becomeReady(streams: "lost" | "kept"): void {
    const why = isFresh ? "connected" : streams;
    [isCut, isFresh] = [false, false];
    lastReadyAt = now();
    enter("ready", readySentence());
    for (const listener of readyListeners) guarded(listener, why);
  }

  function readySentence(): string {
    const {accounts = [], serverVersion = 0} = welcome ?? {};
    const parts = [`connected to ${accounts.join(", ")} at ${address}, version ${serverVersion}`];
    if (isReadOnly)
      parts.push(
        "TWS is set to Read-Only API, so no orders: to trade, untick it in its API settings and start the desk again"
      );
    if (isCompeting) parts.push("another session of the same user takes the market data");
    if (misread.count) parts.push(`${misread.count} of its messages could not be read whole`);
    if (brokenFarms.size) parts.push(`IBKR's farms are broken: ${[...brokenFarms].join(", ")}`);
    return parts.join("; ");
  }

  function hearNote(code: number, message: string): void {
    const note = noteOf(code, message, now());
    if (note.kind === "cut") cut(note.sentence);
    else if (note.kind === "back") {
      if (session?.stage === "ready") becomeReady(note.streams);
    } else if (note.kind === "read-only") becomeReadOnly();
    else if (note.kind === "farm") {
      if (note.isBroken) brokenFarms.add(note.name);
      else brokenFarms.delete(note.name);
      retell();
    } else log.info({code}, `ibkr: ${message}`);
  }

  function cut(what: string): void {
    isCut = true;
    if (phase === "ready") lastReadyAt = now();
    bucket.drop("order");
    bucket.drop("cancel");
    enter("cut", what);
  }

  function becomeReadOnly(): void {
    isReadOnly = true;
    bucket.drop("order");
    bucket.drop("cancel");
    retell();
  }

  /** Says again what ready means; nothing else when it is not. */
  function retell(): void {
    if (phase === "ready") enter("ready", readySentence());
  }

  function hearError(id: number, code: number, message: string): void {
    if (code === ErrorCode.UNKNOWN_ID) misread.hear(message);
    if (isReadOnlyError(code, message)) becomeReadOnly();
    if (code === 10197 && !isCompeting) {
      isCompeting = true;
      retell();
      session?.api.once(EventName.tickPrice, () => {
        isCompeting = false;
        retell();
      });
    }
    const listener = requests.get(id);
    if (listener && !ORDER_ERRORS.has(code)) guarded(listener, code, message);
  }

  function onEnd(ending: Ending): void {
    if (phase === "ready") lastReadyAt = now();
    session = undefined;
    heartbeat.stop();
    bucket.drop();
    const before = {address, clientId, wasCut: isCut, lastReadyAt, lastGarbledAt, now: now()};
    const verdict = verdictOf(ending, before, heartbeat.silenceMs);
    const wait = breaker.fail(verdict.isFinal);
    nextTryAt = now() + wait;
    timer = setTimeout(open, wait);
    enter(verdict.phase, verdict.sentence);
    if (ending.garbled === null || ending.stage !== "ready") return;
    lastGarbledAt = now();
    misread.note(ending.garbled);
  }

  const isOpen = () => session?.stage === "ready";

  function send(urgency: Urgency, call: (api: IBApi) => void): Promise<boolean> {
    if (urgency === "request") return carry(urgency, call, isOpen);
    return carry(urgency, call, () => phase === "ready" && !(isReadOnly && urgency === "order"));
  }

  function carry(urgency: Urgency, call: (api: IBApi) => void, may: () => boolean): Promise<boolean> {
    if (!may()) return Promise.resolve(false);
    return bucket.run(urgency, () => {
      if (!session || !may()) return 0;
      const before = written;
      guarded(call, session.api);
      return written - before;
    });
  }

  open();
  return {
    clientId,
    status,
    send,
    on,
    takeRequestId() {
      do requestId = requestId < MOST_REQUEST_ID ? requestId + 1 : LEAST_REQUEST_ID;
      while (requests.has(requestId));
      return requestId;
    },
    get nextValidId() {
      return nextValidId;
    },
    get zoneOffsetMs() {
      return zoneOffsetMs;
    },
    get protocolErrors() {
      return misread.count;
    },
    drop: (urgency) => bucket.drop(urgency),
    onReady(listener) {
      readyListeners.add(listener);
      return () => void readyListeners.delete(listener);
    },
    onStatus(listener) {
      statusListeners.add(listener);
      return () => void statusListeners.delete(listener);
    },
    onRequestError(id, listener) {
      requests.set(id, listener);
      return () => void requests.delete(id);
    },
    setLines(told) {
      lines = told;
      tellStatus();
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      clearTimeout(timer);
      heartbeat.stop();
      bucket.drop();
      session?.close();
      session = undefined;
      nextTryAt = null;
      enter("off", `the link to ${address} is closed`);
    }
  };
}
