import {adjust} from "../../lib/lake/adjust.js";
import type {Rows} from "../../lib/lake/columns.js";
import {isIntraday, type DatasetId} from "../../lib/lake/dataset.js";
import type {Lake} from "../lake/port.js";

/**
 * Derives from raw bars and actions, for symbols of which either has changed, what charts and backtests read: bars
 * adjusted for splits, and a series of total returns. Both are of the layer features, and made anew as a whole, since
 * one action changes all that was before it.
 * @param id of the bars
 * @param today ISO: the day of the view
 * @returns bytes written
 */
export async function writeFeatures(
  lake: Lake,
  id: DatasetId & {kind: "bars"},
  symbols: readonly string[],
  today: string
): Promise<number> {
  if (isIntraday(id.frequency) || !lake.has("clean", id)) return 0;
  const actionsId = {...id, kind: "actions" as const};
  if (!lake.has("clean", actionsId)) return 0;
  const bars = await lake.read("clean", id, {symbols});
  const actions = await lake.read("clean", actionsId, {symbols});
  const {ratio, close, volume, totalReturn} = adjust(bars, actions, {asOf: today});
  const by = (prices: Float64Array) => prices.map((price, i) => price / ratio[i]);
  const {columns} = bars;
  const adjusted: Rows<"bars"> = {
    ...bars,
    columns: {
      ...columns,
      open: by(columns.open),
      high: by(columns.high),
      low: by(columns.low),
      vwap: by(columns.vwap),
      close,
      volume
    }
  };
  const written = await lake.write("features", id, adjusted);
  const total = await lake.write("features", {...id, kind: "series"}, seriesOf(bars, totalReturn));
  return written.bytes + total.bytes;
}

/** Values that there are, as a series; the unit is the currency of the bars. */
function seriesOf({columns: {symbol, day, currency}}: Rows<"bars">, values: Float64Array): Rows<"series"> {
  const places = Array.from(values.keys()).filter((i) => !Number.isNaN(values[i]));
  return {
    kind: "series",
    length: places.length,
    columns: {
      series: places.map((i) => symbol[i]),
      day: Int32Array.from(places, (i) => day[i]),
      value: Float64Array.from(places, (i) => values[i]),
      unit: places.map((i) => currency[i])
    }
  };
}
