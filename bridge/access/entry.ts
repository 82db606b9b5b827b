import type {RequestHandler} from "express";
import {lockedPage} from "../pages.js";
import type {Mode} from "../services.js";
import type {Gate} from "./gate.js";

/** `GET /any/page?token=…` trades the token for a cookie and sends the browser on to the same page without it. */
export function startLink(gate: Gate): RequestHandler {
  return (request, response, next) => {
    const url = new URL(request.url.replace(/^[/\\]+/, "/"), "http://bridge");
    const token = url.searchParams.get("token");
    if (token === null || (request.method !== "GET" && request.method !== "HEAD")) return next();
    response.set("Referrer-Policy", "no-referrer").set("Cache-Control", "no-store");
    if (!gate.isToken(token)) {
      response
        .status(401)
        .type("html")
        .send(lockedPage(`That token is not this desk's: ${gate.howToEnter}.`));
      return;
    }
    url.searchParams.delete("token");
    response.append("Set-Cookie", gate.cookie());
    response
      .status(303)
      .set("Location", url.pathname + url.search)
      .end();
  };
}

/** Keeps a real account's pages and files from whoever has no session, and marks ours as served by a bridge. */
export function pageGate(gate: Gate, mode: () => Mode): RequestHandler {
  return (request, response, next) => {
    const wantsPage = request.headers.accept?.includes("text/html") ?? false;
    if (mode() === "real" && gate.caller(request) === "nobody") {
      response.status(401).set("Cache-Control", "no-store");
      if (wantsPage) response.type("html").send(lockedPage(`This desk is locked: ${gate.howToEnter}.`));
      else response.type("text").send(`locked: ${gate.howToEnter}\n`);
      return;
    }
    if (wantsPage) response.append("Set-Cookie", gate.mark(mode()));
    next();
  };
}
