import type {Figure} from "../lib/returns/figure.js";
import {h, s} from "./dom.js";
import {NOT_AVAILABLE, formatPercent} from "./format.js";
import {wideFrame} from "./wide-frame.js";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const ROW = 28;
const HEAD = 24;
const YEAR = 44;
/** Below this the years stand side by side and the months below each other. */
const NARROW = 620;
/** Mixed into the surface by at most this much, so that the figure on it stays readable. */
const STRONGEST = 46;

interface Months {
  months: readonly {year: number; month: number; return: Figure}[];
  years: readonly {year: number; return: Figure; partial: boolean}[];
}

/** Returns months by years, each tinted by its return around zero, with the year's total. */
export function heatmap({months, years}: Months, {width}: {width: number}): Node {
  const upright = width < NARROW;
  const rows = upright ? MONTHS.length + 1 : years.length;
  const across = upright ? years.length : MONTHS.length + 1;
  const step = Math.max(upright ? 56 : 44, (width - YEAR) / across);
  const wide = Math.max(width, YEAR + across * step);
  const strongest = Math.max(0.01, ...months.map(({return: {value}}) => Math.abs(value ?? 0)));
  const place = (i: number, j: number) => ({
    x: YEAR + (upright ? i : j) * step,
    y: HEAD + (upright ? j : i) * ROW
  });
  const columns = upright ? years.map(({year}) => String(year)) : [...MONTHS, "Year"];
  const heads = upright ? [...MONTHS, "Year"] : years.map(({year}) => String(year));
  const cellOf = new Map(months.map((item) => [`${item.year}-${item.month}`, item.return]));
  const picture = s(
    "svg",
    {
      class: "heatmap",
      width: wide,
      height: HEAD + rows * ROW,
      role: "img",
      "aria-label": "Return by month and year"
    },
    columns.map((name, i) => s("text", {x: YEAR + (i + 0.5) * step, y: 15, class: "axis"}, name)),
    heads.map((name, i) => s("text", {x: 0, y: HEAD + i * ROW + 18, class: "axis start"}, name)),
    years.flatMap(({year, return: total, partial}, i) => [
      ...MONTHS.flatMap((_, j) => {
        const figure = cellOf.get(`${year}-${j + 1}`);
        return figure ? [cell(figure, place(i, j), step, strongest)] : [];
      }),
      sum(total, partial, place(i, MONTHS.length), step)
    ])
  );
  const note = years.some(({partial}) => partial) && h("p", {class: "muted small"}, "* part of the year");
  return wideFrame("Return by month and year", picture, note);
}

type Place = {x: number; y: number};

function cell({value, reason}: Figure, {x, y}: Place, step: number, strongest: number): SVGElement {
  const text = formatPercent(value, {digits: 1});
  const share = Math.round(STRONGEST * Math.sqrt(Math.abs(value ?? 0) / strongest));
  const tint = `color-mix(in srgb, var(--${(value ?? 0) < 0 ? "loss" : "gain"}) ${share}%, var(--surface))`;
  return s(
    "g",
    {transform: `translate(${x},${y})`},
    s("rect", {
      x: 1,
      y: 1,
      width: step - 2,
      height: ROW - 2,
      rx: 2,
      style: `fill:${value === null ? "var(--hover)" : tint}`
    }),
    s(
      "text",
      {x: step / 2, y: 18},
      text.replace("%", ""),
      text === NOT_AVAILABLE && s("title", null, reason ?? "")
    )
  );
}

function sum({value, reason}: Figure, partial: boolean, {x, y}: Place, step: number): SVGElement {
  const text = formatPercent(value, {digits: 1}).replace("%", "");
  const note = partial ? "part of the year" : (reason ?? "");
  return s(
    "text",
    {x: x + step / 2, y: y + 18, class: "year"},
    text,
    partial && s("tspan", {class: "axis"}, "*"),
    note && s("title", null, note)
  );
}
