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
      body.replaceChildren(...editions.map((edition, i) => shownEdition(edition, i, editions.length)));
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

function shownEdition(edition: Provenance, i: number, count: number): HTMLElement {
  const {name, importedAt, generated, sha256} = edition;
  const which =
    count === 1
      ? null
      : i
        ? `Edition ${count - i} of ${count}, earlier`
        : `Edition ${count} of ${count}, the latest`;
  return h(
    "section",
    null,
    which && h("h4", null, which),
    h(
      "p",
      null,
      h("strong", {title: `SHA-256 ${sha256}`}, name),
      h(
        "small",
        {class: "muted"},
        ` made by IBKR ${generated.replace("T", " ")}, imported ${formatDay(importedAt.slice(0, 10))}`
      )
    ),
    fields(edition.fields)
  );
}

function fields(all: Readonly<Record<string, string>>): HTMLElement {
  return factList(
    Object.entries(all)
      .filter(([, text]) => text !== "")
      .map(([name, text]) => [name, h("code", null, text)] as const)
  );
}
