import {type Vendor, VendorError} from "./vendors/vendor.js";
import {hiding, isLoopback, parseBase} from "./web/address.js";
import {type Content, readBody} from "./web/content.js";
import type {Log} from "./web/log.js";
import {openUrl} from "./web/open.js";
import {backoff, createPace, retryAfter} from "./web/pace.js";
import {noSleep, type Sleep, sleepFor} from "./web/sleep.js";
import {passes, statusError} from "./web/status.js";

/** A reply whose status and content were checked: what came is of the type that was asked for. */
export interface Reply {
  /** The body; of a zip the text of its first file. */
  text: string;
  headers: Headers;
  /** Without any secret. */
  url: string;
  fetchedAt: string;
}

export interface Request {
  /**
   * Below the vendor's base address, with leading slash, its parts escaped by the caller; or a whole address that
   * the vendor gave (`next_url`), which must be at the same host.
   */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Parameters that no log, error or kept reply may show. */
  secret?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  content: Content;
  /** Whether the vendor's CSV ends without a line break: only a line that lacks fields then tells that it breaks off. */
  trimmed?: boolean;
  /** Statuses whose body the caller reads itself (a vendor's own error document, unchecked); others are errors. */
  accept?: readonly number[];
}

/** One vendor's way to the web: base address, rate limit, retries with backoff, raw replies kept. */
export interface Web {
  /** @throws VendorError */
  get(request: Request, signal: AbortSignal): Promise<Reply & {status: number}>;
  /** Lets no request leave for so long: the vendor says that its limit is near. */
  hold(ms: number): void;
  /** The key from the settings; null where none is set. */
  key: string | null;
  now(): Date;
}

/** A reply as it came, to be kept as evidence. */
export interface KeptReply {
  /** The vendor's id. */
  vendor: string;
  /** Without any secret. */
  url: string;
  status: number;
  fetchedAt: string;
  /** The body; of a zip the text of its first file. */
  text: string;
}

export interface WebOptions {
  vendor: Pick<Vendor, "id" | "name" | "key" | "rate">;
  /** Where the vendor answers: `<ID>_URL`. A stand-in on loopback is asked without any wait. */
  baseUrl: string;
  key?: string | null | undefined;
  now: () => Date;
  fetch?: typeof globalThis.fetch;
  wait?: Sleep;
  random?: () => number;
  /** Tries after the first. */
  retries?: number;
  /** Before the first retry; it doubles. */
  backoffMs?: number;
  /** How long the vendor may say nothing before the connection is given up. */
  silenceMs?: number;
  log?: Log;
  keepReply?: (reply: KeptReply) => void | Promise<void>;
}

const USER_AGENT = "Tearsheet (a person's own research)";
const ACCEPT: Readonly<Record<Content, string>> = {
  json: "application/json, */*;q=0.1",
  csv: "text/csv, text/plain;q=0.9, */*;q=0.1",
  xml: "application/xml, text/xml, */*;q=0.1",
  zip: "application/zip, */*;q=0.1"
};
const MOST_BYTES = 256 * 2 ** 20;
/** Parts of a path that an address would take for a way up, escaped or not. */
const DOTS = /(?:^|\/)(?:\.|%2e){1,2}(?:[/?]|$)/i;
/** A vendor that wants a longer rest is not waited for: the pull ends and says when to come back. */
const MOST_REST_S = 120;

/**
 * Returns the way to one vendor.
 * @throws RangeError if the address is not https (or http on loopback)
 */
export function createWeb(options: WebOptions): Web {
  const {vendor, key = null, now, random = Math.random, fetch = globalThis.fetch} = options;
  const {retries = 4, backoffMs = 1000, silenceMs = 30_000, log = () => undefined, keepReply} = options;
  const setting = `${vendor.id.replaceAll("-", "_").toUpperCase()}_URL`;
  const base = parseBase(options.baseUrl, setting, hiding([key ?? ""]));
  const {wait = isLoopback(base) ? noSleep : sleepFor} = options;
  const asked = {name: vendor.name, keySetting: vendor.key, hasKey: key !== null};
  const pace = createPace(vendor.rate, now);
  /** Until when, and why, the vendor wants to be asked for nothing. */
  let shut: {until: number; code: "banned" | "rate-limited"} | null = null;

  async function get(request: Request, signal: AbortSignal) {
    const hide = hiding([key ?? "", ...Object.values(request.secret ?? {})]);
    const target = addressOf(request, hide);
    for (let n = 1; ; ++n) {
      signal.throwIfAborted();
      try {
        return await once(target, request, hide, signal);
      } catch (error) {
        if (!(error instanceof VendorError) || !passes(error.code)) throw error;
        const rest = error.retryAfter;
        if (n > retries || (rest ?? 0) > MOST_REST_S) throw error;
        if (rest !== null) pace.hold(1000 * rest);
        log(`${vendor.id}: ${error.message} (try ${n} of ${retries + 1})`, {url: hide(target.href)});
        if (rest === null) await wait(backoff(backoffMs, n, random), signal);
      }
    }
  }

  /** Asks once; the reply is kept before it is judged. */
  async function once(target: URL, request: Request, hide: (text: string) => string, signal: AbortSignal) {
    if (shut && shut.until > now().getTime()) throw closed(shut);
    const ms = pace.take();
    if (ms > 0) await wait(ms, signal);
    const {status, headers, body} = await openUrl(target, {
      fetch,
      headers: {"user-agent": USER_AGENT, accept: ACCEPT[request.content], ...request.headers},
      silenceMs,
      signal,
      follows: (next) => next.origin === base.origin,
      astray: (host) => refused(`${vendor.name} sends the request on to ${hide(host)}`),
      silent: (seconds) => unavailable(`${vendor.name} said nothing for ${seconds} s: pull again later`),
      failed: (reason) => unavailable(`no answer from ${vendor.name}, ${hide(reason)}: check the network`),
      broken: (reason) => truncated(hide(reason))
    });
    const bytes = await readAll(body);
    const fetchedAt = now();
    const success = status >= 200 && status < 300;
    const accepted = !success && (request.accept?.includes(status) ?? false);
    const plain = () => new TextDecoder().decode(bytes);
    const read = accepted
      ? plain()
      : readBody(request.content, bytes, headers.get("content-type") ?? "", request);
    const text = typeof read === "string" ? read : plain();
    const reply = {url: hide(target.href), status, fetchedAt: fetchedAt.toISOString()};
    if (success || accepted) await keepReply?.({vendor: vendor.id, ...reply, text: hide(text)});
    else {
      const rest = retryAfter(headers.get("retry-after"), fetchedAt);
      const error = statusError(status, hide(text), rest, asked);
      const {code} = error;
      if (code === "banned" || (code === "rate-limited" && (rest ?? 0) > MOST_REST_S))
        shut = {code, until: fetchedAt.getTime() + 1000 * (rest ?? MOST_REST_S)};
      throw error;
    }
    const length = headers.has("content-encoding") ? NaN : Number(headers.get("content-length") ?? NaN);
    if (length > bytes.length) throw truncated(`${bytes.length} of ${length} bytes`);
    if (typeof read === "string") return {...reply, text, headers};
    if (read.code === "truncated") throw truncated(hide(read.what));
    throw new VendorError(
      read.code,
      `${vendor.name} answered ${hide(read.what)} instead of ${request.content.toUpperCase()}: ${
        read.code === "challenge"
          ? "it keeps programs out, download the file in a browser and import it"
          : `pull again later, and check ${setting}`
      }`
    );
  }

  async function readAll(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of body) {
      length += part.length;
      if (length > MOST_BYTES) throw refused(`${vendor.name} answers with more than ${MOST_BYTES} bytes`);
      parts.push(part);
    }
    return Buffer.concat(parts);
  }

  function addressOf({path, query = {}, secret = {}}: Request, hide: (text: string) => string): URL {
    if (DOTS.test(path)) throw refused(`${hide(path)} leads out of the address of ${vendor.name}`);
    const url = path.startsWith("/") ? new URL(base.href.replace(/\/+$/, "") + path) : URL.parse(path);
    if (url?.origin !== base.origin)
      throw refused(`${vendor.name} wants to go on at ${hide(url?.host || "another address")}`);
    for (const [name, value] of Object.entries({...query, ...secret})) url.searchParams.set(name, value);
    return url;
  }

  const unavailable = (sentence: string) => new VendorError("unavailable", sentence);
  const refused = (sentence: string) =>
    new VendorError("refused", `${sentence}, which is not done: check ${setting}`);
  const truncated = (what: string) =>
    new VendorError("truncated", `${vendor.name}'s answer is cut off (${what}): pull again later`);
  const closed = ({until, code}: NonNullable<typeof shut>) => {
    const seconds = Math.ceil((until - now().getTime()) / 1000);
    const sentence = `${vendor.name} wants no request for ${seconds} s more: pull again after that`;
    return new VendorError(code, sentence, {retryAfter: seconds});
  };

  return {get, hold: (ms) => pace.hold(ms), key, now};
}
