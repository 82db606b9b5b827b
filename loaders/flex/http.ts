import {parseBase} from "../web/address.js";
import {type Answer, openUrl} from "../web/open.js";
import {flexTrouble} from "./errors.js";
import type {FlexWaits} from "./waits.js";

export type HttpAnswer = Pick<Answer, "status" | "body">;

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

/**
 * Returns a function that asks one step of the service. The token goes to the configured address and, when
 * that is IBKR's, along redirects inside interactivebrokers.com; nowhere else.
 * @throws RangeError if the address is not https (or http on loopback)
 */
export function createFlexHttp({url, token, userAgent, fetch, waits, redact}: FlexHttpOptions) {
  const base = parseBase(url, "FLEX_URL", redact);
  const failed = (reason: string) => flexTrouble("network", {detail: redact(reason)});
  const opening = {
    fetch,
    headers: {"user-agent": userAgent, accept: "text/xml, */*"},
    silenceMs: waits.silenceMs,
    follows: (next: URL) => mayFollow(base, next),
    astray: (host: string) => flexTrouble("redirect", {detail: redact(host)}),
    silent: (seconds: number) => flexTrouble("timeout", {detail: `${seconds} s`}),
    failed,
    broken: failed
  };

  return (step: string, params: Record<string, string>, signal?: AbortSignal): Promise<HttpAnswer> => {
    const target = new URL(`${base.href.replace(/\/+$/, "")}/${step}`);
    target.search = new URLSearchParams({t: token, ...params}).toString();
    return openUrl(target, {...opening, signal});
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
