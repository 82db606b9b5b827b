import {bridgeImporter} from "./data/bridge-importer.js";
import {importPanel} from "./data/import-panel.js";
import type {Importer} from "./data/importer.js";
import {ownImporter} from "./data/own-importer.js";
import {isServedByBridge} from "./desk.js";
import {h} from "./dom.js";

/** Returns where this page's statements go. */
export function importer(): Importer {
  return isServedByBridge(document.cookie, location.port) ? bridgeImporter() : ownImporter();
}

/** Opens the dialog in which statements are looked at and taken in. */
export function openImport(files: readonly File[] = []): void {
  if (document.querySelector("dialog[open]")) return;
  const panel = importPanel(importer());
  const dialog = h(
    "dialog",
    {
      class: "help",
      "aria-label": "Import statements",
      onclose: () => {
        panel.close();
        dialog.remove();
      }
    },
    h("h2", null, "Import statements"),
    panel.node,
    h("form", {method: "dialog"}, h("button", {class: "button quiet"}, "Close"))
  );
  document.body.append(dialog);
  dialog.showModal();
  panel.take(files);
}

/** Opens the dialog when files are dropped anywhere on the page, or hands them to the page's own panel. */
export function acceptDrops(): void {
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (document.dispatchEvent(new CustomEvent(DROPPED, {detail: files, cancelable: true}))) {
      document.querySelector<HTMLDialogElement>("dialog[open]")?.close();
      openImport(files);
    }
  });
}

/** Told to the document with the files that were dropped; a page that takes them itself prevents the default. */
export const DROPPED = "tearsheet-dropped";
