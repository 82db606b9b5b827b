import {readFileSync} from "node:fs";
import type {Config} from "../config.js";
import {GROUPINGS, type AttributionView, type Grouping} from "../lib/ledger/attribution/attribution-view.js";
import type {BrinsonView} from "../lib/ledger/attribution/brinson-view.js";
import {parseGroupBenchmark, type GroupBenchmark} from "../lib/ledger/attribution/group-benchmark.js";
import {PROFILES, type Profile} from "../lib/ledger/risk-profile.js";
import type {Figure, Scope} from "../lib/ledger/views.js";
import {EXIT} from "./exit.js";
import {withFigures} from "./figures.js";
import {scopeQuery, type ScopeFlags} from "./options.js";
import {CliError, note, printJson, printTable} from "./output.js";

interface Flags extends ScopeFlags {
  by: string;
  profile: string;
  benchmark?: string;
  demo?: true;
  json?: true;
}

/**
 * `tearsheet attribution`: what each group gained and by what; with a file of a benchmark's groups, allocation,
 * selection and interaction against it.
 */
export async function printAttribution(
  config: Config,
  {demo, json, by, profile, benchmark, ...flags}: Flags
): Promise<void> {
  const query = {
    ...scopeQuery(flags),
    by: oneOf(GROUPINGS, by, "--by") satisfies Grouping,
    profile: oneOf(PROFILES, profile, "--profile") satisfies Profile
  };
  const groups = benchmark === undefined ? undefined : readGroups(benchmark);
  await withFigures(config, {demo, query, positions: "all"}, (figures) => {
    if (groups) {
      const view = figures.brinson({...query, groups});
      if (json) printJson(view);
      else showBrinson(view);
    } else {
      const view = figures.attribution(query);
      if (json) printJson(view);
      else showGains(view);
    }
  });
}

function oneOf<T extends string>(choices: readonly T[], given: string, flag: string): T {
  const found = choices.find((choice) => choice === given);
  if (found === undefined)
    throw new CliError(`unknown ${flag} ${given}: say ${choices.join(", ")}`, EXIT.usage);
  return found;
}

function readGroups(file: string): GroupBenchmark {
  try {
    return parseGroupBenchmark(readFileSync(file, "utf8"));
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    throw new CliError(code === "ENOENT" ? `no such file: ${file}` : `${file}: ${message}`);
  }
}

function showGains({rows, total, scope, reason, constants, problems}: AttributionView): void {
  if (reason !== null) throw new CliError(reason);
  const line = ({gain, price, income, currency, fee, tax}: AttributionView["total"]) => ({
    gain: gain.value ?? "",
    price: price.value ?? "",
    income: income.value ?? "",
    currency: currency.value ?? "",
    fee: fee.value ?? "",
    tax: tax.value ?? ""
  });
  printTable([
    ...rows.map((row) => ({
      group: row.label,
      ...line(row),
      contribution: inPercent(row.contribution),
      return: row.kind === "holdings" ? inPercent(row.return) : ""
    })),
    {group: "total", ...line(total), contribution: inPercent(total.contribution), return: ""}
  ]);
  say(scope, constants);
  for (const problem of problems) note(`problem: ${problem}`);
}

function showBrinson({rows, total, scope, reason, constants}: BrinsonView): void {
  if (reason !== null) throw new CliError(reason);
  const effects = ({
    allocation,
    selection,
    interaction,
    total: all
  }: BrinsonView["total"] | BrinsonView["rows"][number]) => ({
    allocation: inPercent(allocation),
    selection: inPercent(selection),
    interaction: inPercent(interaction),
    total: inPercent(all)
  });
  printTable([
    ...rows.map((row) => ({
      group: row.group,
      weight: inPercent(row.portfolioWeight),
      benchmark: inPercent(row.benchmarkWeight),
      ...effects(row)
    })),
    {
      group: "total",
      weight: inPercent(total.portfolio),
      benchmark: inPercent(total.benchmark),
      ...effects(total)
    }
  ]);
  note("the total's weight and benchmark are their returns");
  say(scope, constants);
}

function say({accounts, from, to, currency}: Scope, constants: readonly string[]): void {
  note(`${accounts.join(", ")}, ${from ?? "?"} to ${to ?? "?"}, in ${currency ?? "no currency"}`);
  for (const constant of constants) note(constant);
}

function inPercent({value}: Figure): string {
  return value === null ? "n/a" : `${(100 * value).toFixed(4)}%`;
}
