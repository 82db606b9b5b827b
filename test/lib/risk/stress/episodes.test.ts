import {expect, it} from "vitest";
import {episodeScenario, historicalScenarios} from "../../../../lib/risk/stress/episode-scenario.js";
import {EPISODES} from "../../../../lib/risk/stress/episodes.js";
import {stress} from "../../../../lib/risk/stress/stress.js";
import fixings from "../../../reference/ecb_fixings.json" with {type: "json"};
import {close, days} from "../../../reference/sp500.js";

const find = (id: string) => {
  const episode = EPISODES.find((one) => one.id === id);
  if (!episode) throw new Error(`no episode ${id}`);
  return episode;
};

it("EPISODES are in the order of their days, each with a name of its own", () => {
  const begins = EPISODES.map(({from}) => from);
  expect(begins).toEqual(begins.toSorted());
  for (const {from, to} of EPISODES) expect(to > from).toBe(true);
  expect(new Set(EPISODES.map(({id}) => id)).size).toBe(EPISODES.length);
});

it("EPISODES have the closes of the S&P 500 that vega-datasets has", () => {
  const known = EPISODES.filter(({from, to}) => days.includes(from) && days.includes(to));
  expect(known.length).toBe(10);
  for (const {from, to, sp500} of known) {
    expect([from, to].map((day) => close[days.indexOf(day)].toFixed(2))).toEqual(
      sp500.map((value) => value.toFixed(2))
    );
  }
});

it("EPISODES have the ECB's fixings of their days", () => {
  const known = EPISODES.filter(({euro}) => euro);
  expect(known.length).toBe(EPISODES.length - 1);
  const byDay = new Map(
    Object.entries(fixings.days).map(([day, rates]) => [day, new Map(Object.entries(rates))])
  );
  for (const {from, to, euro = {}} of known) {
    for (const [code, rates] of Object.entries(euro)) {
      expect(
        [from, to].map((day) => byDay.get(day)?.get(code)),
        `${code} ${from}`
      ).toEqual(rates);
    }
  }
});

it("episodeScenario(COVID-19) by hand: stocks -33.9 %, rates -0.80 points, VIX +47.2, the pound -10.7 %", () => {
  const {shocks, volatility, rest, sources} = episodeScenario(find("covid"));
  const change = (kind: string, key: string) =>
    shocks.find((shock) => shock.kind === kind && shock.key === key)?.change;
  expect(change("class", "STK")).toBeCloseTo(2237.4 / 3386.15 - 1, 12);
  expect(change("factor", "rates")).toBeCloseTo(-0.008, 12);
  expect(change("currency", "GBP")).toBeCloseTo(-0.1071, 4);
  expect(change("currency", "EUR")).toBeCloseTo(1.0783 / 1.08 - 1, 3);
  expect(volatility).toEqual({change: expect.closeTo(0.4721, 10), days: 30});
  expect(rest).toBe("unknown");
  expect(sources?.length).toBe(4);
});

it("the franc gained a sixth on the dollar in a day when it was let go", () => {
  const {shocks} = episodeScenario(find("swiss-franc"));
  expect(shocks.find(({key}) => key === "CHF")?.change).toBeCloseTo(0.1616, 4);
});

it("Black Monday says nothing of rates and currencies, and names the VXO", () => {
  const {shocks, sources} = episodeScenario(find("black-monday"));
  expect(shocks.map(({kind, key}) => `${kind} ${key}`)).toEqual(["class STK", "class FUND", "factor equity"]);
  expect(sources).toContain("volatility: Cboe VXO (FRED VXOCLS)");
});

it("historicalScenarios() stress an account of dollars and euros, from either side", () => {
  const held = [
    {symbol: "SPY", value: 1000, currency: "USD", class: "STK"},
    {symbol: "EUR", value: 1000, currency: "EUR", class: "CASH"}
  ];
  for (const scenario of historicalScenarios().slice(1)) {
    const [dollars, euros] = ["USD", "EUR"].map((base) => stress(held, scenario, {base}));
    expect(dollars.unknown).toBe(0);
    const euro = scenario.shocks.find(({key}) => key === "EUR")?.change ?? NaN;
    // the same 1,000 of each, worth (1 + move) of the one and of the other
    expect(1 + (dollars.holdings[1].gain.value ?? NaN) / 1000).toBeCloseTo(1 + euro, 12);
    const crossed = (1 + (dollars.holdings[0].gain.value ?? NaN) / 1000) / (1 + euro) - 1;
    expect(euros.holdings[0].gain.value).toBeCloseTo(1000 * crossed, 9);
  }
});
