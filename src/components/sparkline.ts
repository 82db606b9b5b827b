import {s} from "./dom.js";

/** Returns a line of values over time in the size of a word; null where there are fewer than two. */
export function sparkline(
  values: readonly number[],
  {width = 96, height = 20, label}: {width?: number; height?: number; label?: string} = {}
): SVGElement | null {
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const at = (value: number, i: number) =>
    `${((i / (values.length - 1)) * (width - 4) + 2).toFixed(1)},${(height - 3 - ((value - low) / span) * (height - 6)).toFixed(1)}`;
  const rise = values[values.length - 1] - values[0];
  const [x, y] = at(values[values.length - 1], values.length - 1).split(",");
  return s(
    "svg",
    {
      class: `sparkline icon ${rise < 0 ? "loss" : "gain"}`,
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: label ? "img" : null,
      "aria-label": label,
      "aria-hidden": label ? null : "true"
    },
    s("polyline", {points: values.map(at).join(" ")}),
    s("circle", {cx: x, cy: y, r: 1.8})
  );
}
