import type {Config} from "../config.js";
import {withFigures} from "./figures.js";
import {scopeQuery, type ScopeFlags} from "./options.js";
import {note, printJson, printTable} from "./output.js";

/** `tearsheet options`: the open options by expiry. */
export async function printOptions(
  config: Config,
  {demo, json, ...flags}: ScopeFlags & {demo?: true; json?: true}
): Promise<void> {
  const query = scopeQuery(flags);
  const view = await withFigures(config, {demo, query, positions: "latest"}, (figures) =>
    figures.options(query)
  );
  if (json) return printJson(view);
  printTable(
    view.expiries.flatMap(({rows}) =>
      rows.map((row) => ({
        expiry: row.expiry,
        "days left": row.daysLeft < 0 ? "expired" : row.daysLeft,
        symbol: row.symbol,
        quantity: row.quantity,
        moneyness: row.moneyness.value === null ? "n/a" : `${(100 * row.moneyness.value).toFixed(1)}%`,
        underlying: row.underlyingPrice ?? "n/a",
        "as of": row.underlyingAsOf ?? "",
        assignment: row.assignment.value ?? "n/a",
        collateral: row.collateral.value ?? "",
        uncovered: row.uncovered ?? ""
      }))
    )
  );
  note(
    `cash for short puts, in ${view.scope.currency ?? "no currency"}: ${view.collateralBase.value ?? "n/a"}`
  );
}
