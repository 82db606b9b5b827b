import {isZone} from "../../../lib/time/zone.js";

/** Names of TWS's for zones that the tz database has under another, or means something else by. */
const ZONES: ReadonlyMap<string, string> = new Map([
  ["US/Eastern", "America/New_York"],
  ["EST", "America/New_York"],
  ["EST5EDT", "America/New_York"],
  ["US/Central", "America/Chicago"],
  ["CST6CDT", "America/Chicago"],
  ["GB-Eire", "Europe/London"],
  ["GB", "Europe/London"],
  ["MET", "Europe/Berlin"],
  ["CET", "Europe/Berlin"],
  ["Japan", "Asia/Tokyo"],
  ["JST", "Asia/Tokyo"],
  ["Hongkong", "Asia/Hong_Kong"],
  ["Singapore", "Asia/Singapore"],
  ["Israel", "Asia/Jerusalem"],
  ["Asia/Calcutta", "Asia/Kolkata"],
  ["Australia/NSW", "Australia/Sydney"]
]);

/** Short names that more than one zone goes by. */
const AMBIGUOUS = new Set(["CST", "IST", "GMT", "BST", "AST"]);

/** Returns the IANA zone that TWS means, as in `US/Eastern` or `EST (Eastern Standard Time)`; null when it is not known. */
export function zoneOf(name: string | undefined): string | null {
  const [short = ""] = (name ?? "").trim().split(" ");
  const known = ZONES.get(short);
  if (known !== undefined) return known;
  return short !== "" && !AMBIGUOUS.has(short) && isZone(short) ? short : null;
}
