import type {LivePosition} from "../../lib/live/figures.js";
import {h} from "../dom.js";
import {formatNumber} from "../format.js";
import {hasLive, liveRows, watchLive} from "../live/channels.js";
import {positionsCard} from "../trading/positions-card.js";

const TITLE = "Paper positions";
const ID = "paper-positions";

/**
 * Returns what the paper account holds now, marked as paper, in a card of its own: the statements' table and its totals
 * never hold it. Out of sight while it holds nothing.
 */
export function paperPositions(): HTMLElement {
  const card = positionsCard(TITLE);
  const node = h(
    "div",
    {id: ID, class: "paper-positions", hidden: true},
    h("p", {class: "trading-badge mode mode-paper"}, "PAPER: no real money"),
    card.node
  );
  onPaper((rows) => {
    node.hidden = rows.length === 0;
    card.show(rows);
  });
  return node;
}

/** Returns the line above the statements' positions that says how many are held on paper, and leads to them. */
export function paperLine(): HTMLElement {
  const link = h("a", {href: `#${ID}`});
  const node = h(
    "p",
    {class: "paper-line small", hidden: true},
    h("span", {class: "mode mode-paper"}, "PAPER"),
    " ",
    link
  );
  onPaper((rows) => {
    node.hidden = rows.length === 0;
    const count = formatNumber(rows.length, {digits: 0});
    link.textContent = `${count} ${rows.length === 1 ? "position" : "positions"} of the paper account, below`;
  });
  return node;
}

/** Calls with the positions of paper accounts, at once and after each change. */
function onPaper(show: (rows: LivePosition[]) => void): void {
  if (!hasLive()) return;
  const draw = () => {
    const navs = liveRows("nav");
    show(
      [...liveRows("positions").values()].filter(
        ({account, units}) => units !== 0 && navs.get(account)?.source === "paper"
      )
    );
  };
  watchLive("nav", draw);
  watchLive("positions", draw);
}
