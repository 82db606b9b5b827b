import {isNotional, worth} from "../exposure.js";
import type {Rates} from "../rates.js";
import type {LedgerRow} from "../tables.js";
import type {Amount} from "../../money/amount.js";
import {holdingKey} from "./holding.js";
import type {CashLeg, Movement, MovementKind} from "./movement.js";

type Trade = LedgerRow<"trades">;

/** IBKR's codes of what the holder or the clearing house did with an option. */
const CODES: readonly (readonly [MovementKind, ReadonlySet<string>])[] = [
  ["assignment", new Set(["A"])],
  ["exercise", new Set(["Ex", "AEx", "MEx", "GEA"])],
  ["expiry", new Set(["Ep"])]
];

/**
 * Returns what a trade moved: a holding and its cash, of a cancel or a correction with the sign that it is printed with
 * (R20). A forex trade moves two currencies and no holding. The notional of a future or CFD is no cash. Accrued
 * interest of a bond is booked by a cash transaction of its own, unless netCash has it.
 * @param rates for costs in another currency than the trade's
 */
export function ofTrade(row: Trade, rates: Rates): Movement {
  if (row.assetCategory === "CASH") return ofForex(row, rates);
  const {currency} = row;
  const proceeds = proceedsOf(row);
  const notional = isNotional(row);
  const costs = costLegs(row);
  const cash =
    notional || !currency || !proceeds ? [] : [{currency, amount: proceeds, kind: "proceeds" as const}];
  return {
    ...base(row, rates),
    kind: kindOf(row),
    holding: holdingKey(row),
    quantity: row.quantity ?? 0n,
    proceeds,
    cash: [...cash, ...costs, ...accruedInterest(row, proceeds)]
  };
}

/** What came in for it as printed, else by its price. */
function proceedsOf(row: Trade): Amount {
  return row.proceeds ?? -(worth(row, row.quantity, row.tradePrice) ?? 0n);
}

function ofForex(row: Trade, rates: Rates): Movement {
  const pair = currenciesOf(row);
  const proceeds = proceedsOf(row);
  const legs: CashLeg[] = pair
    ? [
        {currency: pair[0], amount: row.quantity ?? 0n, kind: "proceeds"},
        {currency: pair[1], amount: proceeds, kind: "proceeds"}
      ]
    : [];
  return {
    ...base(row, rates),
    kind: "trade",
    holding: null,
    quantity: 0n,
    proceeds: 0n,
    cash: [...legs.filter(({amount}) => amount !== 0n), ...costLegs(row)]
  };
}

const PAIR = /^([A-Z]{3})[./]([A-Z]{3})$/;

/** Returns the currency that a forex trade's quantity is of, and the one of its proceeds; null where the symbol is no pair. */
export function currenciesOf({
  symbol,
  currency
}: Pick<Trade, "symbol" | "currency">): [string, string] | null {
  const match = PAIR.exec(symbol ?? "");
  return match && [match[1], currency ?? match[2]];
}

function base(row: Trade, rates: Rates) {
  const {id, account, day, currency, dateTime, fifoPnlRealized} = row;
  return {
    table: "trades" as const,
    id,
    account,
    day,
    time: dateTime ?? day,
    currency,
    costs: costsOf(row, rates),
    realized: fifoPnlRealized,
    action: null
  };
}

function kindOf({transactionType, notes}: Trade): MovementKind {
  if (transactionType !== "BookTrade" || !notes) return "trade";
  const codes = notes.split(";");
  return CODES.find(([, of]) => codes.some((code) => of.has(code)))?.[0] ?? "trade";
}

function costLegs({currency, ibCommission, ibCommissionCurrency, taxes}: Trade): CashLeg[] {
  const legs: CashLeg[] = [];
  const paidIn = ibCommissionCurrency ?? currency;
  if (ibCommission && paidIn) legs.push({currency: paidIn, amount: ibCommission, kind: "commission"});
  if (taxes && currency) legs.push({currency, amount: taxes, kind: "tax"});
  return legs;
}

function costsOf(
  {currency, day, ibCommission, ibCommissionCurrency, taxes}: Trade,
  rates: Rates
): Amount | null {
  const commission = ibCommission ?? 0n;
  const paidIn = ibCommissionCurrency ?? currency;
  if (!commission || paidIn === currency) return commission + (taxes ?? 0n);
  const converted = paidIn && currency ? rates.convert(commission, paidIn, currency, day) : null;
  return converted === null ? null : converted + (taxes ?? 0n);
}

/** What a bond's netCash has beyond proceeds and costs. */
function accruedInterest(row: Trade, proceeds: Amount): CashLeg[] {
  const {assetCategory, currency, netCash, ibCommission, ibCommissionCurrency, taxes} = row;
  if ((assetCategory !== "BOND" && assetCategory !== "BILL") || netCash === null || !currency) return [];
  const commission = (ibCommissionCurrency ?? currency) === currency ? (ibCommission ?? 0n) : 0n;
  const amount = netCash - proceeds - commission - (taxes ?? 0n);
  return amount ? [{currency, amount, kind: "bond-interest"}] : [];
}
