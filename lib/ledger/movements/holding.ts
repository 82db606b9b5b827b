/** What a holding is called: conid first (R3), else what tells two instruments apart. */
export interface Named {
  conid: string | null;
  symbol: string | null;
  currency?: string | null;
  isin?: string | null;
}

/**
 * Returns the key of a holding within an account: the conid, else ISIN and currency, else symbol and currency; null
 * where the row names no instrument.
 */
export function holdingKey({conid, symbol, currency, isin}: Named): string | null {
  if (conid) return conid;
  if (isin) return `${isin}/${currency ?? ""}`;
  return symbol ? `${symbol}/${currency ?? ""}` : null;
}
