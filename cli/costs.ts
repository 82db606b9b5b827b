import type {Config} from "../config.js";
import {withFigures} from "./figures.js";
import {scopeQuery, type ScopeFlags} from "./options.js";
import {note, printJson, printTable} from "./output.js";

/** `tearsheet costs`: what was paid, by kind, in money and in basis points of the average value. */
export async function printCosts(
  config: Config,
  {demo, json, ...flags}: ScopeFlags & {demo?: true; json?: true}
): Promise<void> {
  const query = scopeQuery(flags);
  const view = await withFigures(config, {demo, query, positions: "latest"}, (figures) =>
    figures.costs(query)
  );
  if (json) return printJson(view);
  const {byKind, total, conversion, scope} = view;
  printTable(
    [...byKind, total].map(({name, amount, bps, count}) => ({
      kind: name,
      rows: count,
      amount: amount.value ?? "n/a",
      bps: bps.value === null ? "n/a" : bps.value.toFixed(2)
    }))
  );
  note(
    `${scope.accounts.join(", ")}, in ${scope.currency ?? "no currency"}; basis points of the average net asset value`
  );
  if (conversion.count)
    note(
      `beside that, ${conversion.count} conversions against the day's rate: ${conversion.amount.value ?? `n/a (${conversion.amount.reason})`}`
    );
}
