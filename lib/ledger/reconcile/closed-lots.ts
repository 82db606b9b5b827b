import {type Amount, absolute} from "../../money/amount.js";
import {holdingKey} from "../movements/holding.js";
import {matchedLots} from "./matching.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {LedgerRow} from "../tables.js";
import type {Frame} from "./frame.js";
import {isUnsure, unsureLots} from "./realized.js";
import {COST_DECIMALS, finenessOf, toleranceOf} from "./tolerance.js";

type Lot = LedgerRow<"closed_lots">;
type Trade = LedgerRow<"trades">;

/** What each row closed, first in first out, by the row's id. */
const gainsOf = oncePerLedger((ledger) => {
  const gains = new Map<string, {gain: Amount | null; parts: number; sure: boolean}>();
  for (const {close, gain, opened, heldSince} of matchedLots(ledger).disposals) {
    const before = gains.get(close.id) ?? {gain: 0n, parts: 0, sure: true};
    const sum = before.gain === null || gain === null ? null : before.gain + gain;
    gains.set(close.id, {
      gain: sum,
      parts: before.parts + 1,
      sure: before.sure && !isUnsure({opened, heldSince})
    });
  }
  return gains;
});

/**
 * Compares the closed lots under each trade with the trade (what was closed, what it gained, what it cost), and what each
 * corporate action gained with our lots.
 */
export function checkClosedLots(frame: Frame): void {
  checkUnderTrades(frame);
  checkActions(frame);
  checkMarked(frame);
}

function checkUnderTrades(frame: Frame): void {
  const {closed_lots, trades} = frame.rows;
  // By day: an Activity Statement's lots have the time of their opening.
  const name = (row: Lot | Trade) => `${row.day}/${holdingKey(row)}`;
  const lots = Map.groupBy(
    closed_lots.filter(({levelOfDetail}) => levelOfDetail !== "WASH_SALE"),
    name
  );
  if (!lots.size) return;
  const closing = Map.groupBy(
    trades.filter(({openCloseIndicator}) => openCloseIndicator?.startsWith("C")),
    name
  );
  checkPresence(frame, closing, lots);
  for (const [key, own] of lots) if (!closing.has(key)) checkAlone(frame, own);
  for (const row of closed_lots) checkSign(frame, row);
  for (const [key, own] of lots) {
    const rows = closing.get(key) ?? [];
    if (!rows.length || rows.some(isExercise)) continue;
    const sides = [
      ["fifoPnlRealized", sumOf(own, "fifoPnlRealized"), sumOf(rows, "fifoPnlRealized")],
      ["quantity", map(sumOf(own, "quantity"), absolute), map(sumOf(rows, "quantity"), absolute)],
      ["cost", map(sumOf(own, "cost"), (cost) => -cost), sumOf(rows, "cost")]
    ] as const;
    for (const [attribute, ours, theirs] of sides) {
      // A trade through zero opens what its lots do not tell.
      if (ours === null || theirs === null || (attribute !== "fifoPnlRealized" && isThroughZero(rows)))
        continue;
      frame.compare(
        {what: "realized", period: frame.periodAt(own[0].day)},
        {
          day: own[0].day,
          item: own[0].symbol ?? "",
          holding: holdingKey(own[0]),
          of: `Trades.${attribute} (the sum of its closed lots)`,
          itself: true,
          ours,
          theirs,
          tolerance: toleranceOf(finenessOf([ours, theirs]), own.length + rows.length),
          rows: [...rows, ...own].map(({id}) => id)
        }
      );
    }
  }
}

/** Where the trades before and after have their closed lots, or nearly all have, one without them lacks them. */
function checkPresence(
  frame: Frame,
  closing: ReadonlyMap<string, readonly Trade[]>,
  lots: ReadonlyMap<string, readonly Lot[]>
): void {
  const days = [...lots.values()].map(([{day}]) => day).sort();
  const due = [...closing].filter(([, rows]) => !rows.some(isExercise) && rows[0].assetCategory !== "CASH");
  const missing = due.filter(([key]) => !lots.has(key));
  const areRare = missing.length * 10 <= due.length;
  for (const [, rows] of missing) {
    const [{day}] = rows;
    const isWithin = day >= days[0] && day <= days[days.length - 1];
    if (!isWithin && !areRare) continue;
    const theirs = sumOf(rows, "fifoPnlRealized");
    compareGain(frame, rows, {of: "Trades.fifoPnlRealized (no closed lots)", ours: 0n, theirs});
  }
}

/** Closed lots without a trade that closed them. */
function checkAlone(frame: Frame, rows: readonly Lot[]): void {
  const ours = sumOf(rows, "fifoPnlRealized");
  compareGain(frame, rows, {of: "Trades.fifoPnlRealized (no trade of these lots)", ours, theirs: 0n});
}

/** A lot that cost something was of so many, not of so many less than nothing. */
function checkSign(frame: Frame, {id, day, symbol, quantity, cost, ...row}: Lot): void {
  if (quantity === null || cost === null || cost <= 0n || quantity >= 0n) return;
  const line = {
    day,
    item: symbol ?? "",
    holding: holdingKey({...row, symbol}),
    of: "Trades.quantity (of a closed lot)"
  };
  frame.compare(
    {what: "realized", period: frame.periodAt(day)},
    {...line, ours: -quantity, theirs: quantity, tolerance: 0n, rows: [id], itself: true}
  );
}

function compareGain(
  frame: Frame,
  rows: readonly (Lot | Trade)[],
  {of, ours, theirs}: {of: string; ours: Amount | null; theirs: Amount | null}
): void {
  const [{day, symbol}] = rows;
  if (ours === null || theirs === null) return;
  frame.compare(
    {what: "realized", period: frame.periodAt(day)},
    {
      day,
      item: symbol ?? "",
      holding: holdingKey(rows[0]),
      of,
      ours,
      theirs,
      tolerance: toleranceOf(2, 1),
      rows: rows.map(({id}) => id),
      itself: true
    }
  );
}

/** Whether the premium of an option is in its basis, or its basis went into the shares (R17). */
function isExercise({transactionType, notes}: Trade): boolean {
  return transactionType === "BookTrade" && !notes?.split(";").includes("Ep");
}

function isThroughZero(rows: readonly Trade[]): boolean {
  return rows.some(({openCloseIndicator}) => openCloseIndicator !== "C");
}

function map(amount: Amount | null, change: (amount: Amount) => Amount): Amount | null {
  return amount === null ? null : change(amount);
}

function sumOf<Name extends "quantity" | "fifoPnlRealized" | "cost">(
  rows: readonly Record<Name, Amount | null>[],
  name: Name
): Amount | null {
  let sum: Amount = 0n;
  for (const row of rows) {
    const amount = row[name];
    if (amount === null) return null;
    sum += amount;
  }
  return sum;
}

/** What an action's shares were marked to: the money that came, and what came less what went. */
function checkMarked(frame: Frame): void {
  const moving = frame.rows.corporate_actions.filter(
    ({quantity, value, mtmPnl}) => quantity && value !== null && mtmPnl !== null
  );
  for (const rows of Map.groupBy(moving, ({day, actionID, id}) => `${day}/${actionID ?? id}`).values()) {
    const figures = rows.flatMap(({proceeds, value, mtmPnl}) => [proceeds, value, mtmPnl]);
    const sum = (name: "proceeds" | "value" | "mtmPnl") =>
      rows.reduce((total, row) => total + (row[name] ?? 0n), 0n);
    const [{day}] = rows;
    frame.compare(
      {what: "trades", period: frame.periodAt(day)},
      {
        day,
        item: rows.map(({symbol}) => symbol).join(" + "),
        holding: holdingKey(rows[0]),
        of: "CorporateActions.mtmPnl",
        ours: sum("proceeds") + sum("value"),
        theirs: sum("mtmPnl"),
        tolerance: toleranceOf(finenessOf(figures), figures.length),
        rows: rows.map(({id}) => id),
        itself: true
      }
    );
  }
}

function checkActions(frame: Frame): void {
  for (const row of frame.rows.corporate_actions) {
    const {id, day, symbol, proceeds, amount, fifoPnlRealized} = row;
    const head = {day, item: symbol ?? "", holding: holdingKey(row), rows: [id]};
    if (proceeds !== null && amount !== null) {
      const tolerance = toleranceOf(finenessOf([proceeds, amount]), 2);
      frame.compare(
        {what: "trades", period: frame.periodAt(day)},
        {...head, of: "CorporateActions.amount", ours: -proceeds, theirs: amount, tolerance}
      );
    }
    const own = gainsOf(frame.ledger).get(id);
    if (fifoPnlRealized === null || own?.gain === null || (!own && fifoPnlRealized === 0n)) continue;
    frame.compare(
      {what: "realized", period: frame.periodAt(day)},
      {
        ...head,
        of: "CorporateActions.fifoPnlRealized",
        unsure: own && !own.sure ? unsureLots(symbol ?? "") : null,
        ours: own?.gain ?? 0n,
        theirs: fifoPnlRealized,
        tolerance: toleranceOf(COST_DECIMALS, (own?.parts ?? 0) + 1)
      }
    );
  }
}
