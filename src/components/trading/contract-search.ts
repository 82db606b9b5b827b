import {h, uniqueId} from "../dom.js";
import {findContracts, type ContractFound} from "./calls.js";

/** How long typing rests before contracts are looked for. */
const REST_MS = 350;

interface ContractSearch {
  node: HTMLElement;
  /** Looks for a symbol and takes it where it is the only one. */
  look(text: string): Promise<void>;
  tell(problem: string): void;
}

/**
 * Returns a field in which a contract is looked for by symbol or number. All that fit are offered, with what tells them
 * apart; one is taken by click, or by arrows and Enter.
 */
export function contractSearch(onChoose: (contract: ContractFound | null) => void): ContractSearch {
  const id = uniqueId("contract");
  const listId = `${id}-list`;
  let found: readonly ContractFound[] = [];
  let at = 0;
  let asked = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const error = h("small", {class: "bad", id: `${id}-error`});
  const list = h("ul", {
    id: listId,
    class: "contract-list",
    role: "listbox",
    "aria-label": "Contracts",
    hidden: true
  });
  const chosen = h("p", {class: "contract-chosen muted small"});
  const input = h("input", {
    id,
    type: "text",
    role: "combobox",
    "aria-controls": listId,
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-describedby": error.id,
    "data-ticket": true,
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    placeholder: "AAPL",
    oninput: () => {
      onChoose(null);
      chosen.textContent = "";
      clearTimeout(rest);
      rest = setTimeout(() => void look(input.value), REST_MS);
    },
    onkeydown: (event: KeyboardEvent) => {
      const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
      if (step && !list.hidden) {
        event.preventDefault();
        mark((at + step + found.length) % found.length);
      } else if (event.key === "Enter" && !list.hidden) {
        event.preventDefault();
        choose(found[at]);
      } else if (event.key === "Enter" && !chosen.textContent) {
        event.preventDefault();
        clearTimeout(rest);
        void look(input.value);
      } else if (event.key === "Escape" && !list.hidden) {
        event.stopPropagation();
        close();
      }
    },
    onblur: () => close()
  });

  function close(): void {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  async function look(text: string): Promise<void> {
    const mine = ++asked;
    const symbol = text.trim();
    tell("");
    close();
    if (!symbol) return;
    try {
      const contracts = await findContracts(symbol);
      if (mine !== asked) return;
      found = contracts;
      if (found.length === 1) choose(found[0]);
      else if (found.length) offer();
      else tell(`no contract is called ${symbol}`);
    } catch (problem) {
      if (mine === asked) tell((problem as Error).message);
    }
  }

  function offer(): void {
    list.replaceChildren(
      ...found.map((contract, i) =>
        h(
          "li",
          {
            id: `${listId}-${i}`,
            role: "option",
            onpointerdown: (event: Event) => {
              event.preventDefault(); // the field keeps the focus
              choose(contract);
            },
            onpointermove: () => mark(i)
          },
          h("b", null, contract.label),
          h("span", null, contract.name),
          h("span", {class: "muted"}, describe(contract))
        )
      )
    );
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(0);
  }

  function mark(i: number): void {
    at = i;
    for (const [j, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(i === j));
    input.setAttribute("aria-activedescendant", `${listId}-${i}`);
    list.children[i]?.scrollIntoView({block: "nearest"});
  }

  function choose(contract: ContractFound | undefined): void {
    if (!contract) return;
    ++asked;
    close();
    tell("");
    input.value = contract.label;
    chosen.textContent = `${contract.name}, ${describe(contract)}`;
    onChoose(contract);
  }

  function tell(problem: string): void {
    error.textContent = problem;
    if (problem) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  const node = h(
    "div",
    {class: "field contract-search"},
    h("label", {for: id}, "What"),
    input,
    list,
    chosen,
    error
  );
  return {
    node,
    tell,
    look(text) {
      input.value = text;
      return look(text);
    }
  };
}

/** What tells contracts of one symbol apart. */
const describe = ({exchange, currency, secType, conId}: ContractFound): string =>
  `${secType} ${exchange} ${currency} · ${conId}`;
