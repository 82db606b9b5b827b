import type {LiveQuote} from "../../../lib/live/figures.js";

/** Fields of a quote that a tick of a price may be of. */
type PriceField = "bid" | "ask" | "last" | "high" | "low" | "close" | "open";
type SizeField = "bidSize" | "askSize" | "lastSize" | "volume";

/** Types of ticks by number: live, then the same delayed. */
const PRICES: ReadonlyMap<number, PriceField> = new Map([
  [1, "bid"],
  [2, "ask"],
  [4, "last"],
  [6, "high"],
  [7, "low"],
  [9, "close"],
  [14, "open"],
  [66, "bid"],
  [67, "ask"],
  [68, "last"],
  [72, "high"],
  [73, "low"],
  [75, "close"],
  [76, "open"]
]);
const SIZES: ReadonlyMap<number, SizeField> = new Map([
  [0, "bidSize"],
  [3, "askSize"],
  [5, "lastSize"],
  [8, "volume"],
  [69, "bidSize"],
  [70, "askSize"],
  [71, "lastSize"],
  [74, "volume"]
]);

export const priceField = (type: number): PriceField | undefined => PRICES.get(type);
export const sizeField = (type: number): SizeField | undefined => SIZES.get(type);

/** A tick whose number is a delayed one's. */
export const isDelayedTick = (type: number): boolean => type >= 66;

/** Greeks of the model's price, live and delayed; those of bid, ask and last are other numbers. */
export const MODEL_TICKS: ReadonlySet<number> = new Set([13, 83]);

const KINDS: ReadonlyMap<number, LiveQuote["kind"]> = new Map([
  [1, "live"],
  [2, "frozen"],
  [3, "delayed"],
  [4, "delayed-frozen"]
]);

/** What a number of marketDataType says. */
export const kindOf = (type: number): LiveQuote["kind"] | undefined => KINDS.get(type);

/** Delayed and frozen where there is nothing better: what is asked of TWS. */
export const BEST_THERE_IS = 4;

/** Live until TWS says otherwise, by word or by the number of a tick. */
export const noQuote = (conId: number): LiveQuote => ({
  conId,
  kind: "live",
  at: 0,
  bid: null,
  ask: null,
  last: null,
  bidSize: null,
  askSize: null,
  lastSize: null,
  open: null,
  high: null,
  low: null,
  close: null,
  volume: null,
  problem: null,
  greeks: null
});
