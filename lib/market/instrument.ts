import type {Kind} from "../lake/dataset.js";
import type {MarketRow, Panel} from "./views.js";

/** Where a row stands: a panel, or a view of its own. `input` rows are only computed with, and stand nowhere. */
export type Place = Panel | "curves" | "liquidity" | "policy" | "input";

/** Days, weeks, months or quarters between two values. */
export type Every = "day" | "week" | "month" | "quarter";

/** How values of other rows make those of a computed one, of inputs by id in the recipe's order: see `recipes.ts`. */
export type Recipe =
  | {by: "less" | "ratio" | "yoy" | "change" | "dxy"; of: readonly string[]}
  /** Of a loan that starts in so many years, for so many. */
  | {by: "forward"; of: readonly string[]; start: number; length: number};

/** A line of Markets: where it stands, what it is called, which series it is. */
export interface Instrument {
  /** `provider:symbol`; `computed:NAME` for what we derive. */
  id: string;
  panel: Place;
  group: string;
  label: string;
  /** What it is called away from its heading, where the label alone does not say: `Treasury of 10 years`. */
  name?: string;
  /** Vendor's id: yahoo, fred, treasury, ecb, new-york-fed; or `computed`. A `fred` series may be held as `fred-graph`, too. */
  provider: string;
  symbol: string;
  /** What a vendor is asked for; a computed row is a series. */
  kind: Extract<Kind, "bars" | "series" | "fx">;
  /** Unit of the row: percent, basis points, usd, index, usd per barrel, … */
  unit: string;
  changeUnit: MarketRow["changeUnit"];
  every: Every;
  /** Unit of the series in the lake, after conversion, where the row's is another: `usd` for `usd billion`. */
  held?: string;
  /** Unit in which FRED publishes it, which its metadata says and the keyless CSV does not. */
  published?: string;
  /** Another series of the same figure, used when it is fresher or alone. */
  fallback?: string;
  /** Of a computed row. */
  recipe?: Recipe;
}
