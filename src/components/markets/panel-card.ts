import type {MarketGroup, MarketRow, Panel, PanelView, RowFigure} from "../../lib/market/views.js";
import {h, spoken} from "../dom.js";
import {change, figure} from "../figure.js";
import {formatDay, formatNumber, formatPercent, NOT_AVAILABLE} from "../format.js";
import {sparkline} from "../sparkline.js";
import {wideFrame} from "../wide-frame.js";
import type {Watched} from "../watch-view.js";
import {marketCard} from "./market-card.js";
import {openRow} from "./row-drawer.js";
import {printChange, printValue, shownChange, shownValue, unitWord} from "./row-format.js";
import type {Exposures} from "./exposures.js";

interface PanelOptions {
  title: string;
  definition: string;
  /** What the accounts hold of a row, by its id. */
  exposures?: Exposures;
  /** Changes shown, a column each; of a day, a week and a month where not said. */
  changes?: readonly Change[];
  /** Whether the labels say the units: EUR/USD is in dollars. */
  labelled?: boolean;
}

/** Title and meaning of each panel. */
export const PANELS = {
  rates: {
    title: "Rates",
    definition:
      "US Treasury par yields, real yields, breakevens (nominal less real of the same day) and money market rates in percent; changes in basis points."
  },
  fx: {
    title: "Currencies",
    definition:
      "Crosses of the European Central Bank's fixings of one day, quoted as markets do; the dollar index is computed from them by its formula. Changes in percent.",
    labelled: true
  },
  equities: {
    title: "Shares",
    definition: "Closes of price indices, in points of each index; changes in percent, without dividends."
  },
  commodities: {
    title: "Commodities",
    definition: "Closes of the front futures in US dollars; a roll of the contract shows as a change."
  },
  macro: {
    title: "Macro pulse",
    definition:
      "The last published figures. A figure is of its period, not of the day it came out; yearly changes are computed from the published levels.",
    changes: ["change1m", "changeYtd"]
  }
} as const satisfies Readonly<Record<Panel, PanelOptions>>;

/** Returns a panel of Markets: a line a row, with its changes, its last thirty days and its place in ten years. */
export function panelCard(watched: Watched<PanelView>, options: PanelOptions): HTMLElement {
  return marketCard(watched, options.title, ({groups}) => {
    const rows = groups.flatMap((group) => group.rows);
    const known = rows.filter(({value}) => value !== null);
    const latest = known.reduce<MarketRow | null>((a, b) => ((a?.asOf ?? "") < (b.asOf ?? "") ? b : a), null);
    return {
      asOf: latest?.asOf ? {day: latest.asOf, source: sourcesOf(known)} : null,
      reason: known.length ? null : (rows[0]?.reason ?? "The lake holds nothing of this panel yet."),
      finding: findingOf(known),
      definition: options.definition,
      rows: {
        columns: [
          "group",
          "measure",
          "value",
          "unit",
          "1 day",
          "1 week",
          "1 month",
          "this year",
          "changes in",
          "percentile of 10 years",
          "as of",
          "source"
        ],
        rows: groups.flatMap(({label, rows: own}) =>
          own.map((row) => [
            label,
            row.label,
            row.value,
            row.unit,
            row.change1d,
            row.change1w,
            row.change1m,
            row.changeYtd,
            row.changeUnit,
            row.percentile10y,
            row.asOf,
            row.source
          ])
        )
      },
      content: () => wideFrame(options.title, panelTable(groups, options))
    };
  });
}

type Change = Exclude<RowFigure, "percentile10y">;

const CHANGES: Readonly<Record<Change, readonly [head: string, meaning: string]>> = {
  change1d: ["1 D", "change to the value before"],
  change1w: ["1 W", "change to the last value a week earlier"],
  change1m: ["1 M", "change to the last value a month earlier"],
  changeYtd: ["Year", "change since the last value of the year before"]
};
const DAILY: readonly Change[] = ["change1d", "change1w", "change1m"];
const IN = ": basis points of a rate, percent of a price";

/** Returns the table of groups of rows; a row opens its history. */
export function panelTable(groups: readonly MarketGroup[], options: PanelOptions): HTMLElement {
  const {exposures, changes = DAILY, labelled = false} = options;
  const withYours = groups.some(({rows}) => rows.some(({id}) => exposures?.has(id)));
  const heads: [name: string, kind: string, meaning?: string][] = [
    ["", ""],
    ["Last", "number"],
    ...changes.map((name): [string, string, string] => [CHANGES[name][0], name, CHANGES[name][1] + IN]),
    ["30 values", "spark"],
    ["10 y", "rank", "share of the values of the last ten years that lie at or below this one, percent"],
    ...(withYours
      ? [
          ["Yours", "yours", "what your accounts hold of it, share of net asset value"] as [
            string,
            string,
            string
          ]
        ]
      : []),
    ["As of", "as-of", "day of the value"]
  ];
  return h(
    "table",
    {class: "plain market"},
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        heads.map(([name, kind, meaning], i) =>
          h("th", {scope: "col", class: kind || null, "data-tip": meaning}, i ? name : spoken("Measure"))
        )
      )
    ),
    groups.map(({label, rows}) => {
      const units = new Set(rows.map(({unit}) => unitWord(unit)));
      const shared = labelled ? "" : units.size === 1 ? [...units][0] : null;
      return h(
        "tbody",
        null,
        h(
          "tr",
          {class: "group"},
          h("th", {scope: "rowgroup", colspan: heads.length}, label, shared && h("small", null, shared))
        ),
        rows.map((row) => marketLine(row, {exposures, changes, withYours, withUnit: shared === null}))
      );
    })
  );
}

interface Line {
  exposures: Exposures | undefined;
  changes: readonly Change[];
  withYours: boolean;
  /** Whether the unit stands beside the name: the group has several. */
  withUnit: boolean;
}

function marketLine(row: MarketRow, {exposures, changes, withYours, withUnit}: Line): HTMLElement {
  const yours = exposures?.get(row.id);
  const word = withUnit && unitWord(row.unit);
  const open = () => void openRow(row, yours);
  return h(
    "tr",
    null,
    h(
      "th",
      {
        scope: "row",
        "data-tip": [row.label, row.asOf && formatDay(row.asOf), row.source].filter(Boolean).join(", ")
      },
      h(
        "button",
        {type: "button", class: row.stale ? "link-button late" : "link-button", onclick: open},
        row.label
      ),
      word && h("small", null, word)
    ),
    h("td", {class: "number"}, figure(shownValue(row))),
    changes.map((name) => h("td", {class: name}, row.value === null ? null : change(shownChange(row, name)))),
    h(
      "td",
      {class: "spark"},
      sparkline(
        row.sparkline.map(([, value]) => value),
        {width: 64, height: 18}
      )
    ),
    h("td", {class: "rank"}, percentile(row.percentile10y)),
    withYours &&
      h(
        "td",
        {class: "yours"},
        yours && figure({text: formatPercent(yours.weight, {digits: 1}), reason: yours.reason ?? undefined})
      ),
    h(
      "td",
      {
        class: row.stale ? "as-of late" : "as-of",
        "data-tip": `${row.source}${row.ageDays === null ? "" : `, ${row.ageDays} days old`}`
      },
      row.asOf ? formatDay(row.asOf, {year: (row.ageDays ?? 0) > 300}) : ""
    )
  );
}

/** A short scale with a mark, and the number. */
function percentile(share: number | null): HTMLElement | null {
  if (share === null) return null;
  const text = formatNumber(100 * share, {digits: 0});
  return h("span", {class: "place", style: `--place:${share}`}, h("i"), text);
}

/** Vendors of rows whose source is `vendor series`; what is computed rests on the same ones. */
function sourcesOf(rows: readonly MarketRow[]): string {
  const told = rows.map(({source}) => source).filter((source) => !source.startsWith("computed"));
  const names = [...new Set(told.map((source) => source.slice(0, source.lastIndexOf(" "))))];
  return names.length > 2 ? `${names.length} sources` : names.join(", ");
}

function findingOf(rows: readonly MarketRow[]): string {
  if (!rows.length) return "There is no value yet.";
  const [row] = rows;
  const week = printChange(row.change1w, row.changeUnit, row.unit);
  return `${row.label} is ${printValue(row.value, row.unit)}${week === NOT_AVAILABLE ? "" : `, ${week} in a week`}; ${rows.length} rows in all.`;
}
