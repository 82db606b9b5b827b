/** How a session begins: the client offers versions, the server says its own and the time. */

import type {Message} from "./frames.js";
import {zoned} from "./time.js";

/** What a client says first, before any framed message. */
export const PROLOGUE = Buffer.from("API\0");

/** The versions that a client speaks. */
export interface Offer {
  from: number;
  to: number;
}

/** Reads `v100..193`, or `v176`, with or without options behind it; undefined if it is neither. */
export function parseOffer(content: string): Offer | undefined {
  const match = /^v(\d+)(?:\.\.(\d+))?(?:\s|\0|$)/.exec(content);
  if (!match) return undefined;
  return {from: Number(match[1]), to: Number(match[2] ?? match[1])};
}

/** The server's answer. */
export function welcome(version: number, now: Date): Message {
  return [version, `${zoned(now, "America/New_York")} EST`];
}
