import type {PositionRow} from "../../lib/ledger/views.js";
import {h} from "../dom.js";
import {factList} from "../drawer.js";
import {formatNumber, formatPrice, formatQuantity} from "../format.js";
import {hasLive} from "../live/channels.js";
import {quoteBadge} from "../live/live-badge.js";
import {liveNode} from "../live/live-node.js";
import {GREEKS, quoteOf} from "./live-columns.js";

/** Returns a position's quote as it is now and an option's greeks by the broker's model; null on a page without a bridge. */
export function liveFacts(row: PositionRow): HTMLElement | null {
  const {conid} = row;
  if (!hasLive() || conid === null) return null;
  const fact = (read: () => number | null | undefined, print: (value: number) => string) =>
    liveNode([["quotes", conid]], () => {
      const value = read();
      return value === null || value === undefined ? "n/a" : print(value);
    });
  const price = (value: number) => formatPrice(value.toFixed(6));
  const size = (value: number) => formatQuantity(String(value));
  const sized = (side: "bid" | "ask" | "last") =>
    h(
      "span",
      null,
      fact(() => quoteOf(row)?.[side], price),
      " × ",
      fact(() => quoteOf(row)?.[`${side}Size`], size)
    );
  return h(
    "div",
    null,
    h("h3", null, "Quote"),
    factList([
      ["State", liveNode([["quotes", conid]], () => quoteBadge(quoteOf(row)), {ages: true})],
      ["Bid", sized("bid")],
      ["Ask", sized("ask")],
      ["Last", sized("last")],
      ["Close before", fact(() => quoteOf(row)?.close, price)],
      ...(row.putCall === null
        ? []
        : GREEKS.map(([name, label, digits]): [string, Node] => [
            `${label}, by the broker's model`,
            fact(
              () => quoteOf(row)?.greeks?.[name],
              (value) => formatNumber(name === "impliedVolatility" ? 100 * value : value, {digits})
            )
          ]))
    ])
  );
}
