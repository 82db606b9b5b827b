import {multiplierOf} from "../exposure.js";
import {multiply, type Amount, absolute} from "../../money/amount.js";
import type {Movement} from "../movements/movement.js";
import type {MovementRows} from "./rows.js";

/** Options that were exercised or assigned, and the deliveries that their premium goes into (R17). */
export interface Exercise {
  options: Movement[];
  deliveries: Movement[];
}

type Options = ReadonlySet<string>;

/**
 * Pairs exercised and assigned options with what was delivered for them: booked the same day in the underlying, in the
 * direction of the right, at the strike where a delivery has it. An option without a delivery is settled in cash, and
 * is none of these.
 * @param trades of one account, in order
 * @param events days and holdings of exercises that IBKR lists apart, as `day/holding`
 */
export function exercisesOf(trades: readonly Movement[], rows: MovementRows, events: Options): Exercise[] {
  const ended = trades.filter((movement) => isEnded(movement, rows, events));
  if (!ended.length) return [];
  const booked = trades.filter((movement) => {
    const row = rows.trade(movement);
    return row?.transactionType === "BookTrade" && !row.putCall && movement.quantity;
  });
  const delivered = Map.groupBy(booked, (movement) => `${movement.day}/${movement.quantity > 0n}`);
  const exercises = new Map<string, Exercise>();
  for (const option of ended) {
    const row = rows.trade(option);
    if (!row) continue;
    const isBought = (row.putCall === "C") === option.quantity < 0n;
    const candidates = (delivered.get(`${option.day}/${isBought}`) ?? []).filter((movement) => {
      const {conid, symbol} = rows.trade(movement) ?? {};
      return row.underlyingConid ? conid === row.underlyingConid : symbol === row.underlyingSymbol;
    });
    const atStrike = candidates.filter((movement) => rows.trade(movement)?.tradePrice === row.strike);
    const deliveries = atStrike.length ? atStrike : candidates.filter(({kind}) => kind !== "trade");
    if (!deliveries.length || sum(deliveries) < absolute(multiply(option.quantity, multiplierOf(row))))
      continue;
    const key = deliveries.map(({id}) => id).join();
    const known = exercises.get(key);
    if (known) known.options.push(option);
    else exercises.set(key, {options: [option], deliveries});
  }
  return [...exercises.values()];
}

function isEnded(movement: Movement, rows: MovementRows, events: Options): boolean {
  if (movement.kind === "exercise" || movement.kind === "assignment")
    return Boolean(rows.trade(movement)?.putCall);
  if (!events.size || movement.kind !== "trade") return false;
  const row = rows.trade(movement);
  return (
    row?.transactionType === "BookTrade" &&
    Boolean(row.putCall) &&
    events.has(`${movement.day}/${movement.holding}`)
  );
}

function sum(deliveries: readonly Movement[]): Amount {
  return deliveries.reduce((total, {quantity}) => total + absolute(quantity), 0n);
}
