import {UNIVERSE} from "../../lib/market/universe.js";

/** A series of Markets that what is held may be regressed on. */
export interface Factor {
  id: string;
  label: string;
  group: string;
  /** Returns of prices, or of yields the change in points. */
  of: "return" | "points";
}

const PANELS = new Set(["equities", "rates", "fx", "commodities"]);

/** Those that move each day, as Markets lists them. */
export const FACTORS: readonly Factor[] = UNIVERSE.filter(
  ({panel, every}) => PANELS.has(panel) && every === "day"
).map(({id, label, name, group, panel, unit}) => ({
  id,
  label: name ?? label,
  group,
  of: panel === "rates" && unit === "percent" ? "points" : "return"
}));
