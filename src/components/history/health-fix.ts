import {outcomeOf} from "../../lib/ledger/health-outcome.js";
import type {Fix, ToldFinding} from "../../lib/ledger/views.js";
import {confirmButton} from "../confirm-button.js";
import {ask} from "../data/bridge-importer.js";
import {progressLine} from "../data/progress.js";
import {isServedByBridge, openDesk, type Desk} from "../desk.js";
import {h} from "../dom.js";
import {formatNumber} from "../format.js";
import {importer} from "../import-dialog.js";
import {getView, toQuery} from "../view-state.js";

interface Job {
  id: string;
  state: "running" | "done" | "failed" | "cancelled";
  message: string;
  done: number;
  total: number | null;
  result: {queries: {files: number; new: number; changed: number; retired: number}[]} | null;
}

type Progress = ReturnType<typeof progressLine>;

const POLL_MS = 500;
/** Until pages have heard of a change of the rows. */
const HEARD_MS = 10_000;

let log: HTMLElement | undefined;
let isRunning = false;

/** Returns what the fixes of this page did and are doing: one list, which each drawing of the card takes over. */
export function fixLog(): HTMLElement {
  return (log ??= h("div", {class: "fixes", role: "log", "aria-label": "What was done"}));
}

/** Returns the buttons that put a finding right, or why there are none here; null where nothing would. */
export function fixButtons(finding: ToldFinding, {isDemo}: {isDemo: boolean}): HTMLElement | null {
  const {fix} = finding;
  if (!fix) return null;
  if (fix.kind === "undo-file") {
    if (isDemo) return null;
    return h(
      "small",
      {class: "fix"},
      fix.files.map((file, i) =>
        confirmButton(`Take out ${file.name}`, {
          yes: `Take out all of it, ${count(file.rows, "row")}${i ? ", though it counts" : ""}`,
          act: () => run(finding, (progress) => takeOut(file, progress))
        })
      )
    );
  }
  if (!isServedByBridge(document.cookie, location.port))
    return h("small", {class: "fix"}, "Fetching needs the desk on your own machine: npm start");
  const act = () => run(finding, (progress) => fetchReports(fix.what, progress));
  return h(
    "small",
    {class: "fix"},
    h(
      "button",
      {type: "button", class: "link-button", onclick: () => void act()},
      fix.what === "new" ? "Fetch what is new" : "Fetch the past year"
    )
  );
}

/** What was done, and whether the ledger's rows are others now. */
interface Done {
  sentence: string;
  changed: boolean;
}

/** Does it, tells how far it is, and then what became of the list. One at a time. */
async function run(finding: ToldFinding, work: (progress: Progress) => Promise<Done>): Promise<void> {
  if (isRunning) return;
  isRunning = true;
  const progress = progressLine("putting it right");
  const line = h("p", null, progress.node);
  fixLog().prepend(line);
  try {
    const desk = await openDesk();
    const list = async () => (await desk.view("health", toQuery(getView()))).findings;
    const before = await list();
    const heard = nextChange(desk);
    const {sentence, changed} = await work(progress);
    if (changed) await heard;
    const {settled, sentences} = outcomeOf(finding, before, await list());
    line.className = settled ? "settled" : "";
    line.replaceChildren(`${sentence}: `, sentences.join("; "));
  } catch (error) {
    line.replaceChildren(h("span", {class: "bad"}, (error as Error).message));
  }
  isRunning = false;
}

function nextChange(desk: Desk): Promise<void> {
  return new Promise((resolve) => {
    const end = desk.subscribe(() => {
      end();
      resolve();
    });
    setTimeout(resolve, HEARD_MS);
  });
}

async function fetchReports(what: "new" | "all", {tell}: Progress): Promise<Done> {
  const begun =
    what === "all"
      ? ask<Job>("/api/flex-query/fetch-all-reports", {method: "POST"})
      : ask<Job>("/api/fetch-data", {
          method: "POST",
          headers: {"Content-Type": "application/json"},
          body: JSON.stringify({source: "flex"})
        });
  let job = await begun;
  while (job.state === "running") {
    tell({doing: job.message, unit: "steps", done: job.done, total: job.total});
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    job = await ask<Job>(`/api/jobs/${job.id}`, {});
  }
  if (job.state !== "done") throw new Error(job.message);
  const queries = job.result?.queries ?? [];
  const sum = (of: "files" | "new" | "changed" | "retired") => queries.reduce((n, query) => n + query[of], 0);
  return {
    sentence: `fetched ${count(sum("files"), "statement")}, ${count(sum("new"), "new row")}`,
    changed: sum("new") + sum("changed") + sum("retired") > 0
  };
}

type Side = (Fix & {kind: "undo-file"})["files"][number];

async function takeOut({sha256, name, rows}: Side, {tell}: Progress): Promise<Done> {
  await importer().undo(sha256, {onProgress: tell, signal: new AbortController().signal});
  return {
    sentence: `took out ${name} with its ${count(rows, "row")} (import the file again to bring it back)`,
    changed: true
  };
}

const count = (n: number, word: string): string =>
  `${formatNumber(n, {digits: 0})} ${word}${n === 1 ? "" : "s"}`;
