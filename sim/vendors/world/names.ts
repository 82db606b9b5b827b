/** What other price vendors call what Yahoo lists. */

import {COINS} from "./coins.js";

const STOOQ_ENDINGS: Record<string, string> = {us: "", uk: ".L", de: ".DE", jp: ".T"};
const STOOQ_INDICES: Record<string, string> = {
  "^spx": "^GSPC",
  "^dji": "^DJI",
  "^ndq": "^IXIC",
  "^dax": "^GDAXI",
  "^nkx": "^N225",
  "^ukx": "^FTSE"
};

/** Yahoo's symbol of what another vendor calls otherwise; empty where there is none. */
export function yahooSymbol(vendor: string, symbol: string): string {
  switch (vendor) {
    case "binance":
      return COINS.find(({binance}) => binance === symbol)?.symbol ?? "";
    case "polygon":
      return symbol.replace(".", "-");
    case "stooq": {
      const lower = symbol.toLowerCase();
      const [, name = "", ending = ""] = /^([^.]+)\.(\w+)$/.exec(lower) ?? [];
      if (/^[a-z]{6}$/.test(lower)) return `${lower.toUpperCase()}=X`;
      return (
        STOOQ_INDICES[lower] ?? (ending in STOOQ_ENDINGS ? name.toUpperCase() + STOOQ_ENDINGS[ending] : "")
      );
    }
    default:
      return symbol;
  }
}
