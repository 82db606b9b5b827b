import {dayNumber, isDay} from "../../../lib/time/day.js";
import {momentInZone} from "../../../lib/time/zone.js";

const MOMENT = /^(?:(\d{4})(\d{2})(\d{2}):)?(\d{2})(\d{2})$/;

/**
 * Returns the sessions that a text of TWS's tells of, ascending; null when it cannot be read. Two forms are about:
 * `20261123:0930-20261123:1600;20261126:CLOSED` and, until TWS 970, `20261123:0930-1600,1700-1800;20261126:CLOSED`.
 *
 * @param zone IANA name
 */
export function sessionsOf(
  hours: string | undefined,
  zone: string | null
): {from: number; to: number}[] | null {
  if (!hours || zone === null) return null;
  const sessions: {from: number; to: number}[] = [];
  for (const entry of hours.split(";").filter(Boolean)) {
    if (/^\d{8}:CLOSED$/.test(entry)) continue;
    let day: number | null = null;
    for (const span of entry.split(",")) {
      const [open, close, ...rest] = span.split("-").map((text) => momentOf(text));
      if (!open || !close || rest.length) return null;
      const first: number | null = open.day ?? day;
      if (first === null) return null;
      day = first;
      const last = close.day ?? (close.minutes > open.minutes ? first : first + 1);
      const session = {
        from: momentInZone(first, open.minutes, zone),
        to: momentInZone(last, close.minutes, zone)
      };
      if (!(session.to > session.from)) return null;
      sessions.push(session);
    }
  }
  return sessions.sort((a, b) => a.from - b.from);
}

function momentOf(text: string): {day: number | null; minutes: number} | null {
  const match = MOMENT.exec(text);
  if (!match) return null;
  const [, year, month, date, hour, minute] = match;
  const minutes = Number(hour) * 60 + Number(minute);
  if (minutes > 1440 || Number(minute) > 59) return null;
  if (year === undefined) return {day: null, minutes};
  const day = `${year}-${month}-${date}`;
  return isDay(day) ? {day: dayNumber(day), minutes} : null;
}
