import type {IncomingHttpHeaders} from "node:http";
import type {VendorFault} from "./faults.js";
import type {World} from "./world.js";

export const VENDOR_IDS = [
  "yahoo",
  "polygon",
  "binance",
  "stooq",
  "ecb",
  "fred",
  "fred-graph",
  "treasury",
  "new-york-fed"
] as const;
export type VendorId = (typeof VENDOR_IDS)[number];

/** One answer, before it goes out. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** A request as one vendor sees it, the base path taken off. */
export interface VendorRequest {
  /** Decoded parts of the path: `["v8", "finance", "chart", "^GSPC"]`. */
  parts: string[];
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  world: World;
  now: Date;
  /** Key that this vendor takes; empty where it needs none. */
  key: string;
  /** Address of the vendor, for links to a next page. */
  base: string;
  /** Weight of the requests of the last minute, with this one. */
  weight: number;
  /** The fault of a kind that spoils this answer's content. */
  fault: <K extends VendorFault["kind"]>(kind: K) => Extract<VendorFault, {kind: K}> | undefined;
}

/** One vendor: what it answers, and how it says that it does not. */
export interface VendorSim {
  answer(request: VendorRequest): Answer;
  /** The vendor's own words for a status: 418, 429, 500, 503, … */
  refuse(status: number): Answer;
  /** What it says to a wrong key; undefined where it needs none. */
  wrongKey?: Answer;
  /** What it says when the quota is used; its 429 when not given. */
  quota?: Answer;
  /** Weight of a request, and how much of it a minute may hold. */
  weight?: number;
  perMinute?: number;
  /** Seconds that it tells to wait when a minute is full. */
  waitSeconds?: number;
  /** Headers of every answer. */
  headers?(weight: number): Record<string, string>;
}

export const answer = (status: number, type: string, body: string | Buffer): Answer => ({
  status,
  headers: {"content-type": type},
  body
});

export const json = (status: number, value: unknown, type = "application/json"): Answer =>
  answer(status, type, JSON.stringify(value));

/** What a web server says in front of a service that is away. */
export const page = (status: number, title: string): Answer =>
  answer(
    status,
    "text/html; charset=UTF-8",
    `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`
  );

const TITLES: Record<number, string> = {
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable"
};

/** A page for a status, in a web server's words. */
export const away = (status: number): Answer => page(status, `${status} ${TITLES[status] ?? "Error"}`);

/** A page that wants a browser to prove itself, HTTP 200. */
export const challenge = (): Answer =>
  answer(
    200,
    "text/html; charset=UTF-8",
    '<!DOCTYPE html><html lang="en"><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow">' +
      "</head><body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>\n"
  );
