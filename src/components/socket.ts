import type {ChannelMessage, ChannelName, ClientMessage} from "../lib/live/channels.js";

/** What the bridge tells every page: see bridge/services.ts. */
export type Announcement =
  | {type: "import" | "mode" | "lake"; version: number}
  | {type: "job"; job: {id: string; kind: string; state: string; message: string}}
  /** The connection was lost and is there again: anything may have happened. */
  | {type: "again"};

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;

/** A socket that said nothing for so long, though it was asked to, is lost. */
const BEAT_MS = 20_000;

/** The bridge's close code for "no session": the page must be opened anew. */
const LOCKED = 4401;

const listeners = new Set<(announcement: Announcement) => void>();
const channelListeners = new Set<(message: ChannelMessage) => void>();
/** What the page listens to, as it is said at each connection. */
const wanted = new Map<ChannelName, string>();
let socket: WebSocket | undefined;

/** Calls the listener with each announcement of the bridge, over the page's one socket; returns what ends it. */
export function onAnnouncement(listener: (announcement: Announcement) => void): () => void {
  listeners.add(listener);
  if (!socket) listen();
  return () => listeners.delete(listener);
}

/** Calls the listener with each message of a channel that the page listens to. */
export function onChannel(listener: (message: ChannelMessage) => void): void {
  channelListeners.add(listener);
}

/** Says what the page listens to, now and after each loss of the connection. */
export function sayWanted(message: Exclude<ClientMessage, {type: "ping"}>): void {
  const text = JSON.stringify(message);
  if (message.type === "subscribe") wanted.set(message.channel, text);
  else wanted.delete(message.channel);
  if (!socket) listen();
  else if (socket.readyState === WebSocket.OPEN) socket.send(text);
}

function hear(message: Announcement | ChannelMessage): void {
  if ("channel" in message) for (const listener of channelListeners) listener(message);
  else for (const listener of listeners) listener(message);
}

/** Listens to the bridge for as long as the page lives, and comes back after a loss. */
function listen(retryMs = FIRST_RETRY_MS): void {
  const mine = new WebSocket(`/api/ws/${crypto.randomUUID()}`);
  socket = mine;
  let wait = retryMs;
  let heardAt = 0;
  const beat = setInterval(() => {
    if (mine.readyState !== WebSocket.OPEN) return;
    if (performance.now() - heardAt > 2 * BEAT_MS) mine.close();
    else mine.send('{"type":"ping"}');
  }, BEAT_MS);
  mine.addEventListener("open", () => {
    heardAt = performance.now();
    for (const text of wanted.values()) mine.send(text);
    if (retryMs > FIRST_RETRY_MS) hear({type: "again"});
    wait = FIRST_RETRY_MS;
  });
  mine.addEventListener("message", ({data}) => {
    heardAt = performance.now();
    hear(JSON.parse(String(data)) as Announcement | ChannelMessage); // the bridge's own
  });
  mine.addEventListener("close", ({code}) => {
    clearInterval(beat);
    if (code !== LOCKED) setTimeout(() => listen(Math.min(2 * wait, LAST_RETRY_MS)), wait);
  });
}
