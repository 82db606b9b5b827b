import {multiply, type Amount} from "../../money/amount.js";
import {worth} from "../exposure.js";
import type {Disposal, Lot, RowRef} from "../lots/lot.js";
import {holdingKey} from "../movements/holding.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {LedgerRow} from "../tables.js";
import type {Reason} from "./check.js";
import {rateList} from "./earned.js";
import type {Frame} from "./frame.js";
import {matchedLots} from "./matching.js";
import {COST_DECIMALS, finenessOf, toleranceOf} from "./tolerance.js";

type Row = LedgerRow<"fifo">;

const BOX = "Realized and Unrealized Performance Summary in Base";

/** What was closed, as each account elected, by account and holding. */
const disposalsOf = oncePerLedger((ledger) =>
  Map.groupBy(matchedLots(ledger).disposals, ({account, holding}) => `${account}/${holding}`)
);

/**
 * Compares realized and unrealized gains, lots matched as elected, with FIFOPerformanceSummary: each gain in base at the rate
 * of its day. The rows' sums and the row of all assets are compared with what they add up.
 */
export function checkRealized(frame: Frame): void {
  const {fifo} = frame.rows;
  if (!fifo.length) return frame.lacks("realized", BOX);
  for (const rows of Map.groupBy(fifo, ({fromDate, toDate}) => `${toDate}/${fromDate}`).values()) {
    const {fromDate, toDate, day} = rows[0];
    const to = toDate ?? day;
    const from = fromDate ?? to;
    const statement = {from, to, open: Map.groupBy(frame.openLots(to), ({holding}) => holding)};
    for (const row of rows) checkRow(frame, row, statement);
    checkAbsent(frame, rows, statement);
    checkSums(frame, rows, statement);
  }
}

interface Statement {
  from: string;
  to: string;
  open: ReadonlyMap<string, readonly Lot[]>;
}

function checkRow(frame: Frame, row: Row, {from, to, open}: Statement): void {
  const key = holdingKey(row);
  const place = {what: "realized" as const, period: frame.periodOf(from, to)};
  const {totalRealizedPnl: realized, totalUnrealizedPnl: unrealized, totalFifoPnl: total} = row;
  const finest = finenessOf([realized, unrealized, total]);
  if (realized !== null && unrealized !== null && total !== null) {
    frame.compare(place, {
      day: to,
      item: row.symbol ?? row.description ?? "",
      holding: key,
      of: "FIFOPerformanceSummary.totalFifoPnl (the sum of its row)",
      itself: true,
      ours: realized + unrealized,
      theirs: total,
      tolerance: toleranceOf(finest, 3),
      rows: [row.id]
    });
  }
  const terms = [row.realizedSTProfit, row.realizedSTLoss, row.realizedLTProfit, row.realizedLTLoss];
  if (realized !== null && terms.some((term) => term !== null)) {
    frame.compare(place, {
      day: to,
      item: row.symbol ?? row.description ?? "",
      holding: key,
      of: "FIFOPerformanceSummary.totalRealizedPnl (short and long term)",
      itself: true,
      ours: terms.reduce<Amount>((sum, term) => sum + (term ?? 0n), 0n),
      theirs: realized,
      tolerance: toleranceOf(finenessOf([realized, ...terms]), 5),
      rows: [row.id]
    });
  }
  if (key === null || row.assetCategory === "CASH") return;
  const closed = (disposalsOf(frame.ledger).get(`${frame.account}/${key}`) ?? []).filter(
    (one) => one.closed >= from && one.closed <= to
  );
  if (realized !== null) compareRealized(frame, row, {key, place, to, closed, theirs: realized});
  if (unrealized !== null)
    compareUnrealized(frame, row, {key, place, to, lots: open.get(key) ?? [], theirs: unrealized});
}

/** What is held and has no row has no gain, as far as the statement says. */
function checkAbsent(frame: Frame, rows: readonly Row[], {from, to, open}: Statement): void {
  const named = new Set(rows.map((row) => holdingKey(row)));
  const [like] = rows.filter((row) => holdingKey(row) !== null);
  if (!like) return;
  const place = {what: "realized" as const, period: frame.periodOf(from, to)};
  for (const [key, lots] of open) {
    if (!named.has(key)) compareUnrealized(frame, like, {key, place, to, lots, theirs: 0n});
  }
}

interface Side {
  key: string;
  place: {what: "realized"; period: string};
  to: string;
  theirs: Amount;
}

function compareRealized(
  frame: Frame,
  row: Row,
  {key, place, to, closed, theirs}: Side & {closed: readonly Disposal[]}
) {
  const unknown = closed.some(({gain}) => gain === null);
  let ours: Amount | null = 0n;
  for (const {gain, currency, closed: day} of closed) {
    const inBase = gain === null ? null : frame.inBase(gain, currency, day);
    ours = ours === null || inBase === null ? null : ours + inBase;
  }
  if (!closed.length && theirs === 0n) return;
  const ids = [...new Set(closed.map(({close}) => close.id))];
  const tolerance = roundingOf(frame, key, to, closed.length + 1, theirs);
  const rates = rateList(frame, frame.holding(key)?.currency ?? null, to);
  frame.compare(place, {
    day: to,
    item: frame.symbol(key),
    holding: key,
    of: "FIFOPerformanceSummary.totalRealizedPnl",
    ours,
    theirs,
    tolerance,
    rows: [...ids, row.id],
    unsure: whyUnsure(
      frame,
      key,
      closed.map((one) => ({...one, source: one.open}))
    ),
    ...(ours === null && {lack: lackOf(frame, key, to, unknown)}),
    explain: (_, step) => frame.changes.explain(ids, step, tolerance, rates)
  });
}

function compareUnrealized(
  frame: Frame,
  row: Row,
  {key, place, to, lots, theirs}: Side & {lots: readonly Lot[]}
) {
  const holding = frame.holding(key);
  if (!holding || (!lots.length && theirs === 0n)) return;
  const quantity = lots.reduce((sum, lot) => sum + lot.quantity, 0n);
  const cost = lots.reduce<Amount | null>(
    (sum, lot) => (sum === null || lot.cost === null ? null : sum + lot.cost),
    0n
  );
  const mark = quantity ? frame.marks.holding(key, to) : null;
  const value = mark ? worth(holding, quantity, mark.price) : quantity ? null : 0n;
  const gain = value === null || cost === null ? null : value - cost;
  const ours = gain === null ? null : frame.inBase(gain, holding.currency ?? lots[0]?.currency ?? null, to);
  if (ours === null && cost !== null && value === null) return; // marks are told by nav
  const held = {holding, quantity, mark, value, inBase: null, unknown: null};
  const tolerance = roundingOf(frame, key, to, 2 * lots.length + 2, theirs) + frame.rounding([held], to);
  const ids = [...new Set(lots.map(({source}) => source.id))];
  const rates = rateList(frame, holding.currency, to);
  frame.compare(place, {
    day: to,
    item: frame.symbol(key),
    holding: key,
    of: "FIFOPerformanceSummary.totalUnrealizedPnl",
    ours,
    theirs,
    tolerance,
    rows: [...ids, row.id],
    unsure: whyUnsure(frame, key, lots),
    ...(ours === null && {lack: lackOf(frame, key, to, cost === null)}),
    explain: (_, step) => frame.changes.explain(ids, step, tolerance, rates)
  });
}

/** Returns why what lots cost is not sure, where that is so. */
export function whyUnsure(
  frame: Frame,
  key: string,
  lots: readonly (Pick<Lot, "opened" | "heldSince"> & {source: RowRef | null})[]
): Reason | null {
  if (lots.some(isUnsure)) return unsureLots(frame.symbol(key));
  if (!lots.some(({source}) => source !== null && frame.isOrder(source.id))) return null;
  return {
    code: "missing-section",
    sentence: `the trades of ${frame.symbol(key)} are told as orders, each fill of which is a lot: import a Flex statement with Trades (Execution)`
  };
}

/** Whether a lot is of what was held before the first statement, or came from that, and stands for all of it. */
export function isUnsure({opened, heldSince}: Pick<Lot, "opened" | "heldSince">): boolean {
  return opened === null || heldSince === null;
}

/** Why a cost is not sure: of what was held before the first statement only the whole is known, not the lots. */
export function unsureLots(symbol: string): Reason {
  return {
    code: "missing-history",
    sentence: `the lots of ${symbol} from before the first statement are not known one by one: import earlier statements, or tick Lots in Open Positions`
  };
}

/** Half a unit of the last decimal of IBKR's costs for each lot, in base: the cost of a part of a lot is rounded to it. */
function roundingOf(frame: Frame, key: string, to: string, parts: number, theirs: Amount): Amount {
  const local = toleranceOf(COST_DECIMALS, parts);
  const currency = frame.holding(key)?.currency ?? null;
  const [rate] = rateList(frame, currency, to);
  return (rate === undefined ? local : multiply(local, rate)) + toleranceOf(finenessOf([theirs]), 1);
}

function lackOf(frame: Frame, key: string, to: string, unknown: boolean) {
  const symbol = frame.symbol(key);
  const currency = frame.holding(key)?.currency ?? "";
  if (!unknown)
    return frame.lack({
      kind: "rate",
      item: currency,
      reason: `no rate of ${currency} on ${to}: tick Conversion Rates in the Flex query`
    });
  const reason: Reason = {
    code: "missing-history",
    sentence: `what ${symbol} cost is before the first statement: import earlier ones, or tick Lots in Open Positions`
  };
  return {status: "not-given" as const, reason};
}

/** The row of all assets, with what the rows add up to. */
function checkSums(frame: Frame, rows: readonly Row[], {from, to}: Statement): void {
  const sum = rows.find(
    ({description, ...row}) => description?.startsWith("Total") && holdingKey(row) === null
  );
  if (!sum) return;
  const single = rows.filter((row) => holdingKey(row) !== null);
  for (const attribute of ["totalRealizedPnl", "totalUnrealizedPnl", "totalFifoPnl"] as const) {
    const theirs = sum[attribute];
    const parts = single.map((row) => row[attribute] ?? 0n);
    if (theirs === null) continue;
    frame.compare(
      {what: "realized", period: frame.periodOf(from, to)},
      {
        day: to,
        item: sum.description ?? "Total",
        of: `FIFOPerformanceSummary.${attribute} (the sum of its rows)`,
        itself: true,
        ours: parts.reduce((total, part) => total + part, 0n),
        theirs,
        tolerance: toleranceOf(finenessOf([theirs, ...parts]), parts.length + 1),
        rows: [sum.id]
      }
    );
  }
}
