import type {Bars} from "./bars.js";
import type {ExecutionRules} from "./contract.js";
import type {Costs} from "./costs/costs.js";
import type {Trade} from "./trade.js";

/** One end of a trade, as it was filled. */
export interface FillFacts {
  /** Index of the bar that it was filled in. */
  bar: number;
  /** Which of the bar's prices the fill took; null where neither explains it: an order with a price, a split in between. */
  at: "open" | "close" | null;
  /** That price, before slippage; null where `at` is. */
  market: number | null;
  /** What was paid or got. */
  price: number;
  /** Index of the bar at whose close it was decided; null for a close at the end of the bars, which nobody decided. */
  decided: number | null;
}

/** The same trade with both its fills elsewhere. */
export interface Alternative {
  name: "one bar earlier" | "one bar later" | "at the decision's close" | "at the next open";
  /** With the units as they were, slippage and commission as they would be; null where there is no such bar. */
  pnl: number | null;
}

/** What a round trip was made of. Money is in the symbol's currency. */
export interface TradeFacts {
  entry: FillFacts;
  exit: FillFacts;
  /** Bars from the fill that opened to the fill that closed. */
  bars: number;
  /** Gain between the market's prices; null where one of them is not known. `gross - slippage - commission` is the trade's pnl. */
  gross: number | null;
  slippage: number | null;
  commission: number;
  /** Furthest against and furthest for the trade at any price of its bars, as fractions of the entry's price. */
  adverse: number;
  favourable: number;
  alternatives: Alternative[];
}

/**
 * Takes a trade apart: which price of which bar each end took, what the market gave, what costs took, and what the same
 * units would have brought one bar earlier, one bar later and at the other price that a decision can fill at.
 *
 * @param bars of the trade's symbol, those that the backtest ran on
 * @throws RangeError if the trade's times are not among the bars'
 */
export function tradeFacts(
  trade: Trade,
  bars: Bars,
  {rules, costs}: {rules: ExecutionRules; costs: Costs}
): TradeFacts {
  const {size, entryPrice, exitPrice, pnl, commission} = trade;
  const sign = trade.side === "long" ? 1 : -1;
  const place = (time: number) => {
    const bar = bars.time.indexOf(time);
    if (bar < 0) throw new RangeError(`no bar of ${bars.symbol} at ${new Date(time).toISOString()}`);
    return bar;
  };
  const fillOf = (bar: number, units: number, price: number): FillFacts => {
    const first = rules.fill === "next-open" ? (["open", "close"] as const) : (["close", "open"] as const);
    const at = first.find((name) => {
      const market = bars[name][bar];
      return isNear(price, market) || isNear(price, costs.slipped(units, market, bars, bar, "MKT"));
    });
    const isEnd =
      at === "close" && bar === bars.time.length - 1 && rules.end === "close" && rules.fill === "next-open";
    const decided = at === undefined || isEnd ? null : at === "open" ? bar - 1 : bar;
    return {bar, at: at ?? null, market: at ? bars[at][bar] : null, price, decided};
  };
  const entry = fillOf(place(trade.entryTime), sign * size, entryPrice);
  const exit = fillOf(place(trade.exitTime), -sign * size, exitPrice);
  const gross =
    entry.market === null || exit.market === null ? null : sign * size * (exit.market - entry.market);
  let [low, high] = [Infinity, -Infinity];
  for (let bar = entry.bar; bar <= exit.bar; ++bar) {
    // a fill at the close was not there while its bar was walked, one at the open not any more
    const whole = (bar > entry.bar || entry.at === "open") && (bar < exit.bar || exit.at === "close");
    low = Math.min(low, whole ? bars.low[bar] : exitPrice);
    high = Math.max(high, whole ? bars.high[bar] : exitPrice);
  }
  const moved = (price: number) => sign * (price / entryPrice - 1);
  const elsewhere = (name: Alternative["name"], shift: number, at: "open" | "close"): Alternative => {
    const [opens, closes] = [entry.bar + shift, exit.bar + shift];
    if (opens < 0 || closes >= bars.time.length) return {name, pnl: null};
    const price = (bar: number, units: number) => costs.slipped(units, bars[at][bar], bars, bar, "MKT");
    const [bought, sold] = [price(opens, sign * size), price(closes, -sign * size)];
    const fees =
      costs.commission(sign * size, bought, bars, opens) + costs.commission(-sign * size, sold, bars, closes);
    return {name, pnl: sign * size * (sold - bought) - fees};
  };
  const own = rules.fill === "next-open" ? "open" : "close";
  return {
    entry,
    exit,
    bars: exit.bar - entry.bar,
    gross,
    slippage: gross === null ? null : gross - commission - pnl,
    commission,
    adverse: Math.min(0, moved(sign > 0 ? low : high)),
    favourable: Math.max(0, moved(sign > 0 ? high : low)),
    alternatives: [
      elsewhere("one bar earlier", -1, own),
      elsewhere("one bar later", 1, own),
      own === "open"
        ? elsewhere("at the decision's close", -1, "close")
        : elsewhere("at the next open", 1, "open")
    ]
  };
}

/** Equal but for the rounding of a few operations. */
function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-12 * Math.abs(b);
}
