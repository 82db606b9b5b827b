import * as Plot from "@observablehq/plot";
import {formatDay} from "./format.js";

/** Room above the drawing for the unit, below it for the days. */
export const CHART_TOP = 20;
export const CHART_BOTTOM = 32;

/**
 * Returns Plot's drawing with what every chart of the site has in common; colours are the tokens, so a theme needs
 * no new drawing. Plot names its groups to screen readers, which groups without a role must not be: the names become
 * classes.
 */
export function plot({
  label,
  ...options
}: Plot.PlotOptions & {label: string; width: number; height: number}): Drawing {
  const drawing = Plot.plot({
    ariaLabel: label,
    marginTop: CHART_TOP,
    marginBottom: CHART_BOTTOM,
    className: "plot",
    style: {
      background: "none",
      color: "var(--ink-3)",
      fontFamily: "var(--text)",
      fontSize: "12px",
      overflow: "visible"
    },
    ...options
  });
  drawing.setAttribute("role", "img");
  for (const group of drawing.querySelectorAll("g[aria-label]")) {
    group.classList.add((group.getAttribute("aria-label") ?? "").replaceAll(" ", "-"));
    group.removeAttribute("aria-label");
  }
  return drawing;
}

type Drawing = ReturnType<typeof Plot.plot>;

export const GRID = {stroke: "var(--hairline)", strokeOpacity: 1} as const;
export const ZERO = {stroke: "var(--control)", strokeWidth: 1} as const;

const CATEGORIES = 8;

/** Returns one of the eight categories' colours; what has a place in a list keeps its colour on every page. */
export function categoryColor(place: number): string {
  return `var(--category-${(((place % CATEGORIES) + CATEGORIES) % CATEGORIES) + 1})`;
}

/** Returns days (ISO) as dates, for a time axis. */
export const toDate = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** Returns "3 Mar 2025 – 20 Nov 2026". */
export function saidRange(days: readonly string[]): string {
  return days.length ? `${formatDay(days[0])} – ${formatDay(days[days.length - 1])}` : "no days";
}

/** Returns labels' heights moved apart so that none covers another, in the order they came. */
export function spread(heights: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = heights.map((height, i) => ({height, i})).sort((a, b) => a.height - b.height);
  const placed = [...heights];
  let least = top;
  for (const {height, i} of order) {
    placed[i] = Math.max(height, least);
    least = placed[i] + gap;
  }
  let most = bottom;
  for (const {i} of order.reverse()) {
    placed[i] = Math.min(placed[i], most);
    most = placed[i] - gap;
  }
  return placed;
}
