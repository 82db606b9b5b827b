import type {MarketRow, RowFigure} from "../../lib/market/views.js";
import type {Shown} from "../figure.js";
import {formatNumber, formatPercent} from "../format.js";

/** Returns a row's value with the decimals of its unit: yields two, rates of exchange four below ten. */
export function shownValue({value, unit, reason}: Pick<MarketRow, "value" | "unit" | "reason">): Shown {
  return {text: printValue(value, unit), reason: reason ?? undefined};
}

/** Prints a value in its unit, without the unit. */
export function printValue(value: number | null, unit: string): string {
  return formatNumber(value, {digits: digitsOf(value, unit)});
}

function digitsOf(value: number | null, unit: string): number {
  if (unit === "percent") return 2;
  if (unit === "basis points" || unit === "persons") return 0;
  if (unit === "usd billion") return 1;
  const size = Math.abs(value ?? 0);
  return size < 10 ? 4 : size < 100_000 ? 2 : 0;
}

/** Returns a change in what changes of the row are told in: basis points, percent, or the row's own unit. */
export function shownChange(row: MarketRow, name: Exclude<RowFigure, "percentile10y">): Shown {
  return {
    text: printChange(row[name], row.changeUnit, row.unit),
    reason: row.missing[name] ?? row.reason ?? undefined
  };
}

/** Prints a change with its sign; basis points and percent carry their own mark. */
export function printChange(change: number | null, changeUnit: MarketRow["changeUnit"], unit = ""): string {
  if (changeUnit === "fraction") return formatPercent(change, {signed: true, digits: 1});
  if (changeUnit === "bp") return formatNumber(change, {signed: true, digits: 0});
  return formatNumber(change, {signed: true, digits: Math.min(2, digitsOf(change, unit))});
}

/** What a row's unit is called small beside the figure; nothing where the label says it. */
export function unitWord(unit: string): string {
  return UNITS[unit] ?? unit.replaceAll(/\b(usd|eur)\b/g, (code) => code.toUpperCase());
}

const UNITS: Readonly<Record<string, string>> = {percent: "%", "basis points": "bp", index: "", ratio: ""};
