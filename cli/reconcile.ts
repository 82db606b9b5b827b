import type {Config} from "../config.js";
import type {Check, ReconciliationView} from "../lib/ledger/reconcile/check.js";
import {EXIT} from "./exit.js";
import {withFigures} from "./figures.js";
import {scopeQuery, type ScopeFlags} from "./options.js";
import {note, printJson, printTable, progressLine} from "./output.js";

/** `tearsheet reconcile`: ours against IBKR's figures; exit 1 when one differs. */
export async function printReconciliation(
  config: Config,
  {demo, json, ...flags}: ScopeFlags & {demo?: true; json?: true}
): Promise<void> {
  const query = scopeQuery(flags);
  const line = progressLine();
  line.update("reading the ledger");
  const view = await withFigures(config, {demo, query}, (figures, {trades, cash, positions}) => {
    const rows = trades.length + cash.length + positions.length;
    line.update(`comparing what ${rows.toLocaleString("en")} rows lead to`);
    return figures.reconciliation(query);
  });
  line.end();
  const {checks, counts, green, continuations, trend} = view;
  if (json) printJson({checks, counts, green, continuations, trend});
  else show(view);
  if (counts.differs) process.exitCode = EXIT.failed;
}

function show({checks, counts, green, continuations}: ReconciliationView): void {
  const groups = Map.groupBy(checks, ({account, what}) => `${account} ${what}`);
  printTable(
    [...groups.values()].map((group) => {
      const [{account, what}] = group;
      const count = (status: Check["status"]) =>
        group.filter((check) => check.status === status).length || "";
      return {
        account,
        what,
        compared: group.reduce((sum, {compared}) => sum + compared, 0),
        agrees: count("agrees"),
        explained: count("explained"),
        differs: count("differs"),
        "not given": count("not-given")
      };
    })
  );
  for (const check of checks) {
    const {account, what, status, evidence, reason} = check;
    if (status === "differs") note(`differs: ${account} ${what}: ${evidence[0]}`);
    else if (status === "not-given") note(`not given: ${account} ${what}: ${reason?.sentence}`);
  }
  for (const {former, account, day} of continuations) note(`${former} goes on as ${account} since ${day}`);
  note(
    `${counts.agrees} agree, ${counts.explained} explained, ${counts.differs} differ, ${counts.notGiven} not given${green ? ": green" : ""}`
  );
}
