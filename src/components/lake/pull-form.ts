import {FREQUENCIES, isDatasetName, type Frequency, type Kind} from "../../lib/lake/dataset.js";
import type {PullAsk, VendorFacts} from "../../lib/lake/pull.js";
import {h, uniqueId} from "../dom.js";

/** A field with its label above and its error below. */
interface Field<E extends HTMLElement> {
  node: HTMLElement;
  input: E;
  /** Shows what is wrong, or nothing. */
  tell: (problem: string) => void;
}

interface PullFormOptions {
  vendors: readonly VendorFacts[];
  onPull: (ask: PullAsk) => Promise<void>;
  onFile: (file: File, about: {vendor: string; symbol: string; frequency: Frequency}) => Promise<void>;
}

/** Returns the form in which rows are asked for: vendor, kind, symbols, days; Enter sends it. */
export function pullForm({vendors, onPull, onFile}: PullFormOptions): HTMLElement {
  const vendor = field(
    "Vendor",
    h(
      "select",
      {onchange: () => offer()},
      vendors.map(({id, name}) => h("option", {value: id}, name))
    )
  );
  const kind = field("Rows", h("select", {onchange: () => offerFrequencies()}));
  const frequency = field("Every", h("select"));
  const symbols = field(
    "Symbols",
    h("input", {
      type: "text",
      autocapitalize: "off",
      spellcheck: "false",
      placeholder: "as the vendor writes them: AAPL, ^GSPC"
    })
  );
  const universe = field("Universe", h("input", {type: "text", spellcheck: "false"}));
  const from = field("From", h("input", {type: "date"}));
  const to = field("To", h("input", {type: "date"}));
  const note = h("p", {class: "muted small"});
  const problem = h("p", {class: "bad small", role: "alert"});
  const send = h("button", {type: "submit", class: "button"}, "Pull");
  const file = h("input", {
    type: "file",
    accept: ".csv,text/csv,text/plain",
    "aria-label": "A CSV of the vendor",
    onchange: () => void take()
  });
  const csv = h("label", {class: "button quiet file"}, "Take in a CSV", file);
  const form = h(
    "form",
    {class: "lake-form", novalidate: true, onsubmit: (event: Event) => void submit(event)},
    h(
      "div",
      {class: "lake-fields"},
      vendor.node,
      kind.node,
      frequency.node,
      h("div", {class: "wide"}, symbols.node),
      universe.node,
      from.node,
      to.node
    ),
    note,
    problem,
    h("div", {class: "data-buttons"}, send, csv)
  );
  const chosen = () => vendors.find(({id}) => id === vendor.input.value) ?? vendors[0];

  function offer(): void {
    const {offers, universe: usual, note: about, key, csv: hasCsv} = chosen();
    kind.input.replaceChildren(...offers.map((one) => h("option", {value: one.kind}, one.kind)));
    universe.input.placeholder = usual;
    note.textContent = about;
    vendor.tell(
      key && !key.given ? `needs a key: put ${key.setting} into .env and start the desk again` : ""
    );
    csv.hidden = !hasCsv;
    send.hidden = offers.length === 0;
    offerFrequencies();
  }

  function offerFrequencies(): void {
    const frequencies =
      chosen().offers.find((one) => one.kind === kind.input.value)?.frequencies ?? FREQUENCIES;
    const usual = frequencies.includes("1d") ? "1d" : frequencies[0];
    frequency.input.replaceChildren(
      ...frequencies.map((one) => h("option", {value: one, selected: one === usual}, one))
    );
  }

  /** What is asked for; null where something is wrong, which is then told. */
  function read(): PullAsk | null {
    const list = symbols.input.value.split(/[\s,;]+/).filter(Boolean);
    const named = universe.input.value.trim();
    const [first, last] = [from.input.value, to.input.value];
    const problems = [
      [symbols, list.length ? "" : "name a symbol, several with commas between"],
      [universe, !named || isDatasetName(named) ? "" : "lower-case letters, digits and hyphens, at most 64"],
      [to, first && last && first > last ? `before the first day, ${first}` : ""]
    ] as const;
    for (const [{tell}, sentence] of problems) tell(sentence);
    const wrong = problems.find(([, sentence]) => sentence);
    if (wrong) {
      wrong[0].input.focus();
      return null;
    }
    return {
      vendor: vendor.input.value,
      kind: kind.input.value as Kind, // of the vendor's offers
      frequency: frequency.input.value as Frequency,
      symbols: list,
      ...(named && {universe: named}),
      ...(first && {from: first}),
      ...(last && {to: last})
    };
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const ask = read();
    if (ask) await attempt(() => onPull(ask));
  }

  async function take(): Promise<void> {
    const [picked] = file.files ?? [];
    file.value = "";
    const symbol = symbols.input.value.trim();
    symbols.tell(symbol ? "" : "name the symbol that the file is of");
    if (!picked || !symbol) return symbols.input.focus();
    await attempt(() =>
      onFile(picked, {vendor: vendor.input.value, symbol, frequency: frequency.input.value as Frequency})
    );
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    problem.textContent = "";
    send.setAttribute("aria-disabled", "true");
    try {
      await work();
    } catch (error) {
      problem.textContent = (error as Error).message;
    }
    send.removeAttribute("aria-disabled");
  }

  offer();
  return form;
}

function field<E extends HTMLElement>(label: string, input: E): Field<E> {
  const id = uniqueId("field");
  const error = h("small", {class: "bad", id: `${id}-error`});
  input.id = id;
  input.setAttribute("aria-describedby", error.id);
  return {
    node: h("div", {class: "field"}, h("label", {for: id}, label), input, error),
    input,
    tell(problem) {
      error.textContent = problem;
      if (problem) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  };
}
