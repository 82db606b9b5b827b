import {BarFileError, EMPTY, parseTime, type Row, rowsOf} from "../backtest/read-bars.js";

/** Prices of assets on the same dates. */
export interface PriceTable {
  /** Names, as the columns have them; shape (n). */
  assets: string[];
  /** As the file writes them, oldest first; shape (T). */
  dates: string[];
  /** By asset; NaN where the file has none; n columns of shape (T). */
  prices: Float64Array[];
}

/**
 * Reads a wide CSV of prices: the first column a date or time, every other one an asset. A blank, `NaN`, `null`, `n/a` or
 * `-` is a missing price. Rows without any price are left out.
 *
 * @throws BarFileError if there is no asset, two have one name, a row has too many or too few cells, times do not rise, a
 * price is not above zero, or less than three rows have a price
 */
export function readPrices(csv: string): PriceTable {
  const [header, ...rows] = rowsOf(csv);
  const assets = header?.cells.slice(1) ?? [];
  if (!assets.length)
    throw new BarFileError("there are no assets: the file needs a date and a column for each asset");
  const nameless = assets.indexOf("");
  if (nameless >= 0) throw new BarFileError(`column ${nameless + 2} has no name`);
  const twice = assets.find((asset, i) => assets.indexOf(asset) !== i);
  if (twice !== undefined) throw new BarFileError(`two columns are named ${twice}`);
  const odd = rows.find(({cells}) => cells.length !== assets.length + 1);
  if (odd) throw fault(odd, `${odd.cells.length} columns, but ${assets.length + 1} names`);

  checkTimes(rows);
  const priced = rows.filter(({cells}) => cells.slice(1).some((cell) => !EMPTY.test(cell)));
  if (priced.length < 3) throw new BarFileError(`needs three rows of prices or more: ${priced.length}`);
  const prices = assets.map((asset, i) => Float64Array.from(priced, (row) => priceOf(row, asset, i + 1)));
  return {assets, dates: priced.map(({cells}) => cells[0]), prices};
}

function checkTimes(rows: readonly Row[]): void {
  let before = -Infinity;
  for (const [i, row] of rows.entries()) {
    const [text] = row.cells;
    const time = parseTime(text);
    if (Number.isNaN(time))
      throw fault(row, `date ${text || "is empty"}: write 2025-01-31, 2025-01-31 15:30 or 20250131`);
    if (time === before)
      throw fault(row, `date ${text} is that of line ${rows[i - 1].line} again: keep one of them`);
    if (time < before)
      throw fault(
        row,
        `date ${text} is before ${rows[i - 1].cells[0]} of line ${rows[i - 1].line}: sort the rows`
      );
    before = time;
  }
}

function priceOf(row: Row, asset: string, at: number): number {
  const text = row.cells[at];
  if (EMPTY.test(text)) return NaN;
  const price = Number(text);
  if (!(price > 0 && price < Infinity))
    throw fault(row, `price ${text} of ${asset}: a price is a number above zero`);
  return price;
}

function fault({line}: Row, what: string): BarFileError {
  return new BarFileError(`line ${line}: ${what}`);
}

/**
 * Returns simple returns, price / price before - 1, from one row to the next; NaN where either price is missing: nothing
 * is carried forward.
 * @returns as many columns as assets; shape (T - 1), empty for T = 0
 */
export function simpleReturns(prices: readonly Float64Array[]): Float64Array[] {
  return prices.map((column) => column.slice(1).map((price, t) => price / column[t] - 1));
}
