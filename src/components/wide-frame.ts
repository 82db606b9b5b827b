import {h} from "./dom.js";

/** Returns a frame that scrolls sideways when its content is wider, and can then be reached by keyboard. */
export function wideFrame(label: string, ...content: (Node | null | false)[]): HTMLElement {
  const frame = h("div", {class: "wide-frame", role: "group", "aria-label": label}, content);
  const sizes = new ResizeObserver(() => {
    if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
    else frame.removeAttribute("tabindex");
  });
  for (const box of [frame, ...frame.children]) sizes.observe(box);
  return frame;
}
