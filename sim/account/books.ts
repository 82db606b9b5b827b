/** The demo account's books: the whole history, twice where IBKR later said otherwise. */

import type {AccountDay} from "./account-day.js";
import {newYorkDate} from "./calendar.js";
import {core} from "./core.js";
import {play, type History} from "./history.js";
import {market as makeMarket} from "./market.js";
import {FORMER, MAIN, SECOND, type Plot, type StoryItem} from "./stage.js";
import {timetable} from "./timetable.js";

/** One planted defect, or the restatement. */
export interface Planted {
  kind: "missing-rate" | "missing-day" | "contradicting-file" | "restatement";
  day: string;
  account: string;
  what: string;
}

export interface Books {
  seed: number;
  /** New York date of `now`. */
  today: string;
  /** Business days of the history, oldest first. */
  days: string[];
  accounts: string[];
  plot: Plot;
  /** What IBKR said first, and what it says since the restatement. */
  first: History;
  restated: History;
  /** Instant (New York, `yyyy-mm-ddThh:mm:ss`) from which statements tell the restated history. */
  restatedFrom: string;
  planted: Planted[];
  /** The trade that the second query tells otherwise, and its two commissions. */
  contradiction: {transactionID: string; told: string; instead: string};
  story: StoryItem[];
  /** The first day of an account. */
  opened(account: string): string;
  /** The losing calendar year. */
  losingYear: number;
}

/** Books of a seed and the New York date of `now`: three years to the last finished business day. */
export function demoBooks({seed = 7, now}: {seed?: number; now: Date}): Books {
  const today = newYorkDate(now);
  const time = timetable(today);
  const plot: Plot = {seed, time, market: makeMarket(seed, time)};
  const happenings = core(plot);
  const first = play(plot, happenings, (_, {tax}) => tax);
  return {
    seed,
    today,
    days: time.days,
    accounts: [FORMER, MAIN, SECOND],
    plot,
    first,
    restated: first,
    restatedFrom: `${time.days.at(-1)!}T06:30:00`,
    planted: [],
    contradiction: {transactionID: "", told: "", instead: ""},
    story: first.story,
    opened: (account) => first.days.find((day) => day.account === account)!.day,
    losingYear: time.losingYear
  };
}

/** The history as it was known at an instant (New York, `yyyy-mm-ddThh:mm:ss`). */
export function knownAt({first, restated, restatedFrom}: Books, instant: string): AccountDay[] {
  return (instant >= restatedFrom ? restated : first).days;
}
