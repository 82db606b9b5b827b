import type {Config} from "../config.js";
import type {PnlDay, PnlView} from "../lib/ledger/views.js";
import {withFigures} from "./figures.js";
import {scopeQuery, type ScopeFlags} from "./options.js";
import {note, printJson, printTable} from "./output.js";

/** `tearsheet pnl`: value, flow, gain and return by day, with their totals. */
export async function printPnl(
  config: Config,
  {demo, json, ...flags}: ScopeFlags & {demo?: true; json?: true}
): Promise<void> {
  const query = scopeQuery(flags);
  const view = await withFigures(config, {demo, query, positions: "latest"}, (figures) => figures.pnl(query));
  if (json) return printJson(view);
  printTable(view.days.map(asRow));
  note(summaryOf(view));
}

function asRow({day, nav, flow, pnl, realized, return: daily, cumulative}: PnlDay) {
  return {
    day,
    nav: nav.value ?? "n/a",
    flow: flow.value ?? "n/a",
    pnl: pnl.value ?? "n/a",
    realized: realized.value ?? "n/a",
    return: inPercent(daily.value),
    cumulative: inPercent(cumulative.value)
  };
}

function inPercent(fraction: number | null): string {
  return fraction === null ? "n/a" : `${(100 * fraction).toFixed(4)}%`;
}

function summaryOf({scope: {accounts, currency, from, to}, total}: PnlView): string {
  const gain = total.pnl.value ?? `n/a (${total.pnl.reason})`;
  const twr = total.return.value === null ? `n/a (${total.return.reason})` : inPercent(total.return.value);
  return `${accounts.join(", ")}, ${from ?? "?"} to ${to ?? "?"}, in ${currency ?? "no currency"}: gain ${gain}, time-weighted ${twr}`;
}
