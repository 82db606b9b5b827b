import {movesOver} from "../../lib/portfolio/holdings-history.js";
import {openDesk} from "../desk.js";
import {getView, toQuery} from "../view-state.js";
import type {Watched} from "../watch-view.js";
import {FACTORS, type Factor} from "./factors.js";
import type {Held} from "./held.js";

/** Factors with their moves over the periods of what is held. */
export interface FactorMoves {
  factors: (Factor & {source: string; asOf: string | null; moves: Float64Array; known: number})[];
  /** Those that are not there, and why. */
  missing: {label: string; reason: string}[];
}

/** Calendar days of history that reach back before any period. */
const DAYS = 366 * 6;

/** Returns what Framework's Generators.observe takes: the moves of the factors chosen, over the periods of what is held. */
export function watchFactors(
  held: Watched<Held>,
  ids: readonly string[]
): (tell: (watched: Watched<FactorMoves>) => void) => () => void {
  return (tell) => {
    let live = true;
    const run = async (): Promise<void> => {
      if (held.kind !== "ready") return tell(held);
      const {history} = held.view;
      try {
        const desk = await openDesk();
        const query = toQuery(getView());
        const asked = FACTORS.filter(({id}) => ids.includes(id));
        const read = await Promise.all(
          asked.map(async (factor) => ({
            factor,
            series: await desk.market("historical", query, factor.id, DAYS)
          }))
        );
        const missing: FactorMoves["missing"] = [];
        const factors = read.flatMap(({factor, series: {closes, source, asOf, reason}}) => {
          const moves = movesOver(closes, history, factor.of);
          const known = moves.filter((move) => !Number.isNaN(move)).length;
          if (known > 1) return [{...factor, source, asOf, moves, known}];
          missing.push({label: factor.label, reason: reason ?? "no days in common with what is held"});
          return [];
        });
        if (live) tell({kind: "ready", view: {factors, missing}});
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (live) tell({kind: "error", why, retry: () => void run()});
      }
    };
    void run();
    return () => {
      live = false;
    };
  };
}
