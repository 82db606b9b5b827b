import {CHANNELS, MOST_QUOTES} from "../../lib/live/channel-names.js";
import type {ChannelMessage, ChannelName, Channels} from "../../lib/live/channels.js";
import {isServedByBridge} from "../desk.js";
import {onChannel, sayWanted} from "../socket.js";

type Row<Name extends ChannelName> = Channels[Name];

/** Keys whose rows changed; all that there are after a snapshot. */
type Listener = (changed: ReadonlySet<string>) => void;

interface Channel {
  rows: Map<string, Row<ChannelName>>;
  /** Listeners with the keys that they asked for; undefined for all. */
  listeners: Map<Listener, readonly string[] | undefined>;
}

const channels = new Map<ChannelName, Channel>(
  CHANNELS.map((name) => [name, {rows: new Map(), listeners: new Map()}])
);
const of = (name: ChannelName): Channel => channels.get(name)!; // each has one
let isListening = false;

/** Whether there is a bridge that things move by: a page from another host asks for nothing. */
export const hasLive = (): boolean => isServedByBridge(document.cookie, location.port);

/** Returns the newest rows of a channel that the page listens to. */
export function liveRows<Name extends ChannelName>(name: Name): ReadonlyMap<string, Row<Name>> {
  return of(name).rows as unknown as ReadonlyMap<string, Row<Name>>; // hear puts in only what the channel has
}

/**
 * Listens to a channel and calls the listener after each change; returns what ends it. Without a bridge it does nothing.
 * @param keys of `quotes`: the contracts wanted
 */
export function watchLive(name: ChannelName, listener: Listener, keys?: readonly string[]): () => void {
  if (!hasLive()) return () => undefined;
  if (!isListening) onChannel(hear);
  isListening = true;
  const {rows, listeners} = of(name);
  const isFirst = listeners.size === 0;
  listeners.set(listener, keys);
  if (isFirst || name === "quotes") say(name);
  if (rows.size) listener(new Set(rows.keys()));
  return () => {
    if (!listeners.delete(listener)) return;
    if (listeners.size === 0) {
      rows.clear();
      sayWanted({type: "unsubscribe", channel: name});
    } else if (name === "quotes") say(name);
  };
}

function say(name: ChannelName): void {
  const keys = [...new Set([...of(name).listeners.values()].flatMap((wanted) => wanted ?? []))];
  sayWanted({
    type: "subscribe",
    channel: name,
    ...(name === "quotes" && {keys: keys.slice(0, MOST_QUOTES)})
  });
}

function hear({type, channel, rows: told}: ChannelMessage): void {
  const {rows, listeners} = of(channel);
  const changed = new Set(Object.keys(told));
  if (type === "snapshot") {
    for (const key of rows.keys()) changed.add(key);
    rows.clear();
  }
  for (const [key, row] of Object.entries(told)) {
    if (row === null) rows.delete(key);
    else rows.set(key, row);
  }
  for (const listener of listeners.keys()) listener(changed);
}
