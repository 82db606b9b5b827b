import type {VerifyReport} from "../../lib/lake/pull.js";
import {twoClocks} from "../../lib/time/wall-clock.js";
import {confirmButton} from "../confirm-button.js";
import {progressLine} from "../data/progress.js";
import {h} from "../dom.js";
import {cancelJob, followJob, post, type Job} from "./jobs.js";
import type {LakeHost} from "./lake-host.js";
import {count, printBytes} from "./values.js";

const MOST = 20;

interface LakeActions {
  node: HTMLElement;
  /** Says when what is new comes by itself: ISO UTC, or null. */
  tellNext(time: string | null): void;
}

/** Returns the buttons that update, check and repair the lake, and below them what they found and did. */
export function lakeActions(host: LakeHost, updateAll: () => void): LakeActions {
  if (host.kind === "snapshot") return {node: needsDesk(), tellNext: () => undefined};
  const next = h("span", {class: "muted small"});
  const state = h("div", {class: "lake-report", role: "status"});
  let isRunning = false;

  async function check(path: "verify" | "repair"): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    const progress = progressLine(path === "verify" ? "checking the lake" : "repairing the lake");
    try {
      const job = await post<Job>(`/api/data/${path}`, {});
      const cancel = h(
        "button",
        {type: "button", class: "link-button", onclick: () => void cancelJob(job.id)},
        "Cancel"
      );
      state.replaceChildren(progress.node, cancel);
      const {
        state: how,
        message,
        result
      } = await followJob<Job>(job.id, `/api/jobs/${job.id}`, (news) =>
        progress.tell({doing: news.message, unit: "steps", done: news.done, total: news.total})
      );
      state.replaceChildren(
        how === "done" ? reportOf(result as VerifyReport) : bad(how === "failed" ? message : how)
      );
    } catch (error) {
      state.replaceChildren(bad((error as Error).message));
    }
    isRunning = false;
  }

  const node = h(
    "div",
    {class: "lake-actions"},
    h(
      "div",
      {class: "data-buttons"},
      h("button", {type: "button", class: "button", onclick: updateAll}, "Update all"),
      h("button", {type: "button", class: "button quiet", onclick: () => void check("verify")}, "Verify"),
      confirmButton("Repair", {yes: "Repair: set aside what is broken", act: () => check("repair")}),
      next
    ),
    state
  );
  return {
    node,
    tellNext(time) {
      next.textContent =
        time === null
          ? ""
          : `Updated by itself ${twoClocks(time, Intl.DateTimeFormat().resolvedOptions().timeZone)}`;
    }
  };
}

const needsDesk = () =>
  h(
    "p",
    {class: "muted"},
    "These rows are built into the site. To pull newer ones, to check them and to repair needs the desk on your own machine: npm start."
  );

const bad = (sentence: string) => h("p", {class: "bad", role: "alert"}, sentence);

/** What a check found, and what was put right. */
function reportOf({datasets, parts, rows, bytes, problems, repaired}: VerifyReport): HTMLElement {
  const checked = `${count(datasets, "dataset")}, ${count(parts, "part")}, ${count(rows, "row")}, ${printBytes(bytes)} checked`;
  const sentences = [
    ...repaired.map((sentence) => `put right: ${sentence}`),
    ...problems.map(({dataset, sentence}) => `${dataset}: ${sentence}`)
  ];
  return h(
    "div",
    null,
    h(
      "p",
      null,
      problems.length || repaired.length
        ? `${checked}: ${count(problems.length, "problem")}, ${repaired.length} put right.`
        : `${checked}: nothing is wrong.`
    ),
    sentences.length > 0 &&
      h(
        "ul",
        {class: "oddities"},
        sentences.slice(0, MOST).map((sentence) => h("li", null, sentence)),
        sentences.length > MOST &&
          h("li", null, `and ${sentences.length - MOST} more, in the list of problems`)
      )
  );
}
