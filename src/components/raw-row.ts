import type {Provenance} from "../lib/ledger/provenance.js";
import type {TableName} from "../lib/ledger/tables.js";
import {openDesk} from "./desk.js";
import {h} from "./dom.js";
import {factList} from "./drawer.js";
import {formatDay} from "./format.js";

/** A row that a figure is made of, and what it is to it: "closed by". */
export interface RowSource {
  label: string;
  table: TableName;
  id: string;
}

/** Returns the raw rows behind a figure, each folded until it is wanted: the file, when it came, IBKR's attributes. */
export function rawRows(sources: readonly RowSource[]): HTMLElement {
  return h(
    "div",
    {class: "raw-rows"},
    sources.map(({label, table, id}) => {
      const body = h("div", {role: "status"});
      const node = h(
        "details",
        {
          ontoggle: () => {
            if (node.hasAttribute("open") && !body.firstChild) void fill(body, table, id);
          }
        },
        h("summary", null, label, h("small", null, table.replaceAll("_", " "))),
        body
      );
      return node;
    })
  );
}

async function fill(body: HTMLElement, table: TableName, id: string): Promise<void> {
  body.replaceChildren("…");
  try {
    const {editions, booked} = await (await openDesk()).rawRow(table, id);
    if (editions?.length) {
      const distinct = [...Map.groupBy(editions, (edition) => JSON.stringify(edition.fields)).values()];
      body.replaceChildren(...distinct.map((files, i) => shownEdition(files, i, distinct.length)));
      return;
    }
    const why = editions
      ? "No file has this row any more: its import was undone."
      : "The files are not at hand here: this is the row as the ledger has it.";
    body.replaceChildren(h("p", {class: "muted"}, why), fields(booked));
  } catch (error) {
    body.replaceChildren(`the row did not come: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** One content of the row, and the files that have it, the latest first. */
function shownEdition(files: readonly Provenance[], i: number, count: number): HTMLElement {
  const which = i ? "An earlier edition: IBKR changed it since" : "The latest edition, which counts";
  return h(
    "section",
    null,
    count > 1 && h("h4", null, which),
    files.map(({name, importedAt, generated, sha256}) =>
      h(
        "p",
        null,
        h("strong", {title: `SHA-256 ${sha256}`}, name),
        h(
          "small",
          {class: "muted"},
          ` made by IBKR ${generated.replace("T", " ")}, imported ${formatDay(importedAt.slice(0, 10))}`
        )
      )
    ),
    fields(files[0].fields)
  );
}

function fields(all: Readonly<Record<string, string>>): HTMLElement {
  return factList(
    Object.entries(all)
      .filter(([, text]) => text !== "")
      .map(([name, text]) => [name, h("code", null, text)] as const)
  );
}
