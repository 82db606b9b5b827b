import {h} from "../dom.js";
import {ESTIMATORS, HORIZONS, riskChoices, TAILS, YEARS, type RiskChoices} from "./choices.js";
import {chooser} from "./study-card.js";

/** Returns what the whole page is computed by: how sure, how far ahead, over which past, by which covariance. */
export function riskBar(choices: RiskChoices): HTMLElement {
  const {tail, horizon, years, covariance} = choices;
  return h(
    "div",
    {class: "conventions risk-bar"},
    chooser(
      "Confidence",
      TAILS.map((value) => [value, `${Math.round(1000 * (1 - value)) / 10}%`]),
      {
        chosen: tail,
        onChoose: (value) => riskChoices.set({tail: value}),
        tip: "A loss at 95% is one that a twentieth of the periods exceed."
      }
    ),
    chooser(
      "Horizon",
      HORIZONS.map((value) => [value, value === 1 ? "1 day" : `${value} days`]),
      {
        chosen: horizon,
        onChoose: (value) => riskChoices.set({horizon: value}),
        tip: "Trading days that a period spans. Periods above a day overlap: no square root of time."
      }
    ),
    chooser(
      "Past",
      YEARS.map((value) => [value, value === 1 ? "1 year" : `${value} years`]),
      {
        chosen: years,
        onChoose: (value) => riskChoices.set({years: value}),
        tip: "Days of prices that all of it is made of."
      }
    ),
    chooser("Covariance", ESTIMATORS, {
      chosen: covariance,
      onChoose: (value) => riskChoices.set({covariance: value}),
      tip: "Of the normal VaR and the simulations. Shrinkage pulls what few periods tell towards a simple structure."
    })
  );
}
