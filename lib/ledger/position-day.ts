import {multiply, toNumber, type Amount} from "../money/amount.js";
import {isNotional, multiplierOf, positionValue, type Position, type RowConverter} from "./exposure.js";
import {figure, unavailable} from "../returns/figure.js";
import {daysBetween} from "../time/day.js";
import {money, noMoney} from "./money-view.js";
import type {LedgerRow} from "./tables.js";
import type {Figure, Money} from "./views.js";

type Trade = LedgerRow<"trades">;

/** What else is known of the position's instrument. */
export interface PositionPast {
  /** Its rows of earlier days, oldest first. */
  past: readonly Position[];
  trades: readonly Trade[];
  /** Corporate actions and transfers of the instrument. */
  moves: readonly {day: string}[];
  /** The account's position day before; null if there is none. */
  previousDay: string | null;
  converter: RowConverter;
}

/**
 * Returns the gain of the position's last day in the reporting currency: value now less value before less what
 * was paid for it since, costs included. Of a future or CFD only the gain is converted, not the notional.
 */
export function dayGain(row: Position, {past, trades, moves, previousDay, converter}: PositionPast): Money {
  if (previousDay === null) return noMoney("no positions of the day before: tick Breakout by Day");
  const since = ({day}: {day: string}) => day > previousDay && day <= row.day;
  if (moves.some(since)) return noMoney("a corporate action or transfer on that day");
  const before = past.findLast(({day}) => day === previousDay);
  const now = positionValue(row);
  const then = before ? positionValue(before) : 0n;
  if (now === null || then === null) return noMoney("no mark on that day or the day before");

  const done = trades.filter(since);
  const parts: (Amount | null)[] = isNotional(row)
    ? [converter.convert(row, now - then + done.reduce((sum, trade) => sum - turnover(trade), 0n))]
    : [
        converter.convert(row, now),
        before ? negate(converter.convert(before, then)) : 0n,
        ...done.map((trade) => converter.convert(trade, trade.proceeds ?? -turnover(trade)))
      ];
  const commissions = done.map((trade) =>
    converter.convert(
      {
        ...trade,
        ...(trade.ibCommissionCurrency !== trade.currency && {
          currency: trade.ibCommissionCurrency,
          fxRateToBase: null
        })
      },
      trade.ibCommission ?? 0n
    )
  );
  const all = [...parts, ...commissions];
  if (all.includes(null)) return noMoney(`no rate for ${row.currency} on ${row.day}`);
  return money((all as Amount[]).reduce((sum, part) => sum + part, 0n));
}

function turnover(trade: Trade): Amount {
  return multiply(multiply(trade.quantity ?? 0n, trade.tradePrice ?? 0n), multiplierOf(trade));
}

function negate(amount: Amount | null): Amount | null {
  return amount === null ? null : -amount;
}

/**
 * Returns days since the position was last opened from nothing; n/a when the trades at hand do not add up to
 * the quantity held.
 */
export function daysHeld(row: Position, trades: readonly Trade[]): Figure {
  if (row.openDateTime) return {value: daysBetween(row.openDateTime.slice(0, 10), row.day)};
  let quantity = 0n;
  let opened = "";
  for (const trade of trades) {
    if (trade.day > row.day) continue;
    if (quantity === 0n) opened = trade.day;
    quantity += trade.quantity ?? 0n;
  }
  if (quantity !== (row.position ?? 0n) || !opened)
    return unavailable("its opening trade is not among the statements");
  return {value: daysBetween(opened, row.day)};
}

/** Returns how far an option is in the money, as a fraction of its strike; negative out of the money. */
export function moneyness({strike, putCall}: Position, underlying: Amount | null): Figure {
  if (!strike || !putCall) return unavailable("no option");
  if (underlying === null) return unavailable("no price of the underlying in the statement");
  const distance = toNumber(underlying) / toNumber(strike) - 1;
  return figure(putCall.toUpperCase().startsWith("P") ? -distance : distance, "no strike");
}
