/** Plays the story day by day and keeps what each account's statement of the day must say. */

import type {AccountBook} from "../booking/account-book.js";
import type {Accrual} from "../booking/chart.js";
import type {Amount} from "../booking/amounts.js";
import {closeDay, type AccountDay} from "../booking/account-day.js";
import {SHARES} from "../market/instruments.js";
import {accrue, accrueInterest, marketData, payDue, postInterest} from "../booking/income.js";
import {Stage, type Happening, type Plot, type StoryItem} from "./stage.js";
import {dayAt} from "../market/timetable.js";

export interface History {
  /** In order of day, then account. */
  days: AccountDay[];
  story: StoryItem[];
}

/** @param withheld what is withheld of a dividend that is paid on a day; the accrual's tax as a rule */
export function play(
  plot: Plot,
  happenings: readonly Happening[],
  withheld: (book: AccountBook, accrual: Accrual) => Amount
): History {
  const {time, market} = plot;
  const stage = new Stage(plot);
  const {world} = stage;
  const byDay = Map.groupBy(happenings, ({day}) => day);
  const days: AccountDay[] = [];
  for (let today = 0; today < time.days.length; ++today) {
    world.today = today;
    const happening = byDay.get(today) ?? [];
    const open = stage.open;
    for (const book of open) book.open();
    for (const event of happening) if (event.morning) event.run(stage);
    for (const book of open) book.revalue();
    const date = time.days[today];
    const inMonth = time.days
      .slice(Math.max(0, today - 3), today)
      .filter((day) => day.slice(0, 7) === date.slice(0, 7)).length;
    for (const book of open) {
      stage.paid.push(...payDue(book, (accrual) => withheld(book, accrual)).map((paid) => ({...paid, book})));
      if (inMonth === 2) postInterest(book);
    }
    if (inMonth === 0 && today > 0) marketData(stage.main);
    for (const event of happening) if (!event.morning) event.run(stage);
    for (const {name, ex, pay, perShare, taxRate} of market.dividends) {
      if (ex !== today + 1) continue;
      const dates = {exDate: dayAt(time, ex), payDate: dayAt(time, pay), perShare, taxRate};
      for (const book of open) for (const instrument of known(name)) accrue(book, instrument, dates);
    }
    for (const book of open) {
      if (book !== stage.former || today !== time.migration) accrueInterest(book, dayAt(time, today + 1));
      days.push(closeDay(book));
    }
  }
  return {days, story: stage.story};
}

/** A dividend's share under the names it has had. */
function known(name: keyof typeof SHARES) {
  return name === "foods" ? [SHARES.foods, SHARES.foodsRenamed] : [SHARES[name]];
}
