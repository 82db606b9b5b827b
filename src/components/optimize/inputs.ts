import {OBJECTIVES, type PriceOptions} from "../../lib/portfolio/optimize-prices.js";
import type {OptimizeChoices} from "./choices.js";
import {namedGroups, type Universe} from "./universe.js";

/** What the tasks of Optimize are given; each a sentence where there is nothing to give. */

function priced({assets, days, total}: Universe): object | string {
  if (assets.length < 2)
    return "two positions with a past or more are needed: money, options and notionals have no weight";
  if (!(total > 0)) return "what is held is worth nothing on balance: there is no whole to take shares of";
  return {assets: assets.map(({name}) => name), dates: days, prices: assets.map(({prices}) => prices)};
}

/** Limits that an objective takes, of those chosen; what it does not take is left out, and said. */
function limits(universe: Universe, {objective, least, most, gross, groups}: OptimizeChoices) {
  if (!OBJECTIVES[objective].limits) return {};
  const named = namedGroups(universe, groups);
  return {
    bounds: [least / 100, most / 100] as const,
    ...(gross > 0 && {gross: gross / 100}),
    ...(named.length && {groups: named})
  };
}

function believed({current}: Universe, {expectation, views}: OptimizeChoices): PriceOptions["expectation"] {
  return expectation === "views" ? {by: "views", views, market: current} : {by: expectation};
}

export function optimizeInput(universe: Universe, choices: OptimizeChoices): object | string {
  const prices = priced(universe);
  if (typeof prices === "string") return prices;
  const {objective, covariance, riskFree, aversion, turnover} = choices;
  const takes = OBJECTIVES[objective];
  const options: PriceOptions = {
    objective,
    covariance,
    riskFree: riskFree / 100,
    missing: "drop",
    ...limits(universe, choices),
    ...(takes.aversion && {riskAversion: aversion}),
    ...(takes.penalties && turnover > 0 && {turnover: turnover / 1e4, current: universe.current})
  };
  const expectation = believed(universe, choices);
  return {prices, options: {...options, ...(expectation && {expectation})}};
}

/** Points of the frontier. */
const POINTS = 24;

export function frontierInput(universe: Universe, choices: OptimizeChoices): object | string {
  const prices = priced(universe);
  if (typeof prices === "string") return prices;
  const {covariance, riskFree, least, most, gross, groups} = choices;
  return {
    prices,
    points: POINTS,
    riskFree: riskFree / 100,
    covariance,
    missing: "drop",
    bounds: [least / 100, most / 100],
    ...(gross > 0 && {gross: gross / 100}),
    groups: namedGroups(universe, groups),
    expectation: believed(universe, choices),
    current: universe.current
  };
}
