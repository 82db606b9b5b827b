import {expect, it} from "vitest";
import {parseGroupBenchmark} from "../../../../lib/ledger/attribution/group-benchmark.js";
import {createFigures} from "../../../../lib/ledger/figures.js";
import {CONTEXT} from "../tables.js";
import {twoCurrencies} from "./two-currencies.js";

const SECTORS = {...CONTEXT, sectors: {ACME: "Industry", BETA: "Technology"}};
const figures = () => createFigures(twoCurrencies(), SECTORS);

const FILE = `date,group,weight,return
2026-01-05,Industry,60%,1%
2026-01-05,Technology,40%,-2%
2026-01-06,Industry,0.6,0.005
2026-01-06,Technology,0.3,0
2026-01-06,Cash,0.1,0`;

it("brinson() of one day is each group by hand", () => {
  const groups = parseGroupBenchmark(FILE);
  const {rows, total, periods} = figures().brinson({range: "custom", to: "2026-01-05", groups});
  expect(periods).toBe(1);
  const [w, r] = [1100 / 2155, 71.52 / 1100];
  const whole = 0.6 * 0.01 - 0.4 * 0.02; // -0.2 %
  const industry = rows.find(({group}) => group === "Industry");
  expect(industry?.allocation.value).toBeCloseTo((w - 0.6) * (0.01 - whole), 12);
  expect(industry?.selection.value).toBeCloseTo(0.6 * (r - 0.01), 12);
  expect(industry?.interaction.value).toBeCloseTo((w - 0.6) * (r - 0.01), 12);
  const cash = rows.find(({group}) => group === "Cash");
  expect(cash?.portfolioWeight.value).toBeCloseTo(1 - 1300 / 2155, 12);
  expect(total.benchmark.value).toBeCloseTo(-0.002, 12);
  expect(total.portfolio.value).toBeCloseTo(79.02 / 2155, 12);
});

it.each(["default", "portfolio-analyst"] as const)(
  "the effects of profile %s sum to the difference of the returns",
  (profile) => {
    const {rows, total, linking, reason} = figures().brinson({profile, groups: parseGroupBenchmark(FILE)});
    expect([reason, linking]).toEqual([null, profile === "default" ? "carino" : "frongello"]);
    const sum = rows.reduce((all, row) => all + (row.total.value ?? NaN), 0);
    expect(total.portfolio.value).toBeCloseTo(2238.02 / 2155 - 1, 12);
    expect(total.benchmark.value).toBeCloseTo(0.998 * 1.003 - 1, 12);
    expect(sum).toBeCloseTo(2238.02 / 2155 - 0.998 * 1.003, 12);
    expect(total.total.value).toBeCloseTo(sum, 12);
  }
);

it("periods of several days sum as well", () => {
  const groups = parseGroupBenchmark("date,group,weight,return\n2026-01-06,Industry,1,0.01\n");
  const {rows, total} = figures().brinson({groups});
  expect(rows.reduce((all, row) => all + (row.total.value ?? NaN), 0)).toBeCloseTo(2238.02 / 2155 - 1.01, 12);
  expect(total.total.value).toBeCloseTo(2238.02 / 2155 - 1.01, 12);
});

it("brinson() is n/a without a benchmark's groups, and where its periods are others", () => {
  expect(figures().brinson({}).reason).toContain("date, group, weight, return");
  const groups = parseGroupBenchmark("date,group,weight,return\n2025-01-06,Industry,1,0.01\n");
  expect(figures().brinson({groups}).reason).toBe(
    "the benchmark's periods, 2025-01-06 to 2025-01-06, are not between 2026-01-02 and 2026-01-06"
  );
});

it.each([
  ["", "the benchmark's file has no rows: it needs date, group, weight, return"],
  [
    "date,group,weight\n2026-01-05,A,1\n",
    "the benchmark's file has no column return: it has date, group, weight"
  ],
  ["date,group,weight,return\n05.01.2026,A,1,0\n", "invalid date on line 2: 05.01.2026: write 2026-01-31"],
  ["date,group,weight,return\n2026-01-05,,1,0\n", "no group on line 2"],
  ["date,group,weight,return\n2026-01-05,A,one,0\n", "invalid weight on line 2: one"],
  ["date,group,weight,return\n2026-01-05,A,1,\n", "invalid return on line 2: "],
  ["date,group,weight,return\n2026-01-05,A,0.5,0\n2026-01-05,A,0.5,0\n", "A stands twice on 2026-01-05"],
  [
    "date,group,weight,return\n2026-01-05,A,0.5,0\n2026-01-05,B,0.4,0\n",
    "the weights of 2026-01-05 sum to 90 %, not 100 %"
  ]
])("parseGroupBenchmark(%j) says what is wrong", (csv, message) => {
  expect(() => parseGroupBenchmark(csv)).toThrow(new RangeError(message));
});
