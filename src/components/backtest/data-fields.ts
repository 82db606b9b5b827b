import type {CatalogEntry} from "../../lib/lake/catalog.js";
import {parseDatasetId} from "../../lib/lake/dataset.js";
import {h} from "../dom.js";
import {
  barDatasets,
  datasetOf,
  droppedName,
  FILE_KEY,
  keyOf,
  symbolsOf,
  takeFile,
  type Wanted
} from "./bars-source.js";
import {field, fillSelect} from "./fields.js";

interface DataFields {
  nodes: HTMLElement[];
  /** For an element on which a CSV of bars may be dropped; what is wrong with it is told at the field. */
  drops: {ondragover: (event: DragEvent) => void; ondrop: (event: DragEvent) => void};
}

/** What the fields say. */
export interface WantedBars extends Omit<Wanted, "symbol"> {
  /** None: the dataset's first. */
  symbols: readonly string[];
}

/**
 * Returns the fields that say which bars: dataset, symbol, first and last day, or a CSV in their place.
 * @param options.many whether several symbols may be chosen
 */
export function dataFields(
  get: () => WantedBars,
  set: (wanted: Partial<WantedBars>) => void,
  {many = false}: {many?: boolean} = {}
): DataFields {
  const data = field(
    "Bars of",
    h("select", {onchange: () => choose({data: data.input.value, symbols: [], start: null, end: null})}),
    {wide: true}
  );
  const symbol = field(
    many ? "Symbols, one or more" : "Symbol",
    h("select", {
      multiple: many,
      size: many ? 6 : null,
      onchange: () => choose({symbols: [...symbol.input.selectedOptions].map(({value}) => value)})
    }),
    {wide: true}
  );
  const start = field("From", h("input", {type: "date", onchange: () => window("start")}));
  const end = field("To", h("input", {type: "date", onchange: () => window("end")}));
  const file = h("input", {
    type: "file",
    accept: ".csv,text/csv,text/plain",
    "aria-label": "A CSV of bars",
    onchange: () => void takeIn()
  });
  const csv = h("label", {class: "button quiet file"}, "Take in a CSV", file);

  function choose(wanted: Partial<WantedBars>): void {
    set(wanted);
    void show();
  }

  function window(which: "start" | "end"): void {
    const value = {start, end}[which].input.value || null;
    const other = which === "start" ? {...get(), start: value} : {...get(), end: value};
    const isBackwards = other.start !== null && other.end !== null && other.start > other.end;
    end.tell(isBackwards ? `before the first day, ${other.start}` : "");
    if (!isBackwards) set({[which]: value});
  }

  async function takeIn(): Promise<void> {
    const [chosen] = file.files ?? [];
    file.value = "";
    if (chosen) await drop(chosen);
  }

  async function drop(dropped: File): Promise<void> {
    try {
      await takeFile(dropped);
      data.tell("");
      choose({data: FILE_KEY, symbols: [], start: null, end: null});
    } catch (error) {
      data.tell(`${dropped.name}: ${(error as Error).message}`);
    }
  }

  async function show(): Promise<void> {
    const {data: key, symbols, start: first, end: last} = get();
    start.input.value = first ?? "";
    end.input.value = last ?? "";
    try {
      const [datasets, entry] = await Promise.all([barDatasets(), datasetOf(key)]);
      const own = droppedName();
      fillSelect(
        data.input,
        [
          ...(own !== undefined || key === FILE_KEY ? [[FILE_KEY, own ?? "a file"] as const] : []),
          ...datasets.map((one) => [keyOf(one), titleOf(one)] as const)
        ],
        key === FILE_KEY ? FILE_KEY : entry ? keyOf(entry) : ""
      );
      const isFile = key === FILE_KEY;
      symbol.node.hidden = isFile;
      if (isFile || !entry) return;
      const known = await symbolsOf(entry);
      fillSelect(
        symbol.input,
        known.map((one) => [
          one.symbol,
          one.name && one.name !== one.symbol ? `${one.symbol} — ${one.name}` : one.symbol
        ]),
        symbols[0] ?? known[0]?.symbol ?? ""
      );
      if (many) symbol.input.size = Math.max(2, Math.min(6, known.length));
      for (const option of symbol.input.options) if (symbols.includes(option.value)) option.selected = true;
      const facts = known.find((one) => one.symbol === symbol.input.value);
      for (const {input} of [start, end]) {
        input.min = facts?.from ?? "";
        input.max = facts?.to ?? "";
      }
      start.input.value = first ?? facts?.from ?? "";
      end.input.value = last ?? facts?.to ?? "";
    } catch (error) {
      data.tell((error as Error).message);
    }
  }

  void show();
  const drops = {
    ondragover: (event: DragEvent) => event.preventDefault(),
    ondrop: (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation(); // the page takes files dropped elsewhere for statements
      const [file] = event.dataTransfer?.files ?? [];
      if (file) void drop(file);
    }
  };
  return {nodes: [data.node, symbol.node, start.node, end.node, csv], drops};
}

function titleOf({source, dataset, layer, symbols}: CatalogEntry): string {
  const {universe, frequency} = parseDatasetId(dataset);
  const adjusted = layer === "features" ? ", adjusted" : "";
  return `${source}, ${universe}, ${frequency}${adjusted} (${symbols})`;
}
