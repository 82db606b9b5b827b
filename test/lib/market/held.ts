import type {Instrument} from "../../../lib/market/instrument.js";
import type {MarketSeries, MarketSet} from "../../../lib/market/series.js";
import {instrument, UNIVERSE} from "../../../lib/market/universe.js";
import {addDays, dayNumber, weekday} from "../../../lib/time/day.js";

/** The time at which tests look: a Sunday in November 2026. */
export const NOW = new Date("2026-11-22T12:00:00Z");
/** The last weekday before it. */
export const FRIDAY = "2026-11-20";

/** Returns a series as the lake would hold it: in the unit that its row expects. */
export function held(
  id: string,
  values: Readonly<Record<string, number>>,
  more: Partial<MarketSeries> = {}
): MarketSeries {
  const row = instrument(id.replace("fred-graph:", "fred:"));
  const entries = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    id,
    name: row?.label ?? id,
    unit: row ? (row.held ?? row.unit) : "usd",
    source: id.slice(0, id.indexOf(":")),
    days: Int32Array.from(entries, ([day]) => dayNumber(day)),
    values: Float64Array.from(entries, ([, value]) => value),
    pulledAt: "2026-11-21T06:00:00Z",
    ...more
  };
}

export function setOf(...series: MarketSeries[]): MarketSet {
  return new Map(series.map((one) => [one.id, one]));
}

/** Returns the weekdays that end with a day, oldest first. */
export function weekdays(last: string, count: number): string[] {
  const days: string[] = [];
  for (let day = last; days.length < count; day = addDays(day, -1)) if (weekday(day) < 6) days.push(day);
  return days.reverse();
}

/** Returns values on days, by a function of how far the day is from the first. */
export function valuesOn(days: readonly string[], value: (i: number) => number): Record<string, number> {
  return Object.fromEntries(days.map((day, i) => [day, value(i)]));
}

/** Returns days of publication that end with a day: weekdays, Wednesdays, first days of months or of quarters. */
export function publicationDays(row: Pick<Instrument, "every">, last: string, count: number): string[] {
  if (row.every === "day") return weekdays(last, count);
  if (row.every === "week") {
    const wednesday = addDays(last, -((weekday(last) + 4) % 7));
    return Array.from({length: count}, (_, i) => addDays(wednesday, 7 * (i + 1 - count)));
  }
  const step = row.every === "month" ? 1 : 3;
  const months = Number(last.slice(0, 4)) * 12 + Number(last.slice(5, 7)) - 2;
  return Array.from({length: count}, (_, i) => {
    const month = months - step * (count - 1 - i);
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`;
  });
}

/** Returns every series that Markets asks for, with values that move smoothly about a level. */
export function wholeSet(last: string = FRIDAY, count = 800): MarketSet {
  const rows = UNIVERSE.filter(({provider}) => provider !== "computed");
  return setOf(
    ...rows.map((row, k) => {
      const level = row.unit === "percent" ? 4 : 100;
      const many = {day: count, week: Math.ceil(count / 5), month: 40, quarter: 16}[row.every];
      const days = publicationDays(row, last, many);
      return held(
        row.id,
        valuesOn(days, (i) => level * (1 + 0.1 * Math.sin((i + 3 * k) / (9 + (k % 7)))))
      );
    })
  );
}
