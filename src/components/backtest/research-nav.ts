import {h} from "../dom.js";

const PAGES = [
  ["backtest", "One backtest"],
  ["sweep", "Parameter sweep"]
] as const;

/** Returns the links between the sides of backtesting. */
export function researchNav(here: (typeof PAGES)[number][0]): HTMLElement {
  return h(
    "nav",
    {class: "segments subnav", "aria-label": "Backtesting"},
    PAGES.map(([page, label]) =>
      h("a", {href: `./${page}`, "aria-current": page === here ? "page" : null}, label)
    )
  );
}
