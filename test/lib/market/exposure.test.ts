import {expect, it} from "vitest";
import type {PositionRow} from "../../../lib/ledger/views.js";
import {exposureView, type Holdings} from "../../../lib/market/exposure.js";
import {rowsOfPosition} from "../../../lib/market/exposure-rows.js";
import type {MarketSeries} from "../../../lib/market/series.js";
import {studyMarkets} from "../../../lib/market/study.js";
import {FRIDAY, held, NOW, setOf, valuesOn, weekdays} from "./held.js";

const WATCHED = [{name: "Mine", ids: ["yahoo:AAPL", "yahoo:SAP.DE", "yahoo:BRK-B"]}];

type Held = [symbol: string, category: string, currency: string, value: string | null, inNav?: string | null];

function holdings(
  base: string | null,
  nav: string | null,
  positions: Held[],
  cash: [currency: string, base: string | null][] = []
): Holdings {
  const money = (value: string | null) => (value === null ? {value, reason: "no mark"} : {value});
  return {
    summary: {
      scope: {currency: base, asOf: FRIDAY} as Holdings["summary"]["scope"], // the view reads these two
      nav: money(nav),
      leverage: {cash: {value: "0"}} as Holdings["summary"]["leverage"], // the view reads its cash
      cash: cash.map(([currency, value]) => ({currency, amount: "1", base: money(value), asOf: FRIDAY}))
    },
    positions: {
      rows: positions.map(
        ([symbol, assetCategory, currency, value, inNav = value]) =>
          ({symbol, assetCategory, currency, valueBase: money(value), inNavBase: money(inNav)}) as PositionRow // the view reads these
      )
    }
  };
}

const view = (of: Holdings | null, ...series: MarketSeries[]) =>
  exposureView(studyMarkets(setOf(...series), NOW), of, WATCHED);
const rowsOf = (of: ReturnType<typeof view>) => of.rows.map(({id, value, weight}) => [id, value, weight]);

it("exposureView(study, holdings) sums each currency exactly, positions and cash, beside its pair", () => {
  const {rows, asOf} = view(
    holdings(
      "USD",
      "1000",
      [
        ["SAP", "STK", "EUR", "100.000000000001"],
        ["MC", "STK", "EUR", "50.25"],
        ["7203", "STK", "JPY", "200"],
        ["AAPL", "STK", "USD", "300"]
      ],
      [
        ["EUR", "-0.250000000001"],
        ["USD", "350"],
        ["CZK", "10"]
      ]
    )
  );
  const currencies = rows.filter(({kind}) => kind === "currency");
  expect(currencies.map(({id, label, value, weight, of}) => [id, label, value, weight, of])).toEqual([
    ["currency:CZK", "CZK", "10", 0.01, ["CZK"]],
    ["ecb:EURUSD", "EUR", "150", 0.15, ["SAP", "MC", "EUR"]],
    ["computed:USDJPY", "JPY", "200", 0.2, ["7203"]]
  ]);
  expect(asOf).toBe(FRIDAY);
});

it("exposureView(study, holdings) counts a future by its notional beside its row, and as nothing of its currency", () => {
  const of = holdings("EUR", "1000", [
    ["ESZ6", "FUT", "USD", "325000.5", "0"],
    ["MESZ6", "FUT", "USD", "-32500", "0"],
    ["SPY", "STK", "USD", "600"],
    ["CLF7", "FUT", "USD", "59000", "0"],
    ["SPY   261218C00650000", "OPT", "USD", "12", "12"]
  ]);
  expect(rowsOf(view(of))).toEqual([
    ["ecb:EURUSD", "612", 0.612],
    ["yahoo:CL=F", "59000", 59],
    ["yahoo:^GSPC", "293100.5", 293.1005]
  ]);
});

it("exposureView(study, holdings) lays shares over the watchlists' series with their symbol", () => {
  const of = holdings("USD", "1000", [
    ["AAPL", "STK", "USD", "300"],
    ["SAP", "STK", "EUR", "100"],
    ["BRK B", "STK", "USD", "50"],
    ["AAPL", "STK", "MXN", "7"]
  ]);
  const instruments = view(of).rows.filter(({kind}) => kind === "instrument");
  expect(instruments.map(({id, value}) => [id, value])).toEqual([
    ["yahoo:AAPL", "300"],
    ["yahoo:BRK-B", "50"],
    ["yahoo:SAP.DE", "100"]
  ]);
});

it("exposureView(study, holdings) tells what a usual day makes of it", () => {
  const days = weekdays(FRIDAY, 260);
  const up = Math.exp(0.01);
  const of = holdings("EUR", "1000", [["SPY", "STK", "USD", "-500"]]);
  const {rows} = view(
    of,
    held(
      "ecb:EURUSD",
      valuesOn(days, (i) => (i % 2 ? up : 1))
    ),
    held(
      "yahoo:^GSPC",
      valuesOn(days, (i) => 100 * (i % 2 ? up ** 2 : 1))
    )
  );
  const deviation = 0.01 * Math.sqrt(252 / 251);
  expect(rows.map(({id, dayMove}) => [id, dayMove])).toEqual([
    ["ecb:EURUSD", expect.closeTo(500 * deviation, 6)],
    ["yahoo:^GSPC", expect.closeTo(500 * 2 * deviation, 6)]
  ]);
  expect(view(of).rows.map(({dayMove}) => dayMove)).toEqual([null, null]);
});

it("exposureView(study, holdings) moves a cross by both fixings", () => {
  const days = weekdays(FRIDAY, 260);
  const wave = (by: number) => valuesOn(days, (i) => Math.exp(i % 2 ? by : 0));
  const of = holdings("USD", "1000", [["7203", "STK", "JPY", "100"]]);
  const {rows} = view(of, held("ecb:EURUSD", wave(0.03)), held("ecb:EURJPY", wave(0.01)));
  expect(rows[0].dayMove).toBeCloseTo(100 * 0.02 * Math.sqrt(252 / 251), 6);
});

it("exposureView(study, holdings) is n/a where a part has no value, and says which", () => {
  const {rows} = view(
    holdings("USD", null, [
      ["SAP", "STK", "EUR", "100"],
      ["MC", "STK", "EUR", null]
    ])
  );
  expect(rows[0]).toMatchObject({
    id: "ecb:EURUSD",
    value: null,
    weight: null,
    dayMove: null,
    reason: "MC: no mark"
  });
});

it("exposureView(study, holdings) has no rate sensitivity of bonds, and says why", () => {
  const {rows} = view(holdings("USD", "1000", [["T 4 1/4 11/15/34", "BOND", "USD", "900"]]));
  expect(rows).toEqual([
    {
      id: "treasury:BC_10YEAR",
      kind: "rates",
      label: "Bonds",
      value: null,
      base: "USD",
      weight: null,
      dayMove: null,
      of: ["T 4 1/4 11/15/34"],
      reason: "no duration of the bonds in the statements"
    }
  ]);
});

it("exposureView(study, holdings) says when cash is told in no currency", () => {
  const of = holdings("USD", "1000", [["MC", "STK", "EUR", "100"]]);
  const cash = (value: string | null) => ({...of.summary.leverage, cash: {value}});
  const reason = "cash by currency is not in the statements: tick Cash Report";
  expect(view({...of, summary: {...of.summary, leverage: cash("55")}})).toMatchObject({
    reason,
    rows: [{value: "100"}]
  });
  expect(view({...of, summary: {...of.summary, leverage: cash(null)}}).reason).toBe(reason);
  expect(view(of).reason).toBeNull();
});

it("exposureView(study, null) says what to do", () => {
  const reason = "no account's positions are here: import a statement";
  expect(view(null)).toMatchObject({rows: [], asOf: null, reason});
  expect(view(holdings(null, "1", []))).toMatchObject({rows: [], reason});
});

it("exposureView(study, holdings) names each row once", () => {
  const currencies = [
    "EUR",
    "JPY",
    "GBP",
    "CHF",
    "CAD",
    "AUD",
    "NZD",
    "SEK",
    "NOK",
    "CNY",
    "HKD",
    "USD",
    "PLN"
  ];
  for (const base of currencies) {
    const of = holdings(
      base,
      "1",
      [],
      currencies.map((currency) => [currency, "1"])
    );
    const ids = view(of).rows.map(({id}) => id);
    expect(ids).toHaveLength(currencies.length - 1);
    expect(new Set(ids).size, base).toBe(ids.length);
  }
});

it("rowsOfPosition(position) knows a future by its root and its month, not by a like name", () => {
  const rows = (symbol: string, assetCategory = "FUT") =>
    rowsOfPosition({symbol, assetCategory, currency: "USD"}, new Set());
  expect([
    rows("ESZ6"),
    rows("ESZ26"),
    rows("M2KH7"),
    rows("ESG"),
    rows("ESZ6", "STK"),
    rows("ZZZ9")
  ]).toEqual([["yahoo:^GSPC"], ["yahoo:^GSPC"], ["yahoo:^RUT"], [], [], []]);
});
