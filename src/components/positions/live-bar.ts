import {liveSum} from "../../lib/live/accounts.js";
import type {PositionRow} from "../../lib/ledger/views.js";
import {QUOTE_WORDS} from "../../lib/live/words.js";
import {h} from "../dom.js";
import {change, shownMoney} from "../figure.js";
import {hasLive, liveRows, watchLive} from "../live/channels.js";
import {SOURCE_WORDS} from "../live/live-badge.js";
import {liveNode, type Place} from "../live/live-node.js";
import {getView} from "../view-state.js";
import {quoteOf} from "./live-columns.js";

let release: () => void = () => undefined;

/** Returns the line above the positions that says what of them is live; it holds the quotes of what is listed. */
export function liveBar(rows: readonly PositionRow[]): HTMLElement | null {
  if (!hasLive()) return null;
  const accounts = [...new Set(rows.map(({account}) => account))];
  const keys = [...new Set(rows.flatMap(({conid}) => conid ?? []))];
  release();
  const ends = [
    watchLive("account", () => undefined),
    watchLive("positions", () => undefined),
    watchLive("quotes", () => undefined, keys)
  ];
  release = () => {
    for (const end of ends) end();
  };
  const from: Place[] = accounts.flatMap((account): Place[] => [
    ["nav", account],
    ["account", account]
  ]);
  const sum = () => {
    const {accounts: chosen, currency} = getView();
    return liveSum(liveRows("nav").values(), liveRows("account"), {chosen, currency});
  };
  return h(
    "p",
    {class: "live-bar"},
    liveNode(
      from,
      () => {
        const now = sum();
        if (!now) return "Not live: the figures are those of the statement.";
        return `Live columns: ${SOURCE_WORDS[now.source]}. Others: statement${now.seam ? ` to ${now.seam.day}` : "s"}.`;
      },
      {ages: true}
    ),
    liveNode(
      from,
      () => {
        const now = sum();
        if (!now) return "";
        const daily = shownMoney({value: now.daily?.toFixed(2) ?? null}, now.currency, {signed: true});
        return h("span", null, "Today ", h("b", null, change(daily)), ` ${now.currency}`);
      },
      {}
    ),
    liveNode([], () => kindsOf(rows), {ages: true})
  );
}

/** "24 live, 1 delayed" */
function kindsOf(rows: readonly PositionRow[]): string {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const quote = quoteOf(row);
    const word = !quote || quote.problem !== null ? "without quote" : QUOTE_WORDS[quote.kind];
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${count} ${word}`).join(", ");
}
