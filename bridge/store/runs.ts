import type {KeptRun} from "../../lib/tasks/run.js";
import type {Store} from "./open.js";

/** Runs of a task, or of all, the latest first; without their results. */
export function readRuns(
  {raw}: Pick<Store, "raw">,
  {task, limit}: {task?: string | undefined; limit: number}
): KeptRun[] {
  return raw
    .prepare<[string | null, string | null, number], string>(
      "select run from runs where ? is null or task = ? order by at desc, key limit ?"
    )
    .pluck()
    .all(task ?? null, task ?? null, limit)
    .map((text) => JSON.parse(text) as KeptRun); // as keepRun wrote it
}

/** A run and its result as JSON text; undefined when there is none of that key. */
export function readRun({raw}: Pick<Store, "raw">, key: string): {run: KeptRun; output: string} | undefined {
  const row = raw
    .prepare<[string], {run: string; output: string}>("select run, output from runs where key = ?")
    .get(key);
  return row && {run: JSON.parse(row.run) as KeptRun, output: row.output}; // as keepRun wrote it
}

/** Keeps a run in place of an earlier one of the same key, whose result is the same. */
export async function keepRun(store: Store, run: KeptRun, output: string): Promise<void> {
  await store.write(() =>
    store.raw
      .prepare("insert or replace into runs values (?, ?, ?, ?, ?)")
      .run(run.key, run.task, run.at, JSON.stringify(run), output)
  );
}

/** Forgets a run; false when there is none of that key. */
export function removeRun(store: Store, key: string): Promise<boolean> {
  return store.write(() => store.raw.prepare("delete from runs where key = ?").run(key).changes > 0);
}
