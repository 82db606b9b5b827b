/** The New York Fed's markets API: holdings of the open market account, overnight reference rates. */

import {type Answer, away, json, type VendorRequest, type VendorSim} from "./vendor.js";
import {dayOf, isoOf} from "./world/days.js";
import type {ReferenceRate} from "./world/reference-rates.js";

const TYPES = ["EFFR", "OBFR", "SOFR", "BGCR", "TGCR"];

export const newYorkFed: VendorSim = {
  refuse: away,

  answer(request) {
    const path = request.parts.join("/");
    if (path === "api/soma/summary.json") return summary(request);
    const [, group, type, rest] =
      /^api\/rates\/(all|secured|unsecured)\/(?:([a-z]+)\/)?(search\.json|latest\.json|last\/\d+\.json)$/.exec(
        path
      ) ?? [];
    if (!rest) return away(404);
    const asked = TYPES.filter((one) => {
      const rate = request.world.referenceRate(one)!; // one of those it has
      return (group === "all" || rate.group === group) && (!type || one === type.toUpperCase());
    });
    return asked.length ? rates(request, asked, rest) : away(404);
  }
};

/** All Wednesdays, oldest first; dollars as texts. */
function summary({world, fault}: VendorRequest): Answer {
  const {days, kinds} = world.soma();
  const revised = fault("revised");
  const rows = days.map((day, i) => {
    const hit = revised?.symbol.startsWith("SOMA") && day >= dayOf(revised.from) && day <= dayOf(revised.to);
    const dollars = (kind: string) => Math.round(kinds[kind][i] * (hit ? revised!.factor : 1));
    const floating = dollars("frn");
    return {
      [fault("columns") ? "as_of_date" : "asOfDate"]: isoOf(day),
      agencies: String(dollars("agencies")),
      bills: String(dollars("bills")),
      notesbonds: String(dollars("notesbonds")),
      mbs: `${dollars("mbs")}.00`,
      cmbs: `${dollars("cmbs")}.00`,
      tips: String(dollars("tips")),
      frn: floating === 0 ? "" : String(floating),
      tipsInflationCompensation: String(dollars("tipsInflationCompensation")),
      total: fault("nulls") && i % 7 === 3 ? "" : `${dollars("total")}.00`
    };
  });
  return json(200, {soma: {summary: rows}});
}

/** Newest first. */
function rates({world, query, fault}: VendorRequest, types: readonly string[], which: string): Answer {
  const [from, to] = [query.get("startDate") ?? "", query.get("endDate") ?? "9999"];
  const last = which === "latest.json" ? 1 : Number(/^last\/(\d+)/.exec(which)?.[1] ?? Infinity);
  const revised = fault("revised");
  const refRates = types
    .flatMap((type) => {
      const rate = world.referenceRate(type)!; // one of those it has
      const hit = (day: number) =>
        revised?.symbol === type && day >= dayOf(revised.from) && day <= dayOf(revised.to)
          ? revised
          : undefined;
      return rate.days
        .map((day, i) => rowOf(type, rate, i, hit(day)?.factor))
        .filter(({effectiveDate}) => effectiveDate >= from && effectiveDate <= to)
        .slice(-last);
    })
    .sort((a, b) => (a.effectiveDate < b.effectiveDate ? 1 : -1));
  if (!fault("columns")) return json(200, {refRates: fault("nulls") ? refRates.map(withoutRate) : refRates});
  return json(200, {
    refRates: refRates.map(({effectiveDate, ...rest}) => ({effective_date: effectiveDate, ...rest}))
  });
}

function withoutRate<T extends {percentRate: number}>(row: T, i: number): Omit<T, "percentRate"> | T {
  if (i % 7 !== 3) return row;
  const {percentRate: _, ...rest} = row;
  return rest;
}

function rowOf(type: string, rate: ReferenceRate, i: number, factor: number | undefined) {
  const [p1, p25, p75, p99] = rate.percentiles[i];
  return {
    effectiveDate: isoOf(rate.days[i]),
    type,
    percentRate: Number((rate.rate[i] * (factor ?? 1)).toFixed(2)),
    percentPercentile1: p1,
    percentPercentile25: p25,
    percentPercentile75: p75,
    percentPercentile99: p99,
    ...(rate.target && {targetRateFrom: rate.target[i][0], targetRateTo: rate.target[i][1]}),
    volumeInBillions: rate.volume[i],
    revisionIndicator: factor === undefined ? "" : "[r]"
  };
}
