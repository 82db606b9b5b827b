import {type Amount, absolute} from "../../money/amount.js";
import {isNotional, isSettledDaily, worth} from "../exposure.js";
import {holdingKey} from "../movements/holding.js";
import type {LedgerRow} from "../tables.js";
import type {Frame} from "./frame.js";

import {finenessOf, toleranceOf} from "./tolerance.js";

type Position = LedgerRow<"positions">;
type Lot = LedgerRow<"lots">;

const BOX = "Mark-to-Market Performance Summary in Base";

/**
 * Compares the quantity of each holding with OpenPositions and with MTMPerformanceSummary's closeQuantity, and what each
 * row of OpenPositions says of itself: value = quantity x mark x multiplier, unrealized = value - cost.
 */
export function checkPositions(frame: Frame): void {
  const {positions, mtm} = frame.rows;
  if (!positions.length) frame.lacks("positions", "Open Positions (Summary)");
  const stated = Map.groupBy(positions, ({day}) => day);
  const closing = Map.groupBy(
    mtm.filter(({assetCategory, closeQuantity}) => assetCategory !== "CASH" && closeQuantity !== null),
    ({toDate, day}) => toDate ?? day
  );
  const lots = Map.groupBy(frame.rows.lots, ({day}) => day);
  const days = [...new Set([...stated.keys(), ...closing.keys(), ...frame.closings])].sort();
  const listed = days.filter((day) => stated.has(day));
  for (const [i, day] of days.entries()) {
    const rows = stated.get(day) ?? [];
    const ticked = rows.length > 0 || (stated.has(days[i - 1] ?? "") && stated.has(days[i + 1] ?? ""));
    const place = {what: "positions" as const, period: frame.periodAt(day)};
    if (ticked) checkDay(frame, place, day, rows);
    checkClosing(frame, place, day, closing.get(day) ?? []);
    for (const row of rows) checkRow(frame, place, row);
    checkLots(frame, place, day, rows, lots.get(day) ?? []);
    for (const row of lots.get(day) ?? []) checkRow(frame, place, row);
  }
  if (!listed.length) return;
  for (const {day, sentence} of frame.roll.problems) {
    const place = {account: frame.account, what: "positions" as const, period: frame.periodAt(day)};
    frame.sheet.lacks({...place, from: day, to: day}, {code: "missing-history", sentence});
  }
  const opening = frame.roll.holdings.openingOf(listed[listed.length - 1]);
  if (!opening) return;
  for (const day of listed) {
    const place = {account: frame.account, what: "positions" as const, period: frame.periodAt(day)};
    frame.sheet.note(place, day, `ours begins ${opening.from} with ${opening.source}, which is shared`);
  }
}

type Place = {what: "positions"; period: string};

function checkDay(frame: Frame, place: Place, day: string, rows: readonly Position[]): void {
  const theirs = new Map<string, {quantity: Amount; ids: string[]}>();
  for (const row of rows) {
    const key = holdingKey(row);
    if (key === null || row.position === null || row.assetCategory === "CASH") continue;
    const known = theirs.get(key) ?? {quantity: 0n, ids: []};
    theirs.set(key, {quantity: known.quantity + row.position, ids: [...known.ids, row.id]});
  }
  const {holdings} = frame.roll;
  const keys = new Set(theirs.keys());
  for (const [key, series] of holdings.series) if (series.at(day)) keys.add(key);
  const opening = holdings.openingOf(day);
  for (const key of keys) {
    const {quantity = 0n, ids = []} = theirs.get(key) ?? {};
    const ours = opening && !holdings.shares("OpenPositions", day) ? holdings.at(key, day) : null;
    compareQuantity(frame, place, {day, key, of: "OpenPositions.position", ours, theirs: quantity, ids});
    if (ours !== null)
      frame.known.note(day, "holdings", frame.symbol(key), valueOf(frame, key, ours - quantity, day));
  }
}

function compareQuantity(
  frame: Frame,
  place: Place,
  {
    day,
    key,
    of,
    ours,
    theirs,
    ids
  }: {day: string; key: string; of: string; ours: Amount | null; theirs: Amount; ids: string[]}
): void {
  const moved = frame.movementsOn(day).filter(({holding, quantity}) => holding === key && quantity !== 0n);
  const moves = moved.map(({id}) => id);
  frame.compare(place, {
    day,
    item: frame.symbol(key),
    holding: key,
    of,
    ours,
    theirs,
    // Quantities are booked as they are printed: only a CSV's rounding may part them.
    tolerance: 0n,
    rows: [...moves, ...ids],
    series: `${of}/${key}`,
    ...(ours === null && {
      lack: frame.lack({
        kind: "opening",
        item: "",
        reason: `no statement says the holdings that history begins with: tick ${BOX} in the Flex query`
      })
    }),
    explain: (_, step) => missedDay(frame, day, key) ?? frame.changes.explain(moves, step, 0n)
  });
}

/** Whether history began again on that day with another quantity. */
function missedDay(frame: Frame, day: string, key: string) {
  const restart = frame.roll.holdings.restarts.find((one) => one.from === day && one.key === key);
  if (!restart) return null;
  const before = frame.dayBefore(day);
  return {
    code: "missing-day" as const,
    sentence: `no statement of ${before}: history begins again on ${day}`
  };
}

/** What a quantity too many or too few makes in base; 0 of what is in net asset value with nothing. */
function valueOf(frame: Frame, key: string, quantity: Amount, day: string): Amount | null {
  if (quantity === 0n) return 0n;
  const holding = frame.holding(key);
  const mark = frame.marks.holding(key, day);
  if (!holding || !mark || isNotional(holding)) return null;
  const value = worth(holding, quantity, mark.price);
  return value === null ? null : frame.inBase(value, holding.currency, day);
}

/** The quantities with which MTMPerformanceSummary ends, and begins. */
function checkClosing(frame: Frame, place: Place, day: string, rows: readonly LedgerRow<"mtm">[]): void {
  const {holdings} = frame.roll;
  for (const row of rows) {
    const key = holdingKey(row);
    if (key === null || row.closeQuantity === null) continue;
    const ours = holdings.openingOf(day) ? holdings.at(key, day) : null;
    const of = "MTMPerformanceSummary.closeQuantity";
    compareQuantity(frame, place, {day, key, of, ours, theirs: row.closeQuantity, ids: [row.id]});
    const from = row.fromDate ?? day;
    const opening = holdings.openingOf(day);
    if (!opening || opening.from >= from || row.prevCloseQuantity === null) continue;
    frame.compare(place, {
      day: from,
      item: frame.symbol(key),
      holding: key,
      of: "MTMPerformanceSummary.prevCloseQuantity",
      ours: holdings.at(key, frame.dayBefore(from)),
      theirs: row.prevCloseQuantity,
      tolerance: 0n,
      rows: [row.id],
      series: `prevCloseQuantity/${key}`
    });
  }
}

/** What a row says of itself. */
function checkRow(frame: Frame, place: Place, row: Position | Lot): void {
  const {day, id} = row;
  const key = holdingKey(row);
  if (key === null) return;
  const line = {day, item: row.symbol ?? key, holding: key, rows: [id], itself: true as const};
  const value = worth(row, row.position, row.markPrice);
  if (value !== null && row.positionValue !== null) {
    const tolerance = toleranceOf(finenessOf([row.positionValue]), 1) + markRounding(row);
    frame.compare(place, {
      ...line,
      of: "OpenPositions.positionValue",
      ours: value,
      theirs: row.positionValue,
      tolerance
    });
  }
  const {costBasisPrice, costBasisMoney} = row;
  const cost = isSettledDaily(row) ? null : worth(row, row.position, costBasisPrice);
  if (cost !== null && costBasisPrice && costBasisMoney !== null) {
    // An average has at least six decimals: half a unit of its last on the whole position.
    const half = toleranceOf(Math.max(6, finenessOf([costBasisPrice])), 1);
    const tolerance =
      absolute(worth(row, row.position, half) ?? 0n) + toleranceOf(finenessOf([costBasisMoney]), 1);
    frame.compare(place, {
      ...line,
      of: "OpenPositions.costBasisMoney",
      ours: cost,
      theirs: costBasisMoney,
      tolerance
    });
  }
  const stated = row.positionValue ?? value;
  if (stated !== null && row.costBasisMoney !== null && row.fifoPnlUnrealized !== null) {
    const figures = [stated, row.costBasisMoney, row.fifoPnlUnrealized];
    frame.compare(place, {
      ...line,
      of: "OpenPositions.fifoPnlUnrealized",
      ours: stated - row.costBasisMoney,
      theirs: row.fifoPnlUnrealized,
      tolerance: toleranceOf(finenessOf(figures), 3)
    });
  }
}

/** What a position's lots add up to is what its row says. */
function checkLots(
  frame: Frame,
  place: Place,
  day: string,
  rows: readonly Position[],
  lots: readonly Lot[]
): void {
  const byHolding = Map.groupBy(lots, (lot) => holdingKey(lot));
  for (const row of rows) {
    const own = byHolding.get(holdingKey(row));
    if (!own) continue;
    for (const name of ["position", "positionValue", "costBasisMoney", "fifoPnlUnrealized"] as const) {
      const theirs = row[name];
      const parts = own.map((lot) => lot[name]);
      if (theirs === null || parts.includes(null)) continue;
      frame.compare(place, {
        day,
        item: row.symbol ?? "",
        holding: holdingKey(row),
        of: `OpenPositions.${name} (the sum of its lots)`,
        itself: true,
        ours: parts.reduce<Amount>((sum, part) => sum + (part ?? 0n), 0n),
        theirs,
        tolerance: toleranceOf(finenessOf([theirs, ...parts]), parts.length + 1),
        rows: [row.id, ...own.map(({id}) => id)]
      });
    }
  }
}

/** Half a unit of the mark's last decimal, on the whole position; IBKR prints prices with four decimals. */
function markRounding({position, markPrice, ...row}: Position | Lot): Amount {
  const half = toleranceOf(Math.max(4, finenessOf([markPrice])), 1);
  return absolute(worth(row, position, half) ?? 0n);
}
