import {h} from "./dom.js";

/** One bubble for every element with `data-tip`: shown under the pointer's element or the focused one. */
export function installTips(): void {
  const bubble = h("div", {class: "tip", popover: "manual", "aria-hidden": "true"});
  document.body.append(bubble);
  const show = ({target}: Event) => {
    const element = target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
    if (element) place(bubble, element);
    else hide(bubble);
  };
  document.addEventListener("pointerover", show);
  // a popover that closes gives focus back before it is closed: none may open meanwhile
  document.addEventListener("focusin", (event) => queueMicrotask(() => show(event)));
  document.addEventListener("scroll", () => hide(bubble), {capture: true, passive: true});
  document.addEventListener("keydown", ({key}) => key === "Escape" && hide(bubble));
}

/** Shows the bubble for an element that has no focus of its own, as the active cell of a table. */
export function showTip(element: HTMLElement | null): void {
  const bubble = document.querySelector<HTMLElement>(".tip");
  if (!bubble) return;
  if (element?.dataset["tip"]) place(bubble, element);
  else hide(bubble);
}

function place(bubble: HTMLElement, element: HTMLElement): void {
  bubble.textContent = element.dataset["tip"] ?? "";
  bubble.showPopover();
  const around = element.getBoundingClientRect();
  const {width, height} = bubble.getBoundingClientRect();
  const below = around.bottom + 6 + height < innerHeight;
  bubble.style.left = `${Math.max(8, Math.min(around.left + around.width / 2 - width / 2, innerWidth - width - 8))}px`;
  bubble.style.top = `${below ? around.bottom + 6 : around.top - height - 6}px`;
}

const hide = (bubble: HTMLElement): void => bubble.hidePopover();
