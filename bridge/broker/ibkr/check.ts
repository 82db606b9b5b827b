import type {BrokerLists} from "../../../lib/orders/reconcile.js";
import {type Contracts, createContracts} from "./contracts.js";
import {createWire, type WireOptions} from "./connect.js";
import {createLists} from "./lists.js";
import {probe} from "./probe.js";
import {createQuotes, type Quotes} from "./quotes.js";
import {recordWire, type Recorder} from "./recorder.js";
import type {Wire} from "./wire.js";

/** One step of testing the connection. */
export interface LinkCheck {
  what:
    | "port"
    | "protocol"
    | "session"
    | "accounts"
    | "clock"
    | "positions"
    | "orders"
    | "executions"
    | "quotes"
    | "messages";
  status: "ok" | "warning" | "error";
  /** What is, and what to do where that is not well. */
  sentence: string;
}

export interface CheckOptions {
  host: string;
  port: number;
  /** Of the test: another than the desk's, which may be connected at the same time. */
  clientId: number;
  mode: "paper" | "ibkr-paper" | "live";
  /** Called with what records the session, once there is one. */
  onRecord?: (recorder: Recorder) => void;
  /** How long each step may take, milliseconds. */
  patienceMs?: number;
  now?: () => number;
}

const PAPER_PORTS: ReadonlySet<number> = new Set([7497, 4002]);
const LIVE_PORTS: ReadonlySet<number> = new Set([7496, 4001]);
/** Clocks further apart than this make the times of orders and executions hard to compare. */
const CLOCK_MS = 2000;
const SLOW_MS = 500;
const QUOTE_MS = 5000;

export const isPaperAccount = (account: string): boolean => /^D[UFI]/.test(account);
const silent = {info: () => undefined, warn: () => undefined, error: () => undefined} as WireOptions["log"];
const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;

/** Tests the connection to TWS, a step at a time; it places and cancels nothing. It stops at a step without which the next cannot be. */
export async function* checkLink(options: CheckOptions): AsyncGenerator<LinkCheck> {
  const {host, port, clientId, mode, onRecord, patienceMs = 10_000, now = Date.now} = options;
  const found = await probe(host, port, patienceMs);
  const {isReached, ...first} = portCheck(found, `${host}:${port}`, port);
  yield first;
  if (!isReached || found.kind !== "tws") return;
  const isSpoken = found.version >= 100 && found.version <= 193;
  yield {
    what: "protocol",
    status: isSpoken ? "ok" : "error",
    sentence: `TWS speaks version ${found.version}${isSpoken ? "" : ", which the client library does not: update TWS or this desk"}; its clock says ${found.time}`
  };
  if (!isSpoken) return;

  const wire = createWire({host, port, clientId, log: silent, now, patienceMs, heartbeatMs: 2000});
  const recorder = recordWire(wire, () => performance.now());
  onRecord?.(recorder);
  try {
    await until(() => wire.status().phase === "ready" || wire.status().tries > 0 || null, patienceMs);
    const status = wire.status();
    const isReady = status.phase === "ready";
    yield {what: "session", status: isReady ? "ok" : "error", sentence: status.sentence};
    if (!isReady) return;
    yield accountsCheck(status.accounts, mode);
    yield await clockCheck(wire, patienceMs);
    const contracts = createContracts(wire, now);
    const magnifierOf = (conId: number) => contracts.magnifierOf(conId);
    const lists = await createLists({wire, now, magnifierOf}).read(AbortSignal.timeout(4 * patienceMs));
    yield* listChecks(wire, lists);
    const quotes = createQuotes({wire, now, tell: () => undefined});
    yield await quoteCheck(contracts, quotes, lists.positions?.rows ?? []);
    const {protocolErrors} = wire;
    yield {
      what: "messages",
      status: protocolErrors ? "error" : "ok",
      sentence: protocolErrors
        ? `${count(protocolErrors, "message")} of TWS could not be read: record the session with --record and report it`
        : `${count(recorder.count, "message")}, each of them read`
    };
  } finally {
    recorder.stop();
    await wire.close();
  }
}

function portCheck(
  found: Awaited<ReturnType<typeof probe>>,
  address: string,
  port: number
): LinkCheck & {isReached: boolean} {
  const failed = (sentence: string) => ({
    what: "port" as const,
    status: "error" as const,
    sentence,
    isReached: false
  });
  switch (found.kind) {
    case "closed":
      return failed(
        `nobody listens at ${address} (${found.reason}): start TWS or IB Gateway and log in; in its API settings tick Enable ActiveX and Socket Clients and look at Socket port`
      );
    case "silent":
      return failed(
        `${address} takes the connection and says nothing: accept it in TWS's window, or look whether another program has that port`
      );
    case "ended":
      return failed(
        `${address} ends the connection without a word: finish TWS's login, and add this machine to Trusted IPs in its API settings`
      );
    case "other":
      return failed(
        `what listens at ${address} is not TWS: it says "${found.said}"; look at Socket port in TWS's API settings and set IBKR_PORT`
      );
    case "tws": {
      const kind = PAPER_PORTS.has(port) ? "paper" : LIVE_PORTS.has(port) ? "live" : null;
      return {
        what: "port",
        status: kind ? "ok" : "warning",
        sentence: kind
          ? `TWS listens at ${address}, the usual port of ${kind} accounts`
          : `TWS listens at ${address}, which is no usual port: orders to IBKR need 7497 or 4002 (paper), 7496 or 4001 (live)`,
        isReached: true
      };
    }
  }
}

function accountsCheck(accounts: readonly string[], mode: CheckOptions["mode"]): LinkCheck {
  const [paper, live] = [accounts.filter(isPaperAccount), accounts.filter((one) => !isPaperAccount(one))];
  const sentence = [
    paper.length ? `${paper.join(", ")} on paper` : "",
    live.length ? `${live.join(", ")} with real money` : ""
  ]
    .filter(Boolean)
    .join("; ");
  const fits = mode === "paper" || (mode === "live" ? !paper.length : !live.length);
  return {
    what: "accounts",
    status: fits ? "ok" : "error",
    sentence: fits ? sentence : `${sentence}: TRADING_MODE=${mode} does not go with that, so no orders`
  };
}

async function clockCheck(wire: Wire, patienceMs: number): Promise<LinkCheck> {
  const told = await until(() => {
    const {latencyMs, clockOffsetMs} = wire.status();
    return latencyMs === null || clockOffsetMs === null ? null : {latencyMs, clockOffsetMs};
  }, patienceMs);
  if (!told)
    return {what: "clock", status: "error", sentence: "TWS does not answer when it is asked for its time"};
  const {latencyMs, clockOffsetMs} = told;
  const apart = `TWS answers in ${Math.round(latencyMs)} ms, its clock is ${(Math.abs(clockOffsetMs) / 1000).toFixed(1)} s ${clockOffsetMs < 0 ? "behind" : "ahead of"} ours`;
  if (Math.abs(clockOffsetMs) > CLOCK_MS)
    return {what: "clock", status: "warning", sentence: `${apart}: let the network set this machine's clock`};
  if (latencyMs > SLOW_MS) return {what: "clock", status: "warning", sentence: `${apart}: that is slow`};
  return {what: "clock", status: "ok", sentence: apart};
}

function* listChecks(
  wire: Wire,
  {positions, working, completed, executions}: BrokerLists
): Generator<LinkCheck> {
  yield {what: "positions", status: "ok", sentence: count(positions?.rows.length ?? 0, "position")};
  yield wire.status().isReadOnly
    ? {
        what: "orders",
        status: "warning",
        sentence:
          "TWS is set to Read-Only API: everything but orders works; to trade, untick Read-Only API in its API settings and start the desk again"
      }
    : {
        what: "orders",
        status: "ok",
        sentence: `${count(working?.rows.length ?? 0, "working order")}, ${completed?.rows.length ?? 0} completed today`
      };
  yield {
    what: "executions",
    status: "ok",
    sentence: `${count(executions?.rows.length ?? 0, "execution")} today`
  };
}

/** What of market data the account has, tried on what it holds, else on a share that everybody knows. */
async function quoteCheck(
  contracts: Contracts,
  quotes: Quotes,
  held: readonly {conId: number}[]
): Promise<LinkCheck> {
  const warning = (sentence: string): LinkCheck => ({what: "quotes", status: "warning", sentence});
  const [facts] = await contracts.find(
    held.length ? {conId: held[0].conId} : {symbol: "AAPL", currency: "USD"}
  );
  if (!facts) return warning("TWS knows no contract to try a quote on");
  const release = quotes.watch(facts);
  try {
    const quote = await until(() => {
      const one = quotes.get(facts.contract.conId);
      return one && (one.problem !== null || one.bid !== null || one.last !== null || one.close !== null)
        ? one
        : null;
    }, QUOTE_MS);
    const {label} = facts;
    if (!quote)
      return warning(`no quote of ${label} came within ${QUOTE_MS / 1000} s: its market may be closed`);
    if (quote.problem !== null) return warning(`no quote of ${label}: ${quote.problem}`);
    if (quote.kind === "live")
      return {what: "quotes", status: "ok", sentence: `the quote of ${label} is live`};
    return warning(
      `the quote of ${label} is ${quote.kind}: market orders need live ones, which IBKR sells as market data subscriptions`
    );
  } finally {
    release();
  }
}

/** Waits until a look gives something; null when it does not in time. */
async function until<T>(look: () => T | null, timeoutMs: number): Promise<T | null> {
  for (const end = performance.now() + timeoutMs; performance.now() < end;) {
    const found = look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return look();
}
