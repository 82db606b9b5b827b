import {billDiscount, discountAt, zeroRate, type ZeroCurve} from "../rates/bootstrap.js";
import {forwardRate} from "../rates/forwards.js";
import type {ParPoint} from "../rates/par-curve.js";
import {isoDay, lastIndex, monthsBefore} from "./days.js";
import {parPoints, zeroCurve, type ParHistory} from "./forward-history.js";
import {GAP_DAYS} from "./row.js";
import type {MarketStudy} from "./study.js";
import {FORWARDS, SLOPES} from "./universe-computed.js";
import {REAL_CURVE, TREASURY_CURVE} from "./universe-rates.js";
import type {CurveLine, CurvesView} from "./views.js";

const LINES = [
  {label: "now", months: 0},
  {label: "1 month ago", months: 1},
  {label: "1 year ago", months: 12}
] as const;

const TEN_YEARS = {par: "treasury:BC_10YEAR", real: "treasury:TC_10YEAR"} as const;

/**
 * Returns the Treasury curve now, a month and a year ago: par, real, zero, and forward for a year.
 *
 * "Now" is the last day that has a ten-year yield; the others are the last such day at or before the same day of the
 * month, unless that is more than a week older. All points of a line are of its one day. Zero rates are of bills as
 * they are quoted, below half a year, then of half years, bootstrapped.
 */
export function curvesView(study: MarketStudy): CurvesView {
  const {reader, now} = study;
  const par: ParHistory[] = TREASURY_CURVE.map((line) => ({id: line.id, daily: reader.row(line).series}));
  const real: ParHistory[] = REAL_CURVE.map((line) => ({id: line.id, daily: reader.row(line).series}));
  const ten = reader.find(TEN_YEARS.par);
  const lines = linesOf(par, TEN_YEARS.par);
  const curves = lines.map(({points}) => zeroCurve(points));
  const refused = curves.flatMap((curve, i) =>
    typeof curve === "string" ? `${lines[i].label}: ${curve}` : []
  );
  const drawn = (of: (points: ParPoint[], curve: ZeroCurve) => ParPoint[]) =>
    lines.map(({label, asOf, points}, i): CurveLine => {
      const curve = curves[i];
      return {label, asOf, points: typeof curve === "string" ? [] : of(points, curve)};
    });
  return {
    now,
    source: ten.series?.vendors.join(", ") ?? "US Treasury",
    par: lines,
    real: linesOf(real, TEN_YEARS.real),
    zero: drawn(zeroLine),
    forward: drawn(forwardLine),
    named: FORWARDS.map((line) => study.row(line)),
    slopes: SLOPES.map((line) => study.row(line)),
    reason: ten.reason ?? refused.at(0) ?? null
  };
}

function linesOf(history: readonly ParHistory[], tenYears: string): CurveLine[] {
  const days = history.find(({id}) => id === tenYears)?.daily?.days;
  const last = days?.at(-1);
  return LINES.map(({label, months}) => {
    if (days === undefined || last === undefined) return {label, asOf: null, points: []};
    const then = monthsBefore(last, months);
    const i = lastIndex(days, then);
    if (i < 0 || then - days[i] > GAP_DAYS) return {label, asOf: null, points: []};
    return {label, asOf: isoDay(days[i]), points: parPoints(history, days[i])};
  });
}

function zeroLine(points: ParPoint[], curve: ZeroCurve): ParPoint[] {
  const bills = points
    .filter(({years}) => years < 0.5)
    .map((bill) => ({years: bill.years, percent: zeroRate(billDiscount(bill), bill.years)}));
  return [
    ...bills,
    ...halves(curve).map((years) => ({years, percent: zeroRate(discountAt(curve, years), years)}))
  ];
}

/** Forward rates for a year, by their start. */
function forwardLine(_points: ParPoint[], curve: ZeroCurve): ParPoint[] {
  return [0, ...halves(curve)]
    .map((years) => ({years, percent: forwardRate(curve, years, 1)}))
    .filter(({percent}) => Number.isFinite(percent));
}

function halves({discounts}: ZeroCurve): number[] {
  return Array.from(discounts, (_, i) => (i + 1) / 2);
}
