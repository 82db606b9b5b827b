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
