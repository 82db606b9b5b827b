import {isoDay, lastIndex} from "./days.js";
import type {MarketStudy} from "./study.js";
import {UNIVERSE} from "./universe.js";
import type {HistoryView} from "./views.js";

/**
 * Returns the values of a row, or of any series that the lake holds, of the days up to its last one.
 *
 * @param symbol an id (`yahoo:^GSPC`, `computed:DXY`), or a symbol alone: of a row first, then of the lake
 * @param days calendar days before the last value
 */
export function historyView(study: MarketStudy, symbol: string, days: number): HistoryView {
  const id = idOf(study, symbol);
  if (id === undefined) {
    const reason = `no series ${symbol}: write vendor:symbol, or a row's id, and pull it first`;
    return {id: symbol, label: symbol, unit: "", source: "", asOf: null, closes: [], reason};
  }
  const line = study.reader.line(id);
  const {unit, provider} = line;
  const label = line.name ?? line.label;
  const {series, reason} = study.reader.find(id);
  if (!series) return {id, label, unit, source: provider, asOf: null, closes: [], reason};
  const last = series.days[series.days.length - 1];
  const from = lastIndex(series.days, last - days - 1) + 1;
  return {
    id,
    label,
    unit,
    source: series.source,
    asOf: isoDay(last),
    closes: Array.from(series.days.subarray(from), (day, i) => [isoDay(day), series.values[from + i]]),
    reason: null
  };
}

function idOf({set}: MarketStudy, symbol: string): string | undefined {
  if (symbol.includes(":")) {
    return UNIVERSE.some(({id}) => id === symbol) || set.has(symbol) ? symbol : undefined;
  }
  const row = UNIVERSE.find((line) => line.symbol === symbol);
  return row?.id ?? [...set.keys()].find((id) => id.slice(id.indexOf(":") + 1) === symbol);
}
