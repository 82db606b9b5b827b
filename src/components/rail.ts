import {h} from "./dom.js";
import {icon} from "./icons.js";
import {preference, setPreference} from "./preferences.js";
import {carryView} from "./view-state.js";

/**
 * Adds the button that folds the rail to its icons; the links stand in the page's HTML. Where they lie in a row that is
 * wider than the window, the one of this page is brought into sight.
 */
export function fillRail(end: Element): void {
  const list = end.previousElementSibling;
  const current = list?.querySelector<HTMLElement>("a[aria-current]")?.parentElement;
  if (list && current) list.scrollLeft = current.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
  const button = h(
    "button",
    {type: "button", class: "rail-fold", "aria-label": "Fold the rail", onclick: fold},
    icon("collapse"),
    h("span", null, "Fold")
  );
  end.replaceChildren(button);
}

function fold(): void {
  const folded = preference("rail") === "closed" || (preference("rail") === "auto" && innerWidth < 1280);
  setPreference("rail", folded ? "open" : "closed");
}

/** Lets the view follow every link to another page of the site. */
export function carryViewAlong(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    if (!link || link.origin !== location.origin || link.target || link.hasAttribute("download")) return;
    const href = link.getAttribute("href") ?? "";
    if (!href.startsWith("#")) link.href = carryView(href, location.search);
  });
}
