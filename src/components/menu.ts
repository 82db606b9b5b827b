import {h, uniqueId} from "./dom.js";
import {icon, type IconName} from "./icons.js";

export interface MenuItem {
  label: string;
  icon?: IconName;
  act: () => void | Promise<void>;
}

/** Returns a button that opens a list of actions; arrows move in it, Escape closes it. */
export function menuButton(label: string, sign: IconName, items: () => MenuItem[]): HTMLElement {
  const list = h("div", {class: "menu", role: "menu", "aria-label": label});
  const {button, panel} = popoverButton(label, sign, list);
  panel.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "open") return;
    list.replaceChildren(
      ...items().map((item) =>
        h(
          "button",
          {
            type: "button",
            role: "menuitem",
            onclick: () => {
              panel.hidePopover();
              void item.act();
            }
          },
          item.icon ? icon(item.icon, 16) : h("span", {class: "icon"}),
          item.label
        )
      )
    );
  });
  panel.addEventListener("toggle", () => list.querySelector("button")?.focus());
  list.addEventListener("keydown", (event) => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.findIndex((item) => item === document.activeElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  });
  return h("span", {class: "menu-button"}, button, panel);
}

/** Returns an icon button and the panel that it opens beside itself, above everything else. */
export function popoverButton(
  label: string,
  sign: IconName | Node,
  content: Node
): {button: HTMLButtonElement; panel: HTMLElement} {
  const id = uniqueId("panel");
  const panel = h("div", {id, class: "panel", popover: "auto"}, content);
  const button = h(
    "button",
    {type: "button", class: "icon-button", popovertarget: id, "aria-label": label, "data-tip": label},
    sign instanceof Node ? sign : icon(sign, 16)
  );
  panel.addEventListener("toggle", (event) => {
    button.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState === "open") placeBeside(panel, button);
  });
  return {button, panel};
}

function placeBeside(panel: HTMLElement, button: HTMLElement): void {
  const around = button.getBoundingClientRect();
  const {width, height} = panel.getBoundingClientRect();
  const below = around.bottom + 4 + height < innerHeight || around.top < height;
  const left = around.left + around.right < innerWidth ? around.left : around.right - width;
  panel.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  panel.style.top = `${below ? around.bottom + 4 : around.top - height - 4}px`;
}
