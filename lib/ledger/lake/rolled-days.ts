import type {MarkedDay} from "../attribution/marked-days.js";
import {isForDifference, type Position} from "../exposure.js";
import {holdingKey} from "../movements/holding.js";
import {marksOf} from "../roll/marks.js";
import {rollOf, type AccountRoll} from "../roll/roll.js";
import type {LedgerTables} from "../tables.js";

/**
 * Returns what looks up what an account held on a day that no statement lists its positions of: quantities rolled by its
 * movements, at the closes of that day. Undefined without a lake, where a holding has no close, or where what was rolled is
 * not what the next statement begins with.
 */
export function rolledDays(ledger: LedgerTables): (account: string, day: string) => MarkedDay | undefined {
  const {lake} = ledger;
  if (!lake?.rows.marks.length) return () => undefined;
  const rolls = rollOf(lake.own);
  const marks = marksOf(ledger);
  const described = describe(lake.own);
  return (account, day) => {
    const roll = rolls.get(account);
    if (!roll || !isKnown(roll, day)) return undefined;
    const positions = new Map<string, Position>();
    const sources = new Set<string>();
    for (const [key, series] of roll.holdings.series) {
      const quantity = series.at(day);
      if (!quantity) continue;
      const row = described.get(key);
      const mark = marks.holding(key, day);
      if (!row || !mark || isForDifference(row)) return undefined;
      sources.add(mark.source);
      positions.set(key, {
        ...row,
        ...NOT_STATED,
        id: `rolled/${account}/${day}/${key}`,
        account,
        day,
        position: quantity,
        markPrice: mark.price
      });
    }
    return sources.size ? {source: [...sources].sort().join(", "), positions} : undefined;
  };
}

const NOT_STATED = {positionValue: null, fifoPnlUnrealized: null, openPrice: null, fxRateToBase: null};

/** Whether holdings of a day are rolled from an opening to a statement that begins with the same. */
function isKnown({holdings}: AccountRoll, day: string): boolean {
  if (!holdings.openingOf(day)) return false;
  const next = holdings.openings.find(({from}) => from > day);
  return !next || holdings.restarts.every(({from}) => from !== next.from);
}

/** A row that says what each holding is. */
function describe({trades, positions}: LedgerTables): Map<string, Position> {
  const described = new Map<string, Position>();
  for (const row of [...trades, ...positions]) {
    const key = holdingKey(row);
    if (key !== null && row.currency) described.set(key, row as Position); // a trade names its instrument as a position does
  }
  return described;
}
