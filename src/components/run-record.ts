import type {KeptRun, Run} from "../lib/tasks/run.js";
import {h} from "./dom.js";
import {factList, openDrawer} from "./drawer.js";
import {formatNumber} from "./format.js";
import {attributeName} from "./labels.js";
import {plainTable} from "./plain-table.js";
import {wideFrame} from "./wide-frame.js";

/** Characters of a key that tell runs apart on a page. */
const SHORT = 6;

/** Characters of a choice that are shown at once. */
const LONG = 120;

/** Returns what a figure's run is known by, as a link to its record. */
export function runLink(run: Run | KeptRun): HTMLElement {
  const short = run.key.slice(0, SHORT);
  return h(
    "button",
    {
      type: "button",
      class: "link-button run-link",
      "aria-label": `run ${short} of ${attributeName(run.title)}: what it is made of`,
      "data-tip": "What this is made of: choices, data, figures",
      onclick: () => openRunRecord(run)
    },
    h("span", {class: "chip-long"}, "run "),
    h("code", null, `${short}…`)
  );
}

/** Returns a row of metrics with the run that made them below. */
export function metricsOf(run: Run | undefined, metrics: HTMLElement): HTMLElement {
  return h("div", null, metrics, run && h("p", {class: "metrics-run"}, runLink(run)));
}

/** Opens all that a run depends on, and its figures. */
export function openRunRecord(run: Run | KeptRun): void {
  openDrawer(recordOf(run), {title: `Run ${run.key.slice(0, SHORT)}…`, subtitle: attributeName(run.title)});
}

function recordOf(run: Run | KeptRun): HTMLElement {
  const {key, code, task, choices, data, figures, badges} = run;
  const facts: (readonly [string, string | Node])[] = [
    ["Key", hash(key)],
    ["Code", hash(code)],
    ["Task", attributeName(task)]
  ];
  if ("at" in run) facts.push(["Kept", run.at.slice(0, 16).replace("T", " ")]);
  return h(
    "div",
    {class: "run-record"},
    h(
      "p",
      {class: "muted"},
      "Equal key, equal result: it is the hash of the code, the choices and the data."
    ),
    factList(facts),
    badges.length > 0 && [
      h("h3", null, "To be told with it"),
      h(
        "ul",
        null,
        badges.map((badge) => h("li", null, badge))
      )
    ],
    section(
      "Figures",
      ["Figure", "Value"],
      Object.entries(figures).map(([name, value]) => [
        attributeName(name),
        h("span", {class: "secret"}, formatNumber(value, {digits: 4}))
      ])
    ),
    section(
      "Choices",
      ["Choice", "Chosen"],
      Object.entries(choices).map(([name, value]) => [attributeName(name), chosen(value)])
    ),
    section(
      "Data",
      ["Data", "Numbers", "SHA-256"],
      data.map(({name, values, sha256}) => [name, formatNumber(values, {digits: 0}), hash(sha256)])
    )
  );
}

function section(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly (string | Node)[])[]
): HTMLElement | false {
  if (!rows.length) return false;
  return h(
    "div",
    null,
    h("h3", null, title),
    wideFrame(
      title,
      plainTable(
        heads,
        rows.map(([first, ...rest]) =>
          h(
            "tr",
            null,
            h("th", {scope: "row"}, first),
            rest.map((cell) => h("td", {class: "number"}, cell))
          )
        )
      )
    )
  );
}

function hash(text: string): HTMLElement {
  return h("code", {class: "run-key"}, text);
}

/** A choice that is long, as the positions of a stress test, is folded. */
function chosen(value: unknown): HTMLElement {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text.length <= LONG) return h("span", {class: "secret"}, text);
  return h(
    "details",
    null,
    h("summary", null, `${formatNumber(text.length, {digits: 0})} characters`),
    h("code", {class: "run-key secret"}, text)
  );
}
