import {createMarkets, type Markets} from "../lib/market/markets.js";
import type {MeetingEdit} from "../lib/market/meetings.js";
import type {MarketSet} from "../lib/market/series.js";
import {dayAt} from "../lib/time/calendar.js";
import {LakeError, type Lake} from "./lake/port.js";
import {encodeMarketSet} from "./market-arrow.js";
import {readMarketSet} from "./market-set.js";

/** A view of Markets as the API names it, and what it may be asked with. */
export interface MarketQuestion {
  name: string;
  query: {symbol?: string; days?: number; ids?: readonly string[]};
}

/** Figures of Markets as JSON, and the series behind them; made anew when the lake has changed or a day has begun. */
export interface MarketFigures {
  /** @throws LakeError `no-such-dataset` for a symbol that the lake does not have */
  view(question: MarketQuestion): Promise<string>;
  series(): Promise<Uint8Array<ArrayBuffer>>;
}

interface Made {
  key: string;
  set: Promise<MarketSet>;
  markets: Promise<Markets>;
  texts: Map<string, string>;
}

/** Answers kept; all of them go when the lake changes. */
const KEPT = 200;

/** @param meetings the person's own list of meetings, as it is now */
export function createMarketFigures({
  lake,
  now,
  meetings
}: {
  lake: Lake;
  now: () => Date;
  meetings: () => readonly MeetingEdit[];
}): MarketFigures {
  let made: Made | undefined;

  function current(): Made {
    const edits = meetings();
    const key = JSON.stringify([lake.version(), dayAt(now()), edits]);
    if (made?.key === key) return made;
    const set = readMarketSet(lake, dayAt(now()));
    const markets = set.then((series) =>
      createMarkets(series, {now: now(), meetings: edits, watchlists: lake.watchlists(), holdings: null})
    );
    markets.catch(() => (made = undefined)); // what could not be read may be readable at the next question
    return (made = {key, set, markets, texts: new Map()});
  }

  return {
    async view({name, query}) {
      const {markets, texts} = current();
      const question = JSON.stringify([name, query]);
      const known = texts.get(question);
      if (known !== undefined) return known;
      const text = JSON.stringify(VIEWS[name](await markets, query));
      if (texts.size >= KEPT) texts.delete(texts.keys().next().value!); // there is one
      texts.set(question, text);
      return text;
    },
    async series() {
      return encodeMarketSet(await current().set, {meetings: meetings(), watchlists: lake.watchlists()});
    }
  };
}

const VIEWS: Readonly<Record<string, (markets: Markets, query: MarketQuestion["query"]) => object>> = {
  overview: (markets) => markets.overview(),
  rates: (markets) => markets.rates(),
  fx: (markets) => markets.fx(),
  equities: (markets) => markets.equities(),
  commodities: (markets) => markets.commodities(),
  macro: (markets) => markets.macro(),
  "what-changed": (markets) => markets.whatChanged(),
  curves: (markets) => markets.curves(),
  "fed-liquidity": (markets) => markets.fedLiquidity(),
  "cb-meetings": (markets) => markets.cbMeetings(),
  sparklines: (markets, {ids}) => markets.sparklines(ids),
  historical(markets, {symbol = "", days}) {
    const history = markets.historical(symbol, days);
    if (history.source === "" && history.reason !== null)
      throw new LakeError("no-such-dataset", history.reason);
    return history;
  }
};
