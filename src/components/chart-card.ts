import type {Run} from "../lib/tasks/run.js";
import {ageChip} from "./badges.js";
import {h, uniqueId} from "./dom.js";
import {download, fileName, toCsv, toPng, toSvg, toTsv, type Rows} from "./export.js";
import {icon} from "./icons.js";
import {menuButton, popoverButton, type MenuItem} from "./menu.js";
import {runLink} from "./run-record.js";
import {rowsTable} from "./rows-table.js";
import {notice, placeholder, type CardState} from "./states.js";

export interface CardOptions {
  /** The measure: "Drawdown from peak". */
  title: string;
  /** "%", "days". */
  unit?: string;
  currency?: string | null;
  /** What the content says, for who does not see it: "Deepest fall −8.2%, recovered after 41 days". */
  finding: string;
  /** Where the figures are from, and how old: "2 d". */
  origin?: {source: string; asOf: string; age: string} | null | undefined;
  /** What made the figures, where a task did: its record is a click away. */
  run?: Run | undefined;
  definition?: string;
  /** Each constant used, as a sentence. */
  constants?: readonly string[];
  state?: CardState;
  /** The same data as rows: for the table view, the downloads and the clipboard. */
  rows?: Rows;
  /** Controls of the content, right of the title. */
  controls?: Node;
}

/** Returns the one card that every chart stands in; `content` draws at the card's width, again when it changes. */
export function chartCard(content: (width: number) => Node, options: CardOptions): HTMLElement {
  const {
    title,
    unit,
    currency,
    finding,
    origin,
    run,
    definition,
    constants = [],
    state = {kind: "ready"},
    rows,
    controls
  } = options;
  const id = uniqueId("card");
  const instead = placeholder(state);
  const body = h("div", {class: "card-body"}, instead);
  const measure = [unit, currency].filter((word) => word).join(", ");
  const toggle = rows && !instead && tableToggle(body, () => rowsTable(rows, {label: title}));
  if (!instead) drawAtWidth(body, content);
  return h(
    "section",
    {class: `card card-${state.kind}`, "aria-labelledby": id, "aria-busy": state.kind === "loading"},
    h(
      "header",
      null,
      h("h2", {id}, title, measure && h("small", null, measure)),
      definition && definitionButton(title, definition, constants),
      h("span", {class: "space"}),
      controls,
      run && runLink(run),
      origin && ageChip(origin.source, origin.asOf, origin.age),
      toggle,
      rows && !instead && menuButton(`Take ${title} along`, "more", () => takeAlong(body, options, rows))
    ),
    notice(state),
    h("p", {class: "spoken"}, finding),
    body
  );
}

/** Draws once the card has a width, and again when that changes. */
function drawAtWidth(body: HTMLElement, content: (width: number) => Node): void {
  let drawn = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry.contentRect.width);
    if (width === drawn || width === 0 || body.classList.contains("as-table")) return;
    drawn = width;
    body.replaceChildren(content(width));
  }).observe(body);
}

function tableToggle(body: HTMLElement, table: () => Node): HTMLButtonElement {
  let drawing: ChildNode[] = [];
  const button = h("button", {type: "button", class: "icon-button", onclick: () => show(!shown())});
  const shown = () => body.classList.contains("as-table");
  const show = (on: boolean) => {
    if (on !== shown()) {
      body.classList.toggle("as-table", on);
      const before = [...body.childNodes];
      body.replaceChildren(...(on ? [table()] : drawing));
      drawing = before;
    }
    const label = on ? "Show as a chart" : "Show as a table";
    button.replaceChildren(icon(on ? "chart" : "table", 16));
    button.setAttribute("aria-label", label);
    button.dataset["tip"] = label;
  };
  show(false);
  return button;
}

function definitionButton(title: string, definition: string, constants: readonly string[]): HTMLElement {
  const {button, panel} = popoverButton(
    `What ${title} means`,
    "info",
    h(
      "div",
      {class: "definition"},
      h("p", null, definition),
      constants.length > 0 &&
        h(
          "ul",
          null,
          constants.map((line) => h("li", null, line))
        )
    )
  );
  return h("span", null, button, panel);
}

function takeAlong(
  body: HTMLElement,
  {title, unit, currency, origin, run}: CardOptions,
  rows: Rows
): MenuItem[] {
  const about = [
    ["title", title],
    ["unit", unit],
    ["currency", currency],
    ["source", origin?.source],
    ["as of", origin?.asOf],
    ["run", run?.key]
  ].flatMap(([name, value]) => (name && value ? [[name, value] as const] : []));
  const name = fileName(title);
  const drawing = body.querySelector<SVGSVGElement>("svg:not(.icon)");
  const below = about
    .slice(1)
    .map(([what, value]) => `${what} ${value}`)
    .join(" · ");
  const svg = (of: SVGSVGElement) => toSvg(of, title, below);
  return [
    {label: "Copy the rows", icon: "copy", act: () => navigator.clipboard.writeText(toTsv(rows))},
    {
      label: "Download CSV",
      icon: "download",
      act: () => download(`${name}.csv`, new Blob([toCsv(rows, about)], {type: "text/csv"}))
    },
    ...(drawing
      ? ([
          {
            label: "Download PNG",
            icon: "download",
            act: async () => download(`${name}.png`, await toPng(svg(drawing)))
          },
          {
            label: "Download SVG",
            icon: "download",
            act: () => download(`${name}.svg`, new Blob([svg(drawing)], {type: "image/svg+xml"}))
          }
        ] satisfies MenuItem[])
      : [])
  ];
}
