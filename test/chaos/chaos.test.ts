import {expect, it} from "vitest";
import {isLong, long} from "../long.js";
import {DeskPool} from "./desk-pool.js";
import {play, type Finding} from "./run.js";
import type {Met} from "./world.js";

const RUNS = long(500);
const AT_ONCE = 3;

it(
  `${RUNS} runs of orders and faults end with no order sent twice, none lost, and equal positions`,
  {timeout: RUNS * 20_000},
  async () => {
    const pool = new DeskPool(3);
    const findings: Finding[] = [];
    let next = 1;
    const work = async () => {
      while (next <= RUNS) findings.push(await play(next++, pool));
    };
    await Promise.all(Array.from({length: AT_ONCE}, work));
    await pool.close();
    const met: Met = {};
    for (const finding of findings)
      for (const [what, times] of Object.entries(finding.met)) met[what] = (met[what] ?? 0) + times;
    const lines = Object.entries(met).sort(([a], [b]) => (a < b ? -1 : 1));
    console.log(lines.map(([what, times]) => `${String(times).padStart(6)}  ${what}`).join("\n"));
    expect(findings.filter(({problems}) => problems.length)).toEqual([]);
    for (const what of BEHAVIOURS)
      expect([what, (met[what] ?? 0) >= (isLong ? 10 : 1)]).toEqual([what, true]);
  }
);

/** What all the runs together must meet ten times each; a tenth of them may miss what hangs on a moment. */
const BEHAVIOURS = [
  "kill -9",
  "on its way at a kill, never arrived",
  "on its way at a kill, found again",
  "a second click",
  "a bracket",
  "a group",
  "a cancel",
  "a fill after a cancel",
  "a fill before any status",
  "filled in parts",
  "an execution corrected",
  "the kill switch",
  "a drop",
  "silence",
  "link lost, data lost",
  "link lost, data kept",
  "everything twice",
  "reversed",
  "late",
  "a reject",
  "an order by hand",
  "the nightly reset",
  "filled",
  "cancelled",
  "refused",
  "not sent"
];
