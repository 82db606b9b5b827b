import type {Discrepancy} from "../../lib/orders/reconcile.js";
import {chartCard} from "../chart-card.js";
import {confirmButton} from "../confirm-button.js";
import {h} from "../dom.js";
import {acknowledge, reconcileAgain, settleOrder, type Risk} from "./calls.js";

interface AgreementCard {
  node: HTMLElement;
  show(risk: Risk, mayChange: boolean): void;
}

/** Returns whether journal and broker agree, and what is to be settled where they do not. */
export function agreementCard(onChange: () => void): AgreementCard {
  const sentence = h("p", {role: "status"});
  const list = h("ul", {class: "agreement-list"});
  const error = h("p", {class: "form-error", role: "alert"});
  const again = h(
    "button",
    {type: "button", class: "button quiet", onclick: () => void attempt(reconcileAgain)},
    "Read again"
  );
  let shown = "";

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    error.textContent = "";
    again.disabled = true;
    try {
      await work();
      onChange();
    } catch (problem) {
      error.textContent = (problem as Error).message;
    }
    again.disabled = false;
  }

  /** What can be done about a difference: nothing where time or another program settles it. */
  function actions(found: Discrepancy): HTMLElement[] {
    if (found.kind === "position") {
      const {account, conId, theirs} = found;
      return [
        confirmButton("Acknowledge", {
          yes: `Take it as ${theirs}`,
          act: () => attempt(() => acknowledge({account, conId, units: theirs}))
        })
      ];
    }
    if (found.kind !== "unknown") return [];
    return (["cancelled", "rejected", "not-sent"] as const).map((as) =>
      confirmButton(`It was ${as.replace("-", " ")}`, {
        yes: `Settle as ${as.replace("-", " ")}`,
        act: () => attempt(() => settleOrder(found.intent, as))
      })
    );
  }

  const content = h("div", null, sentence, list, error, again);
  const node = chartCard(() => content, {
    title: "Journal and broker",
    finding: "Whether the broker's orders, executions and positions agree with the journal.",
    definition:
      "After every connection the broker's lists are read twice and compared with the journal; orders go out only when positions agree. What no list tells of is never sent again by itself: it is settled by the statement or by you."
  });
  return {
    node,
    show({status: {reconciliation, locked}}, mayChange) {
      again.hidden = !mayChange;
      const sign = JSON.stringify([reconciliation, locked, mayChange]);
      if (sign === shown) return;
      shown = sign;
      sentence.className = reconciliation.isUnlocked ? "good" : "bad";
      sentence.textContent = reconciliation.sentence;
      list.replaceChildren(
        ...reconciliation.discrepancies.map((found) =>
          h("li", null, h("p", null, found.sentence), ...(mayChange ? actions(found) : []))
        ),
        ...(locked.length
          ? [h("li", {class: "muted"}, `Locked until they are settled: contracts ${locked.join(", ")}`)]
          : [])
      );
    }
  };
}
