import {h} from "../dom.js";
import {watchLive} from "../live/channels.js";
import {readFills} from "../trading/calls.js";
import {fillsCard} from "../trading/orders-card.js";
import {standing} from "../trading/standing.js";
import {watchStanding} from "../trading/watch-standing.js";

/**
 * Returns what was filled at the desk: at IBKR it is in no statement until the next day, on paper it never is. Empty where
 * there is no desk, or nothing was filled.
 */
export function deskFills(): HTMLElement {
  const node = h("div", {class: "stack"});
  node.hidden = true;
  const card = fillsCard("Filled at the desk");
  node.append(card.node);
  let isWatched = false;
  const read = async (): Promise<void> => {
    const fills = await readFills().catch(() => []); // the desk's own page says what is wrong with it
    card.show(fills);
    node.hidden = !fills.length;
  };
  const update = (): void => {
    if (standing.get().kind !== "ready" || isWatched) return;
    isWatched = true;
    void read();
    watchLive("orders", () => void read());
  };
  standing.subscribe(update);
  watchStanding();
  update();
  return node;
}
