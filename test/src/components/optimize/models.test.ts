import {expect, it} from "vitest";
import type {PositionRow} from "../../../../lib/ledger/views.js";
import {runTask} from "../../../../lib/tasks/index.js";
import {limitLines} from "../../../../src/components/optimize/certificate-card.js";
import {
  OPTIMIZE_KINDS,
  OBJECTIVE_NAMES,
  type OptimizeChoices
} from "../../../../src/components/optimize/choices.js";
import {frontierInput, optimizeInput} from "../../../../src/components/optimize/inputs.js";
import {tradesOf, turnoverOf} from "../../../../src/components/optimize/trades.js";
import {groupsIn, namedGroups, universeOf} from "../../../../src/components/optimize/universe.js";
import {weightLines} from "../../../../src/components/optimize/weights-card.js";
import {parseUrlChoices} from "../../../../src/components/url-choices.js";
import {asset, heldWith} from "../risk/held-of.js";

const held = heldWith([
  asset("A", 5000),
  asset("B", 3000, {currency: "EUR"}),
  asset("C", 2000),
  asset("F", 9000, {class: "FUT", isNotional: true}),
  asset("EUR cash", 700, {class: "CASH", currency: "EUR"})
]);
const rows = [
  {conid: "A", sector: "Energy"},
  {conid: "B", sector: "Energy"}
] as PositionRow[]; // what the model reads of them
const universe = universeOf(held, {rows});
const choices: OptimizeChoices = {...parseUrlChoices<OptimizeChoices>(OPTIMIZE_KINDS, ""), most: 60};

it("universeOf(held) weighs what is held in full, and says why the rest stays as it is", () => {
  expect(universe.current).toEqual({A: 0.5, B: 0.3, C: 0.2});
  expect(universe.outside.map(({name, reason}) => [name, reason.split(" ")[0]])).toEqual([
    ["F", "held"],
    ["EUR cash", "money"],
    ["USD cash", "money"]
  ]);
});

it("groupsIn(universe, by) sums weights by sector, currency and class", () => {
  expect(groupsIn(universe, "sector")).toEqual([
    {name: "Energy", weight: 0.8},
    {name: "Unclassified", weight: 0.2}
  ]);
  expect(groupsIn(universe, "currency").map(({name}) => name)).toEqual(["USD", "EUR"]);
  expect(groupsIn(universe, "class")).toEqual([{name: "STK", weight: 1}]);
});

it("namedGroups(universe, choices) leaves out what limits nothing or nobody", () => {
  expect(
    namedGroups(universe, [
      {by: "sector", name: "Energy", most: 40},
      {by: "sector", name: "Unclassified"},
      {by: "currency", name: "JPY", least: 10}
    ])
  ).toEqual([{name: "sector Energy", assets: ["A", "B"], most: 0.4}]);
});

it("every objective gives weights, and keeps the limits that it takes", () => {
  const limited: OptimizeChoices = {...choices, groups: [{by: "sector", name: "Energy", most: 55}]};
  for (const [objective] of OBJECTIVE_NAMES) {
    const {weights, certificate} = runTask("optimize", optimizeInput(universe, {...limited, objective}));
    expect(certificate.status, objective).toBe("optimal");
    expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 8);
    if (objective === "risk-parity" || objective === "hrp") continue;
    expect(weights["A"] + weights["B"], objective).toBeLessThan(0.55 + 1e-8);
  }
});

it("frontierInput(universe) gives the frontier, what is held now, and takes views", () => {
  const views = [{assets: {A: 1, C: -1}, expected: 0.1, confidence: 0.8}];
  const {points, current} = runTask(
    "frontier",
    frontierInput(universe, {...choices, expectation: "views", views})
  );
  expect(points.length).toBeGreaterThan(10);
  expect(current!.volatility.value).toBeGreaterThan(0);
});

it("limits that conflict are named in the certificate, and no trade is made of them", () => {
  const impossible: OptimizeChoices = {...choices, most: 20};
  const answer = runTask("optimize", optimizeInput(universe, impossible));
  expect(answer.certificate.status).toBe("infeasible");
  expect(answer.certificate.conflicts.length).toBeGreaterThan(0);
  expect(tradesOf(universe, answer, choices, {currency: "USD", now: 0})).toBe(
    "there are no proposed weights"
  );
  expect(limitLines(universe, impossible, answer.weights).map(({binds}) => binds)).toEqual([
    "n/a",
    "n/a",
    "n/a"
  ]);
});

it("limitLines(universe, choices, weights) says what binds", () => {
  const lines = limitLines(
    universe,
    {...choices, gross: 120, groups: [{by: "sector", name: "Energy", most: 80}]},
    {A: 0.6, B: 0.2, C: 0.2}
  );
  expect(lines).toEqual([
    {limit: "Sum 100%", binds: "holds"},
    {limit: "Each at least 0.0%", binds: "slack"},
    {limit: "Each at most 60.0%", binds: "binds on 1 position"},
    {limit: "Gross at most 120.0%", binds: "100.0% used"},
    {limit: "Sector Energy: at most 80.0%", binds: "binds"}
  ]);
});

it("weightLines(universe, weights) puts the largest change first; changes sum to nothing", () => {
  const lines = weightLines(universe, {A: 0.2, B: 0.4, C: 0.4});
  expect(lines.map(({name, change}) => [name, Number(change.toFixed(10))])).toEqual([
    ["A", -0.3],
    ["C", 0.2],
    ["B", 0.1]
  ]);
});

it("tradesOf(universe, weights) sells first, buys whole units and pays for them from what is sold", () => {
  const plan = tradesOf(
    universe,
    {weights: {A: 0.2, B: 0.4, C: 0.4}},
    {band: 0, trade: 0},
    {currency: "USD", now: 0}
  );
  if (typeof plan === "string") throw new Error(plan);
  expect(plan.trades.map(({asset: name, quantity}) => [name, Math.sign(quantity)])).toEqual([
    ["A", -1],
    ["C", 1],
    ["B", 1]
  ]);
  expect(plan.trades.every(({quantity}) => Number.isInteger(quantity))).toBe(true);
  expect(plan.cost).toBeGreaterThanOrEqual(3);
  expect(plan.cash.after["USD"]).toBeGreaterThanOrEqual(0);
  expect(turnoverOf(plan)).toBeCloseTo(0.3, 1);
});

it("tradesOf(universe, weights) leaves alone what lies within the band or is too small", () => {
  const near = {weights: {A: 0.503, B: 0.298, C: 0.199}};
  const banded = tradesOf(universe, near, {band: 0.5, trade: 0}, {currency: "USD", now: 0});
  const small = tradesOf(
    universe,
    {weights: {A: 0.49, B: 0.31, C: 0.2}},
    {band: 0, trade: 5000},
    {currency: "USD", now: 0}
  );
  if (typeof banded === "string" || typeof small === "string") throw new Error("no plan");
  expect(banded.trades).toEqual([]);
  expect(small.trades).toEqual([]);
  expect(small.leftOut[0].reason).toContain("below the minimum trade");
});

it("optimizeInput(universe) says why there is nothing to optimize", () => {
  expect(optimizeInput(universeOf(heldWith([asset("A", 1)]), null), choices)).toContain("two positions");
  expect(optimizeInput(universeOf(heldWith([asset("A", 1), asset("B", -2)]), null), choices)).toContain(
    "nothing on balance"
  );
});
