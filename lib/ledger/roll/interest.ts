import type {Amount} from "../../money/amount.js";
import {sessionsBetween} from "../../time/calendar.js";
import {addDays} from "../../time/day.js";
import {BASE_SUMMARY} from "../cash.js";
import type {LedgerRow} from "../tables.js";
import type {Change} from "./book.js";
import type {Period} from "./periods.js";

type Row = LedgerRow<"interest_accruals">;

/** What the statements of an account accrued and took back, each day counted once. */
export interface InterestChanges {
  changes: Change[];
  /** Days whose balance nothing tells: a longer statement has them, and shorter ones tell only what came after. */
  unknown: Period[];
  /** Statements that overlap in part: nothing tells the balance from the first day on until a statement opens again. */
  torn: Period[];
  /** First days of statements that overlap no other in part: the balance of each may be begun with. */
  starts: string[];
}

/** A statement's interest; `changes` is null where it cannot be told apart from that of another. */
interface Stated extends Period {
  /** Whether it tells only the sum in base. */
  isSum: boolean;
  changes: Change[] | null;
  unknown: Period[];
}

/**
 * Returns how accrued interest changed. Of statements of which one holds the others the shorter count; the longer one
 * adds, on its last day, the rest that they do not tell.
 * @param base currency for which the sum in base stands, where that is all there is
 */
export function interestChanges(rows: readonly Row[], base: string | null): InterestChanges {
  let kept: Stated[] = [];
  for (const one of statementsOf(rows, base)) {
    const overlapping = kept.filter(({from, to}) => from <= one.to && one.from <= to);
    const joined = overlapping.length ? join(one, overlapping) : one;
    if (joined) kept = [...kept.filter((other) => !overlapping.includes(other)), joined];
  }
  const torn = kept.filter(({changes}) => changes === null);
  return {
    changes: kept.flatMap(({changes}) => changes ?? []),
    unknown: kept.flatMap(({unknown}) => unknown),
    torn: torn.map(({from, to}) => ({from, to})),
    starts: kept.flatMap(({from, changes}) => (changes ? [from] : [])).sort()
  };
}

/** A longer statement with the shorter ones that it overlaps; null where it adds nothing to them. */
function join(long: Stated, parts: readonly Stated[]): Stated | null {
  const known = parts.flatMap((part) => (part.changes ? [part] : []));
  const isTold = (day: string) => known.some(({from, to}) => from <= day && day <= to);
  const untold = sessionsBetween(long.from, long.to).find((day) => !isTold(day));
  if (known.length && untold === undefined) return null;
  const isWhole = parts.every(
    ({from, to, isSum, changes}) =>
      from >= long.from && to <= long.to && (changes === null || isSum === long.isSum)
  );
  if (!isWhole) {
    const from = parts.reduce((least, part) => (part.from < least ? part.from : least), long.from);
    const to = parts.reduce((last, part) => (part.to > last ? part.to : last), long.to);
    return {from, to, isSum: long.isSum, changes: null, unknown: []};
  }
  const told = known.flatMap(({changes}) => changes ?? []);
  const rest = new Map<string, Amount>();
  for (const {key, amount} of long.changes ?? []) rest.set(key, (rest.get(key) ?? 0n) + amount);
  for (const {key, amount} of told) rest.set(key, (rest.get(key) ?? 0n) - amount);
  const changes = [...told];
  for (const [key, amount] of rest) if (amount) changes.push({day: long.to, key, amount});
  const unknown = known.flatMap((part) => part.unknown);
  if (untold !== undefined && untold < long.to) unknown.push({from: untold, to: addDays(long.to, -1)});
  return {...long, changes, unknown};
}

/** The statements, the shortest first. */
function statementsOf(rows: readonly Row[], base: string | null): Stated[] {
  const bySpan = Map.groupBy(
    rows.filter(({fromDate, toDate}) => fromDate && toDate),
    ({fromDate, toDate}) => `${fromDate}/${toDate}`
  );
  const days = ({from, to}: Period) => Date.parse(to) - Date.parse(from);
  return [...bySpan.values()]
    .map((all) => statementOf(all, base))
    .sort((a, b) => days(a) - days(b) || (a.from < b.from ? -1 : 1));
}

function statementOf(rows: readonly Row[], base: string | null): Stated {
  const broken = rows.filter(({currency}) => currency !== BASE_SUMMARY);
  const isSum = !broken.length;
  const [from, to] = [rows[0].fromDate!, rows[0].toDate!]; // grouped by them
  const changes = (isSum ? rows : broken).flatMap((row): Change[] => {
    const {currency, interestAccrued, accrualReversal, fxTranslation} = row;
    const key = isSum ? base : currency;
    const amount: Amount =
      (interestAccrued ?? 0n) + (accrualReversal ?? 0n) + (isSum ? (fxTranslation ?? 0n) : 0n);
    return key && amount ? [{day: to, key, amount}] : [];
  });
  return {from, to, isSum, changes, unknown: []};
}
