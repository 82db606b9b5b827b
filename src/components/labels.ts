/** Words for IBKR's codes; a code without one stays itself. */

const CLASSES: Readonly<Record<string, string>> = {
  STK: "Stocks",
  ETF: "Funds",
  FUND: "Funds",
  OPT: "Options",
  FOP: "Futures options",
  FSFOP: "Futures options",
  FUT: "Futures",
  CFD: "CFDs",
  BOND: "Bonds",
  BILL: "Bills",
  CASH: "Currency",
  CMDTY: "Metals",
  CRYPTO: "Crypto",
  WAR: "Warrants"
};

export const className = (code: string): string => CLASSES[code] ?? code;

/** Returns "taxWithheld" as "tax withheld". */
export const attributeName = (name: string): string =>
  name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/** Returns an option's "VQTM  261127P00104000" as IBKR says it, "VQTM 27NOV26 104 P"; other symbols stay. */
export function symbolName(symbol: string): string {
  const [, root, year, month, day, right, strike] =
    /^(\S+)\s+(\d\d)(\d\d)(\d\d)([CP])(\d{8})$/.exec(symbol) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name ? `${root} ${day}${name}${year} ${Number(strike) / 1000} ${right}` : symbol;
}

const BOOKINGS: Readonly<Record<string, string>> = {
  BUY: "Buy",
  "BUY (Ca.)": "Buy, canceled",
  SELL: "Sell",
  "SELL (Ca.)": "Sell, canceled",
  "Transfer IN": "Transfer in",
  "Transfer OUT": "Transfer out",
  "Corporate action BM": "Bond maturity",
  "Corporate action DI": "Rights issue",
  "Corporate action DW": "Delisted, worthless",
  "Corporate action FS": "Forward split",
  "Corporate action IC": "New CUSIP or ISIN",
  "Corporate action RI": "Rights issue",
  "Corporate action RS": "Reverse split",
  "Corporate action SD": "Stock dividend",
  "Corporate action SO": "Spin-off",
  "Corporate action TC": "Merger",
  "Corporate action TM": "Bill maturity",
  "Corporate action TO": "Tender"
};

/** Returns a kind of booking in words: "Corporate action FS" is "Forward split". */
export const bookingName = (type: string): string => BOOKINGS[type] ?? type;
