import {compareText} from "../order.js";
import type {Amount} from "../money/amount.js";
import {isSummed} from "./nav-parts.js";
import {oncePerLedger} from "./once-per-ledger.js";
import type {LedgerRow, LedgerTables} from "./tables.js";

/** A ChangeInNAV: what IBKR says led an account from one value to another, in its base currency. */
export interface Bridge {
  account: string;
  /** First and last day of the period. */
  from: string;
  to: string;
  /** Value at the end of the day before the first, and at the end of the last. */
  start: Amount | null;
  end: Amount | null;
  /** What sums to end - start, by IBKR's name, without the zeros. */
  parts: ReadonlyMap<string, Amount>;
  rows: string[];
}

type Row = LedgerRow<"change_in_nav">;

/** Returns each account's bridges, in order of their last day, of the same last day the shortest last. */
export const bridgesOf = oncePerLedger(({change_in_nav}: LedgerTables): Map<string, Bridge[]> => {
  const periods = Map.groupBy(
    change_in_nav.filter(({fromDate, toDate, amount}) => fromDate && toDate && amount !== null),
    periodKeys()
  );
  const bridges = [...periods.values()].map(total).flatMap((rows) => (rows.length ? [bridgeOf(rows)] : []));
  bridges.sort((a, b) => compareText(a.to, b.to) || compareText(a.from, b.from));
  return Map.groupBy(bridges, ({account}) => account);
});

/** Names a row's account and period by one text, made once for the rows of a period that follow one another. */
function periodKeys(): (row: Row) => string {
  let last: Row | undefined;
  let key = "";
  return (row) => {
    const {account, fromDate, toDate} = row;
    if (last?.account !== account || last.fromDate !== fromDate || last.toDate !== toDate) {
      key = `${account}/${fromDate}/${toDate}`;
    }
    last = row;
    return key;
  };
}

/** Returns the account's shortest bridge that ends on a day; undefined if there is none. */
export function bridgeEnding(ledger: LedgerTables, account: string, day: string): Bridge | undefined {
  return bridgesOf(ledger)
    .get(account)
    ?.findLast(({to}) => to === day);
}

/** The rows of all currencies and models together: those that name none, else BASE_SUMMARY, else the one currency there is. */
function total(rows: readonly Row[]): readonly Row[] {
  const ofCurrency = pick(rows, ({currency}) => currency, "BASE_SUMMARY");
  const whole = ofCurrency.filter(({model}) => !model);
  return whole.length ? whole : ofCurrency;
}

function pick(rows: readonly Row[], name: (row: Row) => string | null, sum: string): readonly Row[] {
  const groups = Map.groupBy(rows, (row) => name(row) || "");
  return groups.get("") ?? groups.get(sum) ?? (groups.size === 1 ? rows : []);
}

function bridgeOf(rows: readonly Row[]): Bridge {
  const sums = new Map<string, Amount>();
  for (const {part, amount} of rows) {
    if (part) sums.set(part, (sums.get(part) ?? 0n) + (amount as Amount)); // rows without an amount were left out
  }
  const {account, fromDate, toDate} = rows[0];
  return {
    account,
    from: fromDate as string,
    to: toDate as string,
    start: sums.get("startingValue") ?? null,
    end: sums.get("endingValue") ?? null,
    parts: new Map([...sums].filter(([name, amount]) => isSummed(name) && amount !== 0n)),
    rows: rows.map(({id}) => id)
  };
}
