import {flexTrouble} from "./errors.js";
import type {FlexWaits} from "./waits.js";

/** An answer whose body is read as it comes. */
export interface HttpAnswer {
  status: number;
  body: AsyncGenerator<Uint8Array, void, void>;
}

export interface FlexHttpOptions {
  /** The service's address; its steps stand below it. */
  url: string;
  token: string;
  userAgent: string;
  fetch: typeof globalThis.fetch;
  waits: FlexWaits;
  /** Takes the token out of a text. */
  redact: (text: string) => string;
}

const MOST_REDIRECTS = 5;
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Returns a function that asks one step of the service. The token goes to the configured address and, when
 * that is IBKR's, along redirects inside interactivebrokers.com; nowhere else.
 * @throws RangeError if the address is not https (or http on loopback)
 */
export function createFlexHttp({url, token, userAgent, fetch, waits, redact}: FlexHttpOptions) {
  const base = parseBase(url, redact);

  return async (step: string, params: Record<string, string>, signal?: AbortSignal): Promise<HttpAnswer> => {
    let target = new URL(`${base.href.replace(/\/+$/, "")}/${step}`);
    target.search = new URLSearchParams({t: token, ...params}).toString();
    for (let hops = 0; ; ++hops) {
      const silence = watchSilence(waits.silenceMs, signal);
      const failed = (cause: unknown) => failure(cause, silence, signal, redact);
      const response = await fetch(target, {
        redirect: "manual",
        headers: {"user-agent": userAgent, accept: "text/xml, */*"},
        signal: silence.signal
      }).catch((cause: unknown) => {
        throw failed(cause);
      });
      silence.stop();
      const location = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || !location)
        return {status: response.status, body: chunks(response, silence, failed)};
      await response.body?.cancel();
      const next = URL.parse(location, target);
      if (!next || hops === MOST_REDIRECTS || !mayFollow(base, next))
        throw flexTrouble("redirect", {detail: redact(next?.host || "another address")});
      target = next;
    }
  };
}

/** Returns whether the token may go to an address that the service redirects to. */
export function mayFollow(base: URL, target: URL): boolean {
  if (target.origin === base.origin) return true;
  return isIbkr(base) && isIbkr(target) && target.username === "" && target.password === "";
}

function isIbkr({protocol, hostname, port}: URL): boolean {
  return protocol === "https:" && port === "" && /(^|\.)interactivebrokers\.com$/.test(hostname);
}

function parseBase(url: string, redact: (text: string) => string): URL {
  const base = URL.parse(url);
  if (!base || base.search || base.username)
    throw new RangeError(`invalid FLEX_URL: ${redact(url)}: it is the address of the service alone`);
  if (base.protocol === "https:" || (base.protocol === "http:" && LOOPBACK.has(base.hostname))) return base;
  throw new RangeError(`invalid FLEX_URL: ${redact(url)}: the token travels by https only`);
}

/** A signal that fires when the service is silent for too long while someone waits for it. */
function watchSilence(ms: number, outer?: AbortSignal) {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const silence = {
    ms,
    signal: outer ? AbortSignal.any([outer, controller.signal]) : controller.signal,
    broken: () => controller.signal.aborted,
    start: () => {
      timer = setTimeout(() => controller.abort(), ms);
    },
    stop: () => clearTimeout(timer)
  };
  silence.start();
  return silence;
}

type Silence = ReturnType<typeof watchSilence>;

async function* chunks(response: Response, silence: Silence, failed: (cause: unknown) => unknown) {
  const reader = response.body?.getReader();
  try {
    while (reader) {
      silence.start();
      const {done, value} = await reader.read();
      silence.stop();
      if (done) return;
      yield value as Uint8Array; // fetch types its chunks loosely
    }
  } catch (cause) {
    throw failed(cause);
  } finally {
    silence.stop();
    await reader?.cancel().catch(() => undefined);
  }
}

/** Nothing of a fetch error is kept but its reason: the address in it holds the token. */
function failure(
  cause: unknown,
  silence: Silence,
  signal: AbortSignal | undefined,
  redact: (text: string) => string
): unknown {
  silence.stop();
  if (signal?.aborted) return signal.reason;
  if (silence.broken()) return flexTrouble("timeout", {detail: `${silence.ms / 1000} s`});
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return flexTrouble("network", {detail: redact(inner instanceof Error ? inner.message : String(inner))});
}
