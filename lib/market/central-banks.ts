import {impliedPath} from "../rates/implied-path.js";
import {dayNumber} from "../time/day.js";
import {heldContracts} from "./contracts.js";
import {isoDay, upTo} from "./days.js";
import {knownUntil, meetingsAhead, mergeMeetings, type MeetingDay, type MeetingEdit} from "./meetings.js";
import {groupsOf} from "./panel.js";
import {GAP_DAYS} from "./row.js";
import type {MarketStudy} from "./study.js";
import type {CentralBanksView, ImpliedMeeting} from "./views.js";

const LOWER = "fred:DFEDTARL";
const UPPER = "fred:DFEDTARU";

/**
 * Returns what central banks do next: policy rates, the days of their meetings, and the path of the federal funds rate
 * that its futures imply (`rates/implied-path.ts`).
 *
 * The path is of the last day that any contract has a price; a contract whose own last price is more than a week older
 * takes no part. Levels are the target range of that day moved by the path's multiples of 25 basis points.
 *
 * @param edits the person's own meetings
 */
export function centralBanksView(study: MarketStudy, edits: readonly MeetingEdit[]): CentralBanksView {
  const {now, reader} = study;
  const meetings = mergeMeetings(edits);
  return {
    now,
    policy: groupsOf(study, "policy").flatMap(({rows}) => rows),
    meetings: meetingsAhead(meetings, reader.today),
    knownUntil: knownUntil(meetings),
    ...impliedOf(study, meetings)
  };
}

type Implied = Pick<CentralBanksView, "impliedAsOf" | "implied" | "reason">;

function impliedOf(study: MarketStudy, meetings: readonly MeetingDay[]): Implied {
  const {prices, asOf} = pricesOf(study);
  if (asOf === null) {
    const reason = "no fed funds futures are in the lake: pull markets, or import a CSV of ZQ contracts";
    return {impliedAsOf: null, implied: [], reason};
  }
  const fed = meetings.filter(({bank}) => bank === "Federal Reserve").map(({day}) => day);
  const {steps, reason} = impliedPath(prices, fed, asOf);
  const range = targetRange(study, asOf);
  const implied = steps
    .filter(({day}) => day >= study.reader.today)
    .map(({total, ...step}): ImpliedMeeting => {
      const levels = range
        ? total.map(({bp, probability}) => ({
            lower: moved(range.lower, bp),
            upper: moved(range.upper, bp),
            probability
          }))
        : [];
      return {...step, levels};
    });
  return {
    impliedAsOf: asOf,
    implied,
    reason:
      range || !steps.length
        ? reason
        : "no levels: the target range (DFEDTARL, DFEDTARU) is not in the lake: pull it"
  };
}

/** Prices by month, of the last day with one or of the week before it. */
function pricesOf({set, reader}: MarketStudy): {prices: Map<string, number>; asOf: string | null} {
  const quotes = heldContracts(set, "ZQ").flatMap(({id, month}) => {
    const {series} = reader.find(id);
    return series ? [{month, day: series.days.at(-1)!, price: series.values.at(-1)!}] : []; // it has a value
  });
  if (!quotes.length) return {prices: new Map(), asOf: null};
  const last = Math.max(...quotes.map(({day}) => day));
  const fresh = quotes.filter(({day}) => last - day <= GAP_DAYS).sort((a, b) => a.day - b.day);
  return {prices: new Map(fresh.map(({month, price}) => [month, price])), asOf: isoDay(last)};
}

function targetRange({reader}: MarketStudy, asOf: string): {lower: number; upper: number} | null {
  const [lower, upper] = [LOWER, UPPER].map((id) => {
    const {series} = reader.find(id);
    return series ? upTo(series, dayNumber(asOf)).values.at(-1) : undefined;
  });
  return lower === undefined || upper === undefined ? null : {lower, upper};
}

/** Rates in percent are of hundredths: 3.75 less 25 bp is 3.5, exactly. */
function moved(percent: number, bp: number): number {
  return (Math.round(percent * 100) + bp) / 100;
}
