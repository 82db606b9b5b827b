import {expect, it} from "vitest";
import {demoBooks} from "../../../sim/account/index.js";
import {INDEX_LISTING, listings as catalogueOf} from "../../../sim/tws/catalogue.js";
import {makeHouse} from "../../../sim/tws/house.js";
import type {Listing} from "../../../sim/tws/listing.js";
import {makeMarket} from "../../../sim/tws/market.js";
import {demoAccounts, type Opening} from "../../../sim/tws/opening.js";
import {NOW, standIn} from "./stand.js";

const books = demoBooks({now: NOW});
const last = books.restated.days.filter(({day, endNav}) => day === books.days.at(-1) && endNav !== 0n);
const float = (amount = 0n) => Number(amount) / 1e12;

const houseOf = (openings: readonly Opening[], listings: readonly Listing[]) => {
  const catalogue = catalogueOf(NOW, listings);
  const market = makeMarket(7, NOW);
  return {catalogue, market, house: makeHouse(openings, catalogue, market, NOW)};
};

it("demoAccounts(books) hold what the demo's statements end with, and can be stood in for", async () => {
  const {openings, listings} = demoAccounts(books, NOW);
  const tws = await standIn({accounts: openings, listings});
  expect(tws.positions()).toEqual(
    last.flatMap(({account, positions}) =>
      positions.map(({instrument, quantity}) => ({
        account,
        conId: Number(instrument.conid),
        quantity: float(quantity)
      }))
    )
  );
  expect(tws.positions().length).toBeGreaterThan(5);
});

it("demoAccounts(books) are worth what the last statement says, up to the grid of prices", () => {
  const {openings, listings} = demoAccounts(books, NOW);
  const {house} = houseOf(openings, listings);
  for (const {account, endNav, end} of last) {
    const {netLiquidation, accrued} = house.totals(account, NOW);
    expect(Math.abs(netLiquidation / float(endNav) - 1)).toBeLessThan(2e-5);
    expect(accrued).toBeCloseTo(float(end.get("dividendAccruals")) + float(end.get("interestAccruals")), 9);
  }
});

it("demoAccounts(books) have every position at the statement's mark, options too", () => {
  const {openings, listings} = demoAccounts(books, NOW);
  const {house} = houseOf(openings, listings);
  for (const {account, positions} of last) {
    const marks = new Map(positions.map(({instrument, mark}) => [Number(instrument.conid), float(mark)]));
    for (const {listing, marketPrice} of house.holdings(account, NOW))
      expect(Math.abs(marketPrice - marks.get(listing.conId)!)).toBeLessThan(listing.minTick);
  }
});

it("a future or a CFD counts from where it was settled, and pays just that when it is closed", () => {
  const cfd: Listing = {...INDEX_LISTING, conId: 5, secType: "CFD", price: 100, volatility: 0};
  const position = {conId: 5, quantity: 10, averageCost: 80, settled: 90};
  const {house, catalogue} = houseOf([{account: "DU1", cash: {USD: 1000}, positions: [position]}], [cfd]);
  expect(house.totals("DU1", NOW).netLiquidation).toBe(1100);
  expect(house.totals("DU1", NOW).unrealized).toBe(200);
  const sold = {account: "DU1", listing: catalogue.byId(5)!, quantity: -10, price: 110, commission: 0};
  expect(house.trade(sold, NOW)).toBe(300);
  expect(house.cash("DU1").get("USD")).toBe(1200);
  expect(house.totals("DU1", NOW).netLiquidation).toBe(1200);
});
