import {CHANNELS} from "../../lib/live/channel-names.js";
import type {ChannelName, Channels} from "../../lib/live/channels.js";

interface Entry {
  row: unknown;
  /** The row as JSON, once a page asked for it: pages share it. */
  text: string | undefined;
}

/** The newest row of each key of each channel, of one room: brokers and Trading write, pages read. */
export class LiveTables {
  readonly #entries = new Map<ChannelName, Map<string, Entry>>(CHANNELS.map((name) => [name, new Map()]));
  readonly #listeners = new Set<(channel: ChannelName, key: string) => void>();

  put<Name extends ChannelName>(channel: Name, key: string, row: Channels[Name]): void {
    this.#of(channel).set(key, {row, text: undefined});
    this.#tell(channel, key);
  }

  remove(channel: ChannelName, key: string): void {
    if (this.#of(channel).delete(key)) this.#tell(channel, key);
  }

  get<Name extends ChannelName>(channel: Name, key: string): Channels[Name] | undefined {
    return this.#of(channel).get(key)?.row as Channels[Name] | undefined; // put is the only writer
  }

  rows<Name extends ChannelName>(channel: Name): Channels[Name][] {
    return [...this.#of(channel).values()].map(({row}) => row as Channels[Name]); // as above
  }

  keys(channel: ChannelName): Iterable<string> {
    return this.#of(channel).keys();
  }

  /** The row as JSON text; `null` where there is none. */
  text(channel: ChannelName, key: string): string {
    const entry = this.#of(channel).get(key);
    return entry ? (entry.text ??= JSON.stringify(entry.row)) : "null";
  }

  /** Calls the listener at each change; returns what ends it. */
  subscribe(listener: (channel: ChannelName, key: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #of(channel: ChannelName): Map<string, Entry> {
    return this.#entries.get(channel)!; // each channel has its map
  }

  #tell(channel: ChannelName, key: string): void {
    for (const listener of this.#listeners) listener(channel, key);
  }
}
