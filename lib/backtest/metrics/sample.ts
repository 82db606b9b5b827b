import type {BacktestRecord, MetricOptions} from "./record.js";

const DAY_MS = 86_400_000;

/** How far apart returns are taken. */
export type Spacing = "day" | "week" | "month" | "quarter" | "year";

const PERIODS: Readonly<Record<Spacing, number>> = {day: 252, week: 52, month: 12, quarter: 4, year: 1};

/** A backtest's values at the end of each period, and the returns between them. */
export interface Sample {
  spacing: Spacing;
  /** Returns in a year. */
  periodsPerYear: number;
  /** Bars that end a period, as indexes; the first is the base. Shape (n + 1), empty without bars. */
  rows: Uint32Array;
  /** Simple returns from one period's end to the next; shape (n). NaN where nothing was left to earn on. */
  returns: Float64Array;
  /** The benchmark's between the same bars; NaN where it has no price at either. */
  benchmark: Float64Array | undefined;
  /** Days, with their fraction, from the first bar to the last. */
  days: number;
}

/**
 * Returns the returns that ratios are taken of: of days when bars are shorter than five days (the value at the last bar
 * of each UTC day that has one), else of the bars themselves. The first period's value is the base.
 *
 * The year has 252 days, 52 weeks, 12 months, 4 quarters by the median distance of bars; 365 days when more bars fall on
 * weekends than 0.6 x 2/7 of them.
 *
 * @throws RangeError if lengths differ, times do not rise or a value is not finite
 * @see backtesting.py compute_stats, whose rule for weekends this is
 */
export function sampleEquity(
  record: BacktestRecord,
  {frequency}: Pick<MetricOptions, "frequency"> = {}
): Sample {
  check(record, frequency);
  const {time, equity, benchmark} = record;
  const spacing = spacingOf(time);
  const rows = spacing === "day" ? lastOfDays(time) : Uint32Array.from(time.keys());
  const returnsOf = (values: Float64Array) =>
    Float64Array.from(rows.subarray(1), (row, i) => change(values[rows[i]], values[row]));
  return {
    spacing,
    periodsPerYear: frequency ?? (spacing === "day" && hasWeekends(time) ? 365 : PERIODS[spacing]),
    rows,
    returns: returnsOf(equity),
    benchmark: benchmark && returnsOf(benchmark),
    days: time.length ? (time[time.length - 1] - time[0]) / DAY_MS : 0
  };
}

function change(before: number, after: number): number {
  return before > 0 ? after / before - 1 : NaN;
}

function spacingOf(time: Float64Array): Spacing {
  if (time.length < 2) return "day";
  const steps = time
    .slice(1)
    .map((at, i) => at - time[i])
    .sort();
  const days = steps[steps.length >> 1] / DAY_MS;
  if (days < 5) return "day";
  if (days < 20) return "week";
  if (days < 60) return "month";
  return days < 200 ? "quarter" : "year";
}

function lastOfDays(time: Float64Array): Uint32Array {
  const day = (row: number) => Math.floor(time[row] / DAY_MS);
  return Uint32Array.from(time.keys()).filter((row) => row + 1 === time.length || day(row + 1) > day(row));
}

function hasWeekends(time: Float64Array): boolean {
  const weekend = time.reduce((count, at) => count + (isWeekend(Math.floor(at / DAY_MS)) ? 1 : 0), 0);
  return weekend / time.length > (2 / 7) * 0.6;
}

/** Day 0 is a Thursday. */
function isWeekend(day: number): boolean {
  const sinceSaturday = (((day + 5) % 7) + 7) % 7;
  return sinceSaturday < 2;
}

function check({time, equity, cash, benchmark}: BacktestRecord, frequency: number | undefined): void {
  for (const [name, column] of Object.entries({equity, benchmark})) {
    if (column && column.length !== time.length) {
      throw new RangeError(`${name} has ${column.length} rows, time has ${time.length}`);
    }
  }
  const unordered = time.findIndex((at, i) => !(Number.isFinite(at) && (i === 0 || at > time[i - 1])));
  if (unordered >= 0) throw new RangeError(`invalid time[${unordered}]: ${time[unordered]}: times must rise`);
  const wrong = equity.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new RangeError(`invalid equity[${wrong}]: ${equity[wrong]}`);
  const price =
    benchmark?.findIndex((value) => !Number.isNaN(value) && !(value > 0 && value < Infinity)) ?? -1;
  if (price >= 0) throw new RangeError(`invalid benchmark[${price}]: ${benchmark?.[price]}`);
  if (!(cash > 0 && cash < Infinity)) throw new RangeError(`invalid cash: ${cash}`);
  if (frequency !== undefined && !(frequency > 0 && frequency < Infinity)) {
    throw new RangeError(`invalid frequency: ${frequency}: it is the returns in a year`);
  }
}
