import type {IncomingMessage} from "node:http";
import type {Duplex} from "node:stream";
import {WebSocketServer, type WebSocket} from "ws";
import type {Gate} from "../access/gate.js";
import {unauthorized} from "../access/gate.js";
import {Problem} from "../problem.js";
import type {Announcement, Services} from "../services.js";
import {Outbox} from "./outbox.js";

const MOST = 64;
const BEAT_MS = 30_000;
const PATH = /^\/api\/ws\/([\w-]{1,64})$/;

/** Close codes of our own: a page that sees one knows whether to come back. */
const CLOSED = {replaced: 4000, locked: 4401} as const;

interface SocketsOptions {
  gate: Gate;
  services: Services;
}

/** The sockets at `/api/ws/{connection_id}`: each hears every announcement. */
export class Sockets {
  readonly #gate: Gate;
  readonly #services: Services;
  readonly #server = new WebSocketServer({noServer: true, maxPayload: 4096, clientTracking: false});
  readonly #peers = new Map<string, {socket: WebSocket; outbox: Outbox; known: boolean; alive: boolean}>();
  readonly #beat: NodeJS.Timeout;
  readonly #unsubscribe: () => void;

  constructor({gate, services}: SocketsOptions) {
    this.#gate = gate;
    this.#services = services;
    this.#beat = setInterval(() => this.#checkPulse(), BEAT_MS).unref();
    this.#unsubscribe = services.announcements.subscribe((announcement) => this.#tell(announcement));
  }

  get count(): number {
    return this.#peers.size;
  }

  /** Takes an upgrade request over; throws a Problem when it may not. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const id = PATH.exec(pathOf(request))?.[1];
    if (id === undefined)
      throw new Problem(404, "no-such-socket", "there is no socket here: it is at /api/ws/{connection_id}");
    this.#gate.checkOrigin(request);
    const known = this.#gate.caller(request) !== "nobody";
    if (!known && this.#services.status().mode === "real")
      throw unauthorized("no-token", this.#gate.howToEnter);
    if (this.#peers.size >= MOST && !this.#peers.has(id)) {
      throw new Problem(503, "too-many-sockets", `there are ${MOST} sockets already: close some pages`);
    }
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#welcome(id, socket, known));
  }

  close(): void {
    clearInterval(this.#beat);
    this.#unsubscribe();
    for (const {socket} of this.#peers.values()) socket.close(1001, "the bridge stops");
    this.#peers.clear();
  }

  #welcome(id: string, socket: WebSocket, known: boolean): void {
    this.#peers.get(id)?.socket.close(CLOSED.replaced, "another connection took this id");
    const outbox = new Outbox((text, done) => socket.send(text, () => done()));
    const peer = {socket, outbox, known, alive: true};
    this.#peers.set(id, peer);
    socket.on("pong", () => (peer.alive = true));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => this.#peers.get(id) === peer && this.#peers.delete(id));
    socket.on("message", (data, isBinary) => {
      if (!isBinary && (data as Buffer).toString() === '{"type":"ping"}')
        outbox.push("pong", '{"type":"pong"}');
      else socket.close(1003, 'only {"type":"ping"} is understood here');
    });
    const {mode, version, ready} = this.#services.status();
    outbox.push("hello", JSON.stringify({type: "hello", mode, version, ready}));
  }

  #tell(announcement: Announcement): void {
    const text = JSON.stringify(announcement);
    const kind = announcement.type === "job" ? `job ${announcement.job.id}` : announcement.type;
    for (const {socket, outbox, known} of this.#peers.values()) {
      outbox.push(kind, text);
      if (!known && announcement.type === "mode" && announcement.mode === "real") {
        socket.close(CLOSED.locked, "the desk shows a real account now");
      }
    }
  }

  #checkPulse(): void {
    for (const peer of this.#peers.values()) {
      if (!peer.alive) peer.socket.terminate();
      peer.alive = false;
      peer.socket.ping();
    }
  }
}

/** The path of a request, without its query. */
export function pathOf({url = "/"}: IncomingMessage): string {
  return url.split("?", 1)[0];
}

/** Answers an upgrade request that is refused; there is no response object for one. */
export function refuse(stream: Duplex, problem: Problem): void {
  const body = JSON.stringify(problem);
  stream.end(
    [
      `HTTP/1.1 ${problem.status} ${problem.toJSON().title}`,
      "Content-Type: application/problem+json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...Object.entries(problem.headers).map(([name, value]) => `${name}: ${value}`),
      "Connection: close",
      "",
      body
    ].join("\r\n")
  );
}
