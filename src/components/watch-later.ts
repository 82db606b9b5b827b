import type {Figures} from "../lib/ledger/figures.js";
import {openDesk} from "./desk.js";
import {getView, subscribeView, toQuery} from "./view-state.js";
import type {Watched} from "./watch-view.js";

/** How often it is looked whether the page still waits for its other views. */
const LOOK_MS = 150;

/**
 * As watchView, for a view that reads all days and takes its time: it is asked for when the page has its others, and
 * the page is not dimmed while it is made.
 */
export function watchLater<N extends keyof Figures>(
  name: N
): (tell: (watched: Watched<ReturnType<Figures[N]>>) => void) => () => void {
  return (tell) => {
    const ends: (() => void)[] = [];
    let asked = 0;
    const ask = async (): Promise<void> => {
      const mine = ++asked;
      try {
        const desk = await openDesk();
        do await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
        while (document.querySelector("main[data-asking]"));
        if (mine !== asked) return;
        const view = await desk.view(name, toQuery(getView()));
        if (mine === asked) tell({kind: "ready", view});
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (mine === asked) tell({kind: "error", why, retry: () => void ask()});
      }
    };
    const again = () => void ask();
    tell({kind: "loading"});
    again();
    ends.push(subscribeView(again));
    openDesk().then(
      (desk) => ends.push(desk.subscribe(again)),
      () => undefined // the same failure is told by ask
    );
    return () => {
      ++asked;
      for (const end of ends) end();
    };
  };
}
