import type {LinkPhase} from "./link.js";

/** Returns an age in one unit: `now`, `4 s`, `3 min`, `2 h`, `5 d`; what lies ahead is `now`. */
export function shortAge(ms: number): string {
  if (!(ms >= 1000)) return "now";
  if (ms < 60_000) return `${Math.floor(ms / 1000)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min`;
  return ms < 86_400_000 ? `${Math.floor(ms / 3_600_000)} h` : `${Math.floor(ms / 86_400_000)} d`;
}

/** Words for where a link stands: short, as on a badge. */
export const LINK_WORDS: Readonly<Record<LinkPhase, string>> = {
  off: "off",
  connecting: "connecting",
  ready: "live",
  cut: "cut off",
  restarting: "restarting",
  login: "log in",
  refused: "refused",
  waiting: "down"
};

/** What a quote is of, in words: whoever decides by it must know. */
export const QUOTE_WORDS = {
  live: "live",
  delayed: "delayed",
  frozen: "frozen",
  "delayed-frozen": "delayed, frozen"
} as const;
