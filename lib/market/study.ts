import type {Instrument} from "./instrument.js";
import {SeriesReader} from "./reader.js";
import {marketRow} from "./row.js";
import type {MarketSet} from "./series.js";
import type {MarketRow} from "./views.js";

/** What all views of Markets are made of: series as of now, and lines, each made once. */
export interface MarketStudy {
  /** ISO UTC. */
  now: string;
  set: MarketSet;
  reader: SeriesReader;
  row(line: Instrument): MarketRow;
}

/** Returns the study of a set of series as of now. */
export function studyMarkets(set: MarketSet, now: Date): MarketStudy {
  const reader = new SeriesReader(set, now);
  const rows = new Map<string, MarketRow>();
  return {
    now: now.toISOString(),
    set,
    reader,
    row(line) {
      let row = rows.get(line.id);
      if (!row) rows.set(line.id, (row = marketRow(line, reader.row(line), reader.today)));
      return row;
    }
  };
}
