import type {Amount} from "../../money/amount.js";
import {holdingKey} from "../movements/holding.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {inCurrency, type Instrument} from "./events.js";
import type {GainPart} from "./steps.js";

/** Cash that is a gain or a cost: of a holding, or of the account's cash where none is named. */
export interface CashEvent {
  account: string;
  holding: string | null;
  day: string;
  row: Instrument;
  part: GainPart;
  amount: Amount;
  /** Currency whose gain it is, where that is not the row's: both sides of a currency trade are one gain. */
  of?: string;
}

const TAXES = new Set<string | null>(["Withholding Tax", "871(m) Withholding"]);
const INCOME = new Set<string | null>([
  "Dividends",
  "Payment In Lieu Of Dividends",
  "Bond Interest Received",
  "Bond Interest Paid",
  "Broker Interest Received",
  "Broker Interest Paid"
]);
const EXTERNAL = "Deposits & Withdrawals";

/** What a row of charges is; a card payment leaves the account and is none. */
const CHARGES: ReadonlyMap<string | null, GainPart> = new Map<string | null, GainPart>([
  ["SalesTax", "tax"],
  ["CFDCharge", "fee"],
  ["ClientFee", "fee"]
]);

/**
 * Returns income, taxes and fees by row, oldest first, and what a currency trade gained against the rate of its day.
 * Transaction taxes are not among them: they stand in their trades.
 */
export const cashEvents = oncePerLedger((ledger): CashEvent[] => {
  const events: CashEvent[] = [];
  for (const row of ledger.cash) {
    const {account, day, type, amount} = row;
    if (type === EXTERNAL || !amount) continue;
    const part = TAXES.has(type) ? "tax" : INCOME.has(type) ? "income" : "fee";
    events.push({account, holding: holdingKey(row), day, row, part, amount});
  }
  for (const row of ledger.charges) {
    const {account, day, element, amount} = row;
    const part = CHARGES.get(element);
    const named = {...row, isin: null, multiplier: null, underlyingSymbol: null};
    if (part && amount) events.push({account, holding: holdingKey(named), day, row: named, part, amount});
  }
  for (const row of ledger.trades) {
    if (row.assetCategory !== "CASH") continue;
    const {account, day, symbol, quantity, proceeds} = row;
    const event = {account, holding: null, day};
    const [bought] = (symbol ?? "").split(".");
    if (bought && quantity && proceeds) {
      const other = inCurrency(bought, row);
      events.push({...event, row: other, part: "currency", amount: quantity, of: bought});
      events.push({...event, row, part: "currency", amount: proceeds, of: bought});
    }
    const {ibCommission: fee, taxes} = row;
    if (fee)
      events.push({...event, row: inCurrency(row.ibCommissionCurrency, row), part: "fee", amount: fee});
    if (taxes) events.push({...event, row, part: "tax", amount: taxes});
  }
  return events.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
});
