import {isServedByBridge} from "../desk.js";
import {readRisk, readSession} from "./calls.js";
import {poll, type Poll} from "./poll.js";
import {standing} from "./standing.js";

const EVERY_MS = 2000;
let watching: Promise<Poll> | undefined;

/** Keeps `standing` up to date for as long as the page lives; a page without a bridge asks nothing. */
export function watchStanding(): void {
  if (!isServedByBridge(document.cookie, location.port)) standing.set({kind: "none"});
  else watching ??= watch();
}

/** Asks how trading stands at once, after a change. */
export async function standAgain(): Promise<void> {
  await (await watching)?.again();
}

async function watch(): Promise<Poll> {
  let session = await readSession().catch(() => null);
  return poll(
    async () => {
      session ??= await readSession();
      return readRisk();
    },
    EVERY_MS,
    {
      tell: (risk) => standing.set({kind: "ready", known: session!.known, mode: session!.mode, risk}), // read before
      fail: ({message}) => standing.set({kind: "error", why: message})
    }
  );
}
