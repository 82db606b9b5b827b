import type {MarkedDay} from "../attribution/marked-days.js";
import {isForDifference, type Position} from "../exposure.js";
import {holdingKey} from "../movements/holding.js";
import {movementsOf} from "../movements/movements.js";
import type {Amount} from "../../money/amount.js";
import {marksOf} from "../roll/marks.js";
import {lastBefore} from "../sorted-days.js";
import type {LedgerTables} from "../tables.js";

type Listed = ReadonlyMap<string, MarkedDay>;
type Quantities = Map<string, Amount>;

/**
 * Returns what looks up what an account held on a day that no statement lists its positions of: the quantities of a listed
 * day, and what moved between the two, at the closes of the day. Undefined without a lake, where a holding has no close,
 * where statements do not cover the days between, or where movements do not lead from one listed day to the next.
 *
 * @param listed by account: what statements say, by day
 */
export function rolledDays(
  ledger: LedgerTables,
  listed: ReadonlyMap<string, Listed>
): (account: string, day: string) => MarkedDay | undefined {
  const {lake} = ledger;
  if (!lake?.rows.marks.length) return () => undefined;
  const marks = marksOf(ledger);
  const described = describe(lake.own);
  const walks = new Map([...listed].map(([account, days]) => [account, walkOf(lake.own, account, days)]));
  return (account, day) => {
    const held = walks.get(account)?.(day);
    if (!held) return undefined;
    const positions = new Map<string, Position>();
    const sources = new Set<string>();
    for (const [key, quantity] of held) {
      const row = described.get(key);
      const mark = marks.holding(key, day);
      if (!row || !mark || isForDifference(row)) return undefined;
      sources.add(mark.source);
      const id = `rolled/${account}/${day}/${key}`;
      positions.set(key, {
        ...row,
        ...NOT_STATED,
        id,
        account,
        day,
        position: quantity,
        markPrice: mark.price
      });
    }
    return {source: sources.size ? [...sources].sort().join(", ") : "nothing held", positions};
  };
}

const NOT_STATED = {positionValue: null, fifoPnlUnrealized: null, openPrice: null, fxRateToBase: null};

/** Returns what an account held on a day between those that are listed, or beside them; undefined where that is not known. */
function walkOf(
  ledger: LedgerTables,
  account: string,
  listed: Listed
): (day: string) => Quantities | undefined {
  const days = [...listed.keys()].sort();
  const moved = (movementsOf(ledger).get(account) ?? []).filter(({holding, quantity}) => holding && quantity);
  const spans = ledger.coverage.filter((span) => span.account === account);
  const covered = (from: string, to: string) => spans.some((span) => span.from <= from && span.to >= to);
  /** Quantities of a listed day, moved to another one. */
  const from = (known: string, day: string): Quantities | undefined => {
    const [early, late] = known < day ? [known, day] : [day, known];
    if (!covered(early, late)) return undefined;
    const sign = known < day ? 1n : -1n;
    const held: Quantities = new Map();
    const add = (key: string, amount: Amount) => {
      const sum = (held.get(key) ?? 0n) + amount;
      if (sum === 0n) held.delete(key);
      else held.set(key, sum);
    };
    for (const [key, {position}] of listed.get(known)?.positions ?? []) add(key, position ?? 0n);
    for (const {day: on, holding, quantity} of moved)
      if (on > early && on <= late) add(holding!, sign * quantity!); // filtered above
    return held;
  };
  const agrees = new Map<string, boolean>();
  const meets = (before: string, after: string) => {
    let known = agrees.get(after);
    if (known === undefined) {
      const rolled = from(before, after);
      const stated = from(after, after) ?? new Map<string, Amount>();
      known =
        rolled?.size === stated.size && [...stated].every(([key, amount]) => rolled.get(key) === amount);
      agrees.set(after, known);
    }
    return known;
  };
  return (day) => {
    const at = lastBefore(days, day);
    const before: string | undefined = days[at];
    const after: string | undefined = days[at + 1];
    if (before === undefined) return after === undefined ? undefined : from(after, day);
    if (after === undefined) return from(before, day);
    return meets(before, after) ? from(before, day) : undefined;
  };
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
