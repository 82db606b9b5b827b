/** A worker that reads bars of one symbol out of a dataset's Parquet parts; the last datasets stay decoded. */
import {expose, transfer} from "comlink";
import {tableFromIPC, type Table, type Vector} from "apache-arrow";
import type {Bars} from "../lib/backtest/bars.js";
import {fetchBytes} from "./fetch-bytes.js";
import type {ParquetFile} from "./parquet.js";
import {parquetBytesToIpc} from "./parquet-file.js";

/** Datasets that stay decoded. */
const KEPT = 2;

const opened = new Map<string, Promise<Table[]>>();

const api = {
  /**
   * Returns the bars of a symbol, oldest first, without those that lack a price.
   * @param dataset.edition names what the parts hold: the same edition is decoded once
   * @throws with a sentence where the parts cannot be read
   */
  async read(
    {edition, parts}: {edition: string; parts: readonly ParquetFile[]},
    symbol: string
  ): Promise<{bars: Bars; incomplete: number}> {
    const reading = opened.get(edition) ?? decode(parts);
    opened.delete(edition);
    opened.set(edition, reading);
    for (const [oldest] of opened) if (opened.size > KEPT) opened.delete(oldest);
    try {
      const read = barsOf(await reading, symbol);
      const {time, open, high, low, close, volume} = read.bars;
      return transfer(
        read,
        [time, open, high, low, close, volume].map(({buffer}) => buffer as ArrayBuffer)
      );
    } catch (error) {
      opened.delete(edition);
      throw error;
    }
  }
};

export type BarsWorker = typeof api;

function decode(parts: readonly ParquetFile[]): Promise<Table[]> {
  return Promise.all(
    parts.map(async ({url, ...rest}) =>
      tableFromIPC(await parquetBytesToIpc(await fetchBytes(url, rest, () => undefined)))
    )
  );
}

const PRICES = ["open", "high", "low", "close", "volume"] as const;

/** Returns the rows of a symbol as bars; rows without any of open, high, low and close are counted and left out. */
function barsOf(tables: readonly Table[], symbol: string): {bars: Bars; incomplete: number} {
  const rows: {time: number; prices: number[]}[] = [];
  let [currency, incomplete] = ["", 0];
  for (const table of tables) {
    const names = columnOf(table, "symbol");
    const times = columnOf(table, "time");
    const columns = PRICES.map((name) => columnOf(table, name));
    const currencies = columnOf(table, "currency");
    for (let i = 0; i < table.numRows; ++i) {
      if (names.get(i) !== symbol) continue;
      const prices = columns.map((column) => (column.get(i) as number | null) ?? NaN);
      if (prices.slice(0, 4).some((price) => !(price > 0))) {
        ++incomplete;
        continue;
      }
      currency ||= (currencies.get(i) as string | null) ?? "";
      rows.push({time: Number(times.get(i)), prices});
    }
  }
  rows.sort((a, b) => a.time - b.time);
  const column = (at: number) => Float64Array.from(rows, ({prices}) => prices[at]);
  const [open, high, low, close, volume] = PRICES.map((_, at) => column(at));
  const time = Float64Array.from(rows, (row) => row.time);
  return {bars: {symbol, currency, time, open, high, low, close, volume}, incomplete};
}

function columnOf(table: Table, name: string): Vector {
  const column = table.getChild(name);
  if (!column) throw new Error(`missing column: ${name}`);
  return column;
}

expose(api);
