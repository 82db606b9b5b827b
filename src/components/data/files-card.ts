import type {ImportedFile} from "../../lib/ledger/views.js";
import {chartCard} from "../chart-card.js";
import {confirmButton} from "../confirm-button.js";
import type {Holdings} from "../desk.js";
import {h} from "../dom.js";
import {formatDay, formatNumber} from "../format.js";
import {importer} from "../import-dialog.js";
import type {CardState} from "../states.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";
import {progressLine} from "./progress.js";

const TITLE = "Imported files";
const FIRST = 12;

/** Returns the files that the ledger is made of; each can be taken out again. */
export function filesCard(watched: Watched<Holdings>): HTMLElement {
  if (watched.kind !== "ready")
    return chartCard(() => h("p"), {title: TITLE, finding: "", state: stateOf(watched)});
  const {files, mode} = watched.view;
  if (files.length === 0) {
    const sentence = "No file yet: drop a statement above.";
    return chartCard(() => h("p"), {title: TITLE, finding: sentence, state: {kind: "empty", sentence}});
  }
  return chartCard(() => content(files, mode === "demo"), {
    title: TITLE,
    finding: `${files.length} files, ${files.reduce((sum, {rows}) => sum + rows, 0)} rows.`,
    definition:
      "The ledger is a function of this set of files, whatever the order in which they came. To remove one is to make the ledger as if it had never been imported; to import it again brings it back.",
    rows: {
      columns: ["name", "format", "accounts", "from", "to", "rows", "bytes", "imported", "sha256"],
      rows: files.map(({name, format, accounts, from, to, rows, bytes, importedAt, sha256}) => [
        name,
        format,
        accounts.join(" "),
        from,
        to,
        rows,
        bytes,
        importedAt,
        sha256
      ])
    }
  });
}

function stateOf(watched: Exclude<Watched<Holdings>, {kind: "ready"}>): CardState {
  return watched.kind === "loading"
    ? watched
    : {kind: "error", what: "The files are not known.", why: watched.why, retry: watched.retry};
}

function content(files: readonly ImportedFile[], isDemo: boolean): HTMLElement {
  return h(
    "div",
    null,
    table(files.slice(0, FIRST), isDemo),
    files.length > FIRST &&
      h(
        "details",
        null,
        h("summary", null, `and ${files.length - FIRST} more`),
        table(files.slice(FIRST), isDemo)
      )
  );
}

function table(files: readonly ImportedFile[], isDemo: boolean): Node {
  const names = ["File", "Account", "Days", "Rows", "Imported", ...(isDemo ? [] : [""])];
  return wideFrame(
    TITLE,
    h(
      "table",
      {class: "plain files"},
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          names.map((name) =>
            name ? h("th", {scope: "col", class: name === "Rows" ? "number" : null}, name) : h("td")
          )
        )
      ),
      h(
        "tbody",
        null,
        files.map((file) => row(file, isDemo))
      )
    )
  );
}

function row(file: ImportedFile, isDemo: boolean): HTMLElement {
  const {name, accounts, from, to, rows, warnings, importedAt} = file;
  return h(
    "tr",
    null,
    h("th", {scope: "row", "data-tip": name}, name),
    h(
      "td",
      {class: "secret", "data-tip": accounts.join(", ")},
      accounts.length > 2 ? `${accounts.length} accounts` : accounts.join(", ")
    ),
    h("td", null, from && to ? `${formatDay(from)} – ${formatDay(to)}` : "n/a"),
    h(
      "td",
      {class: "number", ...(warnings && {"data-tip": `${warnings} oddities`})},
      formatNumber(rows, {digits: 0})
    ),
    h("td", null, formatDay(importedAt.slice(0, 10))),
    !isDemo && h("td", {class: "number"}, undoButton(file))
  );
}

/** It is the file's rows that go, the file itself was never kept. */
function undoButton({name, sha256}: ImportedFile): HTMLElement {
  return confirmButton("Remove", {
    spoken: `Remove ${name}`,
    yes: "Remove it",
    async act(show) {
      const progress = progressLine(`removing ${name}`);
      show(progress.node);
      await importer().undo(sha256, {onProgress: progress.tell, signal: new AbortController().signal});
    }
  });
}
