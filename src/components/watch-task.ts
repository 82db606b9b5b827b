import type {OutputOf, TaskName} from "../lib/tasks/index.js";
import {taskPool} from "../workers/task-pool.js";
import type {Watched} from "./watch-view.js";

/** An answer that comes sooner is not announced as being on its way: the last one stays until it is there. */
const SOON_MS = 600;

const shown = new Set<string>();

/**
 * Returns what Framework's Generators.observe takes: it runs a task in the page's workers and tells of its answer. The
 * task is cancelled when the cell is run again or the page is left.
 *
 * @param from what the input is made of; while it is not there, neither is the answer
 * @param input returns the task's input, or a sentence why there is none
 * @param place told apart by it where a page has a task twice
 */
export function watchTask<N extends TaskName, V>(
  name: N,
  from: Watched<V>,
  input: (view: V) => object | string,
  place: string = name
): (tell: (watched: Watched<OutputOf<N>>) => void) => () => void {
  return (tell) => {
    if (from.kind !== "ready") {
      tell(from);
      return () => undefined;
    }
    let ends = new AbortController();
    let announced: ReturnType<typeof setTimeout> | undefined;
    const run = async (): Promise<void> => {
      ends = new AbortController();
      const {signal} = ends;
      if (shown.has(place)) announced = setTimeout(() => tell({kind: "loading"}), SOON_MS);
      else tell({kind: "loading"});
      const fail = (why: string) => tell({kind: "error", why, retry: () => void run()});
      try {
        const given = input(from.view);
        if (typeof given === "string") return fail(given);
        const {output: view, run: made} = await taskPool().study(name, given, {signal});
        if (!signal.aborted) tell({kind: "ready", view, run: made});
      } catch (error) {
        if (!signal.aborted) fail(error instanceof Error ? error.message : String(error));
      } finally {
        clearTimeout(announced);
        shown.add(place);
      }
    };
    void run();
    return () => {
      clearTimeout(announced);
      ends.abort(new DOMException("asked anew", "AbortError"));
    };
  };
}
