import type {ReconciliationView} from "../../lib/ledger/reconcile/check.js";
import {siteHref} from "../actions.js";
import {tag} from "../badges.js";
import {countWords} from "../data/reconciliation-card.js";
import {openDesk} from "../desk.js";
import {h} from "../dom.js";
import {getView, subscribeView, toQuery} from "../view-state.js";

/** The checks read all days of positions: they wait until the page's own figures are there. */
const PATIENCE_MS = 400;

/** Tells, for Framework's Generators.observe, how the checks came out, once the page waits for nothing else. */
export function watchReconciled(tell: (view: ReconciliationView | null) => void): () => void {
  const ends: (() => void)[] = [];
  let asked = 0;
  async function ask(): Promise<void> {
    const mine = ++asked;
    const desk = await openDesk();
    while (document.querySelector("main[data-asking], main .skeleton")) {
      await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    }
    if (mine !== asked) return;
    const view = await desk.view("reconciliation", toQuery(getView()));
    if (mine === asked) tell(view);
  }
  const again = () => void ask().catch(() => tell(null)); // the Data page says why
  tell(null);
  again();
  ends.push(subscribeView(again));
  openDesk().then(
    (desk) => ends.push(desk.subscribe(again)),
    () => undefined // the cards say so
  );
  return () => {
    ++asked;
    for (const end of ends) end();
  };
}

/** Returns the line that says whether our figures agree with IBKR's own; it leads to the checks. */
export function reconciled(view: ReconciliationView | null): HTMLElement {
  const line = h("p", {class: "reconciled", role: "status"});
  if (!view?.checks.length) return line;
  const {green, counts} = view;
  line.append(
    tag(green ? "reconciled" : "with IBKR", green ? "info" : counts.differs ? "error" : "plain"),
    h("a", {href: siteHref("/data#reconciliation")}, countWords(counts))
  );
  return line;
}
