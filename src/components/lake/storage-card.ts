import type {CatalogEntry} from "../../lib/lake/catalog.js";
import {chartCard} from "../chart-card.js";
import {h} from "../dom.js";
import {plainTable} from "../plain-table.js";
import {memoryBytes} from "../sql.js";
import {clearKept, keptFiles} from "./kept-files.js";
import type {Storage} from "./lake-host.js";
import {count, printBytes} from "./values.js";

/** Returns what the lake takes on the disk, and what this page and this browser hold of it. */
export function storageCard(datasets: readonly CatalogEntry[], storage: Storage | undefined): HTMLElement {
  const layers = [...Map.groupBy(datasets, ({layer}) => layer)].map(([layer, list]) => ({
    name: `${layer}: ${count(list.length, "dataset")}, ${count(
      sum(list, ({parts}) => parts),
      "file"
    )}`,
    bytes: sum(list, ({bytes}) => bytes)
  }));
  const lines = [
    ...layers,
    ...(storage
      ? [
          {name: "replies as they came", bytes: storage.replies},
          {name: "rows set aside", bytes: storage.quarantine},
          {name: "catalog", bytes: storage.catalog}
        ]
      : [])
  ];
  const all = sum(lines, ({bytes}) => bytes);
  const largest = datasets.toSorted((a, b) => b.bytes - a.bytes).slice(0, 5);
  const content = () =>
    h(
      "div",
      {class: "lake-storage"},
      plainTable(
        ["What", "Share", "Bytes"],
        lines.map((line) => barRow(line, all)),
        {numbersFrom: 2}
      ),
      largest.length > 0 && h("h3", null, "Largest datasets"),
      largest.length > 0 &&
        plainTable(
          ["Dataset", "Of the largest", "Bytes"],
          largest.map(({dataset, layer, bytes}) =>
            barRow({name: layer === "clean" ? dataset : `${dataset}, ${layer}`, bytes}, largest[0].bytes)
          ),
          {numbersFrom: 2}
        ),
      storage && h("p", {class: "muted small"}, `In ${storage.dir}`),
      browserPart()
    );
  return chartCard(content, {
    title: "Storage",
    finding: `The lake takes ${printBytes(all)}.`,
    definition:
      "Parts are Parquet files that never change; a reply is kept as it came from a vendor, compressed, the oldest go first. What the page has fetched of datasets this browser keeps under the hash of its content, so that nothing is fetched twice."
  });
}

function barRow({name, bytes}: {name: string; bytes: number}, all: number): HTMLElement {
  return h(
    "tr",
    null,
    h("th", {scope: "row"}, name),
    h("td", {class: "lake-bar"}, h("i", {style: `width:${(100 * bytes) / Math.max(1, all)}%`})),
    h("td", {class: "number"}, printBytes(bytes))
  );
}

/** What this browser keeps, and a button that clears it. */
function browserPart(): HTMLElement {
  const kept = h("span");
  const tell = async () => {
    const [files, memory] = [await keptFiles(), await memoryBytes()];
    kept.textContent = `This browser keeps ${count(
      sum(files, (one) => one.files),
      "file"
    )} of ${count(files.length, "dataset")}, ${printBytes(sum(files, ({bytes}) => bytes))}${memory === null ? "" : `; this page's database takes ${printBytes(memory)} of memory`}.`;
    clear.hidden = files.length === 0;
  };
  const clear = h(
    "button",
    {type: "button", class: "link-button", hidden: true, onclick: () => void clearKept().then(tell)},
    "Clear what it keeps"
  );
  void tell();
  return h("p", {class: "small lake-kept"}, kept, " ", clear);
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
