import type {Config} from "../config.js";
import {isDay} from "../lib/time/day.js";
import {EXIT} from "./exit.js";
import {withFigures} from "./figures.js";
import {scopeQuery, type ScopeFlags} from "./options.js";
import {CliError, note, printJson, printTable} from "./output.js";

interface TwinFlags extends ScopeFlags {
  after?: string;
  tag?: string;
  demo?: true;
  json?: true;
}

/** `tearsheet twin`: what the trades after a day, or of a tag, added to the account. */
export async function printTwin(
  config: Config,
  {demo, json, after, tag, ...flags}: TwinFlags
): Promise<void> {
  if (after !== undefined && !isDay(after))
    throw new CliError(`--after is no date: ${after}: write it as 2026-01-31`, EXIT.usage);
  const query = {...scopeQuery(flags), ...(after && {after}), ...(tag && {tag})};
  const view = await withFigures(config, {demo, query}, (figures) => figures.twin(query));
  if (json) return printJson(view);
  const {gain, return: returns, without, assumptions, unknown, scope} = view;
  const percent = (value: number | null) => (value === null ? "n/a" : `${(100 * value).toFixed(4)}%`);
  printTable(
    (["actual", "twin", "added"] as const).map((name) => ({
      what: name,
      gain: gain[name].value ?? "n/a",
      return: percent(returns[name].value)
    }))
  );
  const what = without.tag === null ? `after ${without.after ?? "the start"}` : `with the tag ${without.tag}`;
  note(
    `without ${without.rows.length} trades ${what}; ${scope.from ?? "?"} to ${scope.to ?? "?"}, in ${scope.currency ?? "no currency"}`
  );
  if (unknown.days) note(`n/a on ${unknown.days} days: ${unknown.reason}`);
  for (const sentence of assumptions) note(`assumed: ${sentence}`);
}
