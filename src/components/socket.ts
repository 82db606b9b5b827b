/** What the bridge tells every page: see bridge/services.ts. */
export type Announcement =
  | {type: "import" | "mode" | "lake"; version: number}
  | {type: "job"; job: {id: string; kind: string; state: string; message: string}}
  /** The connection was lost and is there again: anything may have happened. */
  | {type: "again"};

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;

/** The bridge's close code for "no session": the page must be opened anew. */
const LOCKED = 4401;

const listeners = new Set<(announcement: Announcement) => void>();
let isOpen = false;

/** Calls the listener with each announcement of the bridge, over the page's one socket; returns what ends it. */
export function onAnnouncement(listener: (announcement: Announcement) => void): () => void {
  listeners.add(listener);
  if (!isOpen) listen();
  isOpen = true;
  return () => listeners.delete(listener);
}

function tell(announcement: Announcement): void {
  for (const listener of listeners) listener(announcement);
}

/** Listens to the bridge for as long as the page lives, and comes back after a loss. */
function listen(retryMs = FIRST_RETRY_MS): void {
  const socket = new WebSocket(`/api/ws/${crypto.randomUUID()}`);
  let wait = retryMs;
  socket.addEventListener("open", () => {
    if (retryMs > FIRST_RETRY_MS) tell({type: "again"});
    wait = FIRST_RETRY_MS;
  });
  socket.addEventListener("message", ({data}) => tell(JSON.parse(String(data)) as Announcement)); // the bridge's own
  socket.addEventListener("close", ({code}) => {
    if (code !== LOCKED) setTimeout(() => listen(Math.min(2 * wait, LAST_RETRY_MS)), wait);
  });
}
