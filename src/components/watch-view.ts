import type {Figures} from "../lib/ledger/figures.js";
import type {Run} from "../lib/tasks/run.js";
import {openDesk} from "./desk.js";
import {getView, subscribeView, toQuery} from "./view-state.js";

/** A view of the ledger on its way, there, or failed. */
export type Watched<V> =
  | {kind: "loading"}
  | {kind: "ready"; view: V; /** Of a task's answer: what made it. */ run?: Run}
  | {kind: "error"; why: string; retry: () => void};

type View<N extends keyof Figures> = ReturnType<Figures[N]>;

/** Views that the page waits for; while there are any, what it shows is dimmed. */
let asking = 0;

function wait(change: 1 | -1): void {
  asking += change;
  document.querySelector("main")?.toggleAttribute("data-asking", asking > 0);
}

/** What a page asks beside accounts, currency and range, and when that changes. */
export interface Further {
  query(): object;
  subscribe(listener: () => void): () => void;
}

/**
 * Returns what Framework's Generators.observe takes: it tells of the view as it is asked for, and again when the
 * accounts, the currency, the range or the rows change. An answer that was overtaken is dropped.
 */
export function watchView<N extends keyof Figures>(
  name: N,
  further?: Further
): (tell: (watched: Watched<View<N>>) => void) => () => void {
  return (tell) => {
    const ends: (() => void)[] = [];
    let asked = 0;
    const ask = async (): Promise<void> => {
      const mine = ++asked;
      wait(1);
      try {
        const desk = await openDesk();
        const view = await desk.view(name, {...toQuery(getView()), ...further?.query()});
        if (mine === asked) tell({kind: "ready", view});
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (mine === asked) tell({kind: "error", why, retry: () => void ask()});
      }
      wait(-1);
    };
    const again = () => void ask();
    tell({kind: "loading"});
    again();
    ends.push(subscribeView(again));
    if (further) ends.push(further.subscribe(again));
    openDesk().then(
      (desk) => ends.push(desk.subscribe(again)),
      () => undefined // the same failure is told by ask
    );
    return () => {
      for (const end of ends) end();
    };
  };
}
