import type {EventName, IBApi} from "@stoqey/ib";
import {Problem} from "../../problem.js";
import type {Wire} from "./wire.js";

/** What TWS answered a request with instead of what was asked for. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  /** TWS's own. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

interface Answer<T> {
  /** Listens until the request has ended. */
  on: (event: EventName, listener: (...args: never[]) => void) => void;
  done: (value: T) => void;
  fail: (reason: Error) => void;
}

export interface RequestOptions<T> {
  /** What is asked for, to be named when no answer comes. */
  what: string;
  /** Puts the listeners up under the request's number; returns the call that sends it. */
  start: (id: number, answer: Answer<T>) => (api: IBApi) => void;
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
}

const TIMEOUT_MS = 20_000;

/**
 * Sends one request and waits for its answer.
 * @throws RequestError when TWS refuses it; Problem 503 when the link is not ready or goes, 504 when no answer comes
 */
export function request<T>(wire: Wire, options: RequestOptions<T>): Promise<T> {
  const {what, start, timeoutMs = TIMEOUT_MS, signal} = options;
  const id = wire.takeRequestId();
  const offs: (() => void)[] = [];
  return new Promise<T>((resolve, reject) => {
    const lost = () => new Problem(503, "no-link", `no ${what}: ${wire.status().sentence}`);
    const call = start(id, {
      on: (event, listener) => void offs.push(wire.on(event, listener)),
      done: resolve,
      fail: reject
    });
    offs.push(wire.onRequestError(id, (code, message) => reject(new RequestError(code, message))));
    offs.push(wire.onStatus(({phase}) => phase !== "ready" && reject(lost())));
    const silence = `TWS gave no ${what} within ${timeoutMs / 1000} s: try again`;
    const timer = setTimeout(() => reject(new Problem(504, "no-answer", silence)), timeoutMs);
    offs.push(() => clearTimeout(timer));
    if (signal) {
      const abort = () => reject(signal.reason);
      signal.addEventListener("abort", abort);
      offs.push(() => signal.removeEventListener("abort", abort));
    }
    if (wire.status().phase !== "ready") return reject(lost());
    signal?.throwIfAborted();
    wire.send("request", call).then((isSent) => !isSent && reject(lost()), reject);
  }).finally(() => {
    for (const off of offs) off();
  });
}
