import {h} from "../components/dom.js";
import type {TaskName} from "../lib/tasks/index.js";
import {toJson} from "../lib/tasks/to-json.js";
import {keepTask} from "../workers/kept-task.js";
import {openRuns} from "../workers/run-store.js";
import {TASK_INPUTS} from "./task-inputs.js";

/** Runs every task in the page's workers, and shows what each gave and how its run is kept. */
export async function taskResults(): Promise<HTMLElement> {
  const names = Object.keys(TASK_INPUTS) as TaskName[]; // its keys are the names
  const outputs = await Promise.all(
    names.map(async (name) => [name, (await keepTask(name, TASK_INPUTS[name])).output] as const)
  );
  const kept = await (await openRuns()).list();
  return h(
    "div",
    null,
    h(
      "ul",
      {id: "runs"},
      ...kept.map(({title, key}) => h("li", {"data-key": key}, `${title}: ${key.slice(0, 12)}`))
    ),
    h(
      "details",
      null,
      h("summary", null, "Results"),
      h("pre", {id: "outputs"}, toJson(Object.fromEntries(outputs)))
    )
  );
}
