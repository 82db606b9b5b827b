/** One client: its bytes in and out, its handshake, its subscriptions. */

import type {Socket} from "node:net";
import type {Desk} from "./desk.js";
import {NOTES} from "./faults.js";
import type {Listing} from "./listing.js";
import type {Quote} from "./market.js";
import {fieldsOf, frame, type Message, pieces, Unframer} from "./wire/frames.js";
import {type Offer, parseOffer, PROLOGUE, welcome} from "./wire/handshake.js";
import {error} from "./wire/encode-status.js";
import {readRequest, type HistoricalQuery, type Request} from "./wire/requests.js";

/** A stream of quotes, and what it told last. */
export interface Stream {
  listing: Listing;
  /** 1 live, 2 frozen, 3 delayed, 4 delayed and frozen. */
  type: number;
  last: Partial<Quote>;
}

/** What a client listens to. */
export interface Subscriptions {
  marketData: Map<number, Stream>;
  bars: Map<number, {listing: Listing; query: HistoricalQuery}>;
  realTime: Map<number, {listing: Listing; what: string; lastBar: number}>;
  summaries: Map<number, string[]>;
  accountValues: Map<number, string>;
  pnl: Map<number, string>;
  pnlSingle: Map<number, {account: string; conId: number}>;
  positions: boolean;
  account: string | undefined;
}

const none = (): Subscriptions => ({
  marketData: new Map(),
  bars: new Map(),
  realTime: new Map(),
  summaries: new Map(),
  accountValues: new Map(),
  pnl: new Map(),
  pnlSingle: new Map(),
  positions: false,
  account: undefined
});

const MOST_PER_SECOND = 50;

export interface SessionEvents {
  /** A client said who it is; false when it is not let in. */
  start(session: Session): boolean;
  request(session: Session, request: Request): void;
  /** Bytes that no client of this protocol sends. */
  broken(session: Session, cause: Error): void;
  closed(session: Session): void;
}

export class Session {
  clientId = -1;
  offer: Offer = {from: 0, to: 0};
  started = false;
  subscriptions = none();
  /** What reqMarketDataType asked for. */
  dataType = 1;
  readonly #socket: Socket;
  readonly #desk: Desk;
  readonly #events: SessionEvents;
  readonly #random: () => number;
  readonly #unframer = new Unframer();
  #greeted = false;
  #versioned = false;
  #queue: Buffer[] = [];
  /** What was to be said while it was silent: a stream loses nothing of it. */
  readonly #held: Buffer[] = [];
  #recent: number[] = [];
  #breaches = 0;

  constructor(socket: Socket, desk: Desk, events: SessionEvents, random: () => number) {
    this.#socket = socket;
    this.#desk = desk;
    this.#events = events;
    this.#random = random;
    socket.setNoDelay(true);
    socket.on("data", (piece: Buffer) => this.#read(piece));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => events.closed(this));
  }

  send(...messages: Message[]): void {
    this.raw(...messages.map(frame));
  }

  /** Bytes as they are, framed or not. */
  raw(...bytes: Buffer[]): void {
    if (this.#socket.destroyed) return;
    this.#held.push(...bytes);
    if (this.#desk.faults.silent) return;
    const all = Buffer.concat(this.#held.splice(0));
    if (!this.#desk.faults.split && !this.#queue.length) return void this.#socket.write(all);
    const idle = !this.#queue.length;
    this.#queue.push(...pieces(all, this.#random));
    if (idle) this.#drip();
  }

  /** @param id the request's or the order's; -1 when it is about the session */
  error(id: number, code: number, message: string): void {
    this.send(error(this.#desk.version, id, code, message));
  }

  note([code, message]: readonly [number, string]): void {
    this.error(-1, code, message);
  }

  /** Closes the socket: with an end, or as a cable that is cut. */
  close({reset = false} = {}): void {
    if (reset) this.#socket.resetAndDestroy();
    else this.#socket.end();
  }

  /** Forgets what TWS forgets when it lost its data. */
  dropData(): void {
    const {account, positions} = this.subscriptions;
    this.subscriptions = {...none(), account, positions};
  }

  #drip(): void {
    const piece = this.#queue.shift();
    if (!piece) return;
    if (!this.#socket.destroyed) this.#socket.write(piece);
    setImmediate(() => this.#drip());
  }

  #read(piece: Buffer): void {
    try {
      if (!this.#greeted) {
        this.#unframer.hold(piece);
        const prologue = this.#unframer.take(PROLOGUE.length);
        if (!prologue) return;
        if (!prologue.equals(PROLOGUE)) throw new RangeError("not a client of TWS: no API prologue");
        this.#greeted = true;
        piece = Buffer.alloc(0);
      }
      for (const content of this.#unframer.push(piece)) this.#take(content);
    } catch (cause) {
      this.#events.broken(this, cause instanceof Error ? cause : new Error(String(cause)));
      this.#socket.destroy();
    }
  }

  #take(content: string): void {
    if (this.#socket.destroyed) return; // what came with it is lost as well
    const {version, clock} = this.#desk;
    if (!this.#versioned) {
      const offer = parseOffer(content);
      if (!offer) throw new RangeError(`not a range of versions: ${content}`);
      this.offer = offer;
      this.#versioned = true;
      return this.send(welcome(version, clock()));
    }
    if (this.#tooFast()) return;
    const request = readRequest(fieldsOf(content), version);
    if (request.kind === "startApi") {
      this.clientId = request.clientId;
      this.started = this.#events.start(this);
    }
    if (this.started) this.#events.request(this, request);
  }

  #tooFast(): boolean {
    if (!this.#desk.faults.pacing) return false;
    const now = this.#desk.clock().getTime();
    this.#recent = [...this.#recent.filter((at) => now - at < 1000), now];
    if (this.#recent.length <= MOST_PER_SECOND) return false;
    const count = this.#recent.length;
    this.error(
      -1,
      100,
      `Max rate of messages per second has been exceeded:max=${MOST_PER_SECOND} rec=${count} (1)`
    );
    this.#recent = [];
    if (++this.#breaches === 3) this.close();
    return true;
  }
}

/** The notes that TWS begins with. */
export function farms(session: Session): void {
  for (const note of [NOTES.marketFarm, NOTES.historicalFarm, NOTES.definitionFarm]) session.note(note);
}
