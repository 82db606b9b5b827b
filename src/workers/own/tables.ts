import type {LedgerTables, TableName} from "../../lib/ledger/tables.js";
import {TABLES} from "../../lib/ledger/tables.js";
import {ledgerIpc} from "../ledger-ipc.js";

/** Days of positions that pages show at most, in a sparkline; the last two make a day's gain. */
const LATEST_DAYS = 31;

const NAMES = Object.keys(TABLES) as TableName[]; // its keys are the names

/** Returns each table as an Arrow IPC stream under its name: `positions` the last days only, `positions_all` every day. */
export function tableFiles(ledger: LedgerTables): Map<string, Uint8Array<ArrayBuffer>> {
  const files = new Map(
    NAMES.map((name) => [name === "positions" ? "positions_all" : name, ledgerIpc(name, ledger)] as const)
  );
  return new Map([
    ...files,
    ["positions", ledgerIpc("positions", {...ledger, positions: latestPositions(ledger.positions)})]
  ]);
}

/** Returns the positions of each account's last days that have any. */
export function latestPositions(positions: LedgerTables["positions"]): LedgerTables["positions"] {
  const first = new Map<string, string>();
  for (const [account, rows] of Map.groupBy(positions, (row) => row.account)) {
    const days = [...new Set(rows.map(({day}) => day))].toSorted();
    first.set(account, days[Math.max(0, days.length - LATEST_DAYS)]);
  }
  return positions.filter(({account, day}) => day >= first.get(account)!); // each account is in it
}
