import type {Config} from "../config.js";
import {withFigures} from "./figures.js";
import {scopeQuery, type ScopeFlags} from "./options.js";
import {note, printJson, printTable} from "./output.js";

/** `tearsheet income`: what came by month, what was withheld of it, and what is to come. */
export async function printIncome(
  config: Config,
  {demo, json, ...flags}: ScopeFlags & {demo?: true; json?: true}
): Promise<void> {
  const query = scopeQuery(flags);
  const view = await withFigures(config, {demo, query, positions: "latest"}, (figures) =>
    figures.income(query)
  );
  if (json) return printJson(view);
  const {byKind, total, unmatched, expected, expectedNet, forecastNet, scope} = view;
  printTable(
    [...byKind, {kind: "total", ...total}].map(({kind, gross, withheld, net}) => ({
      kind,
      gross: gross.value ?? "n/a",
      withheld: withheld.value ?? "n/a",
      net: net.value ?? "n/a"
    }))
  );
  note(`${scope.accounts.join(", ")}, in ${scope.currency ?? "no currency"}`);
  for (const {symbol, payDate, net, currency} of expected)
    note(`expected ${payDate}: ${symbol} ${net} ${currency}`);
  note(
    `expected in all: ${expectedNet.value ?? "n/a"}; forecast from last year's pattern: ${forecastNet.value ?? "n/a"}`
  );
  for (const {day, symbol, amount, currency, reason} of unmatched)
    note(`unmatched withholding ${day}: ${symbol} ${amount} ${currency}: ${reason}`);
}
