/** Series as FRED publishes them. */

import type {Grid} from "./days.js";
import {isoOf} from "./days.js";
import {rounded} from "./walk.js";

/** How often, in FRED's words. */
export const FREQUENCIES = {
  D: "Daily",
  "7D": "Daily, 7-Day",
  W: "Weekly",
  WW: "Weekly, As of Wednesday",
  WF: "Weekly, Ending Friday",
  WS: "Weekly, Ending Saturday",
  WT: "Weekly, Ending Thursday",
  WE: "Weekly, Ending Wednesday",
  M: "Monthly",
  Q: "Quarterly"
} as const;
export type Often = keyof typeof FREQUENCIES;

export interface Published {
  id: string;
  title: string;
  units: string;
  unitsShort: string;
  often: Often;
  adjusted: boolean;
  decimals: number;
  /** Days from the day (first day of the period) to the one on which it comes out. */
  lagDays: number;
  /** Rows, oldest first; NaN where FRED lists a day without a value. */
  rows(): {days: ArrayLike<number>; values: ArrayLike<number>};
}

export interface Shape {
  units: string;
  unitsShort: string;
  often: Often;
  decimals: number;
  lagDays: number;
  adjusted?: boolean;
}

export const PERCENT: Shape = {units: "Percent", unitsShort: "%", often: "D", decimals: 2, lagDays: 1};
export const MILLIONS: Shape = {
  units: "Millions of U.S. Dollars",
  unitsShort: "Mil. of U.S. $",
  often: "WW",
  decimals: 0,
  lagDays: 1
};

/** A series of values on a grid. */
export function onGrid(
  id: string,
  title: string,
  shape: Shape,
  grid: Grid,
  values: () => ArrayLike<number>,
  missing: (day: number) => boolean = () => false
): Published {
  return {
    id,
    title,
    adjusted: false,
    ...shape,
    rows: () => {
      const all = values();
      return {
        days: grid.days,
        values: Float64Array.from(grid.days, (day, i) =>
          missing(day) ? NaN : rounded(all[i], shape.decimals)
        )
      };
    }
  };
}

/** The same from a day on. */
export function since(first: string, series: Published): Published {
  return {
    ...series,
    rows: () => {
      const {days, values} = series.rows();
      const from = Array.from(days).findIndex((day) => isoOf(day) >= first);
      return {days: Array.from(days).slice(from), values: Array.from(values).slice(from)};
    }
  };
}
