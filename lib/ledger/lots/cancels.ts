import {isCancel} from "../closed-trades.js";
import type {Amount} from "../../money/amount.js";
import type {Movement} from "../movements/movement.js";
import type {MovementRows} from "./rows.js";

/** A cancelled trade, what cancels it, and what was booked in its place (R20). */
export interface Cancelled {
  cancel: Movement;
  original: Movement;
  /** Takes the original's place; null where nothing was booked again. */
  rebooked: Movement | null;
  /** What the original and its cancel cost together: the commission stays, and the rebooked trade has it. */
  costs: Amount | null;
}

export interface Cancels {
  pairs: Cancelled[];
  /** Cancels of trades that no statement has. */
  strays: Movement[];
}

/**
 * Finds what each cancel of an account cancels: by IBKR's number, else the last trade before it that is its exact
 * opposite.
 * @param trades of one account, in order
 */
export function cancelsOf(trades: readonly Movement[], rows: MovementRows): Cancels {
  const found: Cancels = {pairs: [], strays: []};
  const cancels = new Set(trades.filter((movement) => isCancelled(movement, rows)));
  if (!cancels.size) return found;
  const byNumber = new Map<string, Movement>();
  const byContent = new Map<string, Movement[]>();
  for (const movement of trades) {
    if (cancels.has(movement)) continue;
    const number = rows.trade(movement)?.transactionID;
    if (number) byNumber.set(number, movement);
    push(byContent, contentOf(movement, rows, movement.quantity), movement);
  }
  const gone = new Set<Movement>();
  for (const cancel of cancels) {
    const number = rows.trade(cancel)?.origTransactionID;
    const named = number ? byNumber.get(number) : undefined;
    const alike = byContent.get(contentOf(cancel, rows, -cancel.quantity)) ?? [];
    while (alike.length && gone.has(alike[alike.length - 1])) alike.pop();
    const original = named && !gone.has(named) ? named : alike.pop();
    if (!original) {
      found.strays.push(cancel);
      continue;
    }
    gone.add(original);
    const costs = original.costs === null || cancel.costs === null ? null : original.costs + cancel.costs;
    found.pairs.push({cancel, original, rebooked: null, costs});
  }
  findRebooked(found.pairs, trades, rows, (movement) => cancels.has(movement) || gone.has(movement));
  return found;
}

function isCancelled(movement: Movement, rows: MovementRows): boolean {
  const row = rows.trade(movement);
  return row !== undefined && (isCancel(row) || row.transactionType === "FracShareCancel");
}

function findRebooked(
  pairs: readonly Cancelled[],
  trades: readonly Movement[],
  rows: MovementRows,
  isOut: (movement: Movement) => boolean
): void {
  const places = new Set(pairs.map(({original}) => placeOf(original)));
  const again = Map.groupBy(
    trades.filter((movement) => places.has(placeOf(movement)) && !isOut(movement)),
    placeOf
  );
  const taken = new Set<Movement>();
  for (const pair of pairs) {
    const {original, cancel} = pair;
    const [before, numbers] = [rows.trade(original), rows.trade(cancel)];
    const sameTrade = (movement: Movement) => {
      const row = rows.trade(movement);
      return (
        row?.transactionType === "TradeCorrect" ||
        (before?.tradeID && row?.tradeID === before.tradeID) ||
        (numbers?.ibOrderID && row?.ibOrderID === numbers.ibOrderID)
      );
    };
    const rebooked = again
      .get(placeOf(original))
      ?.find((movement) => movement.day >= cancel.day && !taken.has(movement) && sameTrade(movement));
    if (rebooked) taken.add((pair.rebooked = rebooked));
  }
}

const placeOf = ({holding, time, quantity}: Movement) => `${holding}/${time}/${quantity > 0n}`;

function contentOf(movement: Movement, rows: MovementRows, quantity: Amount): string {
  const row = rows.trade(movement);
  return [movement.holding, row?.tradeDate, row?.tradePrice, quantity].join("/");
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
