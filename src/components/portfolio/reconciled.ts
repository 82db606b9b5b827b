import type {ReconciliationView} from "../../lib/ledger/reconcile/check.js";
import {siteHref} from "../actions.js";
import {tag} from "../badges.js";
import {countWords} from "../data/reconciliation-card.js";
import {h} from "../dom.js";
import {viewOf} from "../view-card.js";
import type {Watched} from "../watch-view.js";

/** Returns the line that says whether our figures agree with IBKR's own; it leads to the checks. */
export function reconciled(watched: Watched<ReconciliationView>): HTMLElement {
  const line = h("p", {class: "reconciled", role: "status"});
  const view = viewOf(watched);
  if (!view?.checks.length) return line;
  const {green, counts} = view;
  line.append(
    tag(green ? "reconciled" : "with IBKR", green ? "info" : counts.differs ? "error" : "plain"),
    h("a", {href: siteHref("/data#reconciliation")}, countWords(counts))
  );
  return line;
}
