import {expect, it} from "vitest";
import {runTask} from "../../../../lib/tasks/index.js";
import {
  heldOf,
  leftOutSentence,
  shareOfNav,
  tableOf,
  valuesOf
} from "../../../../src/components/risk/held.js";
import {
  correlationInput,
  factorInput,
  riskInput,
  simulationInput,
  stressInput
} from "../../../../src/components/risk/inputs.js";
import {partsOf} from "../../../../src/components/risk/parts.js";
import {readScenario} from "../../../../src/components/risk/scenarios.js";
import {FACTORS} from "../../../../src/components/risk/factors.js";
import {asset, heldWith} from "./held-of.js";

const held = heldWith([asset("A", 5000), asset("B", 3000), asset("C", -1000)]);

it("partsOf(answer, split) sums to the whole, the largest first, for each way and measure", () => {
  const answer = runTask("risk", riskInput(held, {tail: 0.05, covariance: "ledoit-wolf"}));
  for (const measure of ["valueAtRisk", "conditionalValueAtRisk"] as const)
    for (const way of ["historical", "normal"] as const) {
      const split = answer[measure][way];
      const parts = partsOf(answer, split);
      expect(parts).toHaveLength(3);
      expect(parts.reduce((sum, {component}) => sum + component, 0)).toBeCloseTo(split.value!, 8);
      expect(parts.reduce((sum, {share}) => sum + share, 0)).toBeCloseTo(1, 10);
      expect(parts.map(({component}) => component)).toEqual(
        parts.map(({component}) => component).toSorted((a, b) => b - a)
      );
      for (const {value, marginal, component} of parts) expect(value * marginal).toBeCloseTo(component, 8);
    }
});

it("partsOf(answer, split) has none where the loss is n/a", () => {
  const answer = runTask("risk", riskInput(held, {tail: 0.05, covariance: "sample"}));
  expect(partsOf(answer, {...answer.valueAtRisk.normal, value: null, reason: "nothing varies"})).toEqual([]);
});

it("tableOf(held) says why there is nothing to compute from", () => {
  expect(tableOf(heldWith([], {asOf: null}))).toContain("no positions");
  expect(tableOf(heldWith([]))).toBe("nothing is held");
  const young = asset("NEW", 10, {
    prices: held.view.assets[0].prices.map((price, i) => (i < 70 ? null : price))
  });
  expect(tableOf(heldWith([asset("A", 1), asset("B", 1), young]))).toMatchObject({assets: ["A", "B"]});
  expect(tableOf(heldWith([young]))).toContain("NEW: returns of 9 of 9 periods");
});

it("every input of Risk passes its task's door and gives an answer", () => {
  expect([...valuesOf(held)]).toEqual([5000, 3000, -1000]);
  const {matrix} = runTask("correlation", correlationInput(held, {linkage: "ward"}));
  expect(matrix.n).toBe(3);
  const moves = {
    kind: "ready" as const,
    view: {
      factors: [{...FACTORS[0], source: "x", asOf: null, moves: held.history.assets[0].returns, known: 79}],
      missing: []
    }
  };
  const {exposures} = runTask("factorAnalysis", factorInput(held, moves));
  expect(exposures!.holdings[0].fit).toMatchObject({rSquared: expect.closeTo(1, 8)});
  const stressed = runTask("stressTest", stressInput(held, []));
  expect(stressed.results[0].holdings.map(({symbol}) => symbol)).toEqual(["A", "B", "C", "USD cash"]);
  const drawn = {model: "student-t", paths: 2000, periods: 21, seed: 7, covariance: "oas"} as const;
  const simulated = runTask("monteCarlo", simulationInput(held, drawn));
  expect(simulated.start).toBe(7500);
  expect(simulated.fan).toHaveLength(21);
});

it("shareOfNav(value, held) is over net asset value, and NaN without one", () => {
  expect(shareOfNav(250, held)).toBe(0.025);
  expect(shareOfNav(250, heldWith([], {nav: {value: null, reason: "none"}}))).toBeNaN();
});

it("leftOutSentence(held) names three, and counts the others", () => {
  const leftOut = ["W", "X", "Y", "Z"].map((name) => ({
    name,
    class: "OPT",
    currency: "USD",
    value: 1,
    reason: "r"
  }));
  expect(leftOutSentence(heldWith([asset("A", 1)], {leftOut}))).toContain("Without W, X, Y and 1 more");
  expect(leftOutSentence(held)).toBeNull();
});

it("heldOf(watched) waits while what is held is on its way", () => {
  expect(heldOf({kind: "loading"}, {years: 1, horizon: 1})).toEqual({kind: "loading"});
});

const form = {
  name: "Shares fall",
  lines: [{kind: "class" as const, key: "STK", change: "−20"}],
  volatility: "15",
  rest: "unchanged" as const
};

it("readScenario(form) reads percent and points, and the stress test takes it", () => {
  const scenario = readScenario(form);
  expect(scenario).toMatchObject({
    id: "own-shares-fall",
    shocks: [{kind: "class", key: "STK", change: -0.2}],
    volatility: {change: 0.15, days: 30}
  });
  const {scenarios, results} = runTask("stressTest", stressInput(held, [scenario]));
  const own = results[scenarios.findIndex(({id}) => id === scenario.id)];
  expect(own.gain.value).toBeCloseTo(-0.2 * 7000, 8);
});

it("readScenario(form) says what is wrong with it", () => {
  expect(() => readScenario({...form, name: " "})).toThrow("needs a name");
  expect(() => readScenario({...form, lines: [], volatility: ""})).toThrow("nothing moves");
  expect(() => readScenario({...form, lines: [{kind: "class", key: "STK", change: "-101"}]})).toThrow(
    "more than all"
  );
  expect(() => readScenario({...form, lines: [{kind: "symbol", key: "A", change: "much"}]})).toThrow(
    "no number"
  );
  expect(() => readScenario({...form, lines: [{kind: "symbol", key: "", change: "3"}]})).toThrow("of what?");
  expect(() => readScenario({...form, volatility: "x"})).toThrow("no number of points");
});
