import type {Request} from "express";
import type {z} from "zod";
import type {Caller} from "../access/gate.js";
import type {LoopMonitor} from "../health/loop.js";
import type {Services} from "../services.js";

/** What handlers may ask of the bridge itself. */
export interface Desk {
  services: Services;
  url: () => string;
  sockets: () => number;
  /** Whether there are pages to serve, as a sentence. */
  site: () => {ok: boolean; message: string};
  loop: LoopMonitor;
  startedAt: Date;
  now: () => Date;
}

/** A body that is ready to be sent as it is; none when the caller has it already (304). */
export class Ready {
  readonly body: string | Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(body: string | Uint8Array | null, headers: Record<string, string> = {}) {
    this.body = body;
    this.headers = headers;
  }
}

interface Input<Path, Query, Body> {
  path: Path;
  query: Query;
  body: Body;
  request: Request;
  /** Whether the request shows a token or a session; in DEMO it may not. */
  known: boolean;
  /** How the request shows who sent it: what a change is written down under. */
  caller: Caller;
  desk: Desk;
}

interface Spec<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType> {
  method: "get" | "post" | "put" | "delete";
  /** As OpenAPI writes it: `/api/imports/{sha256}`. */
  path: `/${string}`;
  tag: string;
  /** What the caller must be allowed: to read, which it is when absent, or to trade, for which DEMO is no excuse. */
  role?: "read" | "trade";
  summary: string;
  description?: string;
  params?: P;
  query?: Q;
  /** A JSON body, or the media types of one that the handler reads from the request as it comes. */
  body?: B | readonly string[];
  /** The largest JSON body, as body-parser writes sizes; 64kb when absent. */
  bodyBytes?: string;
  reply: {
    status?: 200 | 202;
    description: string;
    schema: R;
    media?: string;
    /** Other media types that it may be sent as, by a header of the reply. */
    also?: readonly string[];
  };
  /** Whether the reply has an ETag that the caller may send back. */
  tagged?: true;
  /** Statuses of problems beside those that every endpoint has. */
  problems?: readonly number[];
  /** Answered before the demo is ready. */
  always?: true;
  handle(input: Input<z.infer<P>, z.infer<Q>, z.infer<B>>): Promise<z.infer<R> | Ready> | z.infer<R> | Ready;
}

/** An operation of the API: what it takes, what it gives, and what does it. */
export type Endpoint = Omit<Spec<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>, "handle"> & {
  handle(input: Input<never, never, never>): unknown;
};

/** Checks an operation's types against its schemas. */
export function endpoint<
  P extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Q extends z.ZodObject = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodType
>(spec: Spec<P, Q, B, R>): Endpoint {
  return spec;
}
