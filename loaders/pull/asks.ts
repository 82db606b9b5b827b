import type {DatasetId} from "../../lib/lake/dataset.js";
import type {PullAsk} from "../../lib/lake/pull.js";
import {marketSymbols} from "../../lib/market/universe.js";
import {MARKETS} from "../market-set.js";
import {PullError} from "./plan.js";

/** Keys that are set, by the vendor's id. */
type Keys = Readonly<Record<string, string>>;

/**
 * Returns what a pull of Markets asks for; FRED without a key by its keyless CSV.
 * @param today ISO
 */
export function marketAsks(today: string, keys: Keys): PullAsk[] {
  return marketSymbols(today).map(({provider, kind, universe, frequency, symbols}) => ({
    vendor: provider === "fred" && !keys.fred ? "fred-graph" : provider,
    kind,
    universe,
    frequency,
    symbols
  }));
}

/** A month's futures contract at Yahoo: those that are listed change with the month. */
const CONTRACT = /^[A-Z]{1,3}[FGHJKMNQUVXZ]\d{2}\.(CBT|NYM|CMX)$/;

/**
 * Returns what "update all" asks for: the tracked symbols of each dataset; of the futures of Markets those that are
 * listed today.
 *
 * @throws PullError when nothing is tracked
 */
export function updateAsks(
  tracked: readonly {id: DatasetId; symbols: readonly string[]}[],
  today: string
): PullAsk[] {
  const listed = marketSymbols(today).flatMap(({symbols}) =>
    symbols.filter((symbol) => CONTRACT.test(symbol))
  );
  const asks = tracked.map(({id: {provider, kind, universe, frequency}, symbols}): PullAsk => {
    const others = symbols.filter((symbol) => universe !== MARKETS || !CONTRACT.test(symbol));
    const now = others.length < symbols.length ? [...others, ...listed] : symbols;
    return {vendor: provider, kind, universe, frequency, symbols: now};
  });
  const some = asks.filter(({symbols}) => symbols.length);
  if (some.length) return some;
  throw new PullError(
    "nothing-tracked",
    "nothing is tracked yet: pull some symbols, or all that Markets reads"
  );
}
