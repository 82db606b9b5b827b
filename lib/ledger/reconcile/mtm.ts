import {multiply, UNIT, type Amount} from "../../money/amount.js";
import {holdingKey} from "../movements/holding.js";
import type {Movement} from "../movements/movement.js";
import type {Unknown} from "../roll/nav.js";
import type {LedgerRow} from "../tables.js";
import {earned, rateList, type Earned} from "./earned.js";
import type {Frame} from "./frame.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

type Row = LedgerRow<"mtm">;

const BOX = "Mark-to-Market Performance Summary in Base";

/**
 * Compares what each holding earned with MTMPerformanceSummary's total, commissions and dividends in it (R13); its rows
 * with their own parts, and its sums with their rows. Instruments that one corporate action exchanges are compared
 * together. Over more than a day, holdings in another currency are not: their days' rates are not told apart.
 */
export function checkMtm(frame: Frame): void {
  const {mtm} = frame.rows;
  if (!mtm.length) return frame.lacks("mtm", BOX);
  for (const rows of Map.groupBy(mtm, ({fromDate, toDate}) => `${toDate}/${fromDate}`).values()) {
    checkStatement(frame, rows);
  }
}

type Place = {what: "mtm"; period: string};

function checkStatement(frame: Frame, rows: readonly Row[]): void {
  const {fromDate, toDate, day} = rows[0];
  const to = toDate ?? day;
  const from = fromDate ?? to;
  const place: Place = {what: "mtm", period: frame.periodOf(from, to)};
  const named = rows.filter((row) => holdingKey(row) !== null && row.assetCategory !== "CASH");
  for (const row of rows) if (holdingKey(row) !== null) checkRow(frame, place, row, to);
  for (const row of rows) if (row.assetCategory === "CASH") checkCurrency(frame, place, row, {from, to});
  checkSums(frame, place, rows, to);
  const byHolding = Map.groupBy(frame.movementsIn({from, to}), ({holding}) => holding);
  checkAbsent(frame, place, named, {from, to, byHolding});
  for (const group of together(named, byHolding)) checkEarned(frame, place, group, {from, to, byHolding});
}

/** A currency: what was held of it is our cash, its price the day's rate, its gain what the rate made of it (R15). */
function checkCurrency(frame: Frame, place: Place, row: Row, {from, to}: {from: string; to: string}): void {
  const {symbol, prevCloseQuantity, closeQuantity, prevClosePrice, closePrice, priorOpenMtm, id} = row;
  const {cash} = frame.roll;
  const before = frame.dayBefore(from);
  if (!symbol || symbol === frame.base(to)) return;
  const compare = (
    day: string,
    name: keyof Row,
    ours: Amount | null,
    theirs: Amount | null,
    figures: number
  ) => {
    if (ours === null || theirs === null) return;
    const tolerance = toleranceOf(Math.max(5, finenessOf([ours, theirs])), figures);
    const head = {
      day,
      item: symbol,
      of: `MTMPerformanceSummary.${name}`,
      ours,
      theirs,
      tolerance,
      rows: [id]
    };
    frame.compare(place, {
      ...head,
      explain: (difference) => frame.knownCash(day, symbol, difference, tolerance)
    });
  };
  if (cash.openingOf(to)) compare(to, "closeQuantity", cash.at(symbol, to), closeQuantity, 2);
  if (cash.openingOf(before))
    compare(before, "prevCloseQuantity", cash.at(symbol, before), prevCloseQuantity, 2);
  const [then, now] = [frame.inBase(UNIT, symbol, before), frame.inBase(UNIT, symbol, to)];
  if (prevClosePrice) compare(before, "prevClosePrice", then, prevClosePrice, 2);
  if (closePrice) compare(to, "closePrice", now, closePrice, 2);
  if (from !== to || prevCloseQuantity === null || !prevClosePrice || !closePrice) return;
  compare(to, "priorOpenMtm", multiply(prevCloseQuantity, closePrice - prevClosePrice), priorOpenMtm, 3);
}

function partsOf({
  transactionMtm,
  priorOpenMtm,
  corpActionMtm,
  dividends,
  commissions,
  other
}: Row): (Amount | null)[] {
  return [transactionMtm, priorOpenMtm, corpActionMtm, dividends, commissions, other];
}

function checkRow(frame: Frame, place: Place, row: Row, to: string): void {
  const parts = partsOf(row);
  if (row.total === null || row.transactionMtm === null || row.priorOpenMtm === null) return;
  frame.compare(place, {
    day: to,
    item: row.symbol ?? row.description ?? "",
    holding: row.assetCategory === "CASH" ? null : holdingKey(row),
    of: "MTMPerformanceSummary.total (the sum of its row)",
    itself: true,
    ours: parts.reduce<Amount>((sum, part) => sum + (part ?? 0n), 0n),
    theirs: row.total,
    tolerance: toleranceOf(finenessOf([...parts, row.total]), parts.length + 1),
    rows: [row.id]
  });
}

const ALL_ASSETS = "Total (All Assets)";
const TOTAL = "Total P/L";
const SUMMED = ["transactionMtm", "priorOpenMtm", "commissions", "other", "total"] as const;

function checkSums(frame: Frame, place: Place, rows: readonly Row[], to: string): void {
  const isSum = ({description}: Row) => description?.startsWith("Total") ?? false;
  const single = rows.filter((row) => holdingKey(row) !== null);
  const plain = rows.filter((row) => !isSum(row));
  for (const [name, added] of [
    [ALL_ASSETS, single],
    [TOTAL, plain]
  ] as const) {
    const sum = rows.find((row) => row.description === name && holdingKey(row) === null);
    // IBKR may print the parts of its last sum as zeros: then its total alone says something.
    const isParted = sum && SUMMED.some((attribute) => attribute !== "total" && sum[attribute]);
    for (const attribute of isParted ? SUMMED : (["total"] as const)) {
      const theirs = sum?.[attribute] ?? null;
      const parts = added.map((row) => row[attribute]);
      if (!sum || theirs === null || parts.includes(null)) continue;
      frame.compare(place, {
        day: to,
        item: name,
        of: `MTMPerformanceSummary.${attribute} (${name})`,
        itself: true,
        ours: parts.reduce<Amount>((total, one) => total + (one ?? 0n), 0n),
        theirs,
        tolerance: toleranceOf(finenessOf([theirs, ...parts]), parts.length + 1),
        rows: [sum.id]
      });
    }
  }
}

/** Rows of one holding, or of all that a corporate action exchanges. */
function together(rows: readonly Row[], byHolding: ReadonlyMap<string | null, readonly Movement[]>): Row[][] {
  const groups = new Map<string, Row[]>();
  const actions = new Map<string, Row[]>();
  for (const row of rows) {
    const key = holdingKey(row)!; // rows of holdings only
    const own = groups.get(key) ?? [];
    own.push(row);
    let group = own;
    for (const {kind, action: number, day} of byHolding.get(key) ?? []) {
      if (kind !== "corporate-action") continue;
      const action = number ?? day;
      const other = actions.get(action);
      if (other && other !== group) {
        for (const one of group) if (!other.includes(one)) other.push(one);
        group = other;
      }
      actions.set(action, group);
    }
    groups.set(key, group);
  }
  return [...new Set(groups.values())];
}

/** The days of a statement, and what moved in them. */
interface Span {
  from: string;
  to: string;
  byHolding: ReadonlyMap<string | null, readonly Movement[]>;
}

function checkEarned(frame: Frame, place: Place, rows: readonly Row[], {from, to, byHolding}: Span): void {
  const keys = [...new Set(rows.map((row) => holdingKey(row)!))]; // rows of holdings only
  const base = frame.base(to);
  const foreign = keys.some((key) => frame.holding(key)?.currency !== base);
  if (rows.some(({total}) => total === null) || (from !== to && foreign)) return;
  const own = keys.map((key) => earned(frame, key, from, to, byHolding.get(key) ?? []));
  const unknown = frame.roll.holdings.openingOf(to)
    ? own.find((one): one is Unknown => "kind" in one)
    : noOpening;
  const sure = own.filter((one): one is Earned => !("kind" in one));
  const totals = rows.map(({total}) => total as Amount); // none is null
  const ids = sure.flatMap((one) => one.rows);
  const tolerance = toleranceOf(
    finenessOf([...totals, ...rows.flatMap(partsOf)]),
    ids.length + 3 * rows.length
  );
  const rates = keys.flatMap((key) => rateList(frame, frame.holding(key)?.currency ?? null, to));
  frame.compare(place, {
    day: to,
    item: keys.map((key) => frame.symbol(key)).join(" + "),
    holding: keys[0],
    of: "MTMPerformanceSummary.total",
    ours: unknown ? null : sure.reduce((sum, {mtm, other}) => sum + mtm + other, 0n),
    theirs: totals.reduce((sum, one) => sum + one, 0n),
    tolerance,
    rows: [...ids, ...rows.map(({id}) => id)],
    ...(unknown && {lack: frame.lack(unknown)}),
    explain: (_, step) => frame.changes.explain(ids, step, tolerance, rates)
  });
}

/** What is held and has no row earned nothing, as far as the statement says. */
function checkAbsent(frame: Frame, place: Place, rows: readonly Row[], {from, to, byHolding}: Span): void {
  if (!rows.length || !frame.roll.holdings.openingOf(to)) return;
  const named = new Set(rows.map((row) => holdingKey(row)));
  const before = frame.dayBefore(from);
  for (const [key, series] of frame.roll.holdings.series) {
    if (named.has(key) || (!series.at(to) && !series.at(before))) continue;
    const own = earned(frame, key, from, to, byHolding.get(key) ?? []);
    if ("kind" in own) continue;
    frame.compare(place, {
      day: to,
      item: frame.symbol(key),
      holding: key,
      of: "MTMPerformanceSummary.total (no row)",
      ours: own.mtm + own.other,
      theirs: 0n,
      tolerance: toleranceOf(2, 1),
      rows: own.rows
    });
  }
}

const noOpening: Unknown = {
  kind: "opening",
  item: "",
  reason: `no statement says the holdings that history begins with: tick ${BOX} in the Flex query`
};
