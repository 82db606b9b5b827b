import {createServer, type IncomingMessage, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import type {Duplex} from "node:stream";
import express from "express";
import type {Config} from "../config.js";
import {address, isLoopback, type Address} from "./access/address.js";
import {pageGate, startLink} from "./access/entry.js";
import {createGate, type Gate, unauthorized} from "./access/gate.js";
import {securityHeaders} from "./access/headers.js";
import {Sessions} from "./access/sessions.js";
import {loadToken} from "./access/token.js";
import {docsRouter} from "./api/docs.js";
import type {Desk} from "./api/endpoint.js";
import {problemHandler, toProblem} from "./api/errors.js";
import {up} from "./api/health.js";
import {endpoints} from "./api/index.js";
import {apiRouter, serve} from "./api/router.js";
import {watchLoop} from "./health/loop.js";
import {pathOf, refuse, Sockets} from "./live/sockets.js";
import {ListenError} from "./listen-error.js";
import {guidesRouter} from "./guides.js";
import type {Log} from "./log.js";
import {logRequests} from "./log-requests.js";
import {Problem} from "./problem.js";
import type {Services} from "./services.js";
import {createSite, type SiteOptions} from "./site.js";

export interface BridgeOptions {
  config: Pick<Config, "BIND" | "PORT" | "DATA_DIR">;
  services: Services;
  /** The built site, or Framework's preview in development. */
  site: SiteOptions;
  log: Log;
  now?: () => Date;
}

export interface Bridge {
  server: Server;
  token: string;
  /** Listens, and returns where; throws a ListenError when it cannot. */
  listen(): Promise<{url: string; startUrl: string; port: number}>;
  /** Ends sockets and requests, the last after some seconds. */
  close(): Promise<void>;
}

/** Longer than clients keep a connection that is idle: one that asks on it just as it is closed gets no answer. */
const KEEP_ALIVE_MS = 75_000;

const CLOSE_MS = 3000;

/** Returns the bridge, ready to listen: site, API and sockets behind one door. */
export function createBridge({
  config,
  services,
  site: siteOptions,
  log,
  now = () => new Date()
}: BridgeOptions): Bridge {
  const token = loadToken(config.DATA_DIR);
  let here: Address = address(config.BIND, config.PORT);
  const gate = createGate({
    token,
    tokenFile: join(config.DATA_DIR, "token"),
    sessions: new Sessions(),
    address: () => here
  });
  const site = createSite(siteOptions);
  const loop = watchLoop();
  const sockets = new Sockets({gate, services, now});
  const desk: Desk = {
    services,
    now,
    loop,
    startedAt: now(),
    url: () => here.url,
    sockets: () => sockets.count,
    site: () => site.state()
  };
  const server = createServer(createApp({gate, desk, site, log}));
  server.requestTimeout = 0; // a gigabyte may take its time
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 5000; // a shorter one would end idle connections first
  server.on("upgrade", (request, stream: Duplex, head: Buffer) => upgrade(request, stream, head));

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on("error", () => stream.destroy());
    try {
      gate.checkHost(request);
      if (pathOf(request).startsWith("/api/") || !site.upgrade) return sockets.upgrade(request, stream, head);
      gate.checkOrigin(request);
      if (services.status().mode === "real" && gate.caller(request) === "nobody") {
        throw unauthorized("no-token", gate.howToEnter);
      }
      site.upgrade(request, stream, head);
    } catch (error) {
      const problem =
        toProblem(error) ?? new Problem(500, "internal", "the bridge failed on this socket", {cause: error});
      log.info({status: problem.status, code: problem.code}, `socket ${pathOf(request)} refused`);
      refuse(stream, problem);
    }
  }

  return {
    server,
    token,
    async listen() {
      if (!isLoopback(config.BIND)) {
        throw new ListenError(
          "not-loopback",
          `the bridge does not listen on ${config.BIND}: it has no users and passwords yet, so set BIND=127.0.0.1`
        );
      }
      await new Promise<void>((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, config)));
        server.listen({port: config.PORT, host: config.BIND.replace(/^\[|\]$/g, "")}, resolve);
      });
      const {port} = server.address() as AddressInfo; // a TCP server that listens has one
      here = address(config.BIND, port);
      return {url: here.url, startUrl: `${here.url}/?token=${token}`, port};
    },
    async close() {
      loop.stop();
      sockets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
      await closed;
      clearTimeout(late);
    }
  };
}

interface AppParts {
  gate: Gate;
  desk: Desk;
  site: ReturnType<typeof createSite>;
  log: Log;
}

function createApp({gate, desk, site, log}: AppParts): express.Express {
  const app = express();
  const mode = () => desk.services.status().mode;
  app.disable("x-powered-by").disable("etag").set("query parser", "simple");
  app.use(logRequests(log), securityHeaders({scripts: site.scripts, development: site.development}));
  app.use((request, _response, next) => {
    gate.checkHost(request);
    next();
  });
  serve(app, [up], gate, desk);
  app.use(apiRouter(endpoints, gate, desk), startLink(gate));
  app.use(pageGate(gate, mode), docsRouter(), guidesRouter(), site.handler(desk.services));
  app.use(problemHandler(log));
  return app;
}

function listenError(
  {code, message}: NodeJS.ErrnoException,
  {BIND, PORT}: BridgeOptions["config"]
): ListenError {
  const place = `port ${PORT} of ${BIND}`;
  const next = "set PORT to another one";
  if (code === "EADDRINUSE") {
    return new ListenError(
      "port-busy",
      `${place} is taken, perhaps by a desk that runs already: end that, or ${next}`
    );
  }
  if (code === "EACCES")
    return new ListenError("port-forbidden", `${place} needs more rights than you have: ${next}`);
  return new ListenError("cannot-listen", `cannot listen on ${place}: ${message}`);
}
