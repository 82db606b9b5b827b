import {isoDay, lastIndex} from "./days.js";
import {panelView} from "./panel.js";
import type {Known} from "./reader.js";
import type {MarketStudy} from "./study.js";
import type {FxMatrix, FxView} from "./views.js";

/** The ten most traded currencies. */
const G10 = ["USD", "EUR", "JPY", "GBP", "CHF", "CAD", "AUD", "NZD", "SEK", "NOK"];

/** Returns the currencies' panel, and what each of G10 costs in each other. */
export function fxView(study: MarketStudy): FxView {
  return {...panelView(study, "fx"), matrix: matrixOf(study)};
}

/** Cross rates through the euro, all of the last day that has a fixing. */
function matrixOf({reader}: MarketStudy): FxMatrix {
  const fixings = G10.map((currency) => (currency === "EUR" ? null : reader.find(`ecb:EUR${currency}`)));
  const found = fixings.flatMap((fixing) => fixing?.series ?? []);
  if (!found.length) {
    const reason = fixings.find((fixing) => fixing?.reason)?.reason ?? null;
    return {currencies: G10, asOf: null, rates: G10.map(() => G10.map(() => null)), reason};
  }
  const day = Math.max(...found.map(({days}) => days[days.length - 1]));
  const perEuro = fixings.map((fixing) =>
    fixing === null ? 1 : fixing.series && valueOn(fixing.series, day)
  );
  return {
    currencies: G10,
    asOf: isoDay(day),
    rates: perEuro.map((from) => perEuro.map((to) => (from === null || to === null ? null : to / from))),
    reason: null
  };
}

function valueOn({days, values}: Known, day: number): number | null {
  const i = lastIndex(days, day);
  return i >= 0 && days[i] === day ? values[i] : null;
}
