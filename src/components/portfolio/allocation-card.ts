import type {SummaryView} from "../../lib/ledger/views.js";
import {barList} from "../bar-list.js";
import {h} from "../dom.js";
import {formatAmount, formatPercent} from "../format.js";
import {className} from "../labels.js";
import {tabs} from "../tabs.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";

type By = SummaryView["allocation"][number]["by"];

const CHOICES = [
  ["class", "Class"],
  ["currency", "Currency"],
  ["sector", "Sector"]
] as const;

let by: By = "class";

/** Returns what the value is made of, by class, currency or sector; shorts lie left of zero. */
export function allocationCard(watched: Watched<SummaryView>): HTMLElement {
  return viewCard(watched, "Allocation", ({allocation, scope: {currency}}) => {
    const itemsOf = (chosen: By) => allocation.find((part) => part.by === chosen)?.items ?? [];
    const node = h("div");
    let drawn = 0;
    const draw = () =>
      node.replaceChildren(
        barList(
          itemsOf(by).map(({name, value, weight}) => ({
            name: by === "class" ? className(name) : name,
            length: weight ?? 0,
            text: formatPercent(weight, {digits: 1}),
            more: formatAmount(value, currency ?? "")
          })),
          {width: drawn, label: `Allocation by ${by}`}
        )
      );
    const [first] = itemsOf("class");
    return {
      unit: "% of NAV",
      definition:
        "Market value over net asset value; futures and CFDs count with their gain only, as in net asset value.",
      finding: first
        ? `${className(first.name)} are ${formatPercent(first.weight, {digits: 0})} of net asset value.`
        : "Nothing is held.",
      rows: {
        columns: ["by", "name", "value", "weight"],
        rows: allocation.flatMap((part) =>
          part.items.map(({name, value, weight}) => [part.by, name, value, weight])
        )
      },
      controls: tabs(CHOICES, {
        label: "Allocation by",
        chosen: by,
        onChoose(chosen) {
          by = chosen;
          draw();
        }
      }),
      content(width) {
        drawn = width;
        draw();
        return node;
      }
    };
  });
}
