/** What the accounts hold before the first order. */

import type {Books} from "../account/books.js";
import type {Amount} from "../account/booking/amounts.js";
import {type Instrument, pair, SHARES} from "../account/market/instruments.js";
import {NATURES} from "../account/market/natures.js";
import {type Catalogue, INDEX_LISTING, listingOf} from "./catalogue.js";
import type {Listing} from "./listing.js";
import {premium} from "./market.js";

/** One account at the start. */
export interface Opening {
  account: string;
  cash: Readonly<Record<string, number>>;
  /** Dividends and interest that are owed to it, in base. */
  accrued?: number;
  positions: readonly {
    conId: number;
    quantity: number;
    /** Of one unit, with the multiplier in it, in the contract's currency. */
    averageCost: number;
    /** Of a future or a CFD: what its value counts from, where that is not its cost, since the rest is cash already. */
    settled?: number;
  }[];
}

/** Two paper accounts: one with every kind of contract in it, one with a single share. */
export function paperAccounts(catalogue: Catalogue): Opening[] {
  const id = (localSymbol: string): number =>
    catalogue.all.find((one) => one.localSymbol === localSymbol)!.conId; // all are listed
  const future = catalogue.all.find(({secType}) => secType === "FUT")!.conId;
  const call = catalogue.all.find(
    ({secType, right, strike}) => secType === "OPT" && right === "C" && strike === 145
  )!.conId;
  return [
    {
      account: "DU7000001",
      cash: {USD: 250_000, EUR: 10_000, GBP: 5000},
      positions: [
        {conId: id("VQTM"), quantity: 500, averageCost: 75.1},
        {conId: id("LKMQ"), quantity: 200, averageCost: 120.25},
        {conId: id("RVGQ"), quantity: 2000, averageCost: 5.9},
        {conId: id("LDNQ"), quantity: -40, averageCost: 47.5},
        {conId: future, quantity: 2, averageCost: 9960},
        {conId: call, quantity: 5, averageCost: 905}
      ]
    },
    {
      account: "DU7000002",
      cash: {USD: 40_000},
      positions: [{conId: id("VQBD"), quantity: 100, averageCost: 73.2}]
    }
  ];
}

const float = (value: Amount): number => Number(value) / 1e12;

/**
 * The demo accounts at the end of their history, and all listings as they stood then: what the accounts are worth here
 * is what their last statement says, up to the grid of prices.
 * @param start when those prices hold, as of the market that they are handed to
 */
export function demoAccounts(books: Books, start: Date): {openings: Opening[]; listings: Listing[]} {
  const last = books.days.at(-1);
  const days = books.restated.days.filter(({day, endNav}) => day === last && endNav !== 0n);
  const prices = lastListings(books);
  const known = new Map(prices.map((listing) => [listing.conId, listing]));
  const openings = days.map(({account, cash, positions, end}) => ({
    account,
    cash: Object.fromEntries(
      cash
        .filter(({currency}) => currency !== "BASE_SUMMARY")
        .map(({currency, ending}) => [currency, float(ending)])
    ),
    accrued: [...end]
      .filter(([component]) => component === "dividendAccruals" || component === "interestAccruals")
      .reduce((sum, [, amount]) => sum + float(amount), 0),
    positions: positions.map(({instrument, quantity, mark, cost, worth, value}) => {
      const conId = Number(instrument.conid);
      if (!known.has(conId)) known.set(conId, heldListing(instrument, float(mark), known, start));
      const units = float(quantity);
      return {
        conId,
        quantity: units,
        averageCost: float(cost) / units,
        ...(worth !== value && {settled: float(worth - value) / units})
      };
    })
  }));
  return {openings, listings: [...known.values()]};
}

/** Shares, the index and the currencies at the last day's closes. */
function lastListings({plot: {market}, days}: Books): Listing[] {
  const last = days.length - 1;
  const natures = new Map(NATURES.map((nature) => [SHARES[nature.name].series, nature]));
  const shares = Object.values(SHARES).map((share) => {
    const {beta, own} = natures.get(share.series)!; // a share under another number has the other's
    return listingOf(share, float(market.mark(share, last)), Math.hypot(beta * 0.165, own));
  });
  const rate = (currency: string): number => float(market.rate(currency, last));
  return [
    ...shares,
    {...INDEX_LISTING, price: market.index[last]},
    listingOf(pair("EUR", "USD"), rate("EUR"), 0.07),
    listingOf(pair("GBP", "USD"), rate("GBP"), 0.075),
    listingOf(pair("USD", "JPY"), 1 / rate("JPY"), 0.09)
  ];
}

/** A derivative: as volatile as what it is on, an option as its mark implies. */
function heldListing(
  instrument: Instrument,
  mark: number,
  known: ReadonlyMap<number, Listing>,
  start: Date
): Listing {
  const under = instrument.underlying && known.get(Number(instrument.underlying.conid));
  const listing = listingOf(instrument, mark, under?.volatility ?? 0.25);
  if (listing.secType !== "OPT" || !under) return listing;
  let [low, high] = [0.01, 5];
  for (let i = 0; i < 50; ++i) {
    const volatility = (low + high) / 2;
    if (premium({...listing, volatility}, under.price, start) < mark) low = volatility;
    else high = volatility;
  }
  return {...listing, volatility: (low + high) / 2};
}
