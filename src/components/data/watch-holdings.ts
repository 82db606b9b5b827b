import {openDesk, type Holdings} from "../desk.js";
import type {Watched} from "../watch-view.js";

/** Tells, for Framework's Generators.observe, which files the page's figures are made of, again after each change. */
export function watchHoldings(tell: (watched: Watched<Holdings>) => void): () => void {
  const ends: (() => void)[] = [];
  const ask = async (): Promise<void> => {
    try {
      tell({kind: "ready", view: await (await openDesk()).holdings()});
    } catch (error) {
      tell({kind: "error", why: (error as Error).message, retry: () => void ask()});
    }
  };
  tell({kind: "loading"});
  void ask();
  openDesk().then(
    (desk) => ends.push(desk.subscribe(() => void ask())),
    () => undefined // the same failure is told by ask
  );
  return () => {
    for (const end of ends) end();
  };
}
