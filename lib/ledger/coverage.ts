import {compareText} from "../order.js";
import {sessionsBetween} from "../time/calendar.js";
import {addDays, daysBetween} from "../time/day.js";
import type {MergeStatement} from "./merge.js";
import type {Coverage} from "./tables.js";

type Covering = Pick<MergeStatement, "format" | "account" | "from" | "to" | "generated" | "file" | "base">;

/**
 * Returns the days that statements cover, by account and base currency, joined where they touch or where the
 * exchange was closed on all days between; in order of account and day. Where statements of one day name different
 * bases, the later `whenGenerated` counts (tie: file hash); a base is null only where no statement of that day names
 * one. A PortfolioAnalyst report covers nothing: its figures book nothing.
 */
export function coverageOf(statements: Iterable<Covering>): Coverage[] {
  const booking = Array.from(statements).filter(({format}) => format !== "portfolio-analyst-csv");
  const byAccount = Map.groupBy(booking, ({account}) => account);
  return [...byAccount.keys()].toSorted().flatMap((account) => cover(account, byAccount.get(account) ?? []));
}

function cover(account: string, statements: readonly Covering[]): Coverage[] {
  const starting = statements.toSorted((a, b) => compareText(a.from, b.from));
  const cuts = new Set(statements.flatMap(({from, to}) => [from, addDays(to, 1)]));
  const days = [...cuts].toSorted();
  const coverage: Coverage[] = [];
  let active: Covering[] = [];
  let next = 0;
  for (let i = 0; i + 1 < days.length; ++i) {
    const from = days[i];
    active = active.filter(({to}) => to >= from);
    while (next < starting.length && starting[next].from === from) active.push(starting[next++]);
    if (active.length === 0) continue;
    const {base} = active.reduce((best, one) => (outranks(one, best) ? one : best));
    const last = coverage.at(-1);
    if (last && last.base === base && isClosedBetween(last.to, from)) last.to = addDays(days[i + 1], -1);
    else coverage.push({account, from, to: addDays(days[i + 1], -1), base});
  }
  return coverage;
}

function isClosedBetween(last: string, next: string): boolean {
  const day = addDays(last, 1);
  return (
    day === next ||
    (daysBetween(last, next) <= LONGEST_CLOSURE && sessionsBetween(day, addDays(next, -1)).length === 0)
  );
}

/** Calendar days from one session to the next, at most: a week-end with holidays beside it. */
const LONGEST_CLOSURE = 7;

function outranks(a: Covering, b: Covering): boolean {
  if ((a.base === null) !== (b.base === null)) return b.base === null;
  return (compareText(a.generated, b.generated) || compareText(a.file, b.file)) > 0;
}
