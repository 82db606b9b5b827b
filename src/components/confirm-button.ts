import {h} from "./dom.js";

/** Returns a button that asks once more before it acts; while it acts, what `act` shows stands in its place. */
export function confirmButton(
  label: string,
  {spoken, yes, act}: {spoken?: string; yes: string; act: (show: (node: Node) => void) => Promise<void>}
): HTMLElement {
  const place = h("span", {class: "undo"});
  const ask = h(
    "button",
    {type: "button", class: "link-button", onclick: confirm, "aria-label": spoken},
    label
  );
  function confirm(): void {
    const go = h("button", {type: "button", class: "link-button bad", onclick: () => void run()}, yes);
    const keep = h(
      "button",
      {type: "button", class: "link-button", onclick: () => place.replaceChildren(ask)},
      "Keep"
    );
    place.replaceChildren(go, keep);
    go.focus();
  }
  async function run(): Promise<void> {
    try {
      place.replaceChildren(ask);
      await act((node) => place.replaceChildren(node));
    } catch (error) {
      place.replaceChildren(h("span", {class: "bad", role: "alert"}, (error as Error).message), ask);
    }
  }
  place.append(ask);
  return place;
}
