import {expect, it} from "vitest";
import {contracts, CURVE_FUTURES, curveContracts} from "../../../lib/market/contracts.js";
import {upTo} from "../../../lib/market/days.js";
import {createMarkets, type MarketContext, type Markets} from "../../../lib/market/markets.js";
import type {MarketSet} from "../../../lib/market/series.js";
import type {MarketRow} from "../../../lib/market/views.js";
import {dayNumber} from "../../../lib/time/day.js";
import {FRIDAY, held, NOW, setOf, wholeSet} from "./held.js";

const context: MarketContext = {
  now: NOW,
  meetings: [],
  watchlists: [{name: "Mine", ids: ["yahoo:AAPL", "fred:UNRATE", "yahoo:NONE"]}],
  holdings: null
};

/** All that Markets asks for: rows, contracts, and a share of a watchlist. */
function lake(): MarketSet {
  const futures = [
    ...contracts("ZQ", "CBT", FRIDAY, 14),
    ...CURVE_FUTURES.flatMap((future) => curveContracts(future, FRIDAY))
  ];
  return new Map([
    ...wholeSet(),
    ...setOf(
      ...futures.map(({id}, i) => held(id, {[FRIDAY]: 96 + i / 100})),
      held("yahoo:AAPL", {[FRIDAY]: 230}, {name: "Apple Inc.", unit: "USD"})
    )
  ]);
}

const views = (markets: Markets) => ({
  overview: markets.overview(),
  rates: markets.rates(),
  fx: markets.fx(),
  equities: markets.equities(),
  commodities: markets.commodities(),
  macro: markets.macro(),
  whatChanged: markets.whatChanged(),
  curves: markets.curves(),
  fedLiquidity: markets.fedLiquidity(),
  cbMeetings: markets.cbMeetings(),
  sparklines: markets.sparklines(),
  historical: markets.historical("computed:DXY"),
  exposure: markets.exposure(),
  watchlists: markets.watchlists()
});

const rowsOf = ({rates, fx, equities, commodities, macro}: ReturnType<Markets["overview"]>): MarketRow[] =>
  [rates, fx, equities, commodities, macro].flatMap(({groups}) => groups.flatMap(({rows}) => rows));

it("createMarkets(set) fills every row of every panel from a lake that has all", () => {
  const all = views(createMarkets(lake(), context));
  const rows = [
    ...rowsOf(all.overview),
    ...all.curves.named,
    ...all.curves.slopes,
    ...all.fedLiquidity.rows,
    ...all.cbMeetings.policy
  ];
  expect(rows.length).toBeGreaterThan(150);
  for (const row of rows) {
    expect(row, row.id).toMatchObject({value: expect.any(Number), asOf: expect.any(String), reason: null});
    expect(row.change1m ?? row.missing.change1m, row.id).toBeDefined();
    expect(row.percentile10y, row.id).not.toBeNull();
  }
  for (const {reason} of [all.curves, all.fedLiquidity, all.whatChanged, all.fx.matrix, all.historical]) {
    expect(reason).toBeNull();
  }
  expect(all.cbMeetings.implied.length).toBeGreaterThan(8);
  expect(all.commodities.curves.map(({points}) => points.length)).toEqual([13, 13, 7]);
});

it("createMarkets(set) makes views that JSON carries as they are", () => {
  for (const set of [lake(), setOf()]) {
    const all = views(createMarkets(set, context));
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
  }
});

it("createMarkets(empty) stands, each row with what to pull", () => {
  const {overview, curves, fedLiquidity, cbMeetings, historical} = views(createMarkets(setOf(), context));
  for (const row of rowsOf(overview)) {
    expect(row, row.id).toMatchObject({
      value: null,
      reason: expect.stringMatching(/^not in the lake: pull \S+ from /)
    });
  }
  expect([curves.reason, fedLiquidity.reason, cbMeetings.reason, historical.reason]).not.toContain(null);
  expect(overview.sources).toEqual([]);
});

it("createMarkets(set) shows the same rows in the overview and in each panel", () => {
  const {overview, rates, fx, equities, commodities, macro, whatChanged, watchlists} = views(
    createMarkets(lake(), context)
  );
  expect({rates, fx, equities, commodities, macro, whatChanged}).toEqual({
    rates: overview.rates,
    fx: overview.fx,
    equities: overview.equities,
    commodities: overview.commodities,
    macro: overview.macro,
    whatChanged: overview.whatChanged
  });
  expect(overview.watchlists).toEqual(watchlists.lists);
  expect(watchlists.lists[0].rows.map(({label, value, reason}) => [label, value, reason])).toEqual([
    ["Apple Inc.", 230, null],
    ["Unemployment rate", expect.any(Number), null],
    ["NONE", null, "not in the lake: pull NONE from yahoo"]
  ]);
});

it("createMarkets(set) says of each source its last day and pull", () => {
  const set = setOf(
    held("yahoo:^GSPC", {"2026-11-19": 1}, {source: "Yahoo Finance", pulledAt: "2026-11-20T06:00:00Z"}),
    held(
      "yahoo:^VIX",
      {"2026-11-20": 1, "2026-11-24": 1},
      {source: "Yahoo Finance", pulledAt: "2026-11-21T06:00:00Z"}
    ),
    held("ecb:EURUSD", {"2026-11-24": 1}, {source: "ECB", pulledAt: null})
  );
  expect(createMarkets(set, context).overview().sources).toEqual([
    {source: "Yahoo Finance", asOf: "2026-11-20", pulledAt: "2026-11-21T06:00:00Z"},
    {source: "ECB", asOf: null, pulledAt: null}
  ]);
});

it("createMarkets(set) of a past day is the same whatever came later", () => {
  const whole = lake();
  const then = {...context, now: new Date("2026-06-30T12:00:00Z")};
  const past = dayNumber("2026-06-30");
  const seen: MarketSet = new Map([...whole].map(([id, series]) => [id, {...series, ...upTo(series, past)}]));
  const other: MarketSet = new Map(
    [...whole].map(([id, series]) => [
      id,
      {...series, values: series.values.map((value, i) => (series.days[i] > past ? 1e6 : value))}
    ])
  );
  const {overview, ...rest} = views(createMarkets(seen, then));
  expect(rowsOf(overview).filter(({value}) => value !== null).length).toBeGreaterThan(100);
  expect(views(createMarkets(other, then))).toEqual({overview, ...rest});
});

it("createMarkets(set) keeps an old lake's values with their age", () => {
  const later = {...context, now: new Date("2027-02-01T12:00:00Z")};
  const {overview, curves} = views(createMarkets(lake(), later));
  const [spot] = overview.fx.groups[1].rows;
  expect(spot).toMatchObject({value: expect.any(Number), asOf: FRIDAY, ageDays: 73, stale: true});
  expect(overview.whatChanged).toMatchObject({movers: [], reason: expect.stringContaining("pull markets")});
  expect(curves.par[0].asOf).toBe(FRIDAY);
});
