import {expect, it} from "vitest";
import type {AttributionQuery, AttributionRow} from "../../../../lib/ledger/attribution/attribution-view.js";
import {createFigures} from "../../../../lib/ledger/figures.js";
import {A, CONTEXT, ledgerOf, navRows} from "../tables.js";
import {twoCurrencies} from "./two-currencies.js";

const view = (query: AttributionQuery = {}, ledger = twoCurrencies(), context = CONTEXT) =>
  createFigures(ledger, context).attribution(query);

const parts = ({label, gain, price, income, currency, fee, tax}: AttributionRow) => [
  label,
  gain.value,
  price.value,
  income.value,
  currency.value,
  fee.value,
  tax.value
];

it("attribution({by: position}) splits each gain by hand: price at the opening rate, currency on the closing value", () => {
  const {rows, total, reason} = view();
  expect(reason).toBeNull();
  expect(rows.map(parts)).toEqual([
    // 40 EUR x 1.10; 1,040 EUR x 0.02; 8 and -2 EUR x 1.12
    ["ACME", "71.52", "44", "8.96", "20.8", "0", "-2.24"],
    // bought at 40, sold at 42; commissions of 1 each; a tax of 0.50
    ["BETA", "7.5", "10", "0", "0", "-2", "-0.5"],
    // interest; 50 EUR x 0.02
    ["Cash", "4", "0", "3", "1", "0", "0"]
  ]);
  expect(total.gain.value).toBe("83.02");
});

it("attribution() sums to the gain of the account exactly, by whatever it is grouped", () => {
  for (const by of ["position", "class", "currency", "sector", "account"] as const) {
    const {rows, total} = view({by});
    expect(rows.some(({kind}) => kind === "unexplained")).toBe(false);
    expect(rows.reduce((sum, {gain}) => sum + Math.round(Number(gain.value) * 100), 0)).toBe(8302);
    expect(total.gain.value).toBe("83.02");
  }
});

it("a position's return counts buys as in-flows, sales and dividends as out-flows (R7)", () => {
  const rows = new Map(view().rows.map((row) => [row.label, row]));
  // 71.52 on 1,100, then nothing
  expect(rows.get("ACME")?.return.value).toBeCloseTo(71.52 / 1100, 12);
  // (205 - 200 - 1.5) on 200, then (210 - 1 - 205) on 205
  expect(rows.get("BETA")?.return.value).toBeCloseTo((1 + 3.5 / 200) * (1 + 4 / 205) - 1, 12);
  expect(rows.get("ACME")?.outflow.value).toBe("6.72");
  expect([rows.get("BETA")?.inflow.value, rows.get("BETA")?.outflow.value]).toEqual(["200", "210"]);
});

it.each(["default", "portfolio-analyst"] as const)(
  "contributions of profile %s sum to the account's return",
  (profile) => {
    const {rows, total, linking} = view({profile});
    expect(linking).toBe(profile === "default" ? "carino" : "frongello");
    const sum = rows.reduce((all, {contribution}) => all + (contribution.value ?? NaN), 0);
    expect(sum).toBeCloseTo(2238.02 / 2155 - 1, 12);
    expect(total.contribution.value).toBeCloseTo(2238.02 / 2155 - 1, 12);
  }
);

it("attribution({by: currency}) has cash in the group of its currency, and a sector is that of the person's list", () => {
  expect(view({by: "currency"}).rows.map(({label, gain}) => [label, gain.value])).toEqual([
    ["EUR", "72.52"],
    ["USD", "10.5"]
  ]);
  const bySector = view({by: "sector"}, twoCurrencies(), {...CONTEXT, sectors: {ACME: "Industry"}});
  expect(bySector.rows.map(({label}) => label)).toEqual(["Industry", "Unclassified", "Cash"]);
});

it("attribution({key}) tells a group day by day, each day with the source of its marks", () => {
  expect(view({key: "2"}).daily).toEqual({
    key: "2",
    days: ["2026-01-02", "2026-01-05", "2026-01-06"],
    value: [0, 205, 0],
    inflow: [null, 200, 0],
    outflow: [null, 0, 210],
    gain: [null, 3.5, 4],
    return: [null, 3.5 / 200, 4 / 205],
    source: ["OpenPositions", "OpenPositions", "OpenPositions"]
  });
});

it("a day without marks is n/a, with the box to tick and the lake that is missing", () => {
  const ledger = twoCurrencies();
  const without = {...ledger, positions: ledger.positions.filter(({day}) => day !== "2026-01-05")};
  const {rows, total, marks} = view({}, without);
  expect(total.gain.value).toBe("83.02");
  const acme = rows.find(({label}) => label === "ACME");
  expect(acme?.gain.value).toBe("71.52"); // its ends are known
  expect(acme?.return.reason).toContain("Breakout by Day");
  expect(acme?.return.reason).toContain("lake");
  expect(acme?.contribution.value).toBeNull();
  expect(marks).toEqual([
    {source: "OpenPositions", days: 2},
    {source: "none", days: 1}
  ]);
});

it("a range whose first day has no marks is told from the first that has, and says so", () => {
  const ledger = twoCurrencies();
  const later = {...ledger, positions: ledger.positions.filter(({day}) => day !== "2026-01-02")};
  const {rows, reason, total, scope, problems} = view({}, later);
  expect(reason).toBeNull();
  expect([scope.from, scope.to, scope.range]).toEqual(["2026-01-05", "2026-01-06", "ALL"]);
  expect(rows.map(({label, gain}) => [label, gain.value])).toEqual([
    ["BETA", "4"],
    ["ACME", "0"]
  ]);
  expect(total.gain.value).toBe("4");
  expect(problems[0]).toContain("of 2026-01-05 to 2026-01-06 only");
  expect(problems[0]).toContain("Breakout by Day");
});

it("a range of which one day at most has marks has no rows, and says which day of which account lacks them", () => {
  const ledger = twoCurrencies();
  const last = {...ledger, positions: ledger.positions.filter(({day}) => day === "2026-01-06")};
  const {rows, reason, total} = view({}, last);
  expect(rows).toEqual([]);
  expect(reason).toContain(`no positions of ${A} on 2026-01-02`);
  expect(total.gain.value).toBe("83.02");
  expect(total.price.value).toBeNull();
});

it("V4: 2 bought at 100 USD and sold at 200, the dollar from 1.00 to 0.80 EUR: price +200, currency -80", () => {
  const usd = {conid: "9", symbol: "V", assetCategory: "STK", currency: "USD"};
  const bought = {...usd, quantity: "2", tradePrice: "100", proceeds: "-200", fxRateToBase: "1"};
  const sold = {...usd, quantity: "-2", tradePrice: "200", proceeds: "400", fxRateToBase: "0.8"};
  const ledger = ledgerOf({
    nav: ["1000", "1000", "1120"].map((total, i) => ({
      day: `2026-01-0${5 + i}`,
      total,
      cash: i === 1 ? "800" : total,
      stock: i === 1 ? "200" : "0"
    })),
    positions: [
      {...usd, day: "2026-01-06", position: "2", markPrice: "100", positionValue: "200", fxRateToBase: "1"}
    ],
    trades: [
      {...bought, day: "2026-01-06"},
      {...sold, day: "2026-01-07"}
    ],
    coverage: [{account: A, from: "2026-01-05", to: "2026-01-07", base: "EUR"}]
  });
  const {rows} = view({}, ledger);
  expect(rows.map(parts)).toEqual([["V", "120", "200", "0", "-80", "0", "0"]]);
});

it("a future counts nothing in value, its settlement at the day's rate, and its return on the notional (R18)", () => {
  const future = {
    conid: "5",
    symbol: "MES",
    assetCategory: "FUT",
    currency: "USD",
    multiplier: "5",
    fxRateToBase: "1"
  };
  const at = (day: string, markPrice: string, positionValue: string) => ({
    ...future,
    day,
    position: "1",
    markPrice,
    positionValue
  });
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "10000", "2026-01-06": "10050"}),
    positions: [at("2026-01-05", "6000", "30000"), at("2026-01-06", "6010", "30050")]
  });
  const [row] = view({by: "class"}, ledger).rows;
  expect([row.start.value, row.end.value, row.gain.value, row.currency.value]).toEqual(["0", "0", "50", "0"]);
  expect(row.return.value).toBeCloseTo(50 / 30000, 12);
  expect(row.contribution.value).toBeCloseTo(0.005, 12);
});

it("a CFD stands with its unrealized gain, in the rate of the day", () => {
  const cfd = {
    conid: "6",
    symbol: "XYZn",
    assetCategory: "CFD",
    currency: "EUR",
    openPrice: "90",
    position: "10"
  };
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "1000", "2026-01-06": "1023.6"}),
    positions: [
      {...cfd, day: "2026-01-05", markPrice: "100", positionValue: "1000", fxRateToBase: "1.1"},
      {...cfd, day: "2026-01-06", markPrice: "102", positionValue: "1020", fxRateToBase: "1.12"}
    ]
  });
  const [row] = view({}, ledger).rows;
  // 20 EUR x 1.12; 100 EUR of gain so far x 0.02
  expect([row.price.value, row.currency.value, row.gain.value]).toEqual(["22.4", "2", "24.4"]);
  expect([row.start.value, row.end.value]).toEqual(["110", "134.4"]);
});

it("an option that is sold and expires keeps its premium, on the capital that it was sold for", () => {
  const option = {
    conid: "7",
    symbol: "ACME  260117C00100000",
    assetCategory: "OPT",
    currency: "USD",
    multiplier: "100",
    fxRateToBase: "1"
  };
  const ledger = ledgerOf({
    nav: ["1000", "990", "1150"].map((total, i) => ({
      day: `2026-01-0${5 + i}`,
      total,
      cash: i ? "1150" : "1000",
      options: i === 1 ? "-160" : "0"
    })),
    positions: [{...option, day: "2026-01-06", position: "-1", markPrice: "1.6", positionValue: "-160"}],
    trades: [
      {...option, day: "2026-01-06", quantity: "-1", tradePrice: "1.5", proceeds: "150"},
      {...option, day: "2026-01-07", quantity: "1", tradePrice: "0", proceeds: "0", notes: "Ep"}
    ]
  });
  const {rows, total} = view({}, ledger);
  expect(rows.map(({label, gain}) => [label, gain.value])).toEqual([[option.symbol, "150"]]);
  expect(total.gain.value).toBe("150");
  expect(rows[0].return.value).toBeCloseTo((1 - 10 / 150) * (1 + 160 / 160) - 1, 12);
});

it("shares of a merger leave the old holding at what the new one is worth, the cash with them", () => {
  const old = {conid: "1", symbol: "OLD", assetCategory: "STK", currency: "USD", fxRateToBase: "1"};
  const next = {...old, conid: "2", symbol: "NEW"};
  const action = {day: "2026-01-06", type: "TC", actionID: "A1"};
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "1000", "2026-01-06": "1100"}),
    positions: [
      {...old, day: "2026-01-05", position: "10", markPrice: "100", positionValue: "1000"},
      {...next, day: "2026-01-06", position: "5", markPrice: "160", positionValue: "800"}
    ],
    corporate_actions: [
      {...old, ...action, quantity: "-10", proceeds: "300", value: "-1000"},
      {...next, ...action, quantity: "5", value: "800"}
    ]
  });
  const {rows, problems} = view({}, ledger);
  expect(problems).toEqual([]);
  expect(rows.map(({label, gain}) => [label, gain.value])).toEqual([
    ["OLD", "100"],
    ["NEW", "0"]
  ]);
});

it("a split moves no money, and a spin-off leaves the parent by the ISIN that its text names", () => {
  const stock = {assetCategory: "STK", currency: "USD", fxRateToBase: "1"};
  const parent = {...stock, conid: "1", symbol: "PAR", isin: "US0000000010"};
  const child = {...stock, conid: "2", symbol: "CHI", isin: "US0000000028"};
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "1000", "2026-01-06": "1000", "2026-01-07": "1010"}),
    positions: [
      {...parent, day: "2026-01-05", position: "10", markPrice: "100", positionValue: "1000"},
      {...parent, day: "2026-01-06", position: "20", markPrice: "50", positionValue: "1000"},
      {...parent, day: "2026-01-07", position: "20", markPrice: "40", positionValue: "800"},
      {...child, day: "2026-01-07", position: "10", markPrice: "21", positionValue: "210"}
    ],
    corporate_actions: [
      {...parent, day: "2026-01-06", type: "FS", quantity: "10", value: "0", actionID: "1"},
      {
        ...child,
        day: "2026-01-07",
        type: "SO",
        quantity: "10",
        value: "210",
        actionID: "2",
        actionDescription: "PAR(US0000000010) SPINOFF 1 FOR 2 (CHI, CHILD INC, US0000000028)"
      }
    ]
  });
  const {rows} = view({}, ledger);
  expect(rows.map(({label, gain}) => [label, gain.value])).toEqual([
    ["PAR", "10"],
    ["CHI", "0"]
  ]);
  expect(rows[0].return.value).toBeCloseTo(0.01, 12);
});

it("a purchase that no row tells is no gain of the position, and is said", () => {
  const stock = {conid: "1", symbol: "ACME", assetCategory: "STK", currency: "USD", fxRateToBase: "1"};
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "1000", "2026-01-06": "1010"}),
    positions: [
      {...stock, day: "2026-01-05", position: "5", markPrice: "100", positionValue: "500"},
      {...stock, day: "2026-01-06", position: "7", markPrice: "102", positionValue: "714"}
    ]
  });
  const {rows, problems} = view({}, ledger);
  expect(rows.map(({label, gain}) => [label, gain.value])).toEqual([["ACME", "10"]]);
  expect(problems).toEqual([
    `ACME: what ${A} holds on 2026-01-06 is not what its rows make of the day before`
  ]);
});
