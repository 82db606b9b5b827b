/** The attributes by which IBKR names an instrument; a query ticks more of them in one section than in another. */

import type {Instrument} from "../market/instruments.js";
import {attributes, type Value} from "./element.js";

/** `untitled` is full without the description, for rows that have a text of their own. */
export type Detail = "brief" | "position" | "full" | "untitled";

const known = new Map<Detail, WeakMap<Instrument, string>>([
  ["brief", new WeakMap()],
  ["position", new WeakMap()],
  ["full", new WeakMap()],
  ["untitled", new WeakMap()]
]);

/** Identity attributes of an instrument. */
export function identity(instrument: Instrument, detail: Detail): string {
  const cache = known.get(detail)!;
  let text = cache.get(instrument);
  if (text === undefined) cache.set(instrument, (text = attributes(describe(instrument, detail))));
  return text;
}

function describe(instrument: Instrument, detail: Detail): Record<string, Value> {
  const {assetCategory, subCategory, symbol, description, conid, isin, cusip, underlying} = instrument;
  const brief = {assetCategory, symbol, conid};
  if (detail === "brief") return brief;
  const position = {
    assetCategory,
    symbol,
    description,
    conid,
    isin,
    listingExchange: instrument.listingExchange || undefined,
    underlyingConid: underlying?.conid,
    underlyingSymbol: underlying?.symbol,
    multiplier: instrument.multiplier,
    strike: instrument.strike,
    expiry: instrument.expiry,
    putCall: instrument.putCall
  };
  if (detail === "position") return position;
  return {
    ...position,
    description: detail === "full" ? description : undefined,
    subCategory: subCategory || undefined,
    securityID: isin,
    securityIDType: isin && "ISIN",
    cusip,
    underlyingSecurityID: underlying?.isin,
    underlyingListingExchange: underlying?.listingExchange
  };
}
