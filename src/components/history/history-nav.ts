import {h} from "../dom.js";

const PARTS = [
  ["history", "Booked"],
  ["income", "Income"],
  ["costs", "Costs"],
  ["gains", "Gains"]
] as const;

/** Returns the links between the sides of what was booked. */
export function historyNav(current: (typeof PARTS)[number][0]): HTMLElement {
  return h(
    "nav",
    {class: "segments subnav", "aria-label": "History"},
    PARTS.map(([path, name]) =>
      h("a", {href: `./${path}`, "aria-current": path === current ? "page" : null}, name)
    )
  );
}
