import type {LinkPhase} from "../../../lib/live/link.js";
import type {Ending} from "./session.js";

/** What the end of a connection means. */
export interface Verdict {
  phase: Extract<LinkPhase, "restarting" | "login" | "refused" | "waiting">;
  /** What is the matter and what to do. */
  sentence: string;
  /** Whether to try again soon is of no use. */
  isFinal: boolean;
}

/** What was known of the link before it ended, or before it could not be had. */
export interface Before {
  /** Host and port. */
  address: string;
  clientId: number;
  /** TWS had lost IBKR when it ended. */
  wasCut: boolean;
  /** When it was last ready, milliseconds since 1970 UTC; null when it never was. */
  lastReadyAt: number | null;
  /** When a connection last ended with what could not be read, milliseconds since 1970 UTC; null when none did. */
  lastGarbledAt: number | null;
  now: number;
}

/** How long a restart of TWS takes at most; after that somebody must log in. */
const RESTART_MS = 10 * 60_000;

/** Within this, a second connection that ends with what cannot be read is not a chance any more. */
const GARBLED_MS = 10 * 60_000;

const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;

/** Returns what the end of a connection means, and what a person can do. @param silenceMs how long nothing was heard before it was given up */
export function verdictOf(ending: Ending, before: Before, silenceMs: number): Verdict {
  const {address, clientId, wasCut, lastReadyAt, now} = before;
  const {stage, isSilent, garbled, refusal} = ending;
  if (refusal) return {phase: "refused", sentence: refusalOf(refusal, address, clientId), isFinal: true};
  if (garbled !== null) return illegible(garbled, stage, before);
  if (stage === "ready") {
    if (isSilent) return lost(`nothing came from TWS at ${address} for ${seconds(silenceMs)}`);
    if (!wasCut) return lost(`the connection to TWS at ${address} broke off`);
    const sentence = `TWS at ${address} ended the session after it had lost IBKR: its daily restart or IBKR's nightly reset, the link comes back by itself`;
    return {phase: "restarting", sentence, isFinal: false};
  }
  if (isSilent && stage !== "none") {
    const sentence =
      stage === "socket"
        ? `${address} takes the connection and says nothing: confirm it in TWS's window, or look whether another program listens on that port`
        : `TWS at ${address} does not say that it is ready: finish its login`;
    return {phase: "login", sentence, isFinal: false};
  }
  if (lastReadyAt !== null && now - lastReadyAt < RESTART_MS) {
    const sentence = `TWS at ${address} went away and is not back yet: it restarts once a day, or somebody closed it`;
    return {phase: "restarting", sentence, isFinal: false};
  }
  return {phase: "login", sentence: absence(ending, address, now), isFinal: false};
}

function illegible(garbled: string, stage: Ending["stage"], {address, lastGarbledAt, now}: Before): Verdict {
  if (stage !== "ready") {
    const sentence = `${address} does not speak TWS's protocol (${garbled}): look whether another program listens on that port`;
    return {phase: "login", sentence, isFinal: false};
  }
  const isAgain = lastGarbledAt !== null && now - lastGarbledAt < GARBLED_MS;
  const what = `what came from TWS at ${address} could not be read (${garbled})`;
  return {...lost(isAgain ? `${what}, again: restart TWS if it stays` : what), isFinal: isAgain};
}

const lost = (what: string): Verdict => ({
  phase: "waiting",
  sentence: `${what}: it is opened anew`,
  isFinal: false
});

function absence({stage}: Ending, address: string, now: number): string {
  if (stage !== "none")
    return `${address} ends the connection without saying a version: TWS still waits for its login, does not trust this machine (API settings, Trusted IPs), or another program listens there`;
  const weekly = isSunday(now) ? "; on Sundays IBKR asks for the whole login with its second factor" : "";
  return `nobody answers at ${address}: start TWS or IB Gateway, log in, and allow API connections in its settings${weekly}`;
}

/** A Sunday in New York, when the week's login ends. */
const isSunday = (now: number) =>
  new Intl.DateTimeFormat("en-US", {timeZone: "America/New_York", weekday: "short"}).format(now) === "Sun";

function refusalOf(
  {code, message}: {code: number; message: string},
  address: string,
  clientId: number
): string {
  if (code === 326)
    return `client id ${clientId} is in use at ${address}: close the other program that has it, or set IBKR_CLIENT_ID to another number; a session of ours that broke off is let go within a minute`;
  if (code === 1300) return `TWS has moved its API (${message}): set IBKR_PORT to the new port`;
  return `${address} speaks a version that the client library does not (${message}): update TWS or IB Gateway, or this desk`;
}

/** What a note of TWS about itself changes. */
export type Note =
  | {kind: "cut"; sentence: string}
  /** Back, with the data streams gone, or kept. */
  | {kind: "back"; streams: "lost" | "kept"}
  | {kind: "farm"; name: string; isBroken: boolean}
  | {kind: "read-only"}
  | {kind: "other"};

/** Farms that a note says are broken, and those that it says are well. */
const BROKEN: ReadonlySet<number> = new Set([2103, 2105, 2157]);
const WELL: ReadonlySet<number> = new Set([2104, 2106, 2107, 2108, 2158]);

/** Returns what a note (a message without a number of ours) changes. */
export function noteOf(code: number, message: string, now: number): Note {
  if (code === 1100 || code === 2110) return {kind: "cut", sentence: cutSentence(now)};
  if (code === 1101) return {kind: "back", streams: "lost"};
  if (code === 1102) return {kind: "back", streams: "kept"};
  if (isReadOnlyError(code, message)) return {kind: "read-only"};
  const name = message.slice(message.lastIndexOf(":") + 1).trim();
  if (BROKEN.has(code)) return {kind: "farm", name, isBroken: true};
  if (WELL.has(code)) return {kind: "farm", name, isBroken: false};
  return {kind: "other"};
}

/** Whether TWS refused because of its setting "Read-Only API". */
export const isReadOnlyError = (code: number, message: string): boolean =>
  code === 321 && /read-?only/i.test(message);

function cutSentence(now: number): string {
  return isNightlyReset(now)
    ? "TWS has lost IBKR in the hours of its nightly reset: nothing to do, it comes back by itself"
    : "TWS has lost its connection to IBKR: nothing can be ordered until it is back; look at this machine's network and at IBKR's status page if it stays";
}

/** Hours in which IBKR resets its servers, as it publishes them for North America; they choose words, nothing else. */
function isNightlyReset(now: number): boolean {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: "America/New_York",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23"
  }).formatToParts(now);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  const minute = Number(part("hour")) * 60 + Number(part("minute"));
  if (part("weekday") === "Sat" && minute < 3 * 60) return true;
  return minute >= 23 * 60 + 15 || minute < 45;
}
