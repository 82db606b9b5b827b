/** Cash types under the name that IBKR gives them now, by the letters that they share with their former names. */
const CASH_TYPES = new Map(
  [
    "Deposits & Withdrawals",
    "Dividends",
    "Payment In Lieu Of Dividends",
    "Withholding Tax",
    "871(m) Withholding",
    "Broker Interest Paid",
    "Broker Interest Received",
    "Bond Interest Paid",
    "Bond Interest Received",
    "Broker Fees",
    "Other Fees",
    "Advisor Fees",
    "Commission Adjustments",
    "Price Adjustments"
  ].map((name) => [letters(name), name])
);

/** Returns the present name of a cash type: `Deposits/Withdrawals` is `Deposits & Withdrawals`. */
export function presentCashType(name: string): string {
  return CASH_TYPES.get(letters(name)) ?? name;
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
