import type {ViewQuery} from "../lib/ledger/views.js";
import {isDay} from "../lib/time/day.js";
import type {DateOrder} from "../lib/time/flex-date.js";
import {EXIT} from "./exit.js";
import {CliError} from "./output.js";

/** Returns how slash dates are read, as `--date-format` says it. */
export function dateOrder(text: string | undefined): {dateFormat?: DateOrder} {
  if (text === undefined) return {};
  if (text === "mdy" || text === "dmy") return {dateFormat: text};
  throw new CliError(
    `unknown date format: ${text}: say --date-format mdy (12/31/2025) or dmy (31/12/2025)`,
    EXIT.usage
  );
}

/** Words that say whose figures of which days are asked for. */
export interface ScopeFlags {
  account?: string[];
  currency?: string;
  from?: string;
  to?: string;
}

/** Returns the question of `--account`, `--currency`, `--from` and `--to`; @throws CliError for a date that is none. */
export function scopeQuery({account, currency, from, to}: ScopeFlags): ViewQuery {
  for (const [name, day] of Object.entries({from, to})) {
    if (day !== undefined && !isDay(day))
      throw new CliError(`--${name} is no date: ${day}: write it as 2026-01-31`, EXIT.usage);
  }
  if (from !== undefined && to !== undefined && from > to)
    throw new CliError(`--from ${from} is after --to ${to}`, EXIT.usage);
  return {
    ...(account?.length && {accounts: account}),
    ...(currency !== undefined && {currency: currency.toUpperCase()}),
    ...(from === undefined && to === undefined ? {range: "ALL"} : {range: "custom"}),
    ...(from !== undefined && {from}),
    ...(to !== undefined && {to})
  };
}
