import type {PerformanceView} from "../../lib/ledger/views.js";
import {shownPercent} from "../figure.js";
import {metricRow} from "../metric.js";
import {noMetrics, viewOf} from "../view-card.js";
import type {Watched} from "../watch-view.js";

/** Returns the range's return by each of the ways in use, with what each means. */
export function returns(watched: Watched<PerformanceView>): HTMLElement {
  const view = viewOf(watched);
  if (!view) return noMetrics(watched);
  const {timeWeighted, moneyWeighted, simple, convention} = view;
  const percent = (figure: typeof simple) => shownPercent(figure, {signed: true});
  return metricRow([
    {
      label: "Time-weighted",
      value: percent(timeWeighted.return),
      signed: true,
      note: convention === "ibkr" ? "all flows at day end" : "in at day start, out at day end",
      definition:
        "Daily returns linked: what the choice of investments earned, whatever was paid in and when."
    },
    {
      label: "Time-weighted, a year",
      value: percent(timeWeighted.annualized),
      signed: true,
      note: "not below one year",
      definition: "The time-weighted return as a yearly rate; a period below a year is never annualized."
    },
    {
      label: "Money-weighted",
      value: percent(moneyWeighted.period),
      signed: true,
      note:
        moneyWeighted.xirr.value === null
          ? "XIRR over the range"
          : `XIRR over the range; ${percent(moneyWeighted.xirr).text} a year`,
      definition:
        "The rate at which all that was paid in and out grew to today's value, over the days of the range: timing of deposits counts. Actual/365."
    },
    {
      label: "Simple",
      value: percent(simple),
      signed: true,
      note: "gain over what was paid in",
      definition: "Gain over the value at the start plus what was paid in since, whenever that came."
    },
    {
      label: "As IBKR, time-weighted",
      value: percent(timeWeighted.ibkr),
      signed: true,
      note: "all flows at day end",
      definition: "The same with IBKR's convention, to compare with PortfolioAnalyst."
    },
    {
      label: "As IBKR, money-weighted",
      value: percent(moneyWeighted.modifiedDietz),
      signed: true,
      note: "Modified Dietz",
      definition:
        "IBKR's money-weighted return: gain over the start value plus flows weighted by the time they were there."
    }
  ]);
}
