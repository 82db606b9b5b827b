import type {Config} from "../config.js";
import {withFigures} from "./figures.js";
import {scopeQuery, type ScopeFlags} from "./options.js";
import {note, printJson, printTable} from "./output.js";

/** Rows that a terminal is shown at most; `--json` prints all. */
const MOST = 1000;

/** `tearsheet trades`: executions, of one symbol or of all, with sums by currency. */
export async function printTrades(
  config: Config,
  {symbol, demo, json, ...flags}: ScopeFlags & {symbol?: string; demo?: true; json?: true}
): Promise<void> {
  const query = {
    ...scopeQuery(flags),
    ...(symbol !== undefined && {symbol}),
    page: 1,
    size: json ? Number.MAX_SAFE_INTEGER : MOST
  };
  const view = await withFigures(config, {demo, query, positions: "latest"}, (figures) =>
    figures.trades(query)
  );
  if (json) return printJson(view);
  printTable(
    view.rows.map((row) => ({
      day: row.day,
      symbol: row.symbol,
      side: row.buySell,
      quantity: row.quantity,
      price: row.price,
      proceeds: row.proceeds,
      commission: row.commission,
      realized: row.realized,
      currency: row.currency
    }))
  );
  for (const {currency, count, proceeds, commission, realized} of view.totals)
    note(`${count} in ${currency}: proceeds ${proceeds}, commission ${commission}, realized ${realized}`);
  if (view.total > view.rows.length)
    note(`the first ${view.rows.length} of ${view.total}: --from and --to narrow, --json prints all`);
}
