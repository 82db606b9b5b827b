import {oncePerLedger} from "../once-per-ledger.js";
import {holdingKey} from "../movements/holding.js";
import type {LedgerRow} from "../tables.js";
import {type Amount, absolute} from "../../money/amount.js";
import {isCancel} from "../closed-trades.js";

type ClosedLot = LedgerRow<"closed_lots">;

/** A lot that IBKR says was closed, by the row that closed it. */
export interface BookedClosing {
  row: ClosedLot;
  /** Of the lot, positive. */
  quantity: Amount;
}

/** What IBKR books beside the trades: the lots they closed, and the losses it disallowed. */
export interface Bookings {
  /** Closed lots by the id of the closing trade. */
  closed: ReadonlyMap<string, BookedClosing[]>;
  /** Disallowed loss by the id of the closing trade. */
  disallowed: ReadonlyMap<string, Amount>;
  /** What it was moved to, by `account/holding/time` of the opening trade. */
  reopened: ReadonlyMap<string, {amount: Amount; heldSince: string | null}>;
}

const isWash = ({levelOfDetail}: ClosedLot) => levelOfDetail === "WASH_SALE" || levelOfDetail === "WashSale";

/**
 * Returns IBKR's CLOSED_LOT and WASH_SALE rows by the trade that they stand under: that of the same holding, side and
 * time; several trades of one second share their rows in order, each up to its quantity.
 */
export const bookingsOf = oncePerLedger(({trades, closed_lots}): Bookings => {
  const closed = new Map<string, BookedClosing[]>();
  const disallowed = new Map<string, Amount>();
  const reopened = new Map<string, {amount: Amount; heldSince: string | null}>();
  if (!closed_lots.length) return {closed, disallowed, reopened};
  const rows = Map.groupBy(closed_lots, (row) =>
    placeOf(row, row.dateTime ?? row.whenRealized ?? row.tradeDate)
  );
  for (const [place, group] of Map.groupBy(
    trades.filter((row) => !isCancel(row) && row.quantity),
    (row) => placeOf(row, timeOf(row))
  )) {
    const under = rows.get(place) ?? rows.get(placeOf({...group[0], buySell: null}, timeOf(group[0]))) ?? [];
    const lots = under.filter((row) => !isWash(row)).values();
    let row = lots.next().value;
    let left = absolute(row?.quantity ?? 0n);
    for (const {id, quantity} of group) {
      let open = absolute(quantity ?? 0n);
      while (row && open) {
        const part = left < open ? left : open;
        if (part) push(closed, id, {row, quantity: part});
        [left, open] = [left - part, open - part];
        if (left) continue;
        row = lots.next().value;
        left = absolute(row?.quantity ?? 0n);
      }
    }
    for (const wash of under.filter(isWash)) {
      const amount = absolute(wash.fifoPnlRealized ?? wash.capitalGainsPnl ?? 0n);
      disallowed.set(group[0].id, (disallowed.get(group[0].id) ?? 0n) + amount);
    }
  }
  for (const wash of closed_lots.filter(isWash)) {
    if (!wash.whenReopened) continue;
    const key = `${wash.account}/${holdingKey(wash)}/${wash.whenReopened}`;
    const amount =
      absolute(wash.fifoPnlRealized ?? wash.capitalGainsPnl ?? 0n) + (reopened.get(key)?.amount ?? 0n);
    reopened.set(key, {amount, heldSince: wash.holdingPeriodDateTime?.slice(0, 10) ?? null});
  }
  return {closed, disallowed, reopened};
});

const timeOf = ({dateTime, tradeDate}: LedgerRow<"trades">) => dateTime ?? tradeDate;

function placeOf(
  row: Pick<ClosedLot, "account" | "conid" | "symbol" | "currency" | "isin" | "buySell">,
  time: string | null
): string {
  return [row.account, holdingKey(row), (row.buySell ?? "").split(" ")[0], time].join("/");
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
