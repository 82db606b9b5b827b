import {readFileSync} from "node:fs";
import {csvParse} from "d3-dsv";

const rows = csvParse(readFileSync("node_modules/vega-datasets/data/sp500-2000.csv", "utf8"));

/** The S&P 500 by vega-datasets: a price index, without dividends, from 2000-01-03 to 2020-04-17. */
export const days = rows.map(({date}) => date);
export const close = Float64Array.from(rows, (row) => +row.close);
/** The middle of each day's high and low. */
export const middle = Float64Array.from(rows, (row) => (+row.high + +row.low) / 2);
