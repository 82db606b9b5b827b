import type {Config} from "../config.js";
import {gainsCsv} from "../lib/ledger/gains/gains-csv.js";
import type {GainSum, GainsView} from "../lib/ledger/gains/gains-view.js";
import {EXIT} from "./exit.js";
import {withFigures} from "./figures.js";
import {cell, methodQuery, noteProblems, type MethodFlags} from "./lots.js";
import {scopeQuery, type ScopeFlags} from "./options.js";
import {CliError, note, printJson, printTable} from "./output.js";

type Flags = ScopeFlags & MethodFlags & {year?: string; demo?: true; json?: true; csv?: true};

/** `tearsheet gains`: what was realized in a tax year, each day at its rate. */
export async function printGains(config: Config, {demo, json, csv, year, ...flags}: Flags): Promise<void> {
  if (year !== undefined && !/^(19|2\d)\d\d$/.test(year))
    throw new CliError(`--year is no year: ${year}`, EXIT.usage);
  const query = {
    ...scopeQuery(flags),
    ...methodQuery(flags),
    ...(year !== undefined && {year: Number(year)})
  };
  const view = await withFigures(config, {demo, query}, (figures) => figures.gains(query));
  if (json) return printJson(view);
  if (csv) {
    process.stdout.write(gainsCsv(view));
    return noteProblems(view.problems);
  }
  printTable(view.rows.map(asRow));
  const {short, long, undated, all} = view.totals;
  for (const line of view.notes) note(line);
  note(told("short term", short));
  note(told("long term", long));
  if (undated.count) note(told("of unknown term", undated));
  note(told("all", all));
  noteProblems(view.problems);
}

function asRow(row: GainsView["rows"][number]) {
  return {
    closed: row.taxDay,
    symbol: row.symbol,
    quantity: row.quantity,
    opened: row.opened ?? "n/a",
    term: row.term ?? "n/a",
    currency: row.currency,
    gain: cell(row.gain),
    proceedsBase: cell(row.proceedsBase),
    costBase: cell(row.costBase),
    gainBase: cell(row.gainBase),
    price: cell(row.priceBase),
    fx: cell(row.fxBase),
    by: row.by
  };
}

function told(name: string, {count, gainBase, proceedsBase, costBase}: GainSum): string {
  const gain = gainBase.value ?? `n/a (${gainBase.reason})`;
  return `${name}: ${count} closings, proceeds ${cell(proceedsBase)}, cost ${cell(costBase)}, gain ${gain}`;
}
