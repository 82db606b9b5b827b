import type {TradingStatus} from "../../lib/orders/desk.js";
import {isServedByBridge} from "../desk.js";
import {liveRows, watchLive} from "../live/channels.js";
import {readRisk, readSession, type Session} from "./calls.js";
import {poll, type Poll} from "./poll.js";
import {standing} from "./standing.js";

/** How often all of it is read again; what changes in between is told. */
const EVERY_MS = 5000;
let watching: Poll | undefined;

/** Keeps `standing` up to date for as long as the page lives; a page without a bridge asks nothing. */
export function watchStanding(): void {
  if (!isServedByBridge(document.cookie, location.port)) standing.set({kind: "none"});
  else watching ??= watch();
}

/** Asks how trading stands at once, after a change. */
export async function standAgain(): Promise<void> {
  await watching?.again();
}

function watch(): Poll {
  let session: Session | null = null;
  watchLive("trading", () => {
    const [status] = liveRows("trading").values();
    if (status) take(status);
  });
  return poll(
    async () => {
      if (!session?.trades) session = await readSession(); // no question before there is somebody to answer
      return session.trades ? {session, risk: await readRisk()} : null;
    },
    EVERY_MS,
    {
      tell(found) {
        if (!found) return standing.set({kind: "error", why: "The desk is opening: no broker is there yet."});
        const {known, mode} = found.session;
        standing.set({kind: "ready", known, mode, risk: found.risk});
      },
      fail: ({message}) => standing.set({kind: "error", why: message})
    }
  );
}

/** Takes in what was told between two readings. */
function take(status: TradingStatus): void {
  const now = standing.get();
  if (now.kind === "ready") standing.set({...now, risk: {...now.risk, status}});
  else void standAgain();
}
