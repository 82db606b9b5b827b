/**
 * Random accounts: events of some weeks, drawn from a seed. Only events, marks and rates are made here; what follows
 * from them is what the oracle says.
 */
import type {Books} from "./figures.js";
import type {Boxes, Calendar} from "./flex.js";
import {Issuers} from "./issuers.js";
import {Paperwork} from "./paperwork.js";
import {Person} from "./person.js";
import type {Row} from "./rows.js";
import {Stage} from "./stage.js";

export interface World {
  seed: number;
  books: Books & {rows: Row[]};
  accounts: string[];
  calendar: Calendar;
  boxes: Boxes;
}

/** Returns the accounts of a seed. */
export function randomWorld(seed: number): World {
  const stage = new Stage(seed);
  const {random, accounts, days} = stage;
  const [issuers, person, paperwork] = [new Issuers(stage), new Person(stage), new Paperwork(stage)];
  stage.quote(stage.businessDayBefore(days[0]));
  for (const day of days) {
    stage.day = day;
    stage.clock = 0;
    stage.move();
    issuers.plan();
    stage.quote(day);
    for (const account of accounts) issuers.openDay(account);
    for (const account of accounts) issuers.payDue(account);
    for (const account of accounts) {
      person.live(account);
      if (random.chance(0.2)) paperwork.cancel(account);
    }
    if (random.chance(0.3)) paperwork.transfer(random.pick(accounts));
    for (const account of accounts) if (random.chance(0.2)) issuers.dividend(account);
  }
  return {
    seed,
    books: stage.books,
    accounts,
    calendar: {days, before: (day) => stage.businessDayBefore(day)},
    boxes: {
      lots: random.pick(["never", "last", "always"]),
      closedLots: random.chance(0.5),
      orders: random.chance(0.2)
    }
  };
}
