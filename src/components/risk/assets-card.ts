import {h} from "../dom.js";
import {figure} from "../figure.js";
import {formatDay, formatNumber} from "../format.js";
import {plainTable} from "../plain-table.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";
import type {Held} from "./held.js";
import {studyCard} from "./study-card.js";

/** Returns whose prices each position's past is of, how far it reaches, and what was left out, with its reason. */
export function assetsCard(held: Watched<Held>): HTMLElement {
  return studyCard(held, held, "What it is made of", ({history}, {view}) => {
    const {assets, leftOut, periods, complete, days} = history;
    const money = (value: number | null, reason?: string) =>
      figure({text: formatNumber(value, {digits: 0}), reason, secret: true});
    const row = (asset: (typeof assets)[number]) =>
      h(
        "tr",
        null,
        h(
          "th",
          {scope: "row", "data-tip": asset.description || null, tabindex: asset.description ? 0 : null},
          asset.name
        ),
        h("td", {class: "number"}, money(asset.value)),
        h("td", {class: "number"}, asset.history.from ? formatDay(asset.history.from) : "n/a"),
        h("td", {class: "number"}, `${formatNumber(asset.observations, {digits: 0})} of ${periods}`),
        h("td", {class: "number"}, asset.class),
        h(
          "td",
          {class: "number"},
          asset.history.source,
          h("small", null, asset.history.kind),
          asset.history.notes.length > 0 && note(asset.history.notes)
        )
      );
    return {
      definition:
        "Returns are in the reporting currency, price and rate of exchange together; a return needs both its prices, and none is carried. What has returns of less than three fifths of the periods is left out, since it would shorten all others.",
      constants: view.assets
        .flatMap(({name, history: {notes}}) => notes.map((one) => `${name}: ${one}`))
        .slice(0, 12),
      finding: `${assets.length} positions with a past, ${leftOut.length} left out; ${complete} of ${periods} periods have a return of each.`,
      rows: {
        columns: ["position", "class", "value", "source", "kind", "from", "returns", "left out because"],
        rows: [
          ...assets.map(({name, class: kind, value, history: {source, kind: of, from}, observations}) => [
            name,
            kind,
            value,
            source,
            of,
            from,
            observations,
            null
          ]),
          ...leftOut.map(({name, class: kind, value, reason}) => [
            name,
            kind,
            value,
            null,
            null,
            null,
            null,
            reason
          ])
        ]
      },
      content: () =>
        h(
          "div",
          null,
          h(
            "p",
            {class: "lead"},
            `${formatNumber(complete, {digits: 0})} of ${formatNumber(periods, {digits: 0})} periods, ${formatDay(days[0] ?? null)} to ${formatDay(days.at(-1) ?? null)}, have a return of every position.`
          ),
          wideFrame(
            "Sources of returns",
            plainTable(["Position", "Value", "Since", "Returns", "Class", "Prices"], assets.map(row))
          ),
          leftOut.length > 0 &&
            h(
              "div",
              {class: "left-out"},
              h("h3", null, "Left out"),
              h(
                "ul",
                null,
                leftOut.map(({name, class: kind, value, reason}) =>
                  h(
                    "li",
                    null,
                    h("b", null, name),
                    h("small", null, kind),
                    money(value, reason),
                    h("span", null, reason)
                  )
                )
              )
            )
        )
    };
  });
}

function note(notes: readonly string[]): HTMLElement {
  return h("small", {class: "defined", tabindex: 0, "data-tip": notes.join("; ")}, "notes");
}
