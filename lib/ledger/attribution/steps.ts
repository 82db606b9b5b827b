import type {Amount} from "../../money/amount.js";
import type {NavSeries} from "../nav-series.js";
import {lastBefore} from "../sorted-days.js";
import type {LedgerTables} from "../tables.js";
import {AccountWalk} from "./account-walk.js";
import {cashEvents} from "./cash-events.js";
import {holdingEvents, type Instrument} from "./events.js";
import {markedDays, type MarkSource} from "./marked-days.js";

/** What made a gain; they sum to it exactly. */
export const GAIN_PARTS = ["price", "currency", "income", "fee", "tax"] as const;
export type GainPart = (typeof GAIN_PARTS)[number];
export type GainParts = Record<GainPart, Amount>;

/** What a holding did between two days on which it is known, in the reporting currency; its gain by what made it. */
export interface Step extends GainParts {
  account: string;
  holding: string;
  instrument: Instrument;
  /** Indexes of days of the series. */
  from: number;
  to: number;
  /** What it stands for in net asset value at both ends, dividends accrued included. */
  start: Amount;
  end: Amount;
  /** What came in (bought, sold short, received) and left (sold, covered, paid out), both positive. */
  inflow: Amount;
  outflow: Amount;
  /** Change of its dividends announced, which is in income and tax. */
  accrued: Amount;
  /** What was at work: the size of what stood there at the start, futures at notional, and what was added to it. */
  atStart: number;
  added: number;
}

/** The steps of some accounts' holdings, and which days their marks are known. */
export interface HoldingSteps {
  /** In order of account, day, holding. */
  steps: Step[];
  /** By account: where the marks of each day of the series are from; undefined where there are none. */
  sources: ReadonlyMap<string, readonly (MarkSource | undefined)[]>;
  /** What does not add up, a sentence each. */
  problems: string[];
}

/** Returns what each holding of the series' accounts did from one known day to the next. */
export function holdingSteps(ledger: LedgerTables, series: NavSeries): HoldingSteps {
  const marks = markedDays(ledger);
  const accounts = new Set(series.accounts);
  const at = (day: string) => lastBefore(series.days, day) + 1;
  const ofAccount = <Row extends {account: string; day: string}>(rows: readonly Row[]) =>
    Map.groupBy(
      rows.filter(({account}) => accounts.has(account)),
      ({account}) => account
    );
  const events = ofAccount(holdingEvents(ledger));
  const income = ofAccount(cashEvents(ledger).filter(({holding}) => holding !== null));
  const result: HoldingSteps = {steps: [], sources: new Map(), problems: []};
  const sources = new Map<string, (MarkSource | undefined)[]>();
  result.sources = sources;
  for (const account of series.accounts) {
    const own = byIndex(events.get(account) ?? [], at);
    const earned = byIndex(income.get(account) ?? [], at);
    const walk = new AccountWalk(account, ledger, series, result);
    const known: (MarkSource | undefined)[] = [];
    for (let i = 0; i < series.days.length; ++i) {
      walk.add(own.get(i) ?? [], earned.get(i) ?? []);
      const marked = marks(account, series.days[i]);
      known.push(marked && walk.to(i, marked) ? marked.source : undefined);
    }
    sources.set(account, known);
  }
  result.problems = [...new Set(result.problems)];
  return result;
}

function byIndex<Row extends {day: string}>(
  rows: readonly Row[],
  at: (day: string) => number
): Map<number, Row[]> {
  return Map.groupBy(rows, ({day}) => at(day));
}
