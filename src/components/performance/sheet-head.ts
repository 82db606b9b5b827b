import type {PerformanceView} from "../../lib/ledger/views.js";
import {h} from "../dom.js";
import {formatDay} from "../format.js";
import {viewOf} from "../view-card.js";
import type {Watched} from "../watch-view.js";

/** Returns what a printed sheet must say of itself, for no frame is printed: whose it is, of which days, as of when. */
export function sheetHead(watched: Watched<PerformanceView>): HTMLElement {
  const view = viewOf(watched);
  if (!view) return h("div");
  const {accounts, currency, from, to, source, asOf} = view.scope;
  return h(
    "div",
    null,
    h(
      "p",
      null,
      `${accounts.join(", ")} · ${formatDay(from)} to ${formatDay(to)} · ${currency ?? "no currency"}`
    ),
    h("p", null, `${source}, as of ${formatDay(asOf)} · profile ${view.profile}`),
    h("p", null, view.constants.join(" "))
  );
}
