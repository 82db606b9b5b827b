import {oncePerLedger} from "../once-per-ledger.js";
import {holdingKey, type Named} from "../movements/holding.js";
import type {Movement} from "../movements/movement.js";
import type {LedgerRow, LedgerTables} from "../tables.js";
import type {Amount} from "../../money/amount.js";
import type {MovementRows} from "./rows.js";

/** One row of a corporate action: what it did to a holding. */
export interface Delta {
  move: Movement;
  type: string;
  /** Cash that came in for it, in the holding's currency; null where the row says none. */
  money: Amount | null;
  /** What the shares were worth, signed as the quantity; null where the row says none. */
  value: Amount | null;
  /** As IBKR booked it; null where it says none or nothing. */
  realized: Amount | null;
}

/** Rows of one corporate action in one account on one day. */
export interface ActionGroup {
  account: string;
  day: string;
  deltas: Delta[];
  /** Holdings that a spin-off may come from, by the names in its text. */
  parents: readonly string[];
}

/**
 * Groups an account's corporate actions: by IBKR's number, else by their text up to the instrument's own name.
 * @param actions movements of corporate actions, in order
 */
export function actionGroups(
  actions: readonly Movement[],
  rows: MovementRows,
  holdingsOf: (name: string) => readonly string[]
): ActionGroup[] {
  const groups = Map.groupBy(actions, (move) => `${move.day}/${move.action ?? textOf(move, rows)}`);
  return [...groups.values()].map((moves): ActionGroup => {
    const deltas = moves.map((move) => deltaOf(move, rows));
    const isSpinOff = deltas.some(({type}) => type === "SO");
    const parents = isSpinOff ? parentsOf(rows.action(moves[0]), holdingsOf) : [];
    return {account: moves[0].account, day: moves[0].day, deltas, parents};
  });
}

function deltaOf(move: Movement, rows: MovementRows): Delta {
  const row = rows.action(move);
  return {
    move,
    type: row?.type ?? "",
    money: row?.proceeds ?? (row?.amount ? -row.amount : null),
    value: row?.value || null,
    realized: row?.fifoPnlRealized || null
  };
}

function textOf(move: Movement, rows: MovementRows): string {
  const row = rows.action(move);
  return (row?.actionDescription ?? row?.description ?? row?.type ?? "").replace(/\s*\([^()]*\)\s*$/, "");
}

/** `PARENT(US0000000000) SPINOFF …`: IBKR's text names the parent by symbol and ISIN before the first blank. */
function parentsOf(
  row: LedgerRow<"corporate_actions"> | undefined,
  holdingsOf: (name: string) => readonly string[]
): string[] {
  const text = row?.actionDescription ?? row?.description ?? "";
  const [, symbol, isin] = /^([^\s(]+)\s*\((\w+)\)/.exec(text) ?? [];
  return [...new Set([...holdingsOf(isin ?? ""), ...holdingsOf(symbol ?? "")])];
}

/** Returns the holdings that go by an ISIN or a symbol, in any account. */
export const holdingNames = oncePerLedger((ledger: LedgerTables): ((name: string) => readonly string[]) => {
  const names = new Map<string, Set<string>>();
  const add = (name: string | null, holding: string) => {
    if (!name) return;
    const known = names.get(name);
    if (known) known.add(holding);
    else names.set(name, new Set([holding]));
  };
  for (const rows of [
    ledger.trades,
    ledger.positions,
    ledger.lots,
    ledger.transfers,
    ledger.corporate_actions
  ]) {
    for (const row of rows as readonly (Named & {isin: string | null})[]) {
      const holding = holdingKey(row);
      if (!holding) continue;
      add(row.isin, holding);
      add(row.symbol, holding);
    }
  }
  return (name) => [...(names.get(name) ?? [])];
});
