import {compareText} from "../order.js";
import {dayNumber} from "../time/day.js";
import {isoDay, upTo, type Daily} from "./days.js";
import {forwardHistory, type ForwardHistory} from "./forward-history.js";
import type {Instrument, Recipe} from "./instrument.js";
import {RECIPES} from "./recipes.js";
import type {MarketSeries, MarketSet} from "./series.js";
import {instrument} from "./universe.js";

/** A series as of now: nothing in it is of a later day. At least one value. */
export interface Known extends Daily {
  /** Vendor and series, or `computed: …`. */
  source: string;
  /** Vendors, as a person reads them; several of a computed one. */
  vendors: readonly string[];
  /** When it was last pulled well, of a computed one the input that was longest ago; null where not known. */
  pulledAt: string | null;
}

/** A series, or why there is none and what to do. */
export type Found = {series: Known; reason: null} | {series: null; reason: string};

/** From the unit that a series is held in to that of its row, where the number changes. */
const CONVERSIONS: ReadonlyMap<string, (value: number) => number> = new Map([
  ["usd>usd billion", (value: number) => value / 1e9],
  ["percent>basis points", (value: number) => value * 100]
]);

/** Finds the series of Markets as of a day, each computed once. */
export class SeriesReader {
  /** ISO day of now, UTC: values of later days are not seen. */
  readonly today: string;
  readonly #set: MarketSet;
  readonly #held = new Map<string, Found>();
  readonly #scaled = new Map<string, Found>();
  #forwards: ForwardHistory | undefined;

  constructor(set: MarketSet, now: Date) {
    this.#set = set;
    this.today = now.toISOString().slice(0, 10);
  }

  /** Returns the series of a row, or of what the lake holds under an id, in the row's unit. */
  find(id: string): Found {
    return this.row(this.line(id));
  }

  /** Returns the line with an id: the row of Markets, else one made of what the lake says of the series. */
  line(id: string): Instrument {
    return instrument(id) ?? watched(id, this.#set.get(id));
  }

  /** Returns the series of a row in the row's unit. */
  row(row: Instrument): Found {
    const held = this.held(row);
    const convert = CONVERSIONS.get(`${row.held}>${row.unit}`);
    if (convert === undefined || !held.series) return held;
    let scaled = this.#scaled.get(row.id);
    if (!scaled) {
      const values = held.series.values.map(convert);
      this.#scaled.set(row.id, (scaled = {series: {...held.series, values}, reason: null}));
    }
    return scaled;
  }

  /** Returns the series of a row in the unit that the lake holds it in. */
  held(row: Instrument): Found {
    let found = this.#held.get(row.id);
    if (!found) {
      this.#held.set(row.id, (found = row.recipe ? this.#computed(row, row.recipe) : this.#freshest(row)));
    }
    return found;
  }

  /** Of the places where a series may be held, the one with the latest value; the first named on a tie. */
  #freshest(row: Instrument): Found {
    const unit = row.held ?? row.unit;
    const places = [row.id, row.fallback].flatMap((id) => (id === undefined ? [] : placesOf(id)));
    const last = dayNumber(this.today);
    let best: Known | null = null;
    let reason = `not in the lake: pull ${row.symbol} from ${row.provider}`;
    for (const id of places) {
      const series = this.#set.get(id);
      if (!series) continue;
      if (row.kind === "series" && series.unit !== unit) {
        reason = `${id} is in ${series.unit || "an unknown unit"}, not in ${unit}: pull it again`;
        continue;
      }
      const known = upTo(series, last);
      if (!known.days.length) reason = `${id} has no value up to ${this.today}: pull it again`;
      else if (!best || lastOf(known) > lastOf(best)) best = {...known, ...originOf(series)};
    }
    return best ? {series: best, reason: null} : {series: null, reason};
  }

  #computed(row: Instrument, recipe: Recipe): Found {
    const inputs = recipe.of.map((id) => ({id, input: this.held(this.line(id))}));
    const found = inputs.flatMap(({input}) => input.series ?? []);
    const missing = inputs.find(({input}) => !input.series)?.input;
    // A curve does with the points that a day has; all other recipes want each input.
    if (missing && (recipe.by !== "forward" || !found.length)) return missing;
    let daily: Daily;
    if (recipe.by === "forward") {
      this.#forwards ??= forwardHistory(inputs.map(({id, input}) => ({id, daily: input.series})));
      daily = this.#forwards.of(recipe);
    } else {
      daily = RECIPES[recipe.by](found);
    }
    if (!daily.days.length) {
      return {series: null, reason: `no day has all that ${row.label} is computed from: pull more of it`};
    }
    const pulls = found.map(({pulledAt}) => pulledAt ?? "").sort(compareText);
    return {
      series: {
        ...daily,
        source: `computed: ${sourceOf(recipe, row.label, found)}`,
        vendors: [...new Set(found.flatMap(({vendors}) => vendors))],
        pulledAt: pulls[0] || null
      },
      reason: null
    };
  }
}

/** Returns the line of a series that is no row of Markets: one of a watchlist, or a contract. */
function watched(id: string, series: MarketSeries | undefined): Instrument {
  const colon = id.indexOf(":");
  const unit = (series?.unit ?? "").toLowerCase();
  return {
    id,
    panel: "input",
    group: "Watchlists",
    label: series?.name || id.slice(colon + 1),
    provider: id.slice(0, colon),
    symbol: id.slice(colon + 1),
    kind: "bars",
    unit,
    changeUnit: unit === "percent" || unit === "basis points" ? "bp" : "fraction",
    every: "day"
  };
}

/** Returns where a series may be held: FRED's under the API's name or under the keyless CSV's. */
export function placesOf(id: string): string[] {
  return id.startsWith("fred:") ? [id, `fred-graph:${id.slice(5)}`] : [id];
}

/** Returns the ISO day of the last value of a series that has one. */
export function lastDay(daily: Daily): string {
  return isoDay(lastOf(daily));
}

function lastOf({days}: Daily): number {
  return days[days.length - 1];
}

function originOf({id, source, pulledAt}: MarketSeries) {
  return {source: `${source} ${id.slice(id.indexOf(":") + 1)}`, vendors: [source], pulledAt};
}

function sourceOf({by}: Recipe, label: string, inputs: readonly Known[]): string {
  const sources = inputs.map(({source}) => source);
  switch (by) {
    case "less":
      return sources.join(" − ");
    case "ratio":
      return sources.join(" / ");
    case "yoy":
      return `${sources.join()}, percent against the month a year before`;
    case "change":
      return `${sources.join()}, less the month before`;
    case "dxy":
      return `ICE's formula on ${sources.join(", ")}`;
    case "forward":
      return `${label} of the zero curve of ${[...new Set(inputs.flatMap(({vendors}) => vendors))].join(" and ")}`;
  }
}
