import {h} from "./dom.js";
import {formatNumber} from "./format.js";
import {icon} from "./icons.js";

/** What the bridge answers to a file: counts, or a problem in a sentence. */
interface Answer {
  new?: number;
  same?: number;
  changed?: number;
  retired?: number;
  known?: boolean;
  detail?: string;
  title?: string;
}

/** Opens the dialog that sends statements to the bridge on this machine, one after the other. */
export function openImport(files: readonly File[] = []): void {
  if (document.querySelector("dialog[open]")) return;
  const leaving = new AbortController();
  const list = h("ul", {class: "imports", role: "status"});
  const input = h("input", {
    type: "file",
    multiple: true,
    accept: ".xml,.csv,text/xml,application/xml,text/csv",
    "aria-label": "Statements",
    onchange: () => void take([...(input.files ?? [])])
  });
  const zone = h(
    "label",
    {class: "drop-zone"},
    icon("download"),
    h("span", null, "Drop Flex statements here, or choose files"),
    input
  );
  const dialog = h(
    "dialog",
    {
      class: "help",
      "aria-label": "Import statements",
      onclose: () => {
        leaving.abort();
        dialog.remove();
      }
    },
    h("h2", null, "Import statements"),
    h("p", null, "Read on this machine; only the rows are kept. A file imported twice changes nothing."),
    zone,
    list,
    h("form", {method: "dialog"}, h("button", {class: "button"}, "Close"))
  );

  async function take(chosen: readonly File[]): Promise<void> {
    for (const file of chosen) {
      const state = h("span", null, "importing…");
      const line = h(
        "li",
        null,
        h("b", null, file.name),
        h("progress", {"aria-label": `importing ${file.name}`}),
        state
      );
      list.append(line);
      const {ok, sentence} = await send(file, leaving.signal);
      line.querySelector("progress")?.remove();
      line.classList.add(ok ? "done" : "failed");
      state.textContent = sentence;
    }
    input.value = "";
  }

  document.body.append(dialog);
  dialog.showModal();
  void take(files);
}

async function send(file: File, signal: AbortSignal): Promise<{ok: boolean; sentence: string}> {
  try {
    const response = await fetch(`/api/import?${new URLSearchParams({name: file.name})}`, {
      method: "POST",
      headers: {"Content-Type": "application/octet-stream"},
      body: file,
      signal
    });
    const answer = (await response.json()) as Answer;
    return {
      ok: response.ok,
      sentence: response.ok ? counts(answer) : (answer.detail ?? answer.title ?? "refused")
    };
  } catch (error) {
    return {
      ok: false,
      sentence: `did not get through: ${error instanceof Error ? error.message : String(error)}`
    };
  }
}

function counts({known, new: added = 0, same = 0, changed = 0, retired = 0}: Answer): string {
  if (known) return "was here already: nothing changed";
  const parts = [
    ["new", added],
    ["same", same],
    ["changed", changed],
    ["retired", retired]
  ] as const;
  return parts
    .flatMap(([word, n]) => (n || word === "new" ? [`${formatNumber(n, {digits: 0})} ${word}`] : []))
    .join(", ");
}

/** Opens the dialog when files are dropped anywhere on the page. */
export function acceptDrops(isOpen: () => boolean): void {
  const holdsFiles = (event: DragEvent) => isOpen() && event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    document.querySelector<HTMLDialogElement>("dialog[open]")?.close();
    openImport([...(event.dataTransfer?.files ?? [])]);
  });
}
