import {hiding} from "../web/address.js";
import type {Log} from "../web/log.js";
import {type Sleep, sleepFor} from "../web/sleep.js";
import {counted, notShort, open, whole} from "./body.js";
import {FlexError, flexError, flexTrouble} from "./errors.js";
import {createFlexHttp, type HttpAnswer} from "./http.js";
import {parseResponse, queryNameOf} from "./response.js";
import {createGate, type FlexWaits, IBKR_WAITS, waitAfter} from "./waits.js";

export type {Log};

export interface FlexClientOptions {
  /** The service's address, e.g. `https://ndcdyn.interactivebrokers.com/AccountManagement/FlexWebService`. */
  url: string;
  token: string;
  /** IBKR refuses a request without one; technology and version, e.g. `Node/24`. */
  userAgent: string;
  fetch?: typeof globalThis.fetch;
  waits?: FlexWaits;
  random?: () => number;
  sleep?: Sleep;
  now?: () => Date;
  log?: Log;
}

/** A report that was asked for and not yet fetched; kept, it survives a restart. */
export interface PendingReference {
  queryId: string;
  reference: string;
  /** Range of report days asked for, ISO; absent when the query's own period counts. */
  from?: string;
  to?: string;
  /** ISO 8601 UTC. */
  requestedAt: string;
  /** Set when IBKR refused a range (1003) and the query's own period was asked for instead. */
  rangeRefused?: boolean;
}

export interface PullOptions {
  /** Range of report days, ISO, both or neither. */
  from?: string | undefined;
  to?: string | undefined;
  /** A report already asked for: nothing new is requested while IBKR still knows it. */
  resume?: PendingReference | undefined;
  /** Gets the reference before the statement is first looked for. */
  onPending?: (pending: PendingReference) => void | Promise<void>;
  onProgress?: (progress: {bytes: number}) => void;
  signal?: AbortSignal | undefined;
}

/** A statement on its way. */
export interface FlexPull extends PendingReference {
  /** The query's name as the report says it. */
  queryName: string;
  /** The report, checked to be one; throws FlexError `truncated` when it breaks off. */
  body: AsyncIterable<Uint8Array>;
}

export type FlexClient = ReturnType<typeof createFlexClient>;

/** Returns a client of IBKR's Flex Web Service, version 3. Its token is in no message, log or error. */
export function createFlexClient(options: FlexClientOptions) {
  const {token, waits = IBKR_WAITS, random = Math.random, sleep = sleepFor, log = () => undefined} = options;
  const {fetch = globalThis.fetch, now = () => new Date()} = options;
  if (!token)
    throw new RangeError("no Flex token: put it into FLEX_TOKEN or a file named by FLEX_TOKEN_FILE");
  const redact = hiding([token]);
  const get = createFlexHttp({...options, fetch, waits, redact});
  const gate = createGate(waits, now, sleep);
  /** When each report asked for here is first worth looking for. */
  const readyAt = new Map<string, number>();

  const ask = (step: string, params: Record<string, string>, signal?: AbortSignal): Promise<HttpAnswer> =>
    gate(() => get(step, {...params, v: "3"}, signal), signal);

  async function wait(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (ms > 0) await sleep(ms, signal);
  }

  /** Tries again what IBKR says will pass, as long as the waits allow. */
  async function patiently<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const begun = now().getTime();
    for (let tries = 1; ; ++tries) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof FlexError) || !error.retry || error.code === "html") throw error;
        const paced = error.code === 1018;
        const ms = waitAfter(waits, tries, paced, random);
        if (tries >= waits.tries || now().getTime() - begun + ms > waits.totalMs) {
          log(`flex: gave up after ${tries} tries`, {code: error.code});
          throw error;
        }
        log(
          `flex: not ready (${error.code}), try ${tries} of ${waits.tries}, again in ${Math.ceil(ms / 1000)} s`
        );
        await wait(ms, signal);
      }
    }
  }

  /** Asks for a report and returns its reference code. */
  async function request(
    queryId: string,
    {
      from,
      to,
      signal
    }: {from?: string | undefined; to?: string | undefined; signal?: AbortSignal | undefined} = {}
  ): Promise<string> {
    const range = from && to ? {fd: from.replaceAll("-", ""), td: to.replaceAll("-", "")} : {};
    const reference = await patiently(async () => {
      const answer = await ask("SendRequest", {q: queryId, ...range}, signal);
      const {head, content, close} = await open(answer.body);
      await close();
      if (content !== "response") throw notShort(content, answer.status, head, {queryId}, redact);
      const response = parseResponse(head);
      if (response?.reference) return response.reference;
      if (response?.code) throw flexError(response.code, {queryId, detail: redact(response.message ?? "")});
      throw flexTrouble("truncated", {queryId});
    }, signal);
    const [least, most] = waits.firstMs;
    readyAt.set(reference, now().getTime() + least + (most - least) * random());
    log("flex: statement requested", {queryId, from, to});
    return reference;
  }

  /** Waits for a report and returns its bytes as they come, once the first of them say that it is one. */
  async function fetchReport(
    reference: string,
    {queryId, signal}: {queryId?: string | undefined; signal?: AbortSignal | undefined} = {}
  ): Promise<{queryName: string; body: AsyncGenerator<Uint8Array, void, void>}> {
    await wait((readyAt.get(reference) ?? 0) - now().getTime(), signal);
    readyAt.delete(reference);
    const context = {queryId, reference};
    return patiently(async () => {
      const answer = await ask("GetStatement", {q: reference}, signal);
      const {head, content, rest, close} = await open(answer.body);
      if (content === "report" && answer.status === 200)
        return {queryName: queryNameOf(head), body: whole(rest(), context)};
      await close();
      if (content !== "response") throw notShort(content, answer.status, head, context, redact);
      const response = parseResponse(head);
      if (!response?.code) throw flexTrouble("truncated", context);
      throw flexError(response.code, {...context, detail: redact(response.message ?? "")});
    }, signal);
  }

  /** Returns the bytes of a report asked for before, waiting until IBKR has made it. */
  async function* statement(
    reference: string,
    {signal}: {signal?: AbortSignal} = {}
  ): AsyncGenerator<Uint8Array> {
    yield* (await fetchReport(reference, {signal})).body;
  }

  /**
   * Asks for a query's statement, or goes on with one asked for before, and returns it once it is there.
   * When IBKR refuses the range (1003), the query's own period is asked for instead.
   */
  async function pull(queryId: string, options: PullOptions = {}): Promise<FlexPull> {
    const {from, to, resume, onPending, onProgress, signal} = options;

    async function receive(pending: PendingReference): Promise<FlexPull> {
      const {queryName, body} = await fetchReport(pending.reference, {queryId, signal});
      return {...pending, queryName, body: counted(body, onProgress)};
    }

    async function anew(asked: {from?: string; to?: string; rangeRefused?: boolean}): Promise<FlexPull> {
      const reference = await request(queryId, {...asked, signal});
      const pending = {queryId, reference, ...asked, requestedAt: now().toISOString()};
      await onPending?.(pending);
      return receive(pending);
    }

    const range = from && to ? {from, to} : undefined;
    try {
      if (!resume) return await anew(range ?? {});
      log("flex: goes on with a statement asked for before", {queryId, requestedAt: resume.requestedAt});
      return await receive(resume);
    } catch (error) {
      if (resume && error instanceof FlexError && error.code === 1017)
        return pull(queryId, {...options, resume: undefined});
      if (!range || !(error instanceof FlexError) || error.code !== 1003) throw error;
      log("flex: the range is refused, the query's own period is asked for", {queryId, ...range});
      return anew({rangeRefused: true});
    }
  }

  return {request, statement, pull};
}
