import {type Amount} from "../../money/amount.js";
import {BASE_SUMMARY} from "../cash.js";
import {isForDifference, isSettledDaily} from "../exposure.js";
import type {Movement} from "../movements/movement.js";
import type {Unknown} from "../roll/nav.js";
import type {LedgerRow} from "../tables.js";
import type {Reason} from "./check.js";
import type {Frame} from "./frame.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

type Balance = LedgerRow<"cash_balances">;

/** A statement's cash report, and what is needed of its days. */
interface Report {
  rows: readonly Balance[];
  from: string;
  to: string;
  place: {what: "cash"; period: string};
  fineness: number;
}

/**
 * Compares cash by currency with CashReport, at the end of each statement and at its start, and its sum in base at the
 * day's rates.
 */
export function checkCash(frame: Frame): void {
  const {cash_balances} = frame.rows;
  if (!cash_balances.length) return frame.lacks("cash", "Cash Report");
  const reports = Map.groupBy(cash_balances, ({fromDate, toDate}) => `${toDate}/${fromDate}`);
  for (const key of [...reports.keys()].sort()) checkReport(frame, reports.get(key)!); // its own key
}

function checkReport(frame: Frame, rows: readonly Balance[]): void {
  const {fromDate, toDate, day} = rows[0];
  const from = fromDate ?? day;
  const to = toDate ?? day;
  const fineness = finenessOf(rows.flatMap(({startingCash, endingCash}) => [startingCash, endingCash]));
  const report: Report = {rows, from, to, place: {what: "cash", period: frame.periodOf(from, to)}, fineness};
  const byCurrency = Map.groupBy(rows, ({currency}) => currency ?? "");
  const onlySum = byCurrency.size === 1 && byCurrency.has(BASE_SUMMARY);
  if (!onlySum) {
    const currencies = new Set([...byCurrency.keys()].filter((currency) => currency !== BASE_SUMMARY));
    for (const [currency, series] of frame.roll.cash.series) if (series.at(to)) currencies.add(currency);
    for (const currency of [...currencies].sort()) {
      checkCurrency(frame, report, currency, byCurrency.get(currency) ?? []);
    }
  }
  checkSum(frame, report, byCurrency.get(BASE_SUMMARY) ?? []);
}

function checkCurrency(frame: Frame, report: Report, currency: string, rows: readonly Balance[]): void {
  const {from, to, place, fineness} = report;
  const {cash} = frame.roll;
  const theirs = rows.length ? sumOf(rows.map(({endingCash}) => endingCash)) : 0n;
  if (theirs === null) return;
  const moved = frame
    .movementsIn({from, to})
    .filter((one) => one.cash.some((leg) => leg.currency === currency));
  const ids = moved.map(({id}) => id);
  const tolerance = toleranceOf(fineness, moved.length + 2);
  const unknown = unknownCash(frame, currency, to);
  const ours = unknown ? null : cash.at(currency, to);
  const opening = cash.openingOf(to);
  const restart =
    opening?.from === from && cash.restarts.find((one) => one.from === from && one.key === currency);
  if (restart) checkRestart(frame, place, restart);
  frame.compare(place, {
    day: to,
    item: currency,
    of: "CashReport.endingCash",
    ours,
    theirs,
    tolerance,
    rows: [...ids, ...rows.map(({id}) => id)],
    series: `cash/${currency}`,
    unsure: unsureCash(frame, currency, to),
    ...(unknown && {lack: frame.lack(unknown)}),
    explain: (_, step) => frame.changes.explain(ids, step, tolerance)
  });
  if (ours !== null) frame.known.note(to, "cash", currency, frame.inBase(ours - theirs, currency, to));
  if (opening)
    frame.sheet.note(
      {account: frame.account, ...place},
      to,
      `ours begins ${opening.from} with ${opening.source}, which is shared`
    );

  const starting = sumOf(rows.map(({startingCash}) => startingCash));
  const before = frame.dayBefore(from);
  if (starting === null || !opening || opening.from >= from || unknownCash(frame, currency, before)) return;
  frame.compare(place, {
    day: from,
    item: currency,
    of: "CashReport.startingCash",
    ours: cash.at(currency, before),
    theirs: starting,
    tolerance: toleranceOf(fineness, 2),
    rows: rows.map(({id}) => id),
    unsure: unsureCash(frame, currency, before),
    explain: (difference) =>
      frame.known.explain(
        before,
        frame.inBase(difference, currency, before) ?? 0n,
        toleranceOf(fineness, 3),
        new Set(["cash"])
      )
  });
}

/** History begins again after days without a statement: what those moved is not known. */
function checkRestart(
  frame: Frame,
  place: Report["place"],
  {from, key, rolled, opened}: {from: string; key: string; rolled: Amount; opened: Amount}
): void {
  const before = frame.dayBefore(from);
  frame.compare(place, {
    day: from,
    item: key,
    of: "CashReport.startingCash",
    ours: rolled,
    theirs: opened,
    tolerance: 0n,
    explain: () => ({
      code: "missing-day",
      sentence: `no statement of ${before}: history begins again on ${from}`
    })
  });
}

/** Why ours of a currency is not known: no opening, or a future that was not settled for want of a mark. */
function unknownCash(frame: Frame, currency: string, day: string): Unknown | null {
  const {cash, holdings} = frame.roll;
  if (!cash.openingOf(day)) {
    return {
      kind: "opening",
      item: currency,
      reason: "no statement says the cash that history begins with: tick Cash Report in the Flex query"
    };
  }
  for (const [key, series] of holdings.series) {
    const held = frame.holding(key);
    if (!held || !isSettledDaily(held) || held.currency !== currency || !series.at(day)) continue;
    if (!frame.marks.holding(key, day)) {
      return {
        kind: "mark",
        item: frame.symbol(key),
        reason: `no price of ${frame.symbol(key)} on ${day}, by which it is settled: tick Open Positions, with Breakout by Day, in the Flex query`
      };
    }
  }
  return null;
}

/** Why cash is not sure: a contract for difference was closed whose opening price is before the first statement. */
export function unsureCash(frame: Frame, currency: string | null, day: string): Reason | null {
  const {holdings} = frame.roll;
  const [opening] = holdings.openings;
  for (const [key, quantity] of opening?.values ?? []) {
    const held = frame.holding(key);
    if (!held || !isForDifference(held) || (currency !== null && held.currency !== currency)) continue;
    const closes = ({holding, day: then, quantity: moved}: Movement) =>
      holding === key && then >= opening.from && then <= day && moved !== 0n && moved > 0n !== quantity > 0n;
    if (!frame.movements.some(closes)) continue;
    const sentence = `the price at which ${frame.symbol(key)} was opened is before the first statement, so what it settled is not known: import earlier statements`;
    return {code: "missing-history", sentence};
  }
  return null;
}

/** The sum in base. */
function checkSum(
  frame: Frame,
  {from, to, place, fineness, rows: all}: Report,
  rows: readonly Balance[]
): void {
  const theirs = sumOf(rows.map(({endingCash}) => endingCash));
  if (theirs === null) return;
  const nav = frame.nav(to);
  const why = nav.unknown.find(({of}) => of === "cash")?.why;
  const tolerance = toleranceOf(
    fineness,
    frame.roll.cash.series.size + frame.movementsIn({from, to}).length + 2
  );
  frame.compare(place, {
    day: to,
    item: nav.base ?? "base",
    of: "CashReport.endingCash (BASE_SUMMARY)",
    ours: nav.cash,
    theirs,
    tolerance,
    rows: rows.map(({id}) => id),
    series: "cash/base",
    unsure: unsureCash(frame, null, to),
    ...(why && {lack: frame.lack(why)}),
    explain: (difference) => frame.known.explain(to, difference, tolerance, new Set(["cash"]))
  });
  const before = frame.dayBefore(from);
  const starting = sumOf(rows.map(({startingCash}) => startingCash));
  if (starting !== null) checkStart(frame, {from, to, rows: all, place, fineness}, starting, before);
  const begin = frame.nav(before).cash;
  const opening = frame.roll.cash.openingOf(to);
  if (starting === null || begin === null || !opening || opening.from >= from) return;
  frame.compare(place, {
    day: before,
    item: nav.base ?? "base",
    of: "CashReport.startingCash (BASE_SUMMARY)",
    ours: begin,
    theirs: starting,
    tolerance,
    rows: rows.map(({id}) => id),
    series: "cash/base at start",
    unsure: unsureCash(frame, null, before),
    explain: (difference) => frame.known.explain(before, difference, tolerance, new Set(["cash"]))
  });
}

/** What the statement's own currencies start with is its sum in base. */
function checkStart(frame: Frame, {rows, place, fineness}: Report, theirs: Amount, before: string): void {
  const own = rows.filter(({currency}) => currency !== BASE_SUMMARY);
  const parts = own.map(({currency, startingCash}) =>
    startingCash === null ? null : frame.inBase(startingCash, currency, before)
  );
  const ours = sumOf(parts);
  if (ours === null || parts.includes(null)) return;
  frame.compare(place, {
    day: before,
    item: frame.base(before) ?? "base",
    of: "CashReport.startingCash (BASE_SUMMARY, the sum of its rows)",
    itself: true,
    ours,
    theirs,
    tolerance: toleranceOf(fineness, own.length + 2),
    rows: rows.map(({id}) => id)
  });
}

/** The sum of what is stated; null where nothing is. */
function sumOf(amounts: readonly (Amount | null)[]): Amount | null {
  const stated = amounts.filter((amount) => amount !== null);
  return stated.length ? stated.reduce((sum, amount) => sum + amount, 0n) : null;
}
