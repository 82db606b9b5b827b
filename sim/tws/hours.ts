/** When the stand-in's venues are open, and how TWS writes it. */

import {addDays, isBusinessDay, newYorkDate} from "../account/market/calendar.js";
import {zoned} from "./wire/time.js";

/** Regular hours in New York, 9:30 to 16:00 on business days. */
export function newYorkHours(now: Date): boolean {
  const time = zoned(now, "America/New_York").slice(9);
  return isBusinessDay(newYorkDate(now)) && time >= "09:30:00" && time < "16:00:00";
}

/** A week of sessions: `20261123:0930-20261123:1600;20261126:CLOSED`. */
export function sessionsFrom(now: Date, open: string, close: string): string {
  const first = newYorkDate(now);
  return Array.from({length: 6}, (_, i) => addDays(first, i))
    .map((day) => {
      const date = day.replaceAll("-", "");
      return isBusinessDay(day) ? `${date}:${open}-${date}:${close}` : `${date}:CLOSED`;
    })
    .join(";");
}
