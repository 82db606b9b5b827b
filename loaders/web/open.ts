import {chunksOf, reasonOf, watchSilence} from "./silence.js";

/** An answer whose body is read as it comes. */
export interface Answer {
  status: number;
  headers: Headers;
  body: AsyncGenerator<Uint8Array, void, void>;
}

/** How a request goes out, and the errors that can come of it. */
export interface Opening {
  fetch: typeof globalThis.fetch;
  headers: Readonly<Record<string, string>>;
  /** How long the service may say nothing before the connection is given up. */
  silenceMs: number;
  signal?: AbortSignal | undefined;
  /** Whether a redirect to an address may be followed. */
  follows: (next: URL) => boolean;
  /** The error for a redirect that is not followed. */
  astray: (host: string) => Error;
  /** The error for a service that was silent for too long. */
  silent: (seconds: number) => Error;
  /** The error for a connection that failed; nothing of a fetch error but its reason may be kept. */
  failed: (reason: string) => Error;
  /** The error for a body that breaks off. */
  broken: (reason: string) => Error;
}

const MOST_REDIRECTS = 5;

/** Asks for an address and returns its answer, along the redirects that may be followed. */
export async function openUrl(target: URL, opening: Opening): Promise<Answer> {
  const {fetch, headers, silenceMs, signal, follows, astray, silent, failed, broken} = opening;
  for (let url = target, hops = 0; ; ++hops) {
    const silence = watchSilence(silenceMs, signal);
    const failing = (how: (reason: string) => Error) => (cause: unknown) => {
      silence.stop();
      if (signal?.aborted) return signal.reason as unknown;
      return silence.broken() ? silent(silenceMs / 1000) : how(reasonOf(cause));
    };
    const request = fetch(url, {redirect: "manual", headers, signal: silence.signal});
    const response = await request.catch((cause: unknown) => {
      throw failing(failed)(cause);
    });
    silence.stop();
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || !location)
      return {
        status: response.status,
        headers: response.headers,
        body: chunksOf(response, silence, failing(broken))
      };
    await response.body?.cancel();
    const next = URL.parse(location, url);
    if (!next || hops === MOST_REDIRECTS || !follows(next)) throw astray(next?.host || "another address");
    url = next;
  }
}
