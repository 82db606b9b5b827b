import {isoDay, joinDays, lastIndex} from "./days.js";
import {groupsOf} from "./panel.js";
import type {Known} from "./reader.js";
import {GAP_DAYS} from "./row.js";
import type {MarketStudy} from "./study.js";
import {NET_LIQUIDITY} from "./universe-computed.js";
import {SOMA} from "./universe-rates.js";
import type {FedLiquidityView} from "./views.js";

/** Five years. */
const WEEKS = 260;

const ASSETS = "fred:WALCL";
const GENERAL_ACCOUNT = "fred:WDTGAL";
const REVERSE_REPO = "fred:WLRRAL";

/** A change that a person would not call one, USD billions over thirteen weeks. */
const FLAT = 10;

/**
 * Returns the Fed's balance sheet and what it leaves for markets.
 *
 * Net liquidity is total assets (WALCL) less the Treasury's general account (WDTGAL) less reverse repurchase agreements
 * (WLRRAL): Wednesday levels of one release (H.4.1), in dollars whatever unit FRED printed them in. A week that lacks
 * one of the three is left out. Five years of weeks at most.
 */
export function fedLiquidityView(study: MarketStudy): FedLiquidityView {
  const {reader, now} = study;
  const net = study.row(NET_LIQUIDITY);
  return {
    now,
    rows: groupsOf(study, "liquidity").flatMap(({rows}) => rows),
    weeks: weeksOf(study),
    soma: somaOf(study),
    pace: paceOf(reader.find(ASSETS).series),
    reason: net.reason
  };
}

function weeksOf({reader}: MarketStudy): FedLiquidityView["weeks"] {
  const inputs = [ASSETS, GENERAL_ACCOUNT, REVERSE_REPO].map((id) => reader.find(id).series);
  return table(inputs).map(([day, assets, generalAccount, reverseRepo]) => ({
    day: isoDay(day),
    assets,
    generalAccount,
    reverseRepo,
    net: assets - generalAccount - reverseRepo
  }));
}

function somaOf({reader}: MarketStudy): FedLiquidityView["soma"] {
  return table(SOMA.map((line) => reader.row(line).series)).map(
    ([day, bills, notesBonds, tips, tipsInflation, frn, mbs, cmbs, agencies, total]) => ({
      asOf: isoDay(day),
      bills,
      notesBonds,
      tips,
      tipsInflation,
      frn,
      mbs,
      cmbs,
      agencies,
      total
    })
  );
}

/** The last weeks that all series have, oldest first: the day, then a value of each; none if a series is missing. */
function table(series: readonly (Known | null)[]): number[][] {
  const known = series.flatMap((one) => one ?? []);
  if (known.length < series.length) return [];
  const rows: number[][] = [];
  const {days} = joinDays(known, (values) => {
    rows.push([...values]);
    return 0;
  });
  return rows.map((values, i) => [days[i], ...values]).slice(-WEEKS);
}

function paceOf(assets: Known | null): FedLiquidityView["pace"] {
  const fourWeeks = changeOver(assets, 4);
  const thirteenWeeks = changeOver(assets, 13);
  if (thirteenWeeks === null || fourWeeks === null) {
    const sentence = `no pace: thirteen weeks of total assets (WALCL) are not in the lake`;
    return {fourWeeks, thirteenWeeks, sentence};
  }
  const words =
    Math.abs(thirteenWeeks) < FLAT
      ? "The balance sheet is about level"
      : thirteenWeeks > 0
        ? "The balance sheet expands"
        : "The balance sheet runs off";
  const signed = (change: number) => `${change < 0 ? "−" : "+"}${Math.abs(change).toFixed(1)}`;
  const sentence = `${words}: ${signed(thirteenWeeks)} USD billion in thirteen weeks, ${signed(fourWeeks)} in four.`;
  return {fourWeeks, thirteenWeeks, sentence};
}

function changeOver(series: Known | null, weeks: number): number | null {
  if (!series) return null;
  const {days, values} = series;
  const then = days[days.length - 1] - 7 * weeks;
  const i = lastIndex(days, then);
  return i >= 0 && then - days[i] <= GAP_DAYS ? values[days.length - 1] - values[i] : null;
}
