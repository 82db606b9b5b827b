import {UNIT, type Amount} from "../../money/amount.js";
import type {LedgerRow} from "../tables.js";
import type {Frame} from "./frame.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

type Line = LedgerRow<"funds">;

/**
 * Compares the statement of funds of each day and currency with itself: its first balance and all amounts make its last,
 * and each balance follows from another by its own amount.
 */
export function checkFunds(frame: Frame): void {
  const groups = Map.groupBy(
    frame.rows.funds,
    ({day, currency, levelOfDetail}) => `${day}/${currency}/${levelOfDetail}`
  );
  for (const rows of groups.values()) checkDay(frame, rows);
}

function checkDay(frame: Frame, rows: readonly Line[]): void {
  const {day, currency} = rows[0];
  const place = {what: "cash" as const, period: frame.periodAt(day)};
  const named = (name: string) =>
    rows.find(({activityDescription}) => activityDescription === name)?.balance ?? null;
  for (const name of ["Starting Balance", "Ending Balance"]) {
    const lines = rows.filter(({activityDescription}) => activityDescription === name);
    if (lines.length < 2) continue;
    const count = BigInt(lines.length) * UNIT;
    const line = {day, item: currency ?? "", of: `StmtFunds (lines of ${name})`, ours: UNIT, theirs: count};
    frame.compare(place, {...line, tolerance: 0n, rows: lines.map(({id}) => id), itself: true});
  }
  const [start, end] = [named("Starting Balance"), named("Ending Balance")];
  const moved = rows.filter(({amount}) => amount !== null);
  const fineness = finenessOf(rows.flatMap(({amount, balance}) => [amount, balance]));
  if (start !== null && end !== null) {
    frame.compare(place, {
      day,
      item: currency ?? "",
      of: "StmtFunds.balance (the last, by its lines)",
      itself: true,
      ours: moved.reduce<Amount>((sum, {amount}) => sum + (amount ?? 0n), start),
      theirs: end,
      tolerance: toleranceOf(fineness, moved.length + 2),
      rows: moved.map(({id}) => id)
    });
  }
  const balances = new Set(rows.map(({balance}) => balance));
  for (const {id, amount, balance, symbol} of moved) {
    if (amount === null || balance === null || balances.has(balance - amount) || start === null) continue;
    frame.compare(place, {
      day,
      item: [currency, symbol].filter(Boolean).join(" "),
      of: "StmtFunds.balance (the line before it)",
      itself: true,
      ours: balance - amount,
      theirs: nearest(balances, balance - amount),
      tolerance: toleranceOf(fineness, 2),
      rows: [id]
    });
  }
}

function nearest(balances: ReadonlySet<Amount | null>, to: Amount): Amount | null {
  let best: Amount | null = null;
  const away = (one: Amount) => (one < to ? to - one : one - to);
  for (const one of balances) if (one !== null && (best === null || away(one) < away(best))) best = one;
  return best;
}
