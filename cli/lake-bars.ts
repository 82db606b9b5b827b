import type {Config} from "../config.js";
import type {Bars} from "../lib/backtest/bars.js";
import {parseDatasetId} from "../lib/lake/dataset.js";
import {openLake} from "../loaders/lake/lake.js";
import {VENDORS} from "../loaders/vendors/index.js";
import {EXIT} from "./exit.js";
import {CliError} from "./output.js";
import {usage} from "./words.js";

/** Returns a dataset's bars of some symbols, as traded; rows without all four prices are left out. */
export async function readLakeBars(
  config: Config,
  dataset: string,
  symbols: readonly string[]
): Promise<Bars[]> {
  const {kind, ...names} = usage(() => parseDatasetId(dataset));
  if (kind !== "bars") throw new CliError(`${dataset} has no bars: name a dataset of bars`, EXIT.usage);
  if (!symbols.length) throw new CliError(`say which of ${dataset}: --symbol AAPL`, EXIT.usage);
  const lake = openLake(config.LAKE_DIR, {now: () => new Date(), vendors: VENDORS});
  try {
    const {columns, length} = await lake.read("clean", {...names, kind}, {symbols});
    const {time, open, high, low, close, volume, currency} = columns;
    return symbols.map((symbol) => {
      const rows = Array.from({length}, (_, i) => i).filter(
        (i) => columns.symbol[i] === symbol && [open, high, low, close].every((column) => column[i] > 0)
      );
      if (!rows.length)
        throw new CliError(`no bars of ${symbol} in ${dataset}: tearsheet catalog lists what there is`);
      const taken = (column: ArrayLike<number>) => Float64Array.from(rows, (i) => column[i]);
      return {
        symbol,
        currency: currency[rows[0]] || "USD",
        time: taken(time),
        open: taken(open),
        high: taken(high),
        low: taken(low),
        close: taken(close),
        volume: taken(volume)
      };
    });
  } finally {
    lake.close();
  }
}
