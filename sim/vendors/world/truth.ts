/** Series by vendor and symbol, whatever way the vendor tells them. */

import {isoOf} from "./days.js";
import type {Column, World, WorldSeries} from "./known.js";
import type {Listing} from "./listing.js";
import {yahooSymbol} from "./names.js";

/** @throws RangeError if there is no such series */
export function seriesOf(world: World, id: string): WorldSeries {
  const [vendor, symbol] = [id.slice(0, id.indexOf(":")), id.slice(id.indexOf(":") + 1)];
  const make = (name: string, unit: string, {days, values}: Column): WorldSeries => {
    const given = days.map((_, i) => i).filter((i) => Number.isFinite(values[i]));
    return {id, name, unit, days: given.map((i) => isoOf(days[i])), values: given.map((i) => values[i])};
  };
  switch (vendor) {
    case "fred":
    case "fred-graph": {
      const published = world.fred(symbol);
      if (!published) break;
      return make(published.title, published.units, world.fredRows(published));
    }
    case "ecb": {
      const currency = symbol.replace(/^EUR/, "");
      const fixing = world.fixings.get(currency);
      if (!fixing) break;
      return make(fixing.name, currency, world.fixing(currency));
    }
    case "treasury":
      return make(symbol, "percent", world.yields(symbol));
    case "new-york-fed": {
      const rate = world.referenceRate(symbol);
      if (rate) return make(symbol, "percent", {days: rate.days, values: rate.rate});
      const {days, kinds} = world.soma();
      const kind = SOMA_NAMES.get(symbol);
      if (!kind) break;
      return make(symbol, "usd", {days, values: days.map((_, i) => kinds[kind][i])});
    }
    default: {
      const listing = listingOf(world, id);
      const bars = world.barsOf(listing);
      return make(listing.name, listing.currency, {days: bars.days, values: bars.close});
    }
  }
  throw new RangeError(`no series ${id} in the world`);
}

const SOMA_NAMES = new Map([
  ["SOMA_BILLS", "bills"],
  ["SOMA_NOTESBONDS", "notesbonds"],
  ["SOMA_TIPS", "tips"],
  ["SOMA_TIPS_INFLATION", "tipsInflationCompensation"],
  ["SOMA_FRN", "frn"],
  ["SOMA_MBS", "mbs"],
  ["SOMA_CMBS", "cmbs"],
  ["SOMA_AGENCIES", "agencies"],
  ["SOMA_TOTAL", "total"]
]);

/** What a price vendor's symbol is, by Yahoo's: `binance:BTCUSDT`, `polygon:BRK.B`, `stooq:aapl.us`. */
export function listingOf(world: World, id: string): Listing {
  const [vendor, symbol] = [id.slice(0, id.indexOf(":")), id.slice(id.indexOf(":") + 1)];
  const listing = world.listing(yahooSymbol(vendor, symbol));
  if (!listing) throw new RangeError(`no series ${id} in the world`);
  return listing;
}
