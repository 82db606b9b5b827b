/** What the accounts hold before the first order. */

import type {Books} from "../account/books.js";
import type {Amount} from "../account/booking/amounts.js";
import {type Catalogue, listingOf} from "./catalogue.js";
import type {Listing} from "./listing.js";

/** One account at the start. */
export interface Opening {
  account: string;
  cash: Readonly<Record<string, number>>;
  /** Average cost of one unit, with the multiplier in it, in the contract's currency. */
  positions: readonly {conId: number; quantity: number; averageCost: number}[];
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

/** The demo accounts at the end of their history, with the listings that are only theirs, at their last marks. */
export function demoAccounts(books: Books): {openings: Opening[]; listings: Listing[]} {
  const last = books.days.at(-1);
  const days = books.restated.days.filter(({day, endNav}) => day === last && endNav !== 0n);
  const known = new Map<number, Listing>();
  const openings = days.map(({account, cash, positions}) => ({
    account,
    cash: Object.fromEntries(
      cash
        .filter(({currency}) => currency !== "BASE_SUMMARY")
        .map(({currency, ending}) => [currency, float(ending)])
    ),
    positions: positions.map(({instrument, quantity, mark, cost}) => {
      const conId = Number(instrument.conid);
      known.set(conId, listingOf(instrument, float(mark), 0.25));
      return {conId, quantity: float(quantity), averageCost: float(cost) / float(quantity)};
    })
  }));
  return {openings, listings: [...known.values()]};
}
