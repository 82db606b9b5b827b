import {csvParse} from "d3-dsv";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {root} from "../../../config.js";
import reference from "../../reference/portfolio.json" with {type: "json"};

/** Figures of other libraries on the samples below; see test/reference/portfolio.py. */
export {reference};

const [ASSETS, ROWS] = [12, 500];

export const assets = Array.from({length: ASSETS}, (_, i) => `A${i}`);

/** Returns a generator of numbers in [-0.5, 0.5): the same bits here and in test/reference/portfolio.py. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

/** Returns of twelve assets that share a factor, by column. */
export const returns = sample();

function sample(): Float64Array[] {
  const draw = generator(42);
  const columns = assets.map(() => new Float64Array(ROWS));
  for (let t = 0; t < ROWS; ++t) {
    const factor = draw();
    for (let i = 0; i < ASSETS; ++i)
      columns[i][t] = 0.0002 * (i + 1) + 0.03 * factor * (0.4 + 0.1 * i) + 0.02 * (1 + i / 6) * draw();
  }
  return columns;
}

/** Month-end prices of five stocks, 2000-2010, by column; NaN where GOOG was not listed yet. */
export function stocks(): {names: string[]; dates: string[]; prices: Float64Array[]} {
  const rows = csvParse(readFileSync(join(root, "node_modules/vega-datasets/data/stocks.csv"), "utf8"));
  const names = ["MSFT", "AMZN", "IBM", "GOOG", "AAPL"];
  const dates = [...new Set(rows.map(({date}) => date))];
  const price = new Map(rows.map(({symbol, date, price: value}) => [`${symbol} ${date}`, Number(value)]));
  const prices = names.map((name) => Float64Array.from(dates, (date) => price.get(`${name} ${date}`) ?? NaN));
  return {names, dates, prices};
}

/** Weights held now, of the tests with turnover. */
export const current = Float64Array.from({length: ASSETS}, (_, i) => (i + 1) / 78);

/** Returns the largest difference between two columns. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; ++i) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}
