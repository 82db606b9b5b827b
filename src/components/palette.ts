import {actions, findActions, type Action} from "./actions.js";
import {h, uniqueId} from "./dom.js";
import {icon} from "./icons.js";

const SHOWN = 12;

/** Opens the search over pages, symbols and actions. */
export function openPalette(): void {
  if (document.querySelector("dialog[open]")) return;
  const all = actions();
  const id = uniqueId("found");
  let found: Action[] = [];
  let at = 0;
  const list = h("ul", {id, role: "listbox", "aria-label": "Found"});
  const input = h("input", {
    type: "text",
    role: "combobox",
    "aria-label": "Search pages, symbols, actions",
    "aria-controls": id,
    "aria-expanded": "true",
    autocomplete: "off",
    placeholder: "Search pages, symbols, actions",
    oninput: () => search(),
    onkeydown: (event: KeyboardEvent) => {
      const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
      if (step) {
        event.preventDefault();
        mark((at + step + found.length) % found.length);
      } else if (event.key === "Enter") choose(found[at]);
    }
  });
  const dialog = h(
    "dialog",
    {class: "palette", "aria-label": "Search", onclose: () => dialog.remove()},
    input,
    list
  );
  dialog.addEventListener("click", ({target}) => target === dialog && dialog.close());

  function search(): void {
    found = findActions(all, input.value).slice(0, SHOWN);
    list.replaceChildren(
      ...found.map((action, i) =>
        h(
          "li",
          {id: `${id}-${i}`, role: "option", onclick: () => choose(action), onpointermove: () => mark(i)},
          action.icon ? icon(action.icon, 16) : h("span", {class: "icon"}),
          h("span", null, action.label),
          h("span", {class: "muted"}, action.detail ?? action.kind),
          action.keys && h("kbd", null, action.keys)
        )
      )
    );
    if (!found.length)
      list.append(h("li", {class: "muted", role: "option", "aria-disabled": "true"}, "Nothing of that name"));
    mark(0);
  }

  function mark(i: number): void {
    at = i;
    for (const [j, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(i === j));
    input.setAttribute("aria-activedescendant", `${id}-${i}`);
    list.children[i]?.scrollIntoView({block: "nearest"});
  }

  function choose(action: Action | undefined): void {
    if (!action) return;
    dialog.close();
    action.act();
  }

  document.body.append(dialog);
  search();
  dialog.showModal();
}
