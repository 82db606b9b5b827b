/** The accounts: cash, positions and what they are worth; every fill goes through here. */

import {newYorkDate} from "../account/market/calendar.js";
import {type Margin, marginOf} from "./margin.js";
import {clean, type Listing} from "./listing.js";
import type {Catalogue} from "./catalogue.js";
import type {Market, Quote} from "./market.js";
import type {Opening} from "./opening.js";
import type {Holding, Profit} from "./wire/encode-account.js";

interface Position {
  listing: Listing;
  quantity: number;
  averageCost: number;
  /** Of a future or a CFD: of one unit, what its part of the account's value counts from. */
  settled: number;
  realized: number;
  /** What the day's profit is measured from: worth at the last close, and what trades added since. */
  dayBase: number;
}

interface Account {
  cash: Map<string, number>;
  accrued: number;
  positions: Map<number, Position>;
}

/** An account as a whole, in base. */
export interface Totals {
  cash: number;
  /** Dividends and interest that are owed. */
  accrued: number;
  stocks: number;
  options: number;
  /** Of futures and CFDs, whose value is what they gained since they were settled. */
  futures: number;
  gross: number;
  netLiquidation: number;
  equityWithLoan: number;
  margin: Margin;
  unrealized: number;
  realized: number;
}

/** A trade as the account sees it; the price in the contract's currency. */
export interface Trade {
  account: string;
  listing: Listing;
  /** Negative when sold. */
  quantity: number;
  price: number;
  commission: number;
}

export const BASE = "USD";

export interface House {
  accounts: readonly string[];
  /** Books a trade; gives what it realized, undefined when it closed nothing. */
  trade(trade: Trade, now: Date): number | undefined;
  holdings(account: string, now: Date): Holding[];
  cash(account: string): ReadonlyMap<string, number>;
  totals(account: string, now: Date): Totals;
  profit(account: string, now: Date): Profit;
  /** Undefined when the account holds none of it. */
  profitOf(
    account: string,
    conId: number,
    now: Date
  ): (Profit & {quantity: number; value: number}) | undefined;
  /** Base for one unit of a currency. */
  rate(currency: string, now: Date): number;
}

/** Whether only gains and losses of it are paid, never its price. */
const isMargined = ({secType}: Listing): boolean => secType === "FUT" || secType === "CFD";

export function makeHouse(
  openings: readonly Opening[],
  catalogue: Catalogue,
  market: Market,
  start: Date
): House {
  let today = newYorkDate(start);
  const quoteOf = (listing: Listing, now: Date): Quote => market.quote(listing, now);
  const accounts = new Map<string, Account>();
  for (const {account, cash, positions, accrued = 0} of openings) {
    const held = positions.map(
      ({conId, quantity, averageCost, settled = averageCost}): [number, Position] => {
        const listing = catalogue.byId(conId);
        if (!listing) throw new RangeError(`${account} holds an unknown contract: ${conId}`);
        const dayBase = quantity * quoteOf(listing, start).close * listing.multiplier;
        return [conId, {listing, quantity, averageCost, settled, realized: 0, dayBase}];
      }
    );
    accounts.set(account, {cash: new Map(Object.entries(cash)), accrued, positions: new Map(held)});
  }
  const get = (account: string): Account => {
    const found = accounts.get(account);
    if (!found) throw new RangeError(`no such account: ${account}`);
    return found;
  };
  const rate = (currency: string, now: Date): number => {
    if (currency === BASE) return 1;
    const direct = catalogue.all.find(
      (one) => one.secType === "CASH" && one.localSymbol === `${currency}.${BASE}`
    );
    if (direct) return market.price(direct, now);
    const inverse = catalogue.all.find(
      (one) => one.secType === "CASH" && one.localSymbol === `${BASE}.${currency}`
    );
    if (!inverse) throw new RangeError(`no rate of ${currency}`);
    return 1 / market.price(inverse, now);
  };

  /** On a new day profit starts anew from the last close. */
  function roll(now: Date): void {
    const day = newYorkDate(now);
    if (day === today) return;
    today = day;
    for (const {positions} of accounts.values()) {
      for (const one of positions.values()) {
        one.dayBase = one.quantity * quoteOf(one.listing, now).close * one.listing.multiplier;
        one.realized = 0;
      }
    }
  }

  function holding({listing, quantity, averageCost, realized}: Position, now: Date): Holding {
    const marketPrice = quoteOf(listing, now).last;
    const marketValue = clean(quantity * marketPrice * listing.multiplier);
    return {
      listing,
      quantity,
      averageCost,
      marketPrice,
      marketValue,
      realized,
      unrealized: clean(marketValue - quantity * averageCost)
    };
  }

  const pay = ({cash}: Account, currency: string, amount: number): void => {
    cash.set(currency, clean((cash.get(currency) ?? 0) + amount));
  };

  const self: House = {
    accounts: [...accounts.keys()],
    rate,
    cash: (account) => get(account).cash,

    trade({account, listing, quantity, price, commission}, now) {
      roll(now);
      const owner = get(account);
      const {conId, multiplier, currency, secType} = listing;
      pay(owner, currency, -commission);
      if (secType === "CASH") {
        pay(owner, listing.symbol, quantity);
        pay(owner, currency, -quantity * price);
        return undefined;
      }
      if (!isMargined(listing)) pay(owner, currency, -quantity * price * multiplier);
      const one = owner.positions.get(conId) ?? {
        listing,
        quantity: 0,
        averageCost: 0,
        settled: 0,
        realized: 0,
        dayBase: 0
      };
      owner.positions.set(conId, one);
      const unit = price * multiplier;
      one.dayBase = clean(one.dayBase + quantity * unit);
      const closing =
        Math.sign(one.quantity) === -Math.sign(quantity)
          ? Math.min(Math.abs(one.quantity), Math.abs(quantity))
          : 0;
      const gain = clean(closing * Math.sign(one.quantity) * (unit - one.averageCost));
      if (isMargined(listing) && closing)
        pay(owner, currency, closing * Math.sign(one.quantity) * (unit - one.settled));
      const next = clean(one.quantity + quantity);
      if (closing < Math.abs(quantity)) {
        const opened = Math.abs(quantity) - closing;
        const kept = Math.abs(next) - opened;
        const mean = (before: number): number => clean((kept * before + opened * unit) / Math.abs(next));
        one.averageCost = mean(one.averageCost);
        one.settled = mean(one.settled);
      }
      one.quantity = next;
      if (!closing) return undefined;
      const realized = clean(gain - commission);
      one.realized = clean(one.realized + realized);
      return realized;
    },

    holdings: (account, now) => {
      roll(now);
      return [...get(account).positions.values()].map((one) => holding(one, now));
    },

    totals(account, now) {
      roll(now);
      let [cash, stocks, options, futures, gross, unrealized, realized] = [0, 0, 0, 0, 0, 0, 0];
      const {accrued, positions} = get(account);
      for (const [currency, amount] of get(account).cash) cash += amount * rate(currency, now);
      const margin: Margin = {initial: 0, maintenance: 0};
      for (const one of self.holdings(account, now)) {
        const fx = rate(one.listing.currency, now);
        const {secType, conId} = one.listing;
        const {settled} = positions.get(conId)!; // holdings are the positions
        if (isMargined(one.listing)) futures += (one.marketValue - one.quantity * settled) * fx;
        else if (secType === "OPT") options += one.marketValue * fx;
        else stocks += one.marketValue * fx;
        if (secType !== "FUT") gross += Math.abs(one.marketValue) * fx;
        unrealized += one.unrealized * fx;
        realized += one.realized * fx;
        const {underlying} = one.listing;
        const needs = marginOf(
          one.listing,
          one.quantity,
          one.marketPrice,
          underlying && market.price(underlying, now)
        );
        margin.initial += needs.initial * fx;
        margin.maintenance += needs.maintenance * fx;
      }
      const netLiquidation = cash + accrued + stocks + options + futures;
      const equityWithLoan = cash + stocks + futures;
      return {
        cash,
        accrued,
        stocks,
        options,
        futures,
        gross,
        netLiquidation,
        equityWithLoan,
        margin,
        unrealized,
        realized
      };
    },

    profit(account, now) {
      const {unrealized, realized} = self.totals(account, now);
      let daily = 0;
      for (const {listing, quantity, dayBase} of get(account).positions.values()) {
        const worth = quantity * quoteOf(listing, now).last * listing.multiplier;
        daily += (worth - dayBase) * rate(listing.currency, now);
      }
      return {daily: clean(daily), unrealized: clean(unrealized), realized: clean(realized)};
    },

    profitOf(account, conId, now) {
      roll(now);
      const one = get(account).positions.get(conId);
      if (!one) return undefined;
      const {quantity, marketValue, unrealized, realized} = holding(one, now);
      return {quantity, value: marketValue, unrealized, realized, daily: clean(marketValue - one.dayBase)};
    }
  };
  return self;
}
