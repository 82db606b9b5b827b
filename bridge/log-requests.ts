import type {RequestHandler} from "express";
import type {Log} from "./log.js";

/** Logs each request when it is answered: never its query, which may hold a token. */
export function logRequests(log: Log): RequestHandler {
  return ({method, originalUrl}, response, next) => {
    const start = performance.now();
    const [path] = originalUrl.split("?", 1);
    response.once("close", () => {
      const ms = Math.round(performance.now() - start);
      const {statusCode: status, writableFinished} = response;
      const quiet = path.startsWith("/api/") ? false : status < 400 || status === 503; // a page that is starting
      log[quiet ? "debug" : "info"](
        {status, ms, ...(!writableFinished && {aborted: true})},
        `${method} ${path}`
      );
    });
    next();
  };
}
