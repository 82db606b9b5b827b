import type {Markets} from "../../lib/market/markets.js";
import {openDesk} from "../desk.js";
import {getView, subscribeView, toQuery} from "../view-state.js";
import type {Watched} from "../watch-view.js";

/** Views that ask for nothing further. */
type Plain = Exclude<keyof Markets, "historical" | "sparklines">;

/**
 * Returns what Framework's Generators.observe takes: it tells of a view of Markets as it is asked for, and again when
 * the lake, the accounts or their rows change. An answer that was overtaken is dropped.
 */
export function watchMarket<N extends Plain>(
  name: N
): (tell: (watched: Watched<ReturnType<Markets[N]>>) => void) => () => void {
  return (tell) => {
    const ends: (() => void)[] = [];
    let asked = 0;
    const ask = async (): Promise<void> => {
      const mine = ++asked;
      try {
        const desk = await openDesk();
        const view = await desk.market(name, toQuery(getView()), ...([] as never)); // a plain view takes nothing
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
