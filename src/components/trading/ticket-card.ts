import {chartCard} from "../chart-card.js";
import {h} from "../dom.js";

/** Returns the card that an order ticket stands in. */
export function ticketCard(ticket: HTMLElement): HTMLElement {
  return chartCard(() => ticket, {
    title: "Ticket",
    finding: "What to trade, and the account after it before it is sent.",
    definition:
      "Enter shows the account after the order and what each rule of the risk gate says; the button that then stands below sends exactly that. Escape takes it back."
  });
}

/** Returns what stands in the place of the ticket where this browser may only look. */
export function signInCard(): HTMLElement {
  const start = h("code", {class: "start-link"}, `${location.origin}/?token=…`);
  return chartCard(
    () =>
      h(
        "div",
        {class: "sign-in"},
        h("p", null, "This browser may look, not trade: it did not come by the desk's start link."),
        h(
          "ol",
          null,
          h("li", null, "Find the line that the terminal printed when the desk started: ", start),
          h("li", null, "Open that link in this browser, then come back to this page.")
        ),
        h(
          "p",
          {class: "muted small"},
          "The terminal is gone? The token is in the file ",
          h("code", null, "token"),
          " of the desk's data folder. Until then orders, fills, limits and the journal stand here to be read."
        )
      ),
    {
      title: "Ticket",
      finding: "Orders need the start link.",
      definition:
        "The link carries a token that only this machine's owner can read. It becomes a cookie of this browser; what changes something is refused without it."
    }
  );
}
