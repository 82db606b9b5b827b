import type {StatementFormat, StatementRow} from "../statements/statement.js";
import {isSession, sessionBefore, sessionsBetween} from "../time/calendar.js";
import {addDays} from "../time/day.js";
import {isAtEnd, isTimeless} from "./key.js";
import type {Instance, MergeStatement, Presence} from "./merge.js";

/** Which format is believed where several tell of one day: the lowest. Flex is the same in XML and in CSV. */
const RANKS: Readonly<Record<StatementFormat, number>> = {
  "flex-xml": 0,
  "flex-csv": 0,
  "activity-csv": 1,
  "mtm-csv": 1,
  "transaction-history-csv": 2,
  "portfolio-analyst-csv": 3
};

/** Days without a session between two sessions, at most: a row of such a day may stand under another day elsewhere. */
export const LONGEST_CLOSURE = 7;

/** Returns the formats whose rows are set aside where one of this format tells of their day. */
export function lesserFormats(format: StatementFormat): StatementFormat[] {
  const formats = Object.keys(RANKS) as StatementFormat[]; // its keys are all of them
  return formats.filter((other) => RANKS[other] > RANKS[format]);
}

type Place = Pick<Presence, "section" | "element">;

/**
 * Tells which rows are set aside because a better format tells of their day, or of all sessions of their period: one of
 * its statements covers it, and its query has rows of their section and element. They come back when its file goes.
 */
export class Ranks {
  readonly #byAccount = new Map<string, MergeStatement[]>();
  readonly #ticked = new Set<string>();
  /** Days that formats better than a rank tell of, by rank, account, section and element. */
  readonly #days = new Map<string, ReadonlySet<string>>();

  add(statement: MergeStatement): void {
    const known = this.#byAccount.get(statement.account);
    if (known) known.push(statement);
    else this.#byAccount.set(statement.account, [statement]);
  }

  /** @param edition query and moment, as the merge joins them */
  tick(account: string, edition: string, {section, element}: Place): void {
    this.#ticked.add(join(account, edition, section, element));
  }

  /** Returns the instances of the best format that tells of the thing, without those that are set aside. */
  best(group: readonly Instance[], of: (instance: Instance) => MergeStatement): readonly Instance[] {
    let best = Infinity;
    let worst = 0;
    for (const instance of group) {
      const rank = RANKS[of(instance).format];
      best = Math.min(best, rank);
      worst = Math.max(worst, rank);
    }
    if (worst === 0) return group;
    return group.filter((instance) => {
      const statement = of(instance);
      return RANKS[statement.format] === best && !this.#isOutranked(instance.row, statement);
    });
  }

  #isOutranked(row: StatementRow, {format, account}: MergeStatement): boolean {
    const rank = RANKS[format];
    if (rank === 0 || row.account !== account || isTimeless(row.element)) return false;
    const days = this.#told(rank, row);
    if (days.size === 0) return false;
    if (row.day) return days.has(row.day) || isInside(row.day, days);
    const sessions = row.from ? sessionsBetween(row.from, row.to) : [];
    return sessions.length > 0 ? sessions.every((day) => days.has(day)) : days.has(row.to);
  }

  #told(rank: number, {account, section, element}: StatementRow): ReadonlySet<string> {
    const key = join(String(rank), account, section, element);
    const known = this.#days.get(key);
    if (known) return known;
    const days = new Set<string>();
    for (const {format, query, generated, from, to} of this.#byAccount.get(account) ?? []) {
      const edition = join(query, generated);
      if (RANKS[format] >= rank || !this.#ticked.has(join(account, edition, section, element))) continue;
      for (let day = isAtEnd(element) ? to : from; day <= to; day = addDays(day, 1)) days.add(day);
    }
    this.#days.set(key, days);
    return days;
  }
}

/** Tells whether the exchange was closed on a day, and the sessions before and after it are among the days. */
function isInside(day: string, days: ReadonlySet<string>): boolean {
  if (isSession(day)) return false;
  const [after] = sessionsBetween(day, addDays(day, LONGEST_CLOSURE));
  return after !== undefined && days.has(after) && days.has(sessionBefore(day));
}

function join(...parts: string[]): string {
  return parts.join("\u0001");
}
