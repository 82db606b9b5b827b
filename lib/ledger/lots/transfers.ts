import {oncePerLedger} from "../once-per-ledger.js";
import {holdingKey} from "../movements/holding.js";
import type {Movement} from "../movements/movement.js";
import type {LedgerRow} from "../tables.js";
import {apportion, sumAmounts, type Amount} from "../../money/amount.js";
import {daysBetween} from "../../time/day.js";
import type {Lot} from "./lot.js";
import type {MovementRows} from "./rows.js";

/** Both sides of a transfer in kind between own accounts: its lots go on in the other one. */
export interface TransferPair {
  out: Movement;
  in: Movement;
}

/** Days that two sides of one transfer may lie apart. */
const MOST_DAYS = 7;

/**
 * Pairs what left one own account with what came into another: same holding and quantity, each naming the other where
 * they name one, the nearest days first.
 * @param transfers movements in kind of all accounts, in order of day
 */
export function transferPairs(transfers: readonly Movement[], rows: MovementRows): TransferPair[] {
  const own = new Set(transfers.map(({account}) => account));
  const comes = (movement: Movement) => {
    const direction = rows.transfer(movement)?.direction?.toUpperCase();
    return direction ? direction === "IN" : movement.quantity > 0n;
  };
  const left = Map.groupBy(
    transfers.filter((movement) => !comes(movement)),
    ({holding, quantity}) => `${holding}/${-quantity}`
  );
  const pairs: TransferPair[] = [];
  for (const came of transfers) {
    if (!comes(came)) continue;
    const candidates = left.get(`${came.holding}/${came.quantity}`) ?? [];
    let best = -1;
    for (const [i, out] of candidates.entries()) {
      const apart = distance(out, came);
      if (!isOtherSide(out, came, rows, own) || apart > MOST_DAYS) continue;
      if (best < 0 || apart < distance(candidates[best], came)) best = i;
    }
    if (best >= 0) pairs.push({out: candidates.splice(best, 1)[0], in: came});
  }
  return pairs;
}

function isOtherSide(out: Movement, came: Movement, rows: MovementRows, own: ReadonlySet<string>): boolean {
  if (out.account === came.account) return false;
  const names = ({account}: Movement, movement: Movement) => {
    const other = rows.transfer(movement)?.counterparty;
    return !other || !own.has(other) || other === account;
  };
  const named =
    own.has(rows.transfer(out)?.counterparty ?? "") || own.has(rows.transfer(came)?.counterparty ?? "");
  return names(came, out) && names(out, came) && (named || isInternal(out, rows) || isInternal(came, rows));
}

function isInternal(movement: Movement, rows: MovementRows): boolean {
  return rows.transfer(movement)?.type?.toUpperCase() === "INTERNAL";
}

function distance(a: Movement, b: Movement): number {
  return Math.abs(daysBetween(a.day, b.day));
}

/**
 * Returns the lots that came in from elsewhere: those that the statement lists under the transfer, else one of
 * unknown cost: the price that a transfer states is the market's of that day, not what was paid elsewhere.
 */
export function lotsFromOutside(movement: Movement, listed: readonly LedgerRow<"transfer_lots">[]): Lot[] {
  const {id, account, quantity, table} = movement;
  const head = {
    account,
    holding: movement.holding ?? "",
    currency: movement.currency ?? "",
    premium: 0n,
    washSale: 0n,
    source: {table, id},
    path: []
  };
  const quantities = listed.map((lot) => signedAs(lot.quantity ?? 0n, quantity));
  if (listed.length && sumAmounts(quantities) === quantity) {
    return listed.map((lot, i): Lot => {
      const since = lot.openDateTime;
      const cost = lot.costBasis === null ? null : signedAs(lot.costBasis, quantity);
      return {
        ...head,
        id: i ? `${id}/${i + 1}` : id,
        opened: since?.slice(0, 10) ?? null,
        openedTime: since,
        heldSince: since?.slice(0, 10) ?? null,
        quantity: quantities[i],
        cost,
        basis: cost === null ? "unknown" : "transfer",
        source: {table: "transfer_lots", id: lot.id}
      };
    });
  }
  return [
    {...head, id, opened: null, openedTime: null, heldSince: null, quantity, cost: null, basis: "unknown"}
  ];
}

/** Returns the lots that statements list under incoming transfers, by account, day and holding. */
export const transferLots = oncePerLedger(({transfer_lots}) =>
  Map.groupBy(
    transfer_lots.filter(({direction}) => direction?.toUpperCase() !== "OUT"),
    (row) => `${row.account}/${row.day}/${holdingKey(row)}`
  )
);

function signedAs(amount: Amount, sign: Amount): Amount {
  return amount < 0n === sign < 0n ? amount : -amount;
}

/** Splits lots that go on as another quantity: each its share, with the same cost. */
export function rescaled(lots: readonly Lot[], quantity: Amount): Lot[] {
  const quantities = apportion(
    quantity,
    lots.map((lot) => lot.quantity)
  );
  return lots.map((lot, i) => ({...lot, quantity: quantities[i]}));
}
