import {h, uniqueId} from "../dom.js";

/** A field of a form: its label above, what is wrong with it below. */
export interface Field<E extends HTMLElement> {
  node: HTMLElement;
  input: E;
  /** Shows what is wrong at the field; nothing when it is empty. */
  tell: (problem: string) => void;
}

/** Returns a field around an input. */
export function field<E extends HTMLElement>(
  label: string,
  input: E,
  {tip, wide = false}: {tip?: string; wide?: boolean} = {}
): Field<E> {
  const id = uniqueId("field");
  const problem = h("small", {class: "bad", id: `${id}-problem`, "aria-live": "polite"});
  input.id = id;
  input.setAttribute("aria-describedby", problem.id);
  return {
    node: h(
      "div",
      {class: wide ? "field wide" : "field"},
      h("label", {for: id, "data-tip": tip ?? null}, label),
      input,
      problem
    ),
    input,
    tell(sentence) {
      problem.textContent = sentence;
      if (sentence) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  };
}

/** Fills a choice; the one chosen is marked. */
export function fillSelect(
  select: HTMLSelectElement,
  choices: readonly (readonly [value: string, label: string])[],
  chosen: string
): void {
  select.replaceChildren(
    ...choices.map(([value, label]) => h("option", {value, selected: value === chosen}, label))
  );
  select.value = chosen;
}
