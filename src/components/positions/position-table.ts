import type {PositionsView} from "../../lib/ledger/views.js";
import {h} from "../dom.js";
import {siteHref} from "../actions.js";
import {hasLive} from "../live/channels.js";
import {formatDay} from "../format.js";
import {placeholder} from "../states.js";
import {table} from "../table.js";
import {waitingTable} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import {PRESETS, positionColumns, positionTotals} from "./columns.js";
import {liveBar} from "./live-bar.js";
import {openPosition} from "./position-drawer.js";

const NO_STATEMENT = "No statement yet: a Flex statement with Open Positions fills this.";
const ABOVE = 196;
const LEAST = 320;

/** Returns all positions in one table; a row opens its drawer. */
export function positionTable(
  watched: Watched<PositionsView>,
  {symbol = ""}: {symbol?: string} = {}
): HTMLElement {
  if (watched.kind !== "ready") return waitingTable(watched, "positions");
  const {rows, scope} = watched.view;
  if (!rows.length) {
    const sentence = scope.asOf === null ? NO_STATEMENT : `Nothing was held on ${formatDay(scope.asOf)}.`;
    return h(
      "div",
      {class: "card"},
      placeholder({kind: "empty", sentence, action: {label: "Import statements", href: siteHref("/data")}})
    );
  }
  const live = hasLive();
  const columns = positionColumns(watched.view, {live});
  const {live: moving, ...still} = PRESETS;
  const positions = table(rows, {
    id: "positions",
    label: "Positions",
    note: `amounts in ${scope.currency ?? "base currency"}`,
    columns,
    presets: live ? {...still, live: moving} : still,
    order: [{column: "value", descending: true}],
    group: "class",
    filter: symbol,
    totals: positionTotals(watched.view),
    height: Math.max(LEAST, innerHeight - ABOVE),
    onOpen: (row) => openPosition(row, columns, scope.currency)
  });
  return h("div", null, liveBar(rows), positions);
}
