import type {LotMethod} from "../../lib/ledger/lots/lot.js";
import type {MethodQuery} from "../../lib/ledger/lots/lots-view.js";
import {h} from "../dom.js";
import {createStore} from "../store.js";

/** Methods that a person may choose on a page; lots are named one by one at the command line. */
const CHOICES: readonly (readonly [LotMethod, string])[] = [
  ["fifo", "First in, first out"],
  ["lifo", "Last in, first out"],
  ["hifo", "Highest cost first"],
  ["average", "Average cost"],
  ["booked", "As IBKR booked it"]
];

const KEPT = "tearsheet.lotMethods";

const store = createStore<Readonly<Record<string, LotMethod>>>(kept());

function kept(): Record<string, LotMethod> {
  try {
    const all = JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Record<string, unknown>;
    const known = Object.entries(all).filter(([, method]) => CHOICES.some(([choice]) => choice === method));
    return Object.fromEntries(known) as Record<string, LotMethod>; // each is one of the choices
  } catch {
    return {};
  }
}

/** Returns each account's method as the person chose it in this browser. */
export function methodQuery(): MethodQuery {
  return {methods: store.get()};
}

export function subscribeMethods(listener: () => void): () => void {
  return store.subscribe(listener);
}

/** Returns a choice of the method of some accounts, kept for each of them. */
export function methodSelect(accounts: readonly string[]): HTMLElement {
  const chosen = new Set(accounts.map((account) => store.get()[account] ?? "fifo"));
  const [only] = chosen;
  const select = h(
    "select",
    {
      "aria-label": `Lots of ${accounts.join(", ")} by`,
      onchange: () => choose(accounts, select.value)
    },
    chosen.size > 1 && h("option", {value: "", selected: true}, "Each its own"),
    CHOICES.map(([method, name]) =>
      h("option", {value: method, selected: chosen.size === 1 && method === only}, name)
    )
  ) as HTMLSelectElement; // by its tag
  return select;
}

function choose(accounts: readonly string[], value: string): void {
  const choice = CHOICES.find(([method]) => method === value);
  if (!choice) return;
  const all = {...store.get(), ...Object.fromEntries(accounts.map((account) => [account, choice[0]]))};
  try {
    localStorage.setItem(KEPT, JSON.stringify(all));
  } catch {
    // A browser that keeps nothing still shows it until the page is left.
  }
  store.set(all);
}
