import {actions} from "./actions.js";
import {h, isTyping} from "./dom.js";
import {openPalette} from "./palette.js";

/** How long `g` waits for its letter. */
const PAUSE_MS = 1500;

const IN_PLACE = [
  ["Ctrl K or ⌘ K", "search pages, symbols, actions"],
  ["?", "this list"],
  ["/", "filter the table"],
  ["Esc", "close what is open"],
  ["↑ ↓ ← →", "move in a table or along a chart"],
  ["Enter", "open the row"],
  ["Shift + click", "sort by one more column"],
  ["Delete", "cancel the order"],
  ["Ctrl C or ⌘ C", "copy the row"]
] as const;

/** Listens for the keys that work on every page. */
export function installShortcuts(): void {
  let before = "";
  let pressed = 0;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (event.timeStamp - pressed > PAUSE_MS) before = "";
    pressed = event.timeStamp;
    const typed = before ? `${before} ${event.key}` : event.key;
    before = event.key === "g" ? "g" : "";
    if (event.key === "?") openHelp();
    else if (event.key === "/") focusFilter(event);
    else {
      const action = actions().find(({keys}) => keys === typed);
      if (!action) return;
      event.preventDefault(); // the key is no text of a field that the action goes to
      action.act();
    }
  });
}

function focusFilter(event: Event): void {
  const filter = document.querySelector<HTMLInputElement>("input[data-filter]");
  if (!filter) return;
  event.preventDefault();
  filter.focus();
  filter.select();
}

/** Opens the list of keys. */
export function openHelp(): void {
  if (document.querySelector("dialog[open]")) return;
  const keyed = actions().flatMap(({keys, label}) => (keys ? [[keys, label] as const] : []));
  const dialog = h(
    "dialog",
    {class: "help", "aria-label": "Shortcuts", onclose: () => dialog.remove()},
    h("h2", null, "Shortcuts"),
    h(
      "dl",
      null,
      [...IN_PLACE, ...keyed].map(([keys, label]) =>
        h("div", null, h("dt", null, h("kbd", null, keys)), h("dd", null, label))
      )
    ),
    h("form", {method: "dialog"}, h("button", {class: "button"}, "Close"))
  );
  dialog.addEventListener("click", ({target}) => target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}
