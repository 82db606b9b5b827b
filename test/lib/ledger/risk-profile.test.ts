import {expect, it} from "vitest";
import {createFigures} from "../../../lib/ledger/figures.js";
import type {RiskQuery} from "../../../lib/ledger/risk-profile.js";
import type {Benchmark, ViewContext} from "../../../lib/ledger/views.js";
import {A, CONTEXT, ledgerOf, navRows} from "./tables.js";

const NAV = {"2026-01-05": "1000", "2026-01-06": "1010", "2026-01-07": "1000", "2026-01-08": "1030"};
const index = (name: string, values: number[], currency = "USD"): Benchmark => ({
  name,
  kind: "total return",
  currency,
  closes: Object.keys(NAV).map((day, i) => [day, values[i]])
});
const view = (query: RiskQuery, context: Partial<ViewContext> = {}, more: object = {}) =>
  createFigures(ledgerOf({nav: navRows(NAV), ...more}), {...CONTEXT, ...context}).performance(query);
const of = (seen: ReturnType<typeof view>, id: string) =>
  seen.measures.find((measure) => measure.id === id)?.portfolio;

const PA = {profile: "portfolio-analyst"} as const;
const SP500 = index("S&P 500", [100, 101, 101, 102.01]);
const BILL = {name: "3-month bill", yields: [["2026-01-02", 5]] as [string, number][]};

it("profile portfolio-analyst is n/a where its series are missing, and says which to add", () => {
  const seen = view(PA);
  expect([seen.profile, seen.convention]).toEqual(["portfolio-analyst", "ibkr"]);
  expect(of(seen, "sharpe")?.reason).toContain("no series of the three-month bill");
  expect(of(seen, "sortino")?.reason).toContain("no series named S&P 500");
  expect(of(seen, "volatility")?.value).not.toBeNull();
  expect(seen.constants.join(" ")).toContain("no series of the three-month bill");
});

it("profile portfolio-analyst takes the bill off each return, and the S&P 500's mean as Sortino's target", () => {
  const seen = view(PA, {benchmark: SP500, riskFree: BILL});
  const returns = [0.01, 1000 / 1010 - 1, 0.03];
  const free = 1.05 ** (1 / 252) - 1;
  const target = (0.01 + 0 + 0.01) / 3;
  const mean = returns.reduce((a, b) => a + b) / 3;
  const deviation = Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 2);
  const short = Math.sqrt(returns.reduce((sum, r) => sum + Math.min(r - target, 0) ** 2, 0) / 3);
  expect(of(seen, "sharpe")?.value).toBeCloseTo(((mean - free) / deviation) * Math.sqrt(252), 9);
  expect(of(seen, "sortino")?.value).toBeCloseTo(((mean - target) / short) * Math.sqrt(252), 9);
  expect(seen.constants.join(" ")).toContain(
    "mean daily return of S&P 500, 2026-01-05 to 2026-01-08, 0.6667 %"
  );
});

it("the risk-free rate touches ratios only: total return and drawdown are the same (R27)", () => {
  const [plain, less] = [{}, {riskFree: BILL, benchmark: SP500}].map((context) => view(PA, context));
  for (const id of ["totalReturn", "maxDrawdown", "volatility"]) expect(of(less, id)).toEqual(of(plain, id));
  expect(less.growth.portfolio).toEqual(plain.growth.portfolio);
});

it("the default profile has a risk-free rate and a target of nothing, and says so", () => {
  const seen = view({}, {riskFree: BILL});
  expect([seen.profile, seen.convention]).toEqual(["default", "start-end"]);
  expect(seen.constants).toContain(
    "Risk-free rate 0; Sortino target 0, divided by all days; standard deviation with n - 1."
  );
  expect(of(seen, "sharpe")?.value).toBeGreaterThan(of(view(PA, {riskFree: BILL}), "sharpe")?.value ?? NaN);
});

it("performance({benchmark}) compares with an index by name, or a blend of some, and draws the others", () => {
  const benchmarks = [index("A", [100, 110, 110, 121]), index("B", [50, 50, 55, 55])];
  const named = view({benchmark: "B"}, {benchmarks});
  expect(named.benchmark).toMatchObject({name: "B", kind: "total return"});
  expect(named.growth.others.map(({name}) => name)).toEqual(["A"]);
  expect(named.benchmarks).toEqual(["A", "B"]);
  const blend = view({benchmark: "50% A / 50% B"}, {benchmarks});
  expect(blend.benchmark?.name).toBe("50% A / 50% B, rebalanced daily");
  expect(blend.growth.benchmark.map((level) => level && +level.toFixed(9))).toEqual([
    100, 105, 110.25, 115.7625
  ]);
  expect(view({}, {benchmarks, benchmarkChoice: "B"}).benchmark?.name).toBe("B");
});

it("a blend takes each part at its own currency's rate, and says what kind of returns it has", () => {
  const rate = (day: string, value: string) => ({day, fromCurrency: "EUR", toCurrency: "USD", rate: value});
  const rates = Object.keys(NAV).map((day, i) => rate(day, i < 2 ? "1" : "1.1"));
  const benchmarks = [
    index("A", [100, 100, 100, 100], "EUR"),
    {...index("B", [50, 50, 50, 50]), kind: "price return" as const}
  ];
  const {growth, benchmark} = view({benchmark: "50% A / 50% B"}, {benchmarks}, {rates});
  expect(growth.benchmark.map((level) => level && +level.toFixed(9))).toEqual([100, 100, 105, 105]);
  expect(benchmark?.kind).toBe("blend of price and total returns");
});

it.each([
  ["C", "no benchmark C: there are A"],
  ["60% A / 30% A", "the weights of the blend sum to 90 %, not 100 %: 60% A / 30% A"]
])("performance({benchmark: %j}) says what is wrong", (benchmark, reason) => {
  expect(view({benchmark}, {benchmarks: [index("A", [1, 2, 3, 4])]}).benchmarkReason).toBe(reason);
});

const reported = (measure: string, value: string, more: object = {}) => ({
  day: "2026-01-08",
  fromDate: "2026-01-06",
  toDate: "2026-01-08",
  of: "Key Statistics",
  figure: "CumulativeReturn",
  measure,
  value,
  ...more
});

it("PortfolioAnalyst's figures stand beside ours of the same days, by its conventions", () => {
  const rows = [reported("TWR", "3"), reported("MWR", "2.5"), reported("TWR", "9", {figure: "BestReturn"})];
  const {reported: compared} = view({}, {}, {reported: rows});
  expect(compared.map(({measure, theirs}) => [measure, theirs])).toEqual([
    ["TWR", 0.03],
    ["MWR", 0.025]
  ]);
  expect(compared[0]).toMatchObject({account: A, from: "2026-01-06", to: "2026-01-08"});
  expect(compared[0].ours.value).toBeCloseTo(0.03, 12);
  expect(compared[0].difference.value).toBeCloseTo(0, 12);
  expect(compared[1].difference.value).toBeCloseTo(0.005, 12);
});

it("a report of days that no statement covers is n/a, not compared with other days", () => {
  const rows = [reported("TWR", "3", {toDate: "2026-02-27", day: "2026-02-27"})];
  const [{ours, difference}] = view({}, {}, {reported: rows}).reported;
  expect(ours).toEqual({value: null, reason: "the values end 2026-01-08"});
  expect(difference.value).toBeNull();
});
