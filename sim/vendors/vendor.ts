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
  body: string;
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
  fault<K extends VendorFault["kind"]>(kind: K): Extract<VendorFault, {kind: K}> | undefined;
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
  /** Requests (or weight) that it takes a minute when pacing is on. */
  perMinute?: number;
}

export const json = (value: unknown, type = "application/json"): Answer => ({
  status: 200,
  headers: {"content-type": type},
  body: JSON.stringify(value)
});

export const answer = (status: number, type: string, body: string): Answer => ({
  status,
  headers: {"content-type": type},
  body
});

/** What a web server says in front of a service that is away. */
export const page = (status: number, title: string): Answer =>
  answer(
    status,
    "text/html; charset=UTF-8",
    `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`
  );
