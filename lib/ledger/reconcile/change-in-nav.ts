import {divide, multiply, UNIT, type Amount} from "../../money/amount.js";
import {bridgesOf, type Bridge} from "../bridges.js";
import type {CashKind, Movement} from "../movements/movement.js";
import {flowKindOf} from "../nav-parts.js";
import type {LedgerTables} from "../tables.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {Frame} from "./frame.js";
import {size} from "./sheet.js";
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

function placeOf(frame: Frame, {from, to}: Bridge) {
  return {what: "change-in-nav" as const, period: frame.periodOf(from, to)};
}

function fineness({start, end, parts}: Bridge): number {
  return finenessOf([start, end, ...parts.values()]);
}

function checkSum(frame: Frame, bridge: Bridge): void {
  const {to, start, end, parts, rows} = bridge;
  if (start === null || end === null) return;
  frame.compare(placeOf(frame, bridge), {
    day: to,
    item: "endingValue",
    of: "ChangeInNAV.endingValue (the sum of its parts)",
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
      explain: (difference) => frame.known.explain(day, difference, tolerance)
    });
  }
}

/** Which movements each part of ChangeInNAV is made of, where that is sure. */
const PARTS: Readonly<Record<string, {kinds: readonly CashKind[]; of?: (movement: Movement) => boolean}>> = {
  depositsWithdrawals: {kinds: ["deposit"], of: ({table}) => table === "cash"},
  dividends: {kinds: ["dividend", "payment-in-lieu"]},
  withholdingTax: {kinds: ["withholding"]},
  interest: {kinds: ["interest"]},
  commissions: {kinds: ["commission"]},
  transactionTax: {kinds: ["tax"], of: ({table}) => table === "trades"},
  salesTax: {kinds: ["tax"], of: ({id}) => id.startsWith("SalesTax")},
  internalCashTransfers: {kinds: ["transfer"]}
};

function checkParts(frame: Frame, bridge: Bridge): void {
  const {from, to, parts, rows} = bridge;
  const moved = frame.movementsIn({from, to});
  const kinds = new Set(moved.flatMap(({cash}) => cash.map(({kind}) => kind)));
  for (const [name, {kinds: own, of = () => true}] of Object.entries(PARTS)) {
    const theirs = sumOfNames(parts, ALSO[name] ?? [name]);
    if (theirs === 0n && !own.some((kind) => kinds.has(kind))) continue;
    const mine = moved.filter(
      (movement) => of(movement) && movement.cash.some(({kind}) => own.includes(kind))
    );
    const ours = sumInBase(frame, mine, own);
    if (ours === null || (name === "internalCashTransfers" && mine.some((one) => !isInternal(frame, one))))
      continue;
    const ids = mine.map(({id}) => id);
    const tolerance = toleranceOf(fineness(bridge), mine.length + 1);
    const rates = [...new Set(mine.flatMap(({currency}) => rateOf(frame, currency, to)))];
    frame.compare(placeOf(frame, bridge), {
      day: to,
      item: name,
      of: `ChangeInNAV.${name}`,
      ours,
      theirs,
      tolerance,
      rows: [...ids, ...rows.filter((id) => id.endsWith(`/${name}`))],
      explain: (_, step) => frame.changes.explain(ids, step, tolerance, rates)
    });
  }
}

/** Names under which IBKR tells a part of it apart. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  withholdingTax: ["withholdingTax", "withholding871m", "withholdingTaxCollected"],
  commissions: ["commissions", "forexCommissions"],
  interest: ["interest", "bondInterest"]
};

function sumOfNames(parts: ReadonlyMap<string, Amount>, names: readonly string[]): Amount {
  return names.reduce((sum, name) => sum + (parts.get(name) ?? 0n), 0n);
}

function rateOf(frame: Frame, currency: string | null, day: string): Amount[] {
  const rate = frame.inBase(UNIT, currency, day);
  return rate === null ? [] : [rate];
}

function isInternal(frame: Frame, {id}: Movement): boolean {
  return frame.rows.transfers.find((row) => row.id === id)?.type === "INTERNAL";
}

/** Cash of some kinds in base: of a row in its own currency by the row's rate, else by the day's; null without one. */
function sumInBase(frame: Frame, movements: readonly Movement[], kinds: readonly CashKind[]): Amount | null {
  let sum = 0n;
  for (const {id, day, cash} of movements) {
    const row = frame.rowOf(id);
    for (const {currency, amount, kind} of cash) {
      if (!kinds.includes(kind)) continue;
      const own =
        row && row.currency === currency ? frame.rowInBase(row, amount) : frame.inBase(amount, currency, day);
      if (own === null) return null;
      sum += own;
    }
  }
  return sum;
}

/**
 * Our return over the bridge by IBKR's convention, flows at the end: (end - flows) / start - 1. Over more than a day
 * only where nothing flowed, or where every day's value is known, which are then linked.
 */
function checkReturn(frame: Frame, bridge: Bridge, theirs: Amount | null): void {
  const {from, to, parts} = bridge;
  if (theirs === null) return;
  const place = {what: "twr" as const, period: frame.periodOf(from, to)};
  const flows = [...parts].reduce((sum, [name, amount]) => (flowKindOf(name) ? sum + amount : sum), 0n);
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
  const slack = before ? size(divide(multiply(100n * UNIT, rounding), before)) : 0n;
  const tolerance = unit + slack + 2n;
  const [wrongBefore, wrongAfter] = [frame.known.total(frame.dayBefore(from)), frame.known.total(to)];
  frame.compare(place, {
    ...line,
    ours,
    tolerance,
    explain: () => {
      if (!wrongBefore && !wrongAfter) return null;
      const right = returnOf(before - wrongBefore, after - wrongAfter, flows);
      return size(right - theirs) <= tolerance
        ? (frame.known.reason(to) ?? frame.known.reason(frame.dayBefore(from)))
        : null;
    }
  });
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
