import {dayOf} from "../time/day.js";
import type {LakeProblem} from "./catalog.js";

/** A problem, and the row that it keeps out. */
export interface Finding {
  problem: LakeProblem;
  /** Place of the row among those checked; null where the problem is only listed. */
  row: number | null;
}

/** What is found, and where: the symbol and its day, in days since 1970. */
export interface Found {
  code: LakeProblem["code"];
  symbol: string;
  day: number;
  /** The last day, where it lasts. */
  to?: number;
  /** What is wrong: the value. */
  what: string;
}

/** Returns a finding that keeps a row out. @param advice what to do about it */
export function setAside(row: number, found: Found, advice: string): Finding {
  return {row, problem: problemOf(found, `set aside: ${advice}`, "quarantined")};
}

/** Returns a finding that is listed and keeps nothing out. */
export function listed(found: Found, advice: string): Finding {
  return {row: null, problem: problemOf(found, advice, "kept")};
}

function problemOf(
  {code, symbol, day, to = day, what}: Found,
  advice: string,
  state: LakeProblem["state"]
): LakeProblem {
  const [first, last] = [dayOf(day), dayOf(to)];
  const days = first === last ? first : `${first} to ${last}`;
  return {code, symbol, day: first, sentence: `${symbol} ${days}: ${what}: ${advice}`, state};
}
