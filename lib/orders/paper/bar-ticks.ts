import type {Bars} from "../../backtest/bars.js";
import type {Tick, TradingSession} from "./tick.js";

const DAY_MS = 86_400_000;

/** Returns the sessions of bars, one a UTC day that has any: from the beginning of the day to the close of its last bar. */
export function sessionsOfBars({time}: Pick<Bars, "time">): TradingSession[] {
  const sessions: TradingSession[] = [];
  for (const to of time) {
    const from = Math.floor(to / DAY_MS) * DAY_MS;
    const last = sessions.at(-1);
    if (last?.from === from) last.to = to;
    else sessions.push({from, to});
  }
  return sessions;
}

/**
 * Returns a bar as four ticks: a jump to its open, the way to the extreme that is nearer to the open (the low when both
 * are as near), to the other one, and to its close (rule 7, path `nearer-extreme`). Bid and ask are alike, as many units
 * are quoted as are wanted, and all four come at the bar's close, when it is known.
 */
export function ticksOfBar(bars: Bars, i: number, conId: number, session: TradingSession): Tick[] {
  const [open, high, low, close] = [bars.open[i], bars.high[i], bars.low[i], bars.close[i]];
  const extremes = high - open < open - low ? [high, low] : [low, high];
  const at = bars.time[i];
  const volume = bars.volume[i];
  return [open, ...extremes, close].map((price, n) => ({
    conId,
    at,
    kind: "live",
    bid: price,
    ask: price,
    last: price,
    bidSize: null,
    askSize: null,
    traded: n === 0 && !Number.isNaN(volume) ? volume : null,
    moment: n === 0 ? "jump" : n === 3 && at === session.to ? "close" : "way",
    session
  }));
}
