import {addDays} from "../../time/day.js";
import {baseCurrencies} from "../base-currency.js";
import {isForDifference, isSettledDaily} from "../exposure.js";
import {holdingsOf} from "../movements/holdings.js";
import type {Movement} from "../movements/movement.js";
import {movementsOf} from "../movements/movements.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {LedgerRow, LedgerTables} from "../tables.js";
import {Book, type Change} from "./book.js";
import {marksOf} from "./marks.js";
import {dailySettlement} from "./settlement.js";
import {interestFrom, openingsOf, type Openings, type RollProblem} from "./openings.js";
import {interestChanges} from "./interest.js";

/**
 * An account's state as we roll it: from the opening figures of its statements, by its movements alone. What IBKR says of
 * the ends (EquitySummary, CashReport's endings, OpenPositions but for its marks, FIFO) is never in it.
 */
export interface AccountRoll {
  account: string;
  /** Signed quantity by holding. */
  holdings: Book;
  /** Cash by currency. */
  cash: Book;
  /** Dividends and interest that are accrued and not yet paid, by currency. */
  dividends: Book;
  interest: Book;
  /** What open contracts for difference were opened for, without costs, in their currency, by holding. */
  basis: Book;
  /** What the openings and the movements do not tell of each other. */
  problems: readonly RollProblem[];
}

/** Returns the rolled state of each account that has statements or movements. */
export const rollOf = oncePerLedger((ledger): ReadonlyMap<string, AccountRoll> => {
  const movements = movementsOf(ledger);
  const dividends = Map.groupBy(ledger.dividend_changes, ({account}) => account);
  const interest = Map.groupBy(ledger.interest_accruals, ({account}) => account);
  const accounts = new Set([...ledger.coverage.map(({account}) => account), ...movements.keys()]);
  return new Map(
    [...accounts].sort().map((account) => [
      account,
      rollAccount(ledger, account, {
        movements: movements.get(account) ?? [],
        dividends: dividends.get(account) ?? [],
        interest: interest.get(account) ?? []
      })
    ])
  );
});

interface Rows {
  movements: readonly Movement[];
  dividends: readonly LedgerRow<"dividend_changes">[];
  interest: readonly LedgerRow<"interest_accruals">[];
}

function rollAccount(ledger: LedgerTables, account: string, rows: Rows): AccountRoll {
  const openings = openingsOf(ledger, account, rows.movements);
  const quantities: Change[] = [];
  const money: Change[] = [];
  const basis: Change[] = [];
  const daily = new Map<string, Movement[]>();
  const known = holdingsOf(ledger);
  for (const movement of rows.movements) {
    const {day, holding: key, quantity, proceeds, cash} = movement;
    for (const {currency, amount} of cash) money.push({day, key: currency, amount});
    const held = key === null ? undefined : known.get(key);
    if (key === null || !held || !quantity) continue;
    quantities.push({day, key, amount: quantity});
    if (isSettledDaily(held)) {
      const own = daily.get(key);
      if (own) own.push(movement);
      else daily.set(key, [movement]);
    } else if (isForDifference(held)) {
      const settled = cash.reduce((sum, {kind, amount}) => (kind === "settlement" ? sum + amount : sum), 0n);
      basis.push({day, key, amount: settled - (proceeds ?? 0n)});
    }
  }
  const holdings = new Book(openings.holdings, quantities);
  const marks = marksOf(ledger);
  for (const key of holdings.series.keys()) {
    const held = known.get(key);
    if (held && isSettledDaily(held)) {
      for (const change of dailySettlement(held, holdings, daily.get(key) ?? [], marks)) money.push(change);
    }
  }
  return {
    account,
    holdings,
    cash: new Book(openings.cash, money),
    dividends: new Book(openings.dividends, rows.dividends.flatMap(ofDividend), openings.unknownDividends),
    interest: interestBook(ledger, account, rows.interest, openings),
    basis: new Book(
      openings.holdings.slice(0, 1).map((opening) => ({...opening, values: new Map()})),
      basis
    ),
    problems: openings.problems
  };
}

/** Accrued interest: after statements that overlap in part, it begins again with the next one's starting balance. */
function interestBook(
  ledger: LedgerTables,
  account: string,
  rows: Rows["interest"],
  {interest: first}: Openings
): Book {
  const base = baseCurrencies(ledger)(account, rows[0]?.day ?? "");
  const {changes, unknown, torn, starts} = interestChanges(rows, base);
  const openings = [...first];
  for (const {to} of torn) {
    const from = starts.find((start) => start > to);
    if (from === undefined || openings.some((one) => one.from === from)) continue;
    const again = interestFrom(ledger, rows, from, base);
    if (again) openings.push(again);
  }
  openings.sort((a, b) => (a.from < b.from ? -1 : 1));
  const gaps = torn.map(({from, to}) => {
    const again = openings.find((one) => one.from > to);
    return {from, to: again ? addDays(again.from, -1) : "9999-12-31"};
  });
  return new Book(openings, changes, [...unknown, ...gaps]);
}

function ofDividend({day, currency, netAmount}: LedgerRow<"dividend_changes">): Change[] {
  return currency && netAmount ? [{day, key: currency, amount: netAmount}] : [];
}
