import {readFileSync} from "node:fs";
import type {Config} from "../config.js";
import {parseChoices} from "../lib/ledger/lots/choices.js";
import {LOT_METHODS, type LotMethod, type LotProblem} from "../lib/ledger/lots/lot.js";
import type {LotsView, MethodQuery} from "../lib/ledger/lots/lots-view.js";
import type {Money} from "../lib/ledger/views.js";
import {EXIT} from "./exit.js";
import {withFigures} from "./figures.js";
import {scopeQuery, type ScopeFlags} from "./options.js";
import {CliError, note, printJson, printTable} from "./output.js";

/** Words that say by which rules lots are chosen. */
export interface MethodFlags {
  method?: string[];
  choices?: string;
  conid?: string;
}

/** Returns the question of `--method`, `--choices` and `--conid`; @throws CliError where they say nothing that is known. */
export function methodQuery({method = [], choices, conid}: MethodFlags): MethodQuery & {conid?: string} {
  const query: MethodQuery & {methods: Record<string, LotMethod>; conid?: string} = {methods: {}};
  for (const word of method) {
    const [name, account] = word.split("=").toReversed();
    const known = LOT_METHODS.find((one) => one === name.toLowerCase());
    if (!known)
      throw new CliError(
        `unknown method: ${name}: say --method with ${LOT_METHODS.join(", ")}, or ACCOUNT=METHOD`,
        EXIT.usage
      );
    if (account) query.methods[account] = known;
    else query.method = known;
  }
  if (choices !== undefined) {
    try {
      query.choices = parseChoices(readFileSync(choices, "utf8"));
    } catch (error) {
      throw new CliError(`${choices}: ${(error as Error).message}`, EXIT.usage);
    }
  }
  return {...query, ...(conid !== undefined && {conid})};
}

/** `tearsheet lots`: what is held, since when, for how much. */
export async function printLots(
  config: Config,
  {demo, json, ...flags}: ScopeFlags & MethodFlags & {demo?: true; json?: true}
): Promise<void> {
  const query = {...scopeQuery(flags), ...methodQuery(flags)};
  const view = await withFigures(config, {demo, query}, (figures) => figures.lots(query));
  if (json) return printJson(view);
  printTable(view.rows.map(asRow));
  note(
    `${view.scope.accounts.join(", ")}: ${view.rows.length} lots by ${view.method}, gains in ${view.scope.currency ?? "no currency"}`
  );
  noteProblems(view.problems);
}

function asRow(row: LotsView["rows"][number]) {
  return {
    account: row.account,
    symbol: row.symbol,
    opened: row.opened ?? "n/a",
    term: row.term ?? "n/a",
    quantity: row.quantity,
    currency: row.currency,
    cost: cell(row.cost),
    value: cell(row.value),
    unrealized: cell(row.unrealized),
    inBase: cell(row.unrealizedBase),
    basis: row.basis
  };
}

/** Returns an amount for a table cell. */
export function cell({value}: Money): string {
  return value ?? "n/a";
}

/** Notes what the rows do not tell. */
export function noteProblems(problems: readonly (LotProblem & {symbol: string})[]): void {
  for (const {day, symbol, account, sentence} of problems) note(`${day} ${symbol} (${account}): ${sentence}`);
}
