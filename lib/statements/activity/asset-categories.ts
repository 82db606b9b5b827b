/** Asset categories as statements for people name them, and as Flex does. */
const CATEGORIES = new Map([
  ["Stocks", "STK"],
  ["Equity and Index Options", "OPT"],
  ["Options", "OPT"],
  ["Options On Futures", "FOP"],
  ["Futures Options", "FOP"],
  ["Futures", "FUT"],
  ["Forex", "CASH"],
  ["Cash", "CASH"],
  ["CFDs", "CFD"],
  ["Forex CFDs", "CFD"],
  ["Bonds", "BOND"],
  ["Treasury Bills", "BILL"],
  ["Mutual Funds", "FUND"],
  ["Warrants", "WAR"],
  ["Structured Products", "IOPT"],
  ["Cryptocurrencies", "CRYPTO"],
  ["Crypto", "CRYPTO"],
  ["Commodities", "CMDTY"],
  ["Metals", "CMDTY"]
]);

/**
 * Returns Flex's code of an asset category: `STK` of `Stocks`, also where the statement says who holds them
 * (`Stocks - Held with …`); undefined for what is none.
 */
export function assetCategory(name: string): string | undefined {
  return CATEGORIES.get(name) ?? CATEGORIES.get(name.replace(/ - Held .*$/, ""));
}
