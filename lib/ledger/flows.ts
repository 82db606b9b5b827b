import {multiply, type Amount} from "../money/amount.js";
import type {Rates} from "./rates.js";
import type {LedgerTables} from "./tables.js";

/** Money or securities that came into an account or left it: positive in, negative out. */
export interface Flow {
  account: string;
  day: string;
  /** In the account's base currency; null where its rate is missing. */
  amount: Amount | null;
  /** The other account of a transfer between accounts; null for money from outside. */
  counterparty: string | null;
  id: string;
}

/** Cash types that cross the account's border. Dividends, interest, fees and taxes do not. */
const EXTERNAL = new Set(["Deposits & Withdrawals"]);

/**
 * Returns what crossed each account's border: deposits and withdrawals, and transfers at the market value of
 * their day, each in base by the row's own rate, else by the day's.
 * @param base the account's base currency on a day
 * @returns oldest first
 */
export function externalFlows(
  {cash, transfers}: Pick<LedgerTables, "cash" | "transfers">,
  base: (account: string, day: string) => string | null,
  rates: Rates
): Flow[] {
  const flows: Flow[] = [];
  const inBase = (
    row: {account: string; day: string; currency: string | null; fxRateToBase: Amount | null},
    amount: Amount
  ) => {
    if (amount === 0n) return 0n;
    if (row.fxRateToBase !== null) return multiply(amount, row.fxRateToBase);
    const to = base(row.account, row.day);
    return to && row.currency ? rates.convert(amount, row.currency, to, row.day) : null;
  };
  for (const row of cash) {
    if (!row.type || !EXTERNAL.has(row.type) || row.amount === null) continue;
    const {account, day, id} = row;
    flows.push({account, day, id, amount: inBase(row, row.amount), counterparty: null});
  }
  for (const row of transfers) {
    const sign = row.direction?.toUpperCase() === "OUT" ? -1n : 1n;
    const size = (amount: Amount | null) => (amount === null ? 0n : sign * (amount < 0n ? -amount : amount));
    const securities =
      row.positionAmountInBase !== null
        ? size(row.positionAmountInBase)
        : inBase(row, size(row.positionAmount));
    const money = inBase(row, size(row.cashTransfer));
    const amount = securities === null || money === null ? null : securities + money;
    if (amount === 0n) continue;
    flows.push({account: row.account, day: row.day, id: row.id, amount, counterparty: row.counterparty});
  }
  return flows.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
