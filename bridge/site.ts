import {readFileSync, statSync} from "node:fs";
import {ServerResponse, type IncomingMessage} from "node:http";
import type {Socket} from "node:net";
import {join} from "node:path";
import type {Duplex} from "node:stream";
import express, {type RequestHandler} from "express";
import {createProxyMiddleware} from "http-proxy-middleware";
import {missingPage, startingPage} from "./pages.js";
import {Problem} from "./problem.js";
import type {Services} from "./services.js";

/** Folder of the built site, or where Framework's preview answers. */
export type SiteOptions = {dir: string} | {previewUrl: string};

export interface Site {
  development: boolean;
  /** Hashes of the pages' inline scripts, from `csp.json` of the built site. */
  scripts: () => string[];
  state: () => {ok: boolean; message: string};
  handler(services: Services): RequestHandler;
  /** Takes a socket of the preview over; the built site has none. */
  upgrade?(request: IncomingMessage, stream: Duplex, head: Buffer): void;
}

export function createSite(options: SiteOptions): Site {
  return "dir" in options ? builtSite(options.dir) : previewSite(options.previewUrl);
}

/** Framework puts a hash of the content into the names of its modules. */
const NEVER_CHANGES = /_(import|npm|node|observablehq)\/.*\.[0-9a-f]{8}\.\w+$/;

function builtSite(dir: string): Site {
  const files = express.static(dir, {
    extensions: ["html"],
    setHeaders: (response, path) =>
      void response.set(
        "Cache-Control",
        NEVER_CHANGES.test(path) ? "max-age=31536000, immutable" : "no-cache"
      )
  });
  return {
    development: false,
    scripts: createHashes(join(dir, "csp.json")),
    state: () =>
      modified(join(dir, "index.html"))
        ? {ok: true, message: "built"}
        : {ok: false, message: "not built yet"},
    handler: (services) =>
      whenReady(services, (request, response, next) => {
        void files(request, response, (error?: unknown) => {
          if (error && (error as {status?: number}).status !== 404) return next(error);
          response.status(404).set("Cache-Control", "no-store").type("html").send(missingPage());
        });
      })
  };
}

function previewSite(previewUrl: string): Site {
  const proxy = createProxyMiddleware({
    target: previewUrl,
    changeOrigin: true,
    on: {
      error(error, _request, response) {
        if (!(response instanceof ServerResponse)) response.destroy();
        else if (response.headersSent) response.end();
        else sendStarting(response, `waiting for the preview of the pages: ${error.message}`);
      }
    }
  });
  return {
    development: true,
    scripts: () => [],
    state: () => ({ok: true, message: `preview at ${previewUrl}`}),
    handler: (services) => whenReady(services, proxy as RequestHandler),
    upgrade: (request, stream, head) => proxy.upgrade(request, stream as Socket, head)
  };
}

/** Serves a page that asks again each second, until there is something to show. */
function whenReady(services: Services, serve: RequestHandler): RequestHandler {
  return (request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      throw new Problem(405, "wrong-method", `${request.method} is not possible here`, {
        headers: {Allow: "GET, HEAD"}
      });
    }
    const {ready, step} = services.status();
    if (ready) void serve(request, response, next);
    else sendStarting(response, step);
  };
}

function sendStarting(response: ServerResponse, step: string): void {
  response
    .writeHead(503, {
      "Content-Type": "text/html; charset=utf-8",
      "Retry-After": "1",
      Refresh: "1",
      "Cache-Control": "no-store"
    })
    .end(startingPage(step));
}

/** Reads the hashes again when the site has been built again. */
function createHashes(file: string): () => string[] {
  let read: {at: number; hashes: string[]} = {at: 0, hashes: []};
  return () => {
    const at = modified(file);
    if (at !== read.at)
      read = {at, hashes: at ? (JSON.parse(readFileSync(file, "utf8")) as {scripts: string[]}).scripts : []};
    return read.hashes;
  };
}

const modified = (file: string): number => statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? 0;
