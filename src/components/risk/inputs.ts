import type {Scenario} from "../../lib/risk/stress/scenario.js";
import {stressHoldings} from "../../lib/portfolio/holdings-history.js";
import type {Watched} from "../watch-view.js";
import type {RiskChoices} from "./choices.js";
import {tableOf, valuesOf, type Held} from "./held.js";
import type {FactorMoves} from "./watch-factors.js";

/** What the tasks of Risk are given; each a sentence where there is nothing to give. */

export function riskInput(
  held: Held,
  {tail, covariance}: Pick<RiskChoices, "tail" | "covariance">
): object | string {
  const history = tableOf(held);
  return typeof history === "string" ? history : {history, values: valuesOf(held), tail, covariance};
}

export function stressInput({view, currency}: Held, scenarios: readonly Scenario[]): object | string {
  const holdings = stressHoldings(view);
  if (!holdings.length) return "nothing is held";
  return {holdings, base: currency, scenarios};
}

export function correlationInput(held: Held, {linkage}: Pick<RiskChoices, "linkage">): object | string {
  const history = tableOf(held);
  return typeof history === "string" ? history : {history, method: linkage};
}

export function factorInput(held: Held, moves: Watched<FactorMoves>): object | string {
  const history = tableOf(held);
  if (typeof history === "string") return history;
  const factors = moves.kind === "ready" ? moves.view.factors : [];
  return {
    history,
    values: valuesOf(held),
    factors: Object.fromEntries(factors.map(({label, moves: column}) => [label, column]))
  };
}

/** Steps of the fan, at most. */
const POINTS = 52;

export function simulationInput(
  held: Held,
  {
    model,
    paths,
    periods,
    seed,
    covariance
  }: Pick<RiskChoices, "model" | "paths" | "periods" | "seed" | "covariance">
): object | string {
  const history = tableOf(held);
  if (typeof history === "string") return history;
  const cash = held.view.cash.value ?? 0;
  return {
    history,
    values: valuesOf(held),
    cash,
    model,
    paths,
    periods,
    seed,
    covariance,
    points: Math.min(POINTS, periods)
  };
}
