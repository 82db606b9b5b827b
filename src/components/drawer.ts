import {h, uniqueId} from "./dom.js";
import {icon} from "./icons.js";

let shut: (() => void) | null = null;

/** Opens a panel at the right edge beside the page; one at a time, Escape closes it, focus goes back. */
export function openDrawer(content: Node, {title, subtitle}: {title: string; subtitle?: string}): void {
  shut?.();
  const from = document.activeElement;
  const id = uniqueId("drawer");
  const heading = h("h2", {id, tabindex: -1}, title, subtitle && h("small", null, subtitle));
  const drawer = h(
    "section",
    {class: "drawer", role: "dialog", "aria-labelledby": id},
    h(
      "header",
      {role: "presentation"},
      heading,
      h("span", {class: "space"}),
      h(
        "button",
        {type: "button", class: "icon-button", "aria-label": "Close", onclick: close},
        icon("close", 16)
      )
    ),
    h("div", {class: "drawer-body"}, content)
  );
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open], :popover-open:not(.tip)")) close();
  };
  function close(): void {
    drawer.remove();
    document.removeEventListener("keydown", onKey);
    shut = null;
    if (from instanceof HTMLElement && from.isConnected) from.focus({preventScroll: true});
  }
  shut = close;
  document.addEventListener("keydown", onKey);
  document.body.append(drawer);
  heading.focus({preventScroll: true});
}

/** Returns label and text pairs in two columns. */
export function factList(facts: readonly (readonly [label: string, text: string | Node])[]): HTMLElement {
  return h(
    "dl",
    {class: "facts"},
    facts.map(([label, text]) => h("div", null, h("dt", null, label), h("dd", null, text)))
  );
}
