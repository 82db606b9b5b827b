import type {Request} from "express";

/** What every endpoint that computes says of its limits. */
export const LIMITS =
  "It is computed in worker threads as a job of /api/jobs, where it can be cancelled; it ends when the request does, or " +
  "after two minutes. The run is kept by its key: equal key, equal result.";

/** Returns what aborts when whoever asked has gone before the answer. */
export function goneOf(request: Request): AbortSignal {
  const gone = new AbortController();
  const {res} = request;
  res?.once("close", () => {
    if (!res.writableEnded) gone.abort(new Error("whoever asked has gone"));
  });
  return gone.signal;
}
