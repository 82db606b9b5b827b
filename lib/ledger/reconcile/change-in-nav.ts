import {divide, multiply, UNIT, type Amount, absolute} from "../../money/amount.js";
import {bridgesOf, type Bridge} from "../bridges.js";
import {BASE_SUMMARY} from "../cash.js";
import {flowKindOf} from "../nav-parts.js";
import type {LedgerTables} from "../tables.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {unsureCash} from "./cash.js";
import type {Frame} from "./frame.js";
import {checkParts} from "./nav-parts.js";

import {finenessOf, toleranceOf} from "./tolerance.js";

/**
 * Compares each ChangeInNAV: its parts with its ends, its ends with our net asset value, and those parts that rows add up
 * to with these rows, each in base by its own rate. Then its return with ours by IBKR's convention (profile `ibkr`).
 */
export function checkChangeInNav(frame: Frame): void {
  const bridges = bridgesOf(frame.ledger).get(frame.account) ?? [];
  if (!bridges.length) {
    frame.lacks("change-in-nav", "Change in NAV");
    frame.lacks("twr", "Change in NAV");
    return;
  }
  const stated = statedReturns(frame.ledger);
  checkCurrency(frame);
  for (const bridge of bridges) {
    checkSum(frame, bridge);
    checkEnds(frame, bridge);
    checkParts(frame, bridge);
    checkReturn(frame, bridge, stated.get(`${frame.account}/${bridge.from}/${bridge.to}`) ?? null);
  }
}

const statedReturns = oncePerLedger(({change_in_nav}: LedgerTables) => {
  const stated = new Map<string, Amount>();
  for (const {account, fromDate, toDate, part, amount, model} of change_in_nav) {
    if (part === "twr" && amount !== null && !model) stated.set(`${account}/${fromDate}/${toDate}`, amount);
  }
  return stated;
});

/** A ChangeInNAV is in the account's base currency, or the sum of all. */
function checkCurrency(frame: Frame): void {
  const seen = new Set<string>();
  for (const {id, currency, fromDate, toDate, day} of frame.rows.change_in_nav) {
    const to = toDate ?? day;
    const base = frame.base(to);
    const key = `${to}/${currency}`;
    if (!currency || !base || currency === base || currency === BASE_SUMMARY || seen.has(key)) continue;
    seen.add(key);
    const theirs = frame.inBase(UNIT, currency, to);
    const of = `ChangeInNAV.currency (${base} for one ${currency})`;
    const line = {
      day: to,
      item: currency,
      of,
      ours: UNIT,
      theirs,
      tolerance: 0n,
      rows: [id],
      itself: true as const
    };
    const sentence = `the Change in NAV of ${to} is in ${currency}, the account's base currency is ${base}: import that statement again`;
    const lack = {status: "not-given" as const, reason: {code: "contradiction" as const, sentence}};
    frame.compare({what: "change-in-nav", period: frame.periodOf(fromDate ?? to, to)}, {...line, lack});
  }
}

function placeOf(frame: Frame, {from, to}: Bridge) {
  return {what: "change-in-nav" as const, period: frame.periodOf(from, to)};
}

function fineness({start, end, parts}: Bridge): number {
  return finenessOf([start, end, ...parts.values()]);
}

function checkSum(frame: Frame, bridge: Bridge): void {
  const {to, start, end, parts, rows} = bridge;
  if (start === null || end === null) {
    const lacking = start === null ? "startingValue" : "endingValue";
    const sentence = `the Change in NAV of ${to} says no ${lacking}: tick it in the Flex query`;
    const line = {
      day: to,
      item: lacking,
      of: `ChangeInNAV.${lacking}`,
      ours: null,
      theirs: null,
      tolerance: 0n,
      rows
    };
    const reason = {code: "missing-section" as const, sentence};
    frame.compare(placeOf(frame, bridge), {...line, lack: {status: "not-given", reason}});
    return;
  }
  frame.compare(placeOf(frame, bridge), {
    day: to,
    item: "endingValue",
    of: "ChangeInNAV.endingValue (the sum of its parts)",
    itself: true,
    ours: [...parts.values()].reduce((sum, part) => sum + part, start),
    theirs: end,
    tolerance: toleranceOf(fineness(bridge), parts.size + 2),
    rows: rows.filter((id) => id.endsWith("/endingValue"))
  });
}

function checkEnds(frame: Frame, bridge: Bridge): void {
  const {from, to, start, end, rows} = bridge;
  const ends = [
    ["startingValue", frame.dayBefore(from), start],
    ["endingValue", to, end]
  ] as const;
  for (const [name, day, theirs] of ends) {
    if (theirs === null) continue;
    const {total, holdings} = frame.nav(day);
    if (total === null) continue;
    const figures = holdings.length + frame.roll.cash.series.size + 3;
    const tolerance = toleranceOf(fineness(bridge), figures) + frame.rounding(holdings, day);
    frame.compare(placeOf(frame, bridge), {
      day,
      item: name,
      of: `ChangeInNAV.${name}`,
      ours: total,
      theirs,
      tolerance,
      rows: rows.filter((id) => id.endsWith(`/${name}`)),
      series: `change-in-nav/${name}`,
      unsure: unsureCash(frame, null, day),
      explain: (difference) => frame.known.explain(day, difference, tolerance)
    });
  }
}

/** Returns what crossed the account's border, as ChangeInNAV says it. */
export function flowsOf({parts}: Bridge): Amount {
  return [...parts].reduce((sum, [name, amount]) => (flowKindOf(name) ? sum + amount : sum), 0n);
}

/**
 * Our return over the bridge by IBKR's convention, flows at the end: (end - flows) / start - 1. Over more than a day
 * only where nothing flowed, or where every day's value is known, which are then linked.
 */
function checkReturn(frame: Frame, bridge: Bridge, theirs: Amount | null): void {
  const {from, to} = bridge;
  if (theirs === null) return;
  const place = {what: "twr" as const, period: frame.periodOf(from, to)};
  const flows = flowsOf(bridge);
  const before = frame.nav(frame.dayBefore(from)).total;
  const after = frame.nav(to).total;
  const days =
    from === to ? [] : frame.closings.filter((day) => day >= from && day <= to && frame.isDaily(day));
  const line = {
    day: to,
    item: "twr",
    of: "ChangeInNAV.twr",
    theirs,
    rows: bridge.rows.filter((id) => id.endsWith("/twr"))
  };
  if (before === 0n && bridge.start === 0n) {
    if (theirs === 0n) frame.compare(place, {...line, ours: 0n, tolerance: 0n});
    return;
  }
  checkOwnReturn(frame, bridge, theirs);
  if (before === null || after === null) {
    const why = [...frame.nav(to).unknown, ...frame.nav(frame.dayBefore(from)).unknown][0].why;
    frame.compare(place, {...line, ours: null, tolerance: 0n, lack: frame.lack(why)});
    return;
  }
  const linked = days.length > 1 ? link(frame, bridge, days) : null;
  if (from !== to && flows !== 0n && linked === null) {
    const sentence = `money flowed between ${from} and ${to}: tick Breakout by Day in the Flex query`;
    frame.compare(place, {
      ...line,
      ours: null,
      tolerance: 0n,
      lack: {status: "not-given", reason: {code: "missing-section", sentence}}
    });
    return;
  }
  const ours = linked ?? returnOf(before, after, flows);
  // The printed percent's last decimal, and what rounding the values to theirs moves it by.
  const unit = toleranceOf(finenessOf([theirs]), 1);
  const start = frame.dayBefore(from);
  const rounding =
    toleranceOf(fineness(bridge), 4) +
    frame.rounding(frame.nav(start).holdings, start) +
    frame.rounding(frame.nav(to).holdings, to);
  const slack = before ? absolute(divide(multiply(100n * UNIT, rounding), before)) : 0n;
  const tolerance = unit + slack + 2n;
  const [wrongBefore, wrongAfter] = [frame.known.total(frame.dayBefore(from)), frame.known.total(to)];
  frame.compare(place, {
    ...line,
    ours,
    tolerance,
    unsure: unsureCash(frame, null, to),
    explain: () => {
      if (!wrongBefore && !wrongAfter) return null;
      const right = returnOf(before - wrongBefore, after - wrongAfter, flows);
      return absolute(right - theirs) <= tolerance
        ? (frame.known.reason(to) ?? frame.known.reason(frame.dayBefore(from)))
        : null;
    }
  });
}

/** The return of a day between the ends that its own bridge says. */
function checkOwnReturn(frame: Frame, bridge: Bridge, theirs: Amount): void {
  const {from, to, start, end, rows} = bridge;
  if (from !== to || !start || end === null) return;
  const rounding = absolute(divide(multiply(100n * UNIT, toleranceOf(fineness(bridge), 4)), start));
  frame.compare(
    {what: "twr", period: frame.periodOf(from, to)},
    {
      day: to,
      item: "twr",
      of: "ChangeInNAV.twr (of its own ends)",
      itself: true,
      ours: returnOf(start, end, flowsOf(bridge)),
      theirs,
      tolerance: toleranceOf(finenessOf([theirs]), 1) + rounding + 2n,
      rows: rows.filter((id) => id.endsWith("/twr"))
    }
  );
}

function returnOf(before: Amount, after: Amount, flows: Amount): Amount {
  return divide(100n * (after - flows - before), before);
}

/** The linked returns of the days of a longer bridge, in percent; null where a day's is not known. */
function link(frame: Frame, {from}: Bridge, days: readonly string[]): Amount | null {
  const bridges = bridgesOf(frame.ledger).get(frame.account) ?? [];
  let product = UNIT;
  let before = frame.nav(frame.dayBefore(from)).total;
  for (const day of days) {
    const {total} = frame.nav(day);
    const daily = bridges.find((one) => one.from === day && one.to === day);
    if (before === null || total === null || !daily || before === 0n) return null;
    const flows = [...daily.parts].reduce(
      (sum, [name, amount]) => (flowKindOf(name) ? sum + amount : sum),
      0n
    );
    product = multiply(product, UNIT + divide(total - flows - before, before));
    before = total;
  }
  return 100n * (product - UNIT);
}
