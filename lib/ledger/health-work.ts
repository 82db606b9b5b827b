import {addDays} from "../time/day.js";
import {paymentsOf} from "./income/payments.js";
import {unresolvedActions} from "./movements/corporate-actions.js";
import type {Study} from "./study.js";
import type {LedgerTables, TableName} from "./tables.js";
import type {Finding, MissingSection} from "./views.js";

/** Returns withholding that belongs to no payment, or to more than one: matched by what IBKR numbers, never by amount. */
export function unmatchedWithholding({ledger, series}: Study): Finding[] {
  return paymentsOf(ledger)
    .unmatched.filter(({row}) => series.accounts.includes(row.account))
    .map(({row: {account, day, id, symbol, currency}, reason}) => ({
      code: "unmatched-withholding",
      severity: "info",
      account,
      day,
      sentence: `withholding of ${day} on ${symbol ?? currency ?? "nothing named"} in ${account}: ${reason}`,
      next: "import the statement that has the payment, or look it up in IBKR's dividend report",
      rows: [id]
    }));
}

/** Returns corporate actions whose rows do not tell all that happened: they are booked as deltas, and want a look. */
export function openActions({ledger, series}: Study): Finding[] {
  return unresolvedActions(ledger)
    .filter(({account}) => series.accounts.includes(account))
    .map(({account, day, id, symbol, description, reason}) => ({
      code: "unresolved-action",
      severity: "warning",
      account,
      day,
      sentence: `corporate action of ${day} on ${symbol ?? "nothing named"} in ${account} (${description}): ${reason}`,
      next: "compare the position before and after it, in TWS or the next statement",
      rows: [id]
    }));
}

/** Sections without which something cannot be computed or checked, and what that is. */
const SECTIONS: readonly {table: TableName; section: string; lacks: string}[] = [
  {table: "nav", section: "Net Asset Value (NAV) in Base", lacks: "value and return of each day"},
  {table: "change_in_nav", section: "Change in NAV", lacks: "what led from one value to the next"},
  {table: "cash_balances", section: "Cash Report", lacks: "the check of cash by currency"},
  {table: "positions", section: "Open Positions", lacks: "what is held, and at what price"},
  {table: "trades", section: "Trades", lacks: "lots, gains and commissions"},
  {table: "cash", section: "Cash Transactions", lacks: "deposits, income and fees"}
];

/** Returns sections of which an account has no row in any statement: an unticked box, or nothing that ever happened. */
export function missingSections({ledger, series}: Study): MissingSection[] {
  return SECTIONS.flatMap(({table, section, lacks}) => {
    const having = new Set(ledger[table].map(({account}) => account));
    return series.accounts
      .filter((account) => !having.has(account))
      .map((account) => ({
        account,
        section,
        sentence: `without ${section} there is no ${lacks}: tick it in the Flex query, unless there never was any`
      }));
  });
}

const BOOKED = ["trades", "cash", "corporate_actions", "transfers"] as const satisfies readonly TableName[];

/** Returns rows that were booked on a day that has not come: a date read in the wrong order, or a clock that is wrong. */
export function futureDays({ledger, series, today}: Study): Finding[] {
  const accounts = new Set(series.accounts);
  const tomorrow = addDays(today, 1);
  return BOOKED.flatMap((table) =>
    rowsAfter(ledger, table, tomorrow)
      .filter(({account}) => accounts.has(account))
      .map(({account, day, id}): Finding => ({
        code: "future-day",
        severity: "warning",
        account,
        day,
        sentence: `a row of ${table.replace("_", " ")} of ${account} is dated ${day}, after today (${today})`,
        next: "look at the file: --date-format says whether month or day comes first",
        rows: [id]
      }))
  );
}

function rowsAfter(ledger: LedgerTables, table: (typeof BOOKED)[number], day: string) {
  const rows: readonly {account: string; day: string; id: string}[] = ledger[table];
  return rows.filter((row) => row.day > day);
}
