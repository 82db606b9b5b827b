import {chartCard} from "../chart-card.js";
import {DROPPED, importer} from "../import-dialog.js";
import {importPanel} from "./import-panel.js";

/** Returns the card in which statements are dropped, looked at and taken in; drops anywhere on the page go to it. */
export function importCard(): HTMLElement {
  const panel = importPanel(importer());
  document.addEventListener(DROPPED, (event) => {
    if (!panel.node.isConnected || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    panel.take((event as CustomEvent<readonly File[]>).detail);
    panel.node.scrollIntoView({block: "nearest"});
  });
  return chartCard(() => panel.node, {
    title: "New statements",
    finding: "Drop a statement to see what it would bring.",
    definition:
      "A file is read and compared first: how many of its rows are new, changed, already here, or no longer counted. Nothing changes until you import it. What a later statement of the same query leaves out is cancelled: kept, but not counted."
  });
}
