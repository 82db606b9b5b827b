import {createStore, type Store} from "../store.js";
import type {Watched} from "../watch-view.js";

/** How far the last question is. */
export type Progress =
  | {kind: "idle"}
  | {kind: "running"; done: number; total: number}
  | {kind: "done"; ms: number}
  | {kind: "cancelled"}
  | {kind: "failed"; why: string};

/** An answer that is asked for again and again: the last question counts, those before it are cancelled. */
export interface Answers<T> {
  /** What Framework's Generators.observe takes. The last answer stays while the next is on its way. */
  watch: (tell: (watched: Watched<T>) => void) => () => void;
  /** Asks again, once it has been quiet for a moment. */
  ask: () => void;
  /** Gives up the question that is on its way; the last answer stays. */
  cancel: () => void;
  /** The last answer; undefined before the first. */
  last: () => T | undefined;
  progress: Store<Progress>;
}

/** How long it must be quiet: between two letters that are typed, less than a person notices. */
const QUIET_MS = 120;

type Ask<T> = (signal: AbortSignal, tell: (done: number, total: number) => void) => Promise<T>;

/** Returns the answers to a question whose circumstances change. */
export function createAnswers<T>(question: Ask<T>): Answers<T> {
  const progress = createStore<Progress>({kind: "idle"});
  const listeners = new Set<(watched: Watched<T>) => void>();
  let state: Watched<T> = {kind: "loading"};
  let running: AbortController | null = null;
  let quiet: ReturnType<typeof setTimeout> | undefined;

  function tell(next: Watched<T>): void {
    state = next;
    for (const listener of listeners) listener(next);
  }

  async function run(): Promise<void> {
    running?.abort(new DOMException("asked anew", "AbortError"));
    const mine = (running = new AbortController());
    const begun = performance.now();
    progress.set({kind: "running", done: 0, total: 0});
    try {
      const view = await question(mine.signal, (done, total) => {
        if (mine === running) progress.set({kind: "running", done, total});
      });
      if (mine !== running) return;
      tell({kind: "ready", view});
      progress.set({kind: "done", ms: performance.now() - begun});
    } catch (error) {
      if (mine !== running || mine.signal.aborted) return;
      const why = (error as Error).message;
      tell({kind: "error", why, retry: ask});
      progress.set({kind: "failed", why});
    }
    running = null;
  }

  function ask(): void {
    clearTimeout(quiet);
    quiet = setTimeout(() => void run(), QUIET_MS);
  }

  return {
    watch(listener) {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    ask,
    cancel() {
      clearTimeout(quiet);
      running?.abort(new DOMException("cancelled", "AbortError"));
      running = null;
      progress.set({kind: "cancelled"});
    },
    last: () => (state.kind === "ready" ? state.view : undefined),
    progress
  };
}
