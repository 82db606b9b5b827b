import {existsSync} from "node:fs";
import {join} from "node:path";
import {throwKillSwitchOffline} from "../bridge/execution/kill-switch.js";
import {OrdersStore} from "../bridge/execution/orders-store.js";
import type {Config} from "../config.js";
import type {CancelResult, KillAsk, OrderRow} from "../lib/orders/desk.js";
import {checkJournal} from "../lib/orders/journal.js";
import {askDesk, deskUrl} from "./ask-desk.js";
import {demoDeskDir} from "./demo-place.js";
import {EXIT} from "./exit.js";
import {CliError, note, printJson, printTable} from "./output.js";
import {one, positive} from "./words.js";

const STATES = new Map([
  ["on", true],
  ["off", false]
]);

const CANCELS = new Map(
  (["opening", "all-ours", "none"] as const).map((name) => [name as string, name] as const)
);

/** Who did it, where no desk is there to say so. */
const BY = "the command line";

/** `tearsheet kill-switch`: by the running desk; where none runs, for the next one that starts. */
export async function killSwitch(
  config: Config,
  state: string,
  {reason, cancel, json}: {reason: string; cancel: string; json?: true}
): Promise<void> {
  const on = one(STATES, "state", state);
  const asked: KillAsk = {on, reason: reason.trim(), cancel: one(CANCELS, "choice", cancel)};
  if (!asked.reason) throw new CliError("--reason is empty: say why, for the journal", EXIT.usage);
  const answer = await askDesk<{results: CancelResult[]}>(config, "POST", "/api/kill-switch", asked);
  if (!answer) throwOffline(config, asked);
  const results = answer?.results ?? [];
  if (json) return printJson({on, desk: answer !== undefined, results});
  const running = answer ? "" : `no desk runs at ${deskUrl(config)}: the next one obeys it; `;
  note(running + (on ? "the kill switch is thrown: no order goes out" : "orders may go out again"));
  if (results.length) printTable(results.map(({label, what, sentence}) => ({label, what, sentence})));
}

/** Writes it into the person's journal of orders, and into the demo's where there is one. */
function throwOffline(config: Config, asked: KillAsk): void {
  const [own, demo] = [config.DATA_DIR, demoDeskDir(config)].map((folder) => join(folder, "orders.db"));
  throwKillSwitchOffline(own, asked, BY, Date.now());
  if (existsSync(demo)) throwKillSwitchOffline(demo, asked, BY, Date.now());
}

/** `tearsheet orders`: as the running desk has them. */
export async function printOrders(
  config: Config,
  {all, limit, json}: {all?: true; limit: string; json?: true}
): Promise<void> {
  const query = `state=${all ? "all" : "working"}&limit=${positive("limit", limit)}`;
  const answer = await askDesk<{orders: OrderRow[]}>(config, "GET", `/api/orders?${query}`);
  if (!answer) throw new CliError(`no desk runs at ${deskUrl(config)}: start it with npx tearsheet start`);
  if (json) return printJson(answer);
  printTable(
    answer.orders.map((row) => ({
      at: new Date(row.at).toISOString().slice(0, 19).replace("T", " "),
      account: row.account,
      order: `${row.action} ${row.quantity} ${row.label}`,
      type: row.type,
      limit: row.limit,
      stop: row.stop,
      tif: row.tif,
      status: row.status,
      filled: row.filled,
      average: row.averagePrice,
      problem: row.problem,
      id: row.id
    }))
  );
}

/** `tearsheet audit verify`: reads the journal itself, so that it needs to trust no desk. */
export function verifyAudit(
  config: Config,
  {head, demo, json}: {head?: string; demo?: true; json?: true}
): void {
  const file = join(demo ? demoDeskDir(config) : config.DATA_DIR, "orders.db");
  if (!existsSync(file)) throw new CliError(`there is no journal of orders yet: ${file}`);
  const store = new OrdersStore(file);
  try {
    const check = checkJournal(store.all(), head);
    if (json) printJson(check);
    else if (!check.problem)
      process.stdout.write(
        `${check.lines === 1 ? "1 line holds" : `${check.lines} lines hold`}, as written; head ${check.head}\n`
      );
    if (check.problem)
      throw new CliError(json ? "" : `${check.problem.sentence}; ${check.lines} before it hold`);
  } finally {
    store.close();
  }
}
