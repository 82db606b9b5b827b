import {h} from "./dom.js";

/** Returns a row of buttons of which one is chosen. */
export function tabs<T extends string>(
  choices: readonly (readonly [value: T, label: string])[],
  {label, chosen, onChoose}: {label: string; chosen: T; onChoose: (value: T) => void}
): HTMLElement {
  const buttons = choices.map(([value, name]) => {
    const choose = () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      onChoose(value);
    };
    const button = h(
      "button",
      {type: "button", "aria-pressed": String(value === chosen), onclick: choose},
      name
    );
    return button;
  });
  return h("span", {class: "segments", role: "group", "aria-label": label}, buttons);
}
