import {h} from "./dom.js";
import {formatDay} from "./format.js";
import {popoverButton} from "./menu.js";
import {RANGES, getView, setView, subscribeView, type Range} from "./view-state.js";

const SPOKEN: Record<Range, string> = {
  "1D": "1 day",
  "1W": "1 week",
  MTD: "month to date",
  "3M": "3 months",
  YTD: "year to date",
  "1Y": "1 year",
  "3Y": "3 years",
  "5Y": "5 years",
  ALL: "all"
};

/** Returns the range bar: a row of buttons, one list where there is no room, and the form for other days. */
export function rangeBar(): HTMLElement {
  const buttons = RANGES.map((range) =>
    h(
      "button",
      {
        type: "button",
        "data-range": range,
        "aria-label": `${range}, ${SPOKEN[range]}`,
        onclick: () => setView({range})
      },
      range
    )
  );
  const list = h(
    "select",
    {class: "narrow", "aria-label": "Range", onchange: () => choose(list.value)},
    RANGES.map((range) => h("option", {value: range}, range)),
    h("option", {value: "custom", hidden: true}, "Custom")
  );
  const {button, panel} = popoverButton("Choose days", "calendar", customForm());
  const days = h("span", {class: "range-days"});
  const update = () => {
    const view = getView();
    for (const item of buttons)
      item.setAttribute("aria-pressed", String(item.dataset["range"] === view.range));
    list.value = view.range;
    button.setAttribute("aria-pressed", String(view.range === "custom"));
    days.textContent = view.range === "custom" ? `${said(view.from)} – ${said(view.to)}` : "";
  };
  update();
  subscribeView(update);
  return h(
    "div",
    {class: "range-bar", role: "group", "aria-label": "Range"},
    h("span", {class: "segments wide"}, buttons),
    list,
    button,
    panel,
    days
  );
}

const said = (day: string | null): string => (day ? formatDay(day) : "…");

function choose(value: string): void {
  const range = RANGES.find((name) => name === value);
  if (range) setView({range});
}

function customForm(): HTMLFormElement {
  const view = getView();
  const from = h("input", {type: "date", name: "from", value: view.from});
  const to = h("input", {type: "date", name: "to", value: view.to});
  const error = h("p", {class: "form-error", role: "alert"});
  const form = h(
    "form",
    {class: "form", onsubmit: submit},
    h("label", null, "From", from),
    h("label", null, "To", to),
    error,
    h("button", {class: "button"}, "Show these days")
  );
  function submit(event: Event): void {
    event.preventDefault();
    error.textContent = "";
    if (!from.value && !to.value) error.textContent = "choose a first or a last day";
    else if (from.value && to.value && from.value > to.value)
      error.textContent = "the first day is after the last";
    else {
      setView({range: "custom", from: from.value || null, to: to.value || null});
      form.closest<HTMLElement>("[popover]")?.hidePopover();
    }
  }
  return form;
}
