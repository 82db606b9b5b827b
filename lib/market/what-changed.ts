import {isoDay} from "./days.js";
import {dayNumber} from "../time/day.js";
import type {Daily} from "./days.js";
import type {Instrument} from "./instrument.js";
import {changeBetween, GAP_DAYS, STALE_DAYS} from "./row.js";
import type {MarketStudy} from "./study.js";
import {UNIVERSE} from "./universe.js";
import type {Mover, Panel, WhatChangedView} from "./views.js";

/** A year of changes. */
export const CHANGES = 252;

const HORIZONS = [1, 5] as const;
const PANELS: readonly string[] = ["rates", "fx", "equities", "commodities"] satisfies Panel[];

/**
 * Returns how unusual the last moves are: the change over the last value and over the last five, each over the standard
 * deviation (n - 1) of the 252 such changes that ended before it began, so that a move is never measured by itself.
 *
 * Changes are basis points of rates, differences of what is quoted in points (VIX), log returns of prices. Only daily
 * series; not one whose last value is stale, that has a gap of more than a week in the move, fewer changes than those, or
 * that has not moved in them.
 *
 * @returns both horizons of each series, the largest |z| first
 */
export function whatChangedView(study: MarketStudy): WhatChangedView {
  const movers = UNIVERSE.filter(({panel, every}) => every === "day" && PANELS.includes(panel)).flatMap(
    (line) => {
      const {series} = study.reader.row(line);
      return series ? HORIZONS.flatMap((horizon) => moverOf(line, series, horizon, study.reader.today)) : [];
    }
  );
  movers.sort((a, b) => Math.abs(b.z) - Math.abs(a.z));
  const reason = movers.length
    ? null
    : "no series of the last days with a year before it is in the lake: pull markets";
  return {now: study.now, movers, reason};
}

function moverOf(line: Instrument, series: Daily, horizon: Mover["horizonDays"], today: string): Mover[] {
  const {days, values} = series;
  const at = days.length - 1;
  if (dayNumber(today) - days[at] > STALE_DAYS.day) return [];
  if (at < horizon || days[at] - days[at - horizon] > GAP_DAYS + horizon) return [];
  const deviation = usualChange(line, values.subarray(0, at - horizon + 1), horizon);
  const z = measured(line, values[at - horizon], values[at]) / deviation;
  if (!Number.isFinite(z)) return [];
  const change = changeBetween(line, values[at - horizon], values[at]);
  const asOf = isoDay(days[at]);
  const label = line.name ?? line.label;
  const moved = {id: line.id, label, panel: line.panel as Panel, z, change, asOf}; // of PANELS
  return [
    {
      ...moved,
      changeUnit: line.changeUnit,
      horizonDays: horizon,
      sentence: sentenceOf({...line, label}, change, z, horizon)
    }
  ];
}

/**
 * Returns the standard deviation (n - 1) of the last 252 changes over a horizon; NaN with fewer, or if a change is not
 * finite or all are the same.
 *
 * @param values oldest first
 */
export function usualChange(line: Instrument, values: Float64Array, horizon: number): number {
  const from = values.length - CHANGES - horizon;
  if (from < 0) return NaN;
  let [sum, squares] = [0, 0];
  const changes = new Float64Array(CHANGES);
  for (let i = 0; i < CHANGES; ++i) {
    changes[i] = measured(line, values[from + i], values[from + i + horizon]);
    sum += changes[i];
  }
  const mean = sum / CHANGES;
  for (const change of changes) squares += (change - mean) ** 2;
  const deviation = Math.sqrt(squares / (CHANGES - 1));
  return deviation > 0 ? deviation : NaN;
}

function measured(line: Instrument, before: number, after: number): number {
  return line.changeUnit === "fraction" ? Math.log(after / before) : changeBetween(line, before, after);
}

function sentenceOf({label, changeUnit}: Instrument, change: number, z: number, horizon: number): string {
  const size = Math.abs(change);
  const amount = {
    bp: `${size.toFixed(1)} bp`,
    fraction: `${(100 * size).toFixed(2)} %`,
    absolute: size.toFixed(2)
  }[changeUnit];
  const span = horizon === 1 ? "in a day" : `in ${horizon} days`;
  const verb = change > 0 ? "rose" : "fell";
  return `${label} ${verb} ${amount} ${span}, ${Math.abs(z).toFixed(1)} times a usual move.`;
}
