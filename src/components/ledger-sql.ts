import {DateDay, Float64, Table, tableToIPC, vectorFromArray} from "apache-arrow";
import type {TableName} from "../lib/ledger/tables.js";
import type {PnlDay, PnlView} from "../lib/ledger/views.js";
import {openDesk} from "./desk.js";
import {registerArrow, sql} from "./sql.js";

/**
 * Makes tables of the ledger in the page's database: the rows that every page's figures are made of. A column with
 * IBKR's own name holds what IBKR says; amounts are decimals, days are dates.
 * @returns what `sql` cells call: as `const sql = await ledgerSql([…])` it makes them wait for the tables
 */
export async function ledgerSql(names: readonly TableName[]): Promise<typeof sql> {
  const desk = await openDesk();
  await Promise.all(names.map(async (name) => registerArrow(name, await desk.table(name))));
  return sql;
}

/**
 * Makes the table `pnl` in the page's database: value, flow, gain and return of each day of all accounts together, as
 * the Performance page has them, NULL where one is n/a.
 * @returns the view that it is made of
 */
export async function loadPnl(): Promise<PnlView> {
  const desk = await openDesk();
  const view = await desk.view("pnl", {range: "ALL"});
  const column = (pick: (day: PnlDay) => number | string | null) =>
    vectorFromArray(
      view.days.map((day) => {
        const value = pick(day);
        return value === null ? null : Number(value);
      }),
      new Float64()
    );
  const table = new Table({
    day: vectorFromArray(
      view.days.map(({day}) => new Date(day)),
      new DateDay()
    ),
    nav: column(({nav}) => nav.value),
    flow: column(({flow}) => flow.value),
    pnl: column(({pnl}) => pnl.value),
    realized: column(({realized}) => realized.value),
    return: column((day) => day.return.value),
    cumulative: column(({cumulative}) => cumulative.value)
  });
  await registerArrow("pnl", tableToIPC(table, "stream"));
  return view;
}
