/** The long-term plan: the first purchases, and a few trades every week. */

import type {AccountBook} from "../booking/account-book.js";
import {float, whole, type Amount} from "../booking/amounts.js";
import {SHARES, type Instrument, type ShareName} from "../market/instruments.js";
import type {Timetable} from "../market/timetable.js";
import type {Happening, Plot, Stage} from "./stage.js";
import {MAIN_PLAN, SECOND_PLAN, toward, type Plan} from "./steering.js";

export function core({time}: Plot): Happening[] {
  const happenings = [...firstPurchases(time), {day: time.losing + 61, run: sellOut}];
  for (let day = 14; day < time.days.length; ++day) {
    const main = (stage: Stage): void => steer(stage, stage.main, MAIN_PLAN);
    const pocket = (stage: Stage): void => steer(stage, stage.pocket, SECOND_PLAN);
    if (day % 5 === 1 || day % 5 === 3) happenings.push({day, run: main});
    if (day % 11 === 4) happenings.push({day, run: pocket});
  }
  return happenings;
}

function firstPurchases(time: Timetable): Happening[] {
  const buy = (book: (stage: Stage) => AccountBook, plan: Plan): Happening[] =>
    (Object.keys(plan) as ShareName[]).map((name, i) => ({
      day: 1 + Math.floor(i / 2),
      run: (stage) => toward(stage, book(stage), current(name, time, stage.world.today), plan[name]!, 0)
    }));
  return [...buy(({main}) => main, MAIN_PLAN), ...buy(({former}) => former, SECOND_PLAN)];
}

/** The share's present instrument: the issuer of foods takes another name on the way. */
function current(name: ShareName, {rename}: Timetable, today: number): Instrument {
  return name === "foods" && today >= rename ? SHARES.foodsRenamed : SHARES[name];
}

/** One trade in one name of the plan, toward its weight and a little off it. */
function steer(stage: Stage, book: AccountBook, plan: Plan): void {
  const {today, time} = stage.world;
  const names = (Object.keys(plan) as ShareName[]).filter((name) => tradable(name, time, today));
  if (!names.length) return;
  const name = names[stage.random.between(0, names.length - 1)];
  toward(stage, book, current(name, time, today), plan[name]!, 0.012, keep(name, book, stage));
}

/** Names leave the plan when their issuer goes, or when the owner has had enough. */
function tradable(name: ShareName, time: Timetable, today: number): boolean {
  const {days, merger, spinOff, losing, migration} = time;
  if (SHARES[name].currency === "JPY" && today > days.length - 34) return false; // the loan stays
  if (name === "health" && Math.abs(today - spinOff) < 4) return false;
  if (name === "paper") return today < merger - 12;
  if (name === "retail") return today < losing + 60;
  return Math.abs(today - migration) > 4;
}

/** What must stay: shares that cover a written call. */
function keep(name: ShareName, book: AccountBook, {main, world}: Stage): Amount {
  if (book !== main) return 0n;
  if (name === "software" && world.today < world.time.coveredCall + 70) return whole(200);
  if (name === "chips" && world.today > world.time.split) return whole(200);
  return name === "total" ? whole(200) : 0n;
}

/** The owner has had enough of one of them. */
function sellOut(stage: Stage): void {
  const {main} = stage;
  const held = main.quantity(SHARES.retail);
  if (held === 0n) return;
  stage.tradeInFills(main, SHARES.retail, [
    whole(-Math.floor(float(held) / 2)),
    -held + whole(Math.floor(float(held) / 2))
  ]);
  stage.tell(main, "position sold at a loss");
}
