import type {Position} from "../exposure.js";
import {holdingKey} from "../movements/holding.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {marksOf} from "../roll/marks.js";
import type {LedgerTables} from "../tables.js";
import type {FilledMark, LakeRows} from "./lake-rows.js";

/** A ledger with each lake it was given, by the list of closes: what is computed of it once is kept with it. */
const given = oncePerLedger(() => new WeakMap<LakeRows["marks"], LedgerTables>());

/**
 * Returns the ledger with the lake's rows beside its own: what looks up a mark or a rate in it finds its own first, and a
 * position without a price has the one that holds on its day. The same ledger where the lake gives neither.
 */
export function withLake(own: LedgerTables, rows: LakeRows | undefined): LedgerTables {
  if (!rows?.marks.length && !rows?.rates.length) return own;
  const known = given(own).get(rows.marks);
  if (known?.lake?.rows.rates === rows.rates) return known;
  const ledger = fill(own, rows);
  given(own).set(rows.marks, ledger);
  return ledger;
}

function fill(own: LedgerTables, {marks, rates}: LakeRows): LedgerTables {
  const filled = new Map<string, FilledMark>();
  const ledger: LedgerTables = {...own, lake: {own, rows: {marks, rates}, filled}};
  const closes = marksOf(ledger);
  const priced = (row: Position): Position => {
    const key = row.markPrice === null && row.positionValue === null ? holdingKey(row) : null;
    const mark = key === null ? null : closes.holding(key, row.day);
    if (!mark) return row;
    filled.set(row.id, {source: mark.source, day: mark.day, ageDays: mark.ageDays});
    return {...row, markPrice: mark.price};
  };
  ledger.positions = own.positions.map(priced);
  return ledger;
}
