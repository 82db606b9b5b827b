import type {ChannelName, ClientMessage} from "../../lib/live/channels.js";
import type {LiveRoom} from "./room.js";
import type {Outbox} from "./outbox.js";

interface Subscription {
  /** Keys wanted; undefined for all. */
  wanted: ReadonlySet<string> | undefined;
  /** Keys that changed since the last message; null until all rows were sent. */
  dirty: Set<string> | null;
  /** Frees what is held for this page. */
  end: () => void;
}

/** The channels that one page listens to. It never holds rows, only the keys of those that changed. */
export class PageChannels {
  readonly #outbox: Outbox;
  readonly #now: () => number;
  readonly #subscriptions = new Map<ChannelName, Subscription>();
  readonly #seqs = new Map<ChannelName, number>();
  #room: LiveRoom;

  constructor(room: LiveRoom, {outbox, now}: {outbox: Outbox; now: () => number}) {
    this.#room = room;
    this.#outbox = outbox;
    this.#now = now;
  }

  take(message: Exclude<ClientMessage, {type: "ping"}>): void {
    const {channel} = message;
    const before = this.#subscriptions.get(channel);
    this.#subscriptions.delete(channel);
    if (message.type === "subscribe") this.#subscribe(channel, message.keys && new Set(message.keys));
    before?.end(); // after the new one: lines that both hold stay open
  }

  /** Notes that a row changed; `flush` tells the page. */
  mark(channel: ChannelName, key: string): void {
    const subscription = this.#subscriptions.get(channel);
    if (!subscription?.dirty) return;
    if (!subscription.wanted || subscription.wanted.has(key)) subscription.dirty.add(key);
  }

  /** Hands over what changed, to be sent when the page has read what came before. */
  flush(): void {
    for (const [channel, {dirty}] of this.#subscriptions) if (dirty?.size) this.#push(channel);
  }

  /** Another room is shown: what was listened to is listened to there. */
  move(room: LiveRoom): void {
    if (room === this.#room) return;
    this.#room = room;
    for (const [channel, {wanted, end}] of this.#subscriptions) {
      end();
      this.#subscribe(channel, wanted);
    }
  }

  close(): void {
    for (const {end} of this.#subscriptions.values()) end();
    this.#subscriptions.clear();
  }

  #subscribe(channel: ChannelName, keys: ReadonlySet<string> | undefined): void {
    const wanted = channel === "quotes" ? (keys ?? new Set<string>()) : keys;
    const holds = channel === "quotes" ? [...wanted!].map((key) => this.#room.lines.hold(Number(key))) : [];
    const end = () => {
      for (const free of holds) free();
    };
    this.#subscriptions.set(channel, {wanted, dirty: null, end});
    this.#push(channel);
  }

  #push(channel: ChannelName): void {
    this.#outbox.push(`channel ${channel}`, () => this.#message(channel));
  }

  /** All rows the first time, then those that changed, as they are at this moment. */
  #message(channel: ChannelName): string | undefined {
    const subscription = this.#subscriptions.get(channel);
    if (!subscription) return undefined;
    const {tables} = this.#room;
    const {wanted, dirty} = subscription;
    const isWanted = (key: string) => !wanted || wanted.has(key);
    const keys = dirty ?? new Set([...tables.keys(channel)].filter(isWanted));
    subscription.dirty = new Set();
    const seq = (this.#seqs.get(channel) ?? 0) + 1;
    this.#seqs.set(channel, seq);
    const rows = [...keys].map((key) => `${JSON.stringify(key)}:${tables.text(channel, key)}`).join();
    return `{"type":"${dirty ? "delta" : "snapshot"}","channel":"${channel}","seq":${seq},"at":${this.#now()},"rows":{${rows}}}`;
  }
}
