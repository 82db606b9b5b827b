import {printWatchlists, readWatchlists, type Watchlist} from "../../lib/market/watchlist.js";
import type {WatchlistsView} from "../../lib/market/views.js";
import {openDesk} from "../desk.js";
import {h, uniqueId} from "../dom.js";
import {popoverButton} from "../menu.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";
import type {Exposures} from "./exposures.js";
import {marketCard} from "./market-card.js";
import {panelTable} from "./panel-card.js";

/** Returns the person's watchlists as panels, and a way to change them. */
export function watchlistCard(watched: Watched<WatchlistsView>, exposures: Exposures): HTMLElement {
  return marketCard(watched, "Watchlists", ({lists}) => {
    const rows = lists.flatMap((list) => list.rows);
    const latest = rows.reduce<string | null>(
      (day, {asOf}) => (asOf !== null && asOf > (day ?? "") ? asOf : day),
      null
    );
    return {
      asOf: latest === null ? null : {day: latest, source: "the lake"},
      definition:
        "Series of your own choice, as the catalog names them: vendor and symbol, such as yahoo:AAPL. What is not in the lake yet is pulled on the Data page.",
      finding: rows.length ? `${rows.length} series are watched.` : "No series is watched yet.",
      controls: editor(lists.map(({name, rows: own}) => ({name, ids: own.map(({id}) => id)}))),
      rows: {
        columns: ["list", "series", "value", "unit", "1 week", "1 month", "as of", "source"],
        rows: lists.flatMap(({name, rows: own}) =>
          own.map((row) => [
            name,
            row.label,
            row.value,
            row.unit,
            row.change1w,
            row.change1m,
            row.asOf,
            row.source
          ])
        )
      },
      content: () =>
        rows.length
          ? wideFrame(
              "Watchlists",
              panelTable(
                lists.map(({name, rows: own}) => ({label: name, rows: own})),
                {title: "Watchlists", definition: "", exposures}
              )
            )
          : h(
              "p",
              {class: "empty"},
              "No series is watched yet: Edit takes a name and vendor:symbol, one a line."
            )
    };
  });
}

/** A form with a text a list: its name, then a series a line. */
function editor(lists: readonly Watchlist[]): HTMLElement {
  const textId = uniqueId("watchlists");
  const text = h("textarea", {id: textId, rows: 10, cols: 28, spellcheck: "false"});
  text.value = printWatchlists(lists);
  const told = h("p", {class: "form-error", role: "alert"});
  const keep = async (event: Event) => {
    event.preventDefault();
    try {
      const desk = await openDesk();
      await desk.watch(readWatchlists(text.value));
      panel.hidePopover();
    } catch (error) {
      told.textContent = error instanceof Error ? error.message : String(error);
    }
  };
  const form = h(
    "form",
    {class: "form", onsubmit: (event: Event) => void keep(event)},
    h("label", {for: textId}, "A name, then vendor:symbol, one a line; an empty line between two lists"),
    text,
    told,
    h("button", {type: "submit", class: "button"}, "Keep")
  );
  const {button, panel} = popoverButton("Edit watchlists", "columns", form);
  return h("span", null, button, panel);
}
