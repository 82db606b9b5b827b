import type {View} from "../../lib/portfolio/black-litterman.js";
import {h} from "../dom.js";
import {icon} from "../icons.js";
import {optimizeChoices} from "./choices.js";
import type {Universe} from "./universe.js";

/** Confidence of a view that nobody has changed. */
const HALF = 0.5;

/** Returns a form of views: an asset, perhaps against another, what it returns a year, and how sure that is. */
export function viewsForm(views: readonly View[], {assets}: Universe): HTMLElement {
  const names = assets.map(({name}) => name);
  const put = (i: number, view: View) =>
    optimizeChoices.set({views: views.map((one, j) => (i === j ? view : one))});
  const line = (view: View, i: number) => {
    const held = Object.entries(view.assets);
    const long = held.find(([, share]) => share > 0)?.[0] ?? names[0];
    const short = held.find(([, share]) => share < 0)?.[0] ?? "";
    const choose = (
      label: string,
      chosen: string,
      options: readonly (readonly [string, string])[],
      on: (value: string) => void
    ) => {
      const input = h(
        "select",
        {"aria-label": label, onchange: () => on(input.value)},
        options.map(([value, word]) => h("option", {value, selected: value === chosen}, word))
      );
      return input;
    };
    const pick = (a: string, b: string) =>
      put(i, {...view, assets: {[a]: 1, ...(b && b !== a && {[b]: -1})}});
    const percent = (label: string, value: number, on: (value: number) => void) => {
      const input = h("input", {
        type: "text",
        inputmode: "decimal",
        size: 4,
        value: String(Math.round(1e6 * value) / 1e4),
        "aria-label": label,
        onchange: () => {
          const read = Number(input.value.replace("−", "-") || NaN);
          if (Number.isFinite(read)) on(read / 100);
          else input.setAttribute("aria-invalid", "true");
        }
      });
      return input;
    };
    return h(
      "div",
      {class: "view-line"},
      choose(
        "View on",
        long,
        names.map((name) => [name, name] as const),
        (value) => pick(value, short)
      ),
      choose(
        "Against",
        short,
        [
          ["", "alone"],
          ...names.filter((name) => name !== long).map((name) => [name, `over ${name}`] as const)
        ],
        (value) => pick(long, value)
      ),
      percent("Returns a year, percent", view.expected, (expected) => put(i, {...view, expected})),
      h("small", null, "% a year, sure"),
      percent("Confidence, percent", view.confidence ?? HALF, (confidence) =>
        put(i, {...view, confidence: Math.max(0, Math.min(1, confidence))})
      ),
      h("small", null, "%"),
      h(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": `Remove the view on ${long}`,
          onclick: () => optimizeChoices.set({views: views.filter((_, j) => j !== i)})
        },
        icon("close", 12)
      )
    );
  };
  return h(
    "div",
    {class: "views-form"},
    views.map(line),
    h(
      "p",
      null,
      h(
        "button",
        {
          type: "button",
          class: "link-button",
          onclick: () =>
            optimizeChoices.set({
              views: [...views, {assets: {[names[0]]: 1}, expected: 0.08, confidence: HALF}]
            })
        },
        views.length ? "Another view" : "Add a view"
      )
    ),
    !views.length &&
      h(
        "p",
        {class: "muted small"},
        "Without a view: returns at which what is held now is in balance (risk aversion 2.5)."
      )
  );
}
