import {compareText} from "../order.js";
import {daysBetween} from "../time/day.js";
import type {Meeting} from "./views.js";

type Bank = Meeting["bank"];

/** A day on which a central bank decides. */
export interface MeetingDay {
  bank: Bank;
  /** ISO: of a meeting of two days, the second. */
  day: string;
  projections: boolean;
  source: string;
}

/** A row of the person's own list: a meeting that the shipped ones lack or have otherwise, or one that will not be. */
export type MeetingEdit = MeetingDay & {cancelled: boolean};

interface Calendar {
  bank: Bank;
  source: string;
  /** Days of decisions; a star where projections come with it. */
  days: string;
}

/**
 * Meetings as the banks' announcements, or others' lists of them, gave them on 2026-11-22; `source` says which. The Fed's stars are its Summary of Economic
 * Projections, the ECB's its staff projections, the Bank of England's the Monetary Policy Report, the Bank of Japan's
 * the Outlook Report.
 */
const CALENDARS: readonly Calendar[] = [
  {
    bank: "Federal Reserve",
    source: "Federal Reserve, announced calendars (2027 tentative)",
    days: `2025-01-29 2025-03-19* 2025-05-07 2025-06-18* 2025-07-30 2025-09-17* 2025-10-29 2025-12-10*
      2026-01-28 2026-03-18* 2026-04-29 2026-06-17* 2026-07-29 2026-09-16* 2026-10-28 2026-12-09*
      2027-01-27 2027-03-17* 2027-04-28 2027-06-09* 2027-07-28 2027-09-15* 2027-10-27 2027-12-08*
      2028-01-26`
  },
  {
    bank: "European Central Bank",
    source: "lists of the ECB's calendar by others, read 2026-11-22: check at the ECB",
    days: `2025-01-30 2025-03-06* 2025-04-17 2025-06-05* 2025-07-24 2025-09-11* 2025-10-30 2025-12-18*
      2026-02-05 2026-03-19* 2026-04-30 2026-06-11* 2026-07-23 2026-09-10* 2026-10-29 2026-12-17*
      2027-02-04 2027-03-18* 2027-04-29 2027-06-10* 2027-07-22 2027-09-09* 2027-10-28 2027-12-16*`
  },
  {
    bank: "Bank of England",
    source:
      "lists of the Bank of England's dates by others (2027 provisional), read 2026-11-22: check at the bank",
    days: `2025-02-06* 2025-03-20 2025-05-08* 2025-06-19 2025-08-07* 2025-09-18 2025-11-06* 2025-12-18
      2026-02-05* 2026-03-19 2026-04-30* 2026-06-18 2026-07-30* 2026-09-17 2026-11-05* 2026-12-17
      2027-02-04* 2027-03-18 2027-04-29* 2027-06-17 2027-07-29* 2027-09-16 2027-11-04* 2027-12-16`
  },
  {
    bank: "Bank of Japan",
    source: "lists of the Bank of Japan's schedule by others, read 2026-11-22: check at the bank",
    days: `2025-01-24* 2025-03-19 2025-05-01* 2025-06-17 2025-07-31* 2025-09-19 2025-10-30* 2025-12-19
      2026-01-23* 2026-03-19 2026-04-28* 2026-06-16 2026-07-31* 2026-09-18 2026-10-30* 2026-12-18`
  }
];

/** The meetings that come with the program, by bank and day. */
export const MEETINGS: readonly MeetingDay[] = CALENDARS.flatMap(({bank, source, days}) =>
  days.split(/\s+/).map((text) => ({
    bank,
    day: text.slice(0, 10),
    projections: text.endsWith("*"),
    source
  }))
);

/** Returns the meetings with the person's edits over them: a row of the same bank and day replaces, or cancels, it. */
export function mergeMeetings(
  edits: readonly MeetingEdit[],
  shipped: readonly MeetingDay[] = MEETINGS
): MeetingDay[] {
  const meetings = new Map<string, MeetingDay>();
  const key = ({bank, day}: MeetingDay) => `${bank} ${day}`;
  for (const meeting of shipped) meetings.set(key(meeting), meeting);
  for (const {cancelled, ...meeting} of edits) {
    if (cancelled) meetings.delete(key(meeting));
    else meetings.set(key(meeting), meeting);
  }
  return [...meetings.values()].sort((a, b) => compareText(a.day, b.day) || compareText(a.bank, b.bank));
}

/** Returns the meetings from a day (ISO) on with the days to each, soonest first. */
export function meetingsAhead(meetings: readonly MeetingDay[], today: string): Meeting[] {
  return meetings
    .filter(({day}) => day >= today)
    .map((meeting) => ({...meeting, daysTo: daysBetween(today, meeting.day)}));
}

/** Returns the last day that is known of each bank, in the banks' order: later ones are not known, not absent. */
export function knownUntil(meetings: readonly MeetingDay[]): {bank: Bank; day: string; source: string}[] {
  return CALENDARS.flatMap(({bank}) => {
    const last = meetings.filter((meeting) => meeting.bank === bank).at(-1);
    return last ? [{bank, day: last.day, source: last.source}] : [];
  });
}
