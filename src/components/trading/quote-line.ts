import type {LiveQuote} from "../../lib/live/figures.js";
import {h} from "../dom.js";
import {formatPrice} from "../format.js";
import {liveRows, watchLive} from "../live/channels.js";

const KINDS = {live: "", delayed: "delayed", frozen: "frozen", "delayed-frozen": "delayed, frozen"};

interface QuoteLine {
  node: HTMLElement;
  /** Watches the quote of a contract, a market-data line while it is shown; none for null. */
  show(contract: {conId: number; currency: string} | null): void;
}

/** Returns the bid, ask and last price of the contract of a ticket, as they come. */
export function quoteLine(): QuoteLine {
  const node = h("p", {class: "quote-line small", hidden: true});
  let end: (() => void) | null = null;
  return {
    node,
    show(contract) {
      end?.();
      end = null;
      node.hidden = contract === null;
      if (!contract) return;
      node.textContent = "No quote yet";
      const key = String(contract.conId);
      end = watchLive(
        "quotes",
        (changed) => {
          const quote = liveRows("quotes").get(key);
          if (changed.has(key) && quote) node.replaceChildren(...quoteInWords(quote, contract.currency));
        },
        [key]
      );
    }
  };
}

function quoteInWords(quote: LiveQuote, currency: string): (Node | string)[] {
  const {bid, ask, last, kind, problem} = quote;
  if (bid === null && ask === null && last === null) return [problem ?? "No quote yet"];
  const price = (label: string, value: number | null) =>
    h("span", null, `${label} `, h("b", null, value === null ? "n/a" : formatPrice(String(value))));
  const badge = KINDS[kind];
  return [
    price("Bid", bid),
    price("Ask", ask),
    price("Last", last),
    h("span", {class: "muted"}, currency),
    ...(badge ? [h("span", {class: "tag tag-warning"}, badge)] : [])
  ];
}
