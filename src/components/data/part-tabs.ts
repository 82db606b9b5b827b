import {tabs} from "../tabs.js";

const PARTS = [
  ["statements", "Statements"],
  ["market", "Market data"]
] as const;

type PartName = (typeof PARTS)[number][0];

/** Returns the choice between the parts of the Data page, sections by these ids; the address remembers it. */
export function partTabs(): HTMLElement {
  const chosen: PartName = location.hash === "#market" ? "market" : "statements";
  const show = (name: PartName) => {
    for (const [id] of PARTS) document.getElementById(id)?.toggleAttribute("hidden", id !== name);
  };
  const node = tabs(PARTS, {
    label: "Parts of the page",
    chosen,
    onChoose(name) {
      history.replaceState(
        null,
        "",
        `${location.pathname}${location.search}${name === "market" ? "#market" : ""}`
      );
      show(name);
    }
  });
  node.classList.add("subnav");
  requestAnimationFrame(() => show(chosen));
  return node;
}
