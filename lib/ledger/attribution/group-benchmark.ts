import {parse} from "csv-parse/sync";
import {isDay} from "../../time/day.js";

/** A benchmark's groups: of each period their weights at its start and what they returned in it. */
export interface GroupBenchmark {
  /** Oldest first; a period begins where the one before ends, the first with the range. */
  periods: {day: string; groups: {group: string; weight: number; return: number}[]}[];
}

type Row = Partial<Record<"date" | "group" | "weight" | "return", string>>;

/** How far weights that were rounded may be from one. */
const ROUNDING = 5e-4;

/**
 * Returns the groups of a benchmark as a person's file gives them: columns `date` (last day of a period), `group`,
 * `weight` (at the period's start) and `return`, in any case and order, both as fractions or with a percent sign.
 *
 * @param csv the file's text
 * @throws RangeError, one sentence with the line, when a column, a day, a number or a weight is wrong
 */
export function parseGroupBenchmark(csv: string): GroupBenchmark {
  const header = (names: string[]) => names.map((name) => name.trim().toLowerCase());
  const rows = parse(csv, {columns: header, bom: true, trim: true, skip_empty_lines: true}) as Row[]; // by header
  const [first] = rows;
  if (!first) throw new RangeError("the benchmark's file has no rows: it needs date, group, weight, return");
  const missing = (["date", "group", "weight", "return"] as const).find((name) => first[name] === undefined);
  if (missing) {
    throw new RangeError(
      `the benchmark's file has no column ${missing}: it has ${Object.keys(first).join(", ")}`
    );
  }
  const read = rows.map(({date = "", group = "", weight = "", return: earned = ""}, i) => {
    const line = i + 2;
    if (!isDay(date)) throw new RangeError(`invalid date on line ${line}: ${date}: write 2026-01-31`);
    if (!group) throw new RangeError(`no group on line ${line}`);
    return {date, group, weight: fraction(weight, "weight", line), return: fraction(earned, "return", line)};
  });
  const days = [...new Set(read.map(({date}) => date))].sort();
  return {periods: days.map((day) => ({day, groups: ofDay(day, read)}))};
}

function ofDay(day: string, rows: readonly {date: string; group: string; weight: number; return: number}[]) {
  const groups = rows
    .filter(({date}) => date === day)
    .map(({group, weight, return: earned}) => ({group, weight, return: earned}));
  const twice = groups.find(({group}, i) => groups.findIndex((other) => other.group === group) !== i);
  if (twice) throw new RangeError(`${twice.group} stands twice on ${day}`);
  const sum = groups.reduce((total, {weight}) => total + weight, 0);
  if (Math.abs(sum - 1) > ROUNDING) {
    throw new RangeError(`the weights of ${day} sum to ${+(100 * sum).toFixed(4)} %, not 100 %`);
  }
  return groups;
}

function fraction(text: string, name: string, line: number): number {
  const percent = text.endsWith("%");
  const number = Number(percent ? text.slice(0, -1) : text);
  if (text === "" || !Number.isFinite(number))
    throw new RangeError(`invalid ${name} on line ${line}: ${text}`);
  return percent ? number / 100 : number;
}
