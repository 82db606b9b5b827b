import {chartCard} from "../chart-card.js";
import type {Holdings} from "../desk.js";
import {h} from "../dom.js";
import {download} from "../export.js";
import {formatNumber} from "../format.js";
import {importer} from "../import-dialog.js";
import type {Watched} from "../watch-view.js";
import type {Keeping, Listening} from "./importer.js";
import {progressLine} from "./progress.js";

const TITLE = "Keep a copy";

/** Returns how safely the statements are kept, and the buttons that write and restore a copy of all of it. */
export function keepCard(watched: Watched<Holdings>): HTMLElement {
  const keeper = importer();
  const isDemo = watched.kind === "ready" && watched.view.mode === "demo";
  const facts = h("ul", {class: "keep-facts"});
  void keeper.keeping().then(
    (keeping) => facts.replaceChildren(...factsOf(keeping, isDemo).map((fact) => h("li", null, fact))),
    (error: Error) => facts.replaceChildren(h("li", {class: "bad", role: "alert"}, error.message))
  );
  const state = h("div", {class: "keep-state", role: "status"});
  const input = h("input", {
    type: "file",
    accept: ".tearsheet",
    "aria-label": "An export to restore",
    onchange: () => {
      const [file] = input.files ?? [];
      input.value = "";
      if (file) void work(`restoring ${file.name}`, restore(file));
    }
  });
  const save = h(
    "button",
    {type: "button", class: "button", onclick: () => void work("writing the export", write)},
    "Export everything"
  );

  const write = async (listening: Listening): Promise<string> => {
    const {blob, saved} = await keeper.export(listening);
    download(`tearsheet-${new Date().toISOString().slice(0, 10)}.tearsheet`, blob);
    await saved();
    return `written: ${megabytes(blob.size)}`;
  };
  const restore =
    (file: File) =>
    async (listening: Listening): Promise<string> => {
      const {files, restored} = await keeper.restore(file, listening);
      return restored === files
        ? `${files} ${files === 1 ? "file" : "files"} restored`
        : `${restored} of ${files} files restored, the others were here`;
    };
  async function work(label: string, task: (listening: Listening) => Promise<string>): Promise<void> {
    const abort = new AbortController();
    const progress = progressLine(label);
    const cancel = h(
      "button",
      {type: "button", class: "link-button", onclick: () => abort.abort(new Error("cancelled"))},
      "Cancel"
    );
    state.replaceChildren(progress.node, cancel);
    progress.tell({doing: label, unit: "steps", done: 0, total: null});
    try {
      state.replaceChildren(await task({onProgress: progress.tell, signal: abort.signal}));
    } catch (error) {
      const words = abort.signal.aborted ? "cancelled" : (error as Error).message;
      state.replaceChildren(h("p", {class: "bad", role: "alert"}, words));
    }
  }

  const content = () =>
    h(
      "div",
      {class: "keep"},
      facts,
      h(
        "div",
        {class: "data-buttons"},
        !isDemo && save,
        h("label", {class: "button quiet file"}, "Restore an export", input)
      ),
      state
    );
  return chartCard(content, {
    title: TITLE,
    finding: "Everything as one file, and back.",
    definition:
      "An export is a tar archive with the rows of each imported file and checksums of all: any Tearsheet restores it, with or without a bridge. A restore takes in the files that are not here; one that is cut or changed is refused whole."
  });
}

function factsOf({used, room, lasting, unsaved}: Keeping, isDemo: boolean): string[] {
  if (isDemo) return ["This is the demo: it is not yours to keep. Restore an export, or import a statement."];
  const facts: string[] = [];
  if (unsaved) {
    facts.push(
      `${unsaved} ${unsaved === 1 ? "change" : "changes"} since the last export: write one, a browser may forget`
    );
  } else if (unsaved === 0) facts.push("All of it is in your last export");
  if (lasting !== null) {
    facts.push(
      lasting
        ? "This browser has promised to keep it until you remove it"
        : "This browser may remove it when space runs short"
    );
  }
  if (used !== null) facts.push(`${megabytes(used)} used${room ? ` of ${megabytes(room)}` : ""}`);
  return facts.length ? facts : ["The bridge keeps it in its database on this machine"];
}

const megabytes = (bytes: number): string =>
  bytes < 1e5
    ? `${formatNumber(bytes / 1e3, {digits: 0})} kB`
    : bytes < 1e9
      ? `${formatNumber(bytes / 1e6, {digits: 1})} MB`
      : `${formatNumber(bytes / 1e9, {digits: 1})} GB`;
