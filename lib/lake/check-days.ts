import {type Finding, listed} from "./finding.js";
import type {Gap} from "./gaps.js";
import type {Run} from "./run.js";

/** So many equal prices in a row, without anything traded, are one that nobody has set anew. */
const STALE = {bars: 5, fx: 10};

/** Returns where a price stands still: equal ones in a row while no volume is given, or zero. Kept and listed. */
export function stalePrices(
  {symbol, what, days, values, volumes, held}: Run,
  kind: keyof typeof STALE
): Finding[] {
  const findings: Finding[] = [];
  const isTraded = (k: number) => volumes !== null && volumes[k] > 0;
  for (let first = 0, end = 1; first < values.length; first = end, ++end) {
    while (end < values.length && values[end] === values[first] && !isTraded(end)) ++end;
    if (end - first < STALE[kind] || end <= held) continue;
    const still = `${what} ${values[first]} stands ${end - first} times in a row and nothing was traded`;
    const found = {code: "stale", symbol, day: days[first], to: days[end - 1], what: still} as const;
    findings.push(listed(found, "kept: it may be an old one carried on"));
  }
  return findings;
}

/** Returns a symbol's gaps that do not lie wholly among rows held already. */
export function gapFindings({symbol, days, held}: Run, gaps: readonly Gap[]): Finding[] {
  const judged = held ? days[held - 1] : -Infinity;
  return gaps
    .filter(({to}) => to > judged)
    .map(({from, to, missing}) => {
      const what = `${missing === 1 ? "a row is" : `${missing} rows are`} missing by the calendar`;
      return listed({code: "gap", symbol, day: from, to, what}, "pull those days again");
    });
}
