import type {PositionRow, PositionsView} from "../../lib/ledger/views.js";
import {barList} from "../bar-list.js";
import {h} from "../dom.js";
import {formatAmount} from "../format.js";
import {symbolName} from "../labels.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";

const EACH = 4;

/** Returns the positions that gained and lost most on the last day. */
export function moversCard(watched: Watched<PositionsView>): HTMLElement {
  return viewCard(watched, "Movers of the day", ({rows, scope: {currency}}) => {
    const gain = ({dayBase}: PositionRow) => Number(dayBase.value);
    const moved = rows
      .filter((row) => row.dayBase.value !== null && gain(row) !== 0)
      .sort((a, b) => gain(b) - gain(a));
    const unknown = rows.find(({dayBase}) => dayBase.value === null)?.dayBase.reason;
    const none = unknown
      ? `The gain of the day is not known: ${unknown}.`
      : "No position moved on the last report day.";
    const ups = moved.filter((row) => gain(row) > 0).slice(0, EACH);
    const downs = moved.filter((row) => gain(row) < 0).slice(-EACH);
    return {
      currency,
      definition: "Change of value on the last report day less what was bought, costs included.",
      finding: moved.length
        ? `${symbolName(moved[0].symbol)} gained most, ${symbolName(moved[moved.length - 1].symbol)} least.`
        : none,
      rows: {
        columns: ["symbol", "description", "gain"],
        rows: moved.map((row) => [row.symbol, row.description, row.dayBase.value])
      },
      content: (width) =>
        moved.length
          ? barList(
              [...ups, ...downs].map((row) => ({
                name: symbolName(row.symbol),
                length: gain(row),
                text: formatAmount(row.dayBase.value, currency ?? "", {signed: true}),
                secret: true,
                color: gain(row) > 0 ? "var(--gain)" : "var(--loss)"
              })),
              {width, label: "Gain of the day by position"}
            )
          : h("p", {class: "muted"}, none)
    };
  });
}
