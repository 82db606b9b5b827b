import {compareText} from "../../order.js";
import {holdingKey, type Named} from "../movements/holding.js";
import type {Movement} from "../movements/movement.js";
import type {LedgerRow, LedgerTables} from "../tables.js";
import {proportion, sumAmounts, type Amount, absolute} from "../../money/amount.js";
import {addDays} from "../../time/day.js";
import {costOf} from "./lot-book.js";
import {unknownLot, type Lot, type RowRef} from "./lot.js";
import {bookKey, type MovementRows} from "./rows.js";
import {rescaled} from "./transfers.js";

/** What was held before an account's first movement. */
export interface Opening {
  /** By holding, in order of opening. */
  lots: Map<string, Lot[]>;
  /** Holdings of which statements tell how much was held then, nothing included. */
  known: ReadonlySet<string>;
}

/** Types of corporate actions that multiply the lots there are. */
const SCALES = new Set(["FS", "RS", "SD", "SR", "HI"]);

/** What of one holding a statement says at the end of a day. */
interface Evidence {
  day: string;
  quantity: Amount;
  currency: string | null;
  /** Of LOT rows: opened before the history begins. */
  lots: Lot[];
  /** Cost of all of it; null where not stated. */
  cost: Amount | null;
  row: RowRef;
}

/**
 * Returns, by account, the lots with which its history begins: the quantity that the first mark-to-market tells of the
 * day before, else the first open positions rolled back through the movements. Their basis is that of the first LOT rows
 * rolled back, with the closed lots that the statement lists; of what these do not reach, IBKR's cost of the position
 * rolled back where each trade says its own, else none.
 * @param movements of all accounts, each in order
 */
export function openingLots(
  ledger: LedgerTables,
  movements: ReadonlyMap<string, readonly Movement[]>,
  rows: MovementRows
): ReadonlyMap<string, Opening> {
  const starts = new Map<string, string>();
  for (const {account, from} of ledger.coverage) if (!starts.has(account)) starts.set(account, from);
  const [lots, positions, prior] = [
    firstDays(ledger.lots),
    firstDays(ledger.positions),
    priorQuantities(ledger.mtm)
  ];
  const closed = Map.groupBy(
    ledger.closed_lots.filter(({levelOfDetail}) => !/wash/i.test(levelOfDetail ?? "")),
    (row) => bookKey(row.account, holdingKey(row) ?? "")
  );
  const openings = new Map<string, Opening>();
  for (const account of new Set([
    ...movements.keys(),
    ...lots.keys(),
    ...positions.keys(),
    ...prior.keys()
  ])) {
    const all = movements.get(account) ?? [];
    const start = starts.get(account) ?? all[0]?.day ?? "";
    const byHolding = Map.groupBy(
      all.filter(({quantity, holding}) => quantity && holding !== null),
      ({holding}) => holding ?? ""
    );
    const [own, held, before] = [lots.get(account), positions.get(account), prior.get(account)];
    const names = [byHolding, own?.rows, held?.rows, before].flatMap((map) => [...(map?.keys() ?? [])]);
    const opening = {lots: new Map<string, Lot[]>(), known: new Set<string>()};
    openings.set(account, opening);
    for (const holding of new Set(names)) {
      const place = {account, holding, start, rows};
      const evidence =
        lotEvidence(own, place, held !== undefined) ??
        positionEvidence(held, holding) ??
        priorEvidence(before?.get(holding));
      if (!evidence) continue;
      opening.known.add(holding);
      const ended = closed.get(bookKey(account, holding)) ?? [];
      const moved = byHolding.get(holding) ?? [];
      const told = toldBefore(before?.get(holding), moved);
      const found = rolledBack(evidence, moved, ended, {...place, told});
      if (found.length) opening.lots.set(holding, found);
    }
  }
  return openings;
}

interface FirstDay<Row> {
  day: string;
  /** By holding. */
  rows: Map<string, Row[]>;
}

/** Rows of each account's first day that has any; the table is in order of account and day. */
function firstDays<Row extends Named & {account: string; day: string}>(
  table: readonly Row[]
): Map<string, FirstDay<Row>> {
  const first = new Map<string, FirstDay<Row>>();
  for (const row of table) {
    let own = first.get(row.account);
    if (!own) first.set(row.account, (own = {day: row.day, rows: new Map()}));
    if (row.day !== own.day) continue;
    const holding = holdingKey(row);
    if (holding === null) continue;
    const rows = own.rows.get(holding);
    if (rows) rows.push(row);
    else own.rows.set(holding, [row]);
  }
  return first;
}

function lotEvidence(
  first: FirstDay<LedgerRow<"lots">> | undefined,
  {account, holding, start}: Place,
  hasPositions: boolean
): Evidence | null {
  const all = first?.rows.get(holding) ?? [];
  if (!first || (!all.length && hasPositions)) return null;
  const old = all.filter(({openDateTime}) => openDateTime !== null && openDateTime.slice(0, 10) < start);
  return {
    day: first.day,
    quantity: sumAmounts(all.map(({position}) => position ?? 0n)),
    currency: all[0]?.currency ?? null,
    cost: all.length ? null : 0n,
    lots: old.map((row): Lot => {
      const {id, position, costBasisMoney, openDateTime, holdingPeriodDateTime} = row;
      const {currency} = row;
      const since = holdingPeriodDateTime ?? openDateTime;
      return {
        ...unknownLot({table: "lots", id}, {account, holding, currency: currency ?? ""}),
        opened: openDateTime?.slice(0, 10) ?? null,
        openedTime: openDateTime,
        heldSince: since?.slice(0, 10) ?? null,
        quantity: position ?? 0n,
        cost: costBasisMoney,
        basis: costBasisMoney === null ? "unknown" : "statement"
      };
    }),
    row: {table: "lots", id: all[0]?.id ?? ""}
  };
}

function positionEvidence(
  first: FirstDay<LedgerRow<"positions">> | undefined,
  holding: string
): Evidence | null {
  if (!first) return null;
  const own = first.rows.get(holding) ?? [];
  const costs = own.map(({costBasisMoney}) => costBasisMoney);
  return {
    day: first.day,
    quantity: sumAmounts(own.map(({position}) => position ?? 0n)),
    currency: own[0]?.currency ?? null,
    cost: costs.includes(null) ? null : sumAmounts(costs as Amount[]), // none is null
    lots: [],
    row: {table: "positions", id: own[0]?.id ?? ""}
  };
}

/** Each instrument's first mark-to-market that tells the quantity of the day before, by account and holding. */
function priorQuantities(mtm: readonly LedgerRow<"mtm">[]): Map<string, Map<string, LedgerRow<"mtm">>> {
  const first = new Map<string, Map<string, LedgerRow<"mtm">>>();
  for (const row of mtm) {
    const holding = row.conid && row.assetCategory !== "CASH" ? holdingKey(row) : null;
    if (!holding || row.prevCloseQuantity === null || !row.fromDate) continue;
    let own = first.get(row.account);
    if (!own) first.set(row.account, (own = new Map()));
    if (row.fromDate < (own.get(holding)?.fromDate ?? "9999")) own.set(holding, row);
  }
  return first;
}

function priorEvidence(row: LedgerRow<"mtm"> | undefined): Evidence | null {
  if (!row?.fromDate) return null;
  const {id, fromDate, prevCloseQuantity} = row;
  return {
    day: addDays(fromDate, -1),
    quantity: prevCloseQuantity ?? 0n,
    currency: null,
    cost: null,
    lots: [],
    row: {table: "mtm", id}
  };
}

/** What was held before the first movement, by the mark-to-market; null where there is none. */
function toldBefore(row: LedgerRow<"mtm"> | undefined, movements: readonly Movement[]): Amount | null {
  const prior = priorEvidence(row);
  if (!prior) return null;
  return movements.reduce(
    (held, {day, quantity}) => (day <= prior.day ? held - quantity : held),
    prior.quantity
  );
}

interface Place {
  account: string;
  holding: string;
  start: string;
  rows: MovementRows;
}

function rolledBack(
  {day, quantity, lots, cost, currency, row}: Evidence,
  movements: readonly Movement[],
  closed: readonly LedgerRow<"closed_lots">[],
  {account, holding, start, rows, told}: Place & {told: Amount | null}
): Lot[] {
  let [held, then, kept] = [quantity, cost, lots];
  const times = movements.filter(({kind}) => kind !== "corporate-action").map(({time}) => time);
  const closedAt = Map.groupBy(
    closed.filter(({openDateTime}) => openDateTime !== null && openDateTime.slice(0, 10) < start),
    ({dateTime, tradeDate}) => closedBy(times, dateTime ?? tradeDate ?? "")
  );
  for (const movement of movements.filter((one) => one.day <= day).toReversed()) {
    const earlier = held - movement.quantity;
    if (isScaling(movement, rows)) {
      if (held && kept.length) kept = rescaled(kept, proportion(quantityOf(kept), earlier, held));
    } else {
      const own = movement.kind === "corporate-action" ? [] : (closedAt.get(movement.time) ?? []);
      closedAt.delete(movement.time);
      kept = [...kept, ...own.map((part) => closedLot(part, movement, account, holding))];
      const booked = rows.trade(movement)?.cost ?? null;
      then = then === null || booked === null ? null : then - booked;
    }
    held = earlier;
  }
  if (told !== null && told !== held) [held, then] = [told, null];
  if (!held) return [];
  const sorted = joined(kept);
  const known = quantityOf(sorted);
  if (known === held) return sorted;
  const isPart = known === 0n || (known > 0n === held > 0n && absolute(known) < absolute(held));
  const rest = isPart && known ? null : then;
  const [first] = movements;
  const source = row.id || !first ? row : {table: first.table, id: first.id};
  const missing: Lot = {
    ...unknownLot(source, {account, holding, currency: currency ?? movements[0]?.currency ?? ""}),
    quantity: isPart ? held - known : held,
    cost: rest,
    basis: rest === null ? "unknown" : "statement"
  };
  return isPart ? [missing, ...sorted] : [missing];
}

/**
 * Returns the time of the movement that closed a lot: its own, else that of the last before it on the day, as the fills
 * of one order follow the order's time.
 * @param times of the movements, in order
 */
function closedBy(times: readonly string[], time: string): string {
  if (times.includes(time)) return time;
  return times.findLast((one) => one <= time && one.slice(0, 10) === time.slice(0, 10)) ?? time;
}

function isScaling(movement: Movement, rows: MovementRows): boolean {
  return movement.kind === "corporate-action" && SCALES.has(rows.action(movement)?.type ?? "");
}

function closedLot(
  part: LedgerRow<"closed_lots">,
  movement: Movement,
  account: string,
  holding: string
): Lot {
  const {id, currency, cost, openDateTime, holdingPeriodDateTime} = part;
  const sign = movement.quantity < 0n ? 1n : -1n;
  return {
    ...unknownLot({table: "closed_lots", id}, {account, holding, currency: currency ?? ""}),
    opened: openDateTime?.slice(0, 10) ?? null,
    openedTime: openDateTime,
    heldSince: (holdingPeriodDateTime ?? openDateTime)?.slice(0, 10) ?? null,
    quantity: sign * absolute(part.quantity ?? 0n),
    cost: cost === null ? null : sign * absolute(cost),
    basis: cost === null ? "unknown" : "statement"
  };
}

/** In order of opening; what is open still and what was closed of one lot are one again. */
function joined(lots: readonly Lot[]): Lot[] {
  const groups = Map.groupBy(
    lots.toSorted((a, b) => compareText(a.openedTime ?? "", b.openedTime ?? "")),
    ({openedTime, id}) => openedTime ?? id
  );
  return [...groups.values()].map((parts): Lot => {
    const cost = costOf(parts);
    return {...parts[0], quantity: quantityOf(parts), cost, basis: cost === null ? "unknown" : "statement"};
  });
}

function quantityOf(lots: readonly Lot[]): Amount {
  return sumAmounts(lots.map((lot) => lot.quantity));
}
