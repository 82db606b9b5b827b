import type {DateOrder} from "../../lib/time/flex-date.js";
import {h, uniqueId} from "../dom.js";
import {formatDay, formatNumber} from "../format.js";
import {icon} from "../icons.js";
import type {Importer, Intake, Preview} from "./importer.js";
import {progressLine} from "./progress.js";

/** What can be dropped or chosen. */
const ACCEPT = ".xml,.csv,text/xml,application/xml,text/csv";

export interface ImportPanel {
  node: HTMLElement;
  /** Looks at files, as if they had been dropped. */
  take(files: readonly File[]): void;
  /** Ends what is under way and throws away what was not taken in. */
  close(): void;
}

/** Returns the place where statements are dropped or chosen, looked at, and then taken in or not. */
export function importPanel(importer: Importer): ImportPanel {
  let intake: Intake | undefined;
  let working: AbortController | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let ready = 0;

  const list = h("ul", {class: "imports", "aria-live": "polite"});
  const order = dateOrderSelect();
  const input = h("input", {
    type: "file",
    multiple: true,
    accept: ACCEPT,
    "aria-label": "Statements",
    onchange: () => {
      take([...(input.files ?? [])]);
      input.value = "";
    }
  });
  const zone = h(
    "label",
    {class: "drop-zone"},
    icon("download"),
    h("span", null, "Drop statements here, or choose files"),
    input
  );
  const confirm = h("button", {type: "button", class: "button", onclick: () => void commit()}, "Import");
  const discard = h("button", {type: "button", class: "button quiet", onclick: () => reset()}, "Discard");
  const cancel = h("button", {type: "button", class: "button quiet", onclick: () => stop()}, "Cancel");
  const buttons = h("div", {class: "data-buttons"});
  const node = h(
    "div",
    {class: "import-panel"},
    zone,
    h("div", {class: "import-options"}, order.node, h("p", {class: "small muted"}, importer.promise)),
    list,
    buttons
  );

  function update(): void {
    confirm.textContent = ready === 1 ? "Import this file" : `Import ${ready} files`;
    buttons.replaceChildren(...(working ? [cancel] : ready ? [confirm, discard] : []));
  }

  function take(files: readonly File[]): void {
    for (const file of files) last = last.then(() => look(file));
  }

  async function look(file: File): Promise<void> {
    const line = lineOf(file.name);
    list.append(line.node);
    await run(line, async (listening) => {
      intake ??= importer.begin();
      const dateFormat = order.value();
      const preview = await intake.preview(file, {...listening, ...(dateFormat && {dateFormat})});
      if (!preview.known) ++ready;
      line.show(preview.known ? "same" : "looked-at", previewOf(preview));
    });
  }

  async function commit(): Promise<void> {
    const looked = [...list.querySelectorAll("li.looked-at")];
    const line = lineOf(ready === 1 ? "Importing" : `Importing ${ready} files`);
    list.append(line.node);
    await run(line, async (listening) => {
      await intake?.commit(listening);
      for (const item of looked) {
        item.classList.replace("looked-at", "done");
        item.querySelector(".what-came")?.prepend("imported: ");
      }
      line.node.remove();
    });
    end();
  }

  async function run(
    line: ReturnType<typeof lineOf>,
    work: (listening: Parameters<Intake["commit"]>[0]) => Promise<void>
  ): Promise<void> {
    const abort = (working = new AbortController());
    update();
    try {
      await work({onProgress: line.tell, signal: abort.signal});
    } catch (error) {
      line.show("failed", abort.signal.aborted ? "cancelled" : sentenceOf(error));
      if (abort.signal.aborted) end();
    }
    working = undefined;
    if (ready === 0) end();
    update();
  }

  /** Ends the intake: what was looked at and not taken in is gone. */
  function end(): void {
    intake?.close();
    intake = undefined;
    ready = 0;
    for (const item of list.querySelectorAll("li.looked-at")) item.remove();
    update();
  }

  function stop(): void {
    working?.abort(new Error("cancelled"));
  }

  function reset(): void {
    end();
    list.replaceChildren();
  }

  update();
  return {
    node,
    take,
    close() {
      stop();
      end();
    }
  };
}

function lineOf(name: string) {
  const progress = progressLine(`importing ${name}`);
  const state = h("div", {class: "what"}, progress.node);
  const node = h("li", null, h("b", null, name), state);
  return {
    node,
    tell: progress.tell,
    show(kind: string, ...content: (Node | string)[]): void {
      node.className = kind;
      state.replaceChildren(...content);
    }
  };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a file would bring, in a line, and below it section by section. */
function previewOf(preview: Preview): HTMLElement {
  const {known, statements, sections, warnings, missing} = preview;
  if (known) return h("div", null, "was here already: nothing changes");
  const accounts = [...new Set(statements.map(({account}) => account))];
  const days = statements.flatMap(({from, to}) => [from, to]).toSorted();
  const odd = warnings.reduce((sum, {count}) => sum + count, 0);
  return h(
    "div",
    null,
    h("span", {class: "counts"}, h("span", {class: "what-came"}, countsOf(preview))),
    h(
      "small",
      null,
      h("span", {class: "secret"}, accounts.join(", ")),
      days.length ? `, ${formatDay(days[0])} to ${formatDay(days[days.length - 1])}` : ""
    ),
    h(
      "details",
      null,
      h(
        "summary",
        null,
        `${sections.length} sections${odd ? `, ${odd} oddities` : ""}${boxes(missing.length)}`
      ),
      sectionTable(sections),
      warnings.length > 0 &&
        h(
          "ul",
          {class: "oddities"},
          warnings.map(({code, where, count}) =>
            h("li", null, `${code.replaceAll("-", " ")}: ${where}${count > 1 ? `, ${count} times` : ""}`)
          )
        ),
      missing.length > 0 &&
        h(
          "ul",
          {class: "oddities"},
          missing.map(({section, box, why}) =>
            h("li", null, h("span", null, "Tick ", h("b", null, `${section} › ${box}`), `: ${why}`))
          )
        )
    )
  );
}

const boxes = (n: number): string => (n ? `, ${n} ${n === 1 ? "box" : "boxes"} to tick` : "");

/** "12 new, 3 changed, 40 same, 1 cancelled". */
function countsOf({new: added, changed, same, retired}: Preview): string {
  const parts = [
    ["new", added],
    ["changed", changed],
    ["the same", same],
    ["cancelled", retired]
  ] as const;
  return parts
    .flatMap(([word, n]) => (n || word === "new" ? [`${formatNumber(n, {digits: 0})} ${word}`] : []))
    .join(", ");
}

function sectionTable(sections: Preview["sections"]): HTMLElement {
  const number = (n: number) => h("td", {class: "number"}, n ? formatNumber(n, {digits: 0}) : "");
  return h(
    "table",
    {class: "sections"},
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        ["Section", "New", "Changed", "Same", "Cancelled"].map((name) => h("th", {scope: "col"}, name))
      )
    ),
    h(
      "tbody",
      null,
      sections.map(({section, new: added, changed, same, retired}) =>
        h(
          "tr",
          null,
          h("th", {scope: "row"}, section),
          number(added),
          number(changed),
          number(same),
          number(retired)
        )
      )
    )
  );
}

function dateOrderSelect() {
  const id = uniqueId("dates");
  const select = h(
    "select",
    {id},
    h("option", {value: ""}, "as the file says"),
    h("option", {value: "mdy"}, "month first"),
    h("option", {value: "dmy"}, "day first")
  );
  return {
    node: h("label", {for: id, class: "small"}, "Dates like 01/02/2025 ", select),
    value: () => (select.value || undefined) as DateOrder | undefined
  };
}
