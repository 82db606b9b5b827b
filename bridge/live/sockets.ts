import type {IncomingMessage} from "node:http";
import type {Duplex} from "node:stream";
import {WebSocketServer, type WebSocket} from "ws";
import {ClientMessage} from "../../lib/live/channels.js";
import type {Gate} from "../access/gate.js";
import {unauthorized} from "../access/gate.js";
import {Problem} from "../problem.js";
import type {Announcement, Services} from "../services.js";
import {Outbox} from "./outbox.js";
import {PageChannels} from "./page-channels.js";
import type {LiveRoom} from "./room.js";

const MOST = 64;
const BEAT_MS = 30_000;
const PATH = /^\/api\/ws\/([\w-]{1,64})$/;

/** Changes of so many milliseconds go to a page as one message: a screen shows no more. */
const PACE_MS = 16;

/** Close codes of our own: a page that sees one knows whether to come back. */
const CLOSED = {replaced: 4000, locked: 4401} as const;

interface SocketsOptions {
  gate: Gate;
  services: Services;
  now: () => Date;
}

interface Peer {
  socket: WebSocket;
  outbox: Outbox;
  channels: PageChannels;
  known: boolean;
  alive: boolean;
}

/** The sockets at `/api/ws/{connection_id}`: each hears every announcement, and the channels that it asked for. */
export class Sockets {
  readonly #gate: Gate;
  readonly #services: Services;
  readonly #now: () => Date;
  readonly #server = new WebSocketServer({noServer: true, maxPayload: 4096, clientTracking: false});
  readonly #peers = new Map<string, Peer>();
  readonly #beat: NodeJS.Timeout;
  readonly #unsubscribe: () => void;
  #room: LiveRoom;
  #leave: () => void;
  #flush: NodeJS.Timeout | undefined;
  #flushedAt = 0;

  constructor({gate, services, now}: SocketsOptions) {
    this.#gate = gate;
    this.#services = services;
    this.#now = now;
    this.#beat = setInterval(() => this.#checkPulse(), BEAT_MS).unref();
    this.#unsubscribe = services.announcements.subscribe((announcement) => this.#tell(announcement));
    this.#room = services.live;
    this.#leave = this.#enter();
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
    clearTimeout(this.#flush);
    this.#unsubscribe();
    this.#leave();
    for (const {socket, channels} of this.#peers.values()) {
      channels.close();
      socket.close(1001, "the bridge stops");
    }
    this.#peers.clear();
  }

  #welcome(id: string, socket: WebSocket, known: boolean): void {
    this.#peers.get(id)?.socket.close(CLOSED.replaced, "another connection took this id");
    const outbox = new Outbox((text, done) => socket.send(text, () => done()));
    const channels = new PageChannels(this.#room, {outbox, now: () => this.#now().getTime()});
    const peer = {socket, outbox, channels, known, alive: true};
    this.#peers.set(id, peer);
    socket.on("pong", () => (peer.alive = true));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      channels.close();
      if (this.#peers.get(id) === peer) this.#peers.delete(id);
    });
    socket.on("message", (data, isBinary) => {
      const heard = isBinary ? BYTES : read((data as Buffer).toString()); // ws gives one as it is set up here
      if ("code" in heard) socket.close(heard.code, heard.reason);
      else if (heard.type === "ping") outbox.push("pong", () => '{"type":"pong"}');
      else channels.take(heard);
    });
    const {mode, version, ready} = this.#services.status();
    outbox.push("hello", () => JSON.stringify({type: "hello", mode, version, ready}));
  }

  /** Listens to the tables of the room shown. */
  #enter(): () => void {
    return this.#room.tables.subscribe((channel, key) => {
      for (const {channels} of this.#peers.values()) channels.mark(channel, key);
      const rest = Math.max(0, this.#flushedAt + PACE_MS - performance.now());
      this.#flush ??= setTimeout(() => {
        this.#flush = undefined;
        this.#flushedAt = performance.now();
        for (const {channels} of this.#peers.values()) channels.flush();
      }, rest);
    });
  }

  /** Takes every page along to the room that is shown now. */
  #move(): void {
    if (this.#services.live === this.#room) return;
    this.#leave();
    this.#room = this.#services.live;
    this.#leave = this.#enter();
    for (const {channels} of this.#peers.values()) channels.move(this.#room);
  }

  #tell(announcement: Announcement): void {
    const text = JSON.stringify(announcement);
    const kind = announcement.type === "job" ? `job ${announcement.job.id}` : announcement.type;
    if (announcement.type === "mode") this.#move();
    for (const {socket, outbox, known} of this.#peers.values()) {
      outbox.push(kind, () => text);
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

const BYTES = {code: 1003, reason: "bytes are not understood here"};

/** Returns what a page says, or with what code and sentence its socket is closed. */
function read(text: string): ClientMessage | {code: number; reason: string} {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return {code: 1003, reason: "only JSON is understood here"};
  }
  const {data, error} = ClientMessage.safeParse(given);
  if (data) return data;
  const {path, message} = error.issues[0];
  const where = path.length ? ` at ${path.join(".")}` : "";
  return {
    code: 1008,
    reason: `not understood${where}: ${message}`.replace(/[^ -~]/g, "?").slice(0, LONGEST_REASON)
  };
}

/** A close frame holds no more than this and a little. */
const LONGEST_REASON = 120;

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
