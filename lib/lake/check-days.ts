import {dayOf} from "../time/day.js";
import type {LakeProblem} from "./catalog.js";
import type {Gap} from "./gaps.js";
import type {Run} from "./run.js";

/** So many equal prices in a row, without anything traded, are one that nobody has set anew. */
const STALE = {bars: 5, fx: 10};

/** Returns where a price stands still: equal ones in a row while no volume is given, or zero. Kept and listed. */
export function stalePrices(
  {symbol, what, days, values, volumes, held}: Run,
  kind: keyof typeof STALE
): LakeProblem[] {
  const problems: LakeProblem[] = [];
  const isTraded = (k: number) => volumes !== null && volumes[k] > 0;
  for (let first = 0, end = 1; first < values.length; first = end, ++end) {
    while (end < values.length && values[end] === values[first] && !isTraded(end)) ++end;
    const count = end - first;
    if (count < STALE[kind] || end <= held) continue;
    const [from, to] = [dayOf(days[first]), dayOf(days[end - 1])];
    const sentence = `${symbol} ${from} to ${to}: ${what} ${values[first]} stands ${count} times in a row and nothing was traded: kept: it may be an old one carried on`;
    problems.push({code: "stale", symbol, day: from, sentence, state: "kept"});
  }
  return problems;
}

/** Returns the problems of a symbol's gaps that do not lie wholly among rows held already. */
export function gapProblems({symbol, days, held}: Run, gaps: readonly Gap[]): LakeProblem[] {
  const judged = held ? days[held - 1] : -Infinity;
  return gaps
    .filter(({to}) => to > judged)
    .map(({from, to, missing}) => {
      const [first, last] = [dayOf(from), dayOf(to)];
      const range = from === to ? first : `${first} to ${last}`;
      const sentence = `${symbol} ${range}: ${missing === 1 ? "a row is" : `${missing} rows are`} missing by the calendar: pull those days again`;
      return {code: "gap", symbol, day: first, sentence, state: "kept"};
    });
}
