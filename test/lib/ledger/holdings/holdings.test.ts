import {expect, it} from "vitest";
import {createFigures} from "../../../../lib/ledger/figures.js";
import type {LakeHoldings} from "../../../../lib/ledger/lake/lake-rows.js";
import {sessionsBetween} from "../../../../lib/time/calendar.js";
import {CONTEXT, ledgerOf, navRows} from "../tables.js";

/** Forty sessions of which the last is the day of the positions. */
const days = sessionsBetween("2025-12-01", "2026-01-30").slice(-40);
const last = days[39];

type Row = Record<string, string>;
const share = (symbol: string, conid: string, more: Row = {}): Row => ({
  symbol,
  conid,
  assetCategory: "STK",
  currency: "USD",
  fxRateToBase: "1",
  multiplier: "1",
  position: "10",
  markPrice: "100",
  ...more
});
/** A position on each of the days, its mark rising by one a day to 100. */
const marked = (row: Row, of: readonly string[] = days): (Row & {day: string})[] =>
  of.map((day) => ({...row, day, markPrice: String(100 - (39 - days.indexOf(day)))}));

type Lists = Parameters<typeof ledgerOf>[0];
const holdings = (lists: Lists, lake?: Partial<LakeHoldings>, query = {}) =>
  createFigures(ledgerOf({nav: navRows({[last]: "5000"}), ...lists}), {
    ...CONTEXT,
    ...(lake && {
      lake: {
        marks: [],
        rates: [],
        benchmarks: [],
        names: [],
        holdings: {assets: [], closes: [], rates: [], ...lake}
      }
    })
  }).holdings(query);

const closes = (price: number): [string, number][] => days.map((day, t) => [day, price + t]);

it("holdings(query) has each asset's own marks where the lake has none", () => {
  const {assets, days: common, asOf, nav, leftOut} = holdings({positions: marked(share("ACME", "1"))});
  expect([common, asOf, nav, leftOut]).toEqual([days, last, {value: 5000}, []]);
  expect(assets).toHaveLength(1);
  expect(assets[0]).toMatchObject({name: "ACME", value: 1000, quantity: 10, class: "STK"});
  expect(assets[0].prices).toEqual(days.map((_, t) => 61 + t));
  expect(assets[0].history).toEqual({
    source: "IBKR's marks",
    kind: "price return",
    from: days[0],
    to: last,
    returns: 39,
    notes: []
  });
});

it("holdings(query) takes the lake's past where it has the symbol in that currency", () => {
  const positions = [{...share("ACME", "1"), day: last}];
  const asset = {symbol: "ACME", source: "Yahoo Finance", kind: "total return" as const, closes: closes(50)};
  const [found] = holdings({positions}, {assets: [{...asset, currency: "USD"}]}).assets;
  expect(found.prices).toEqual(days.map((_, t) => 50 + t));
  expect(found.history).toMatchObject({source: "Yahoo Finance", kind: "total return", returns: 39});
  const other = holdings({positions}, {assets: [{...asset, currency: "CAD"}]});
  expect(other.assets).toEqual([]);
  expect(other.leftOut).toEqual([
    {
      name: "ACME",
      class: "STK",
      currency: "USD",
      value: 1000,
      reason: `0 returns since ${last}: 30 are needed`
    }
  ]);
});

it("holdings(query) carries no price over a day that has none", () => {
  const positions = marked(
    share("ACME", "1"),
    days.filter((_, t) => t !== 20)
  );
  const [asset] = holdings({positions: [...positions, ...marked(share("OTHER", "2"))]}).assets.filter(
    ({name}) => name === "ACME"
  );
  expect(asset.prices[20]).toBeNull();
  expect(asset.history.returns).toBe(37);
});

it("holdings(query) leaves marks before a split out, and says so", () => {
  const positions = marked(share("ACME", "1"));
  const split = {...share("ACME", "1"), day: days[5], type: "FS", quantity: "5"};
  const {assets, days: common} = holdings({positions, corporate_actions: [split]});
  const [asset] = assets;
  expect(common).toEqual(days.slice(5));
  expect(asset.prices.slice(0, 2)).toEqual([66, 67]);
  expect(asset.history.notes).toEqual([`marks before the corporate action of ${days[5]} are left out`]);
});

it("holdings(query) converts at each day's own rate, and says whose it is", () => {
  const euro = share("SAP", "3", {currency: "EUR", fxRateToBase: "1.2"});
  const fixing = {
    base: "EUR",
    quote: "USD",
    source: "ECB fixing",
    rates: days.map((day, t): [string, number] => [day, 1 + t / 100])
  };
  const [asset] = holdings({positions: marked(euro)}, {rates: [fixing]}).assets;
  expect(asset.value).toBe(1200);
  expect(asset.prices[10]).toBeCloseTo(71 * 1.1, 12);
  expect(asset.history.notes).toEqual(["EUR/USD of 40 days by the ECB fixing, at most 0 days old"]);
});

it("holdings(query) holds money in another currency as an asset, its price the rate", () => {
  const cash_balances = [
    {day: last, currency: "EUR", fromDate: last, endingCash: "100"},
    {day: last, currency: "USD", fromDate: last, endingCash: "250"}
  ];
  const fixing = {
    base: "EUR",
    quote: "USD",
    source: "ECB fixing",
    rates: days.map((day, t): [string, number] => [day, 1 + t / 100])
  };
  const view = holdings({positions: marked(share("ACME", "1")), cash_balances}, {rates: [fixing]});
  expect(view.cash).toEqual({value: 250});
  expect(view.leftOut).toEqual([
    {name: "EUR cash", class: "CASH", currency: "EUR", value: null, reason: `no rate EUR/USD on ${last}`}
  ]);
});

it("holdings(query) leaves out what has no value, with what to do", () => {
  const {markPrice: _, ...unmarked} = share("ACME", "1");
  const positions = [{...unmarked, day: last}];
  expect(holdings({positions}).leftOut).toEqual([
    {
      name: "ACME",
      class: "STK",
      currency: "USD",
      value: null,
      reason: "no mark: tick Mark Price in Open Positions"
    }
  ]);
});

it("holdings(query) tells instruments of one symbol apart", () => {
  const positions = [
    ...marked(share("ABC", "1")),
    ...marked(share("ABC", "2", {currency: "EUR", fxRateToBase: "1.2"})),
    ...marked(share("XYZ", "3")),
    ...marked(share("XYZ", "4"))
  ];
  const {assets, leftOut} = holdings({positions});
  const names = [...assets, ...leftOut].map(({name}) => name);
  expect(names.toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    "ABC (EUR)",
    "ABC (USD)",
    "XYZ (USD) 3",
    "XYZ (USD) 4"
  ]);
});

it("holdings(query) gives options the terms that they are revalued by", () => {
  const put = {
    ...share("ACME 260320P00090000", "11", {position: "-2", multiplier: "100", markPrice: "3"}),
    assetCategory: "OPT",
    underlyingConid: "1",
    underlyingSymbol: "ACME",
    strike: "90",
    expiry: "2026-03-20",
    putCall: "P",
    day: last
  };
  const [option] = holdings({positions: [...marked(share("ACME", "1")), put]}).options;
  expect(option).toMatchObject({value: -600, quantity: -2, class: "OPT"});
  expect(option.terms).toEqual({
    right: "put",
    style: "american",
    underlying: "ACME",
    underlyingClass: "STK",
    underlyingPrice: 100,
    on: "spot",
    strike: 90,
    years: 49 / 365,
    mark: 3,
    rate: 0
  });
  expect(option.notes).toEqual(["no yield of bills: its rate is taken as 0"]);
});

it("holdings(query) takes an underlying's close from the lake where no statement has it, and says where neither has", () => {
  const call = {
    ...share("ACME C", "11", {markPrice: "3"}),
    assetCategory: "OPT",
    underlyingConid: "1",
    underlyingSymbol: "ACME",
    strike: "90",
    expiry: "2026-03-20",
    putCall: "C",
    day: last
  };
  const close = {symbol: "ACME", currency: "USD", source: "Yahoo Finance close", closes: closes(40)};
  expect(holdings({positions: [call]}, {closes: [close]}).options[0].terms.underlyingPrice).toBe(79);
  const [without] = holdings({positions: [call]}).options;
  expect(without.terms.underlyingPrice).toBe(0);
  expect(without.notes[0]).toBe(`no price of ACME on ${last}: neither a statement nor the lake has it`);
});

it("holdings(query) of an account that holds nothing is empty, with its reasons", () => {
  const view = createFigures(ledgerOf({}), CONTEXT).holdings({});
  expect(view).toMatchObject({assets: [], options: [], leftOut: [], days: [], asOf: null});
  expect(view.nav.value).toBeNull();
  expect(view.cash.value).toBeNull();
});
