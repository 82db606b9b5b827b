import {multiply, type Amount} from "../money/amount.js";
import {baseCurrencies} from "./base-currency.js";
import {isNotional, ownRate, worth} from "./exposure.js";
import {ratesOf} from "./rates.js";
import type {LedgerRow, LedgerTables} from "./tables.js";

/** Money or securities that came into an account or left it: positive in, negative out. */
export interface Flow {
  account: string;
  day: string;
  /** In the account's base currency; null where its rate or price is missing. */
  amount: Amount | null;
  /** The other account of a transfer between accounts; null for money from outside. */
  counterparty: string | null;
  id: string;
  kind: FlowKind;
  /** True where the sign is by the direction alone: what is printed as positive left the account. */
  turned?: boolean;
}

/** Cash transactions, transfers, and what no row says: card payments, grants. */
export type FlowKind = "deposit" | "transfer" | "other";

/** Cash types that cross the account's border. Dividends, interest, fees and taxes do not. */
const EXTERNAL = "Deposits & Withdrawals";

/**
 * Returns what crossed each account's border by row: deposits and withdrawals, and transfers at the market value of
 * their day, each in base by the row's own rate, else by the day's.
 * @returns oldest first
 */
export function bookedFlows(ledger: LedgerTables): Flow[] {
  const flows: Flow[] = [];
  const base = baseCurrencies(ledger);
  const rates = ratesOf(ledger);
  const inBase = (row: Money, amount: Amount | null) => {
    if (!amount) return amount;
    const own = ownRate(row);
    if (own) return multiply(amount, own);
    const to = base(row.account, row.day);
    return to && row.currency ? rates.convert(amount, row.currency, to, row.day) : null;
  };
  for (const row of ledger.cash) {
    if (row.type !== EXTERNAL || row.amount === null) continue;
    const {account, day, id} = row;
    flows.push({account, day, id, kind: "deposit", amount: inBase(row, row.amount), counterparty: null});
  }
  for (const row of ledger.transfers) {
    const {account, day, id, counterparty} = row;
    const securities = isNotional(row)
      ? 0n
      : (row.positionAmountInBase ?? inBase(row, row.positionAmount ?? marketValue(ledger, row)));
    const money = inBase(row, row.cashTransfer ?? 0n);
    if (securities === 0n && money === 0n) continue;
    const printed = securities === null || money === null ? null : securities + money;
    const turned = row.direction?.toUpperCase() === "OUT" && printed !== null && printed > 0n;
    const amount = turned ? -printed : printed;
    flows.push({account, day, id, kind: "transfer", counterparty, amount, ...(turned && {turned})});
  }
  return flows.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

type Money = Pick<LedgerRow<"cash">, "account" | "day" | "currency" | "fxRateToBase">;

/** What was moved at the day's mark, where the row does not say its value; null without a mark. */
function marketValue(ledger: LedgerTables, row: LedgerRow<"transfers">): Amount | null {
  if (!row.quantity) return 0n;
  const held = ledger.positions.find(
    ({conid, day, markPrice}) =>
      conid !== null && conid === row.conid && day === row.day && markPrice !== null
  );
  if (!held) return null;
  return worth(row, row.quantity, held.markPrice);
}
