import {chartCard} from "../chart-card.js";

/** Returns the card that an order ticket stands in. */
export function ticketCard(ticket: HTMLElement): HTMLElement {
  return chartCard(() => ticket, {
    title: "Ticket",
    finding: "What to trade, and the account after it before it is sent.",
    definition:
      "Enter shows the account after the order and what each rule of the risk gate says; the button that then stands below sends exactly that. Escape takes it back."
  });
}
