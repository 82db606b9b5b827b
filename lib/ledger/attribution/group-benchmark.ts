import {CsvRecords} from "../../statements/csv/records.js";
import {isDay} from "../../time/day.js";

/** A benchmark's groups: of each period their weights at its start and what they returned in it. */
export interface GroupBenchmark {
  /** Oldest first; a period begins where the one before ends, the first with the range. */
  periods: {day: string; groups: {group: string; weight: number; return: number}[]}[];
}

const COLUMNS = ["date", "group", "weight", "return"] as const;

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
  const [header, ...records] = recordsOf(csv);
  if (!header) throw new RangeError("the benchmark's file has no rows: it needs date, group, weight, return");
  const names = header.cells.map((name) => name.toLowerCase());
  const missing = COLUMNS.find((name) => !names.includes(name));
  if (missing)
    throw new RangeError(`the benchmark's file has no column ${missing}: it has ${names.join(", ")}`);
  const rows = records.map(({cells, line}) => {
    const [date, group, weight, earned] = COLUMNS.map((name) => cells[names.indexOf(name)] ?? "");
    if (!isDay(date)) throw new RangeError(`invalid date on line ${line}: ${date}: write 2026-01-31`);
    if (!group) throw new RangeError(`no group on line ${line}`);
    return {date, group, weight: fraction(weight, "weight", line), return: fraction(earned, "return", line)};
  });
  if (!rows.length) throw new RangeError("the benchmark's file has no rows below its header");
  const days = [...new Set(rows.map(({date}) => date))].sort();
  return {periods: days.map((day) => ({day, groups: ofDay(day, rows)}))};
}

function recordsOf(csv: string): {cells: string[]; line: number}[] {
  const records: {cells: string[]; line: number}[] = [];
  const reader = new CsvRecords((cells, line) =>
    records.push({cells: cells.map((cell) => cell.trim()), line})
  );
  reader.write(csv);
  reader.close();
  return records;
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
