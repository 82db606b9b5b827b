import {toNumber, type Amount} from "../money/amount.js";
import {figure, unavailable} from "../returns/figure.js";
import {addDays, daysBetween} from "../time/day.js";
import {
  isNotional,
  positionValue,
  worth,
  type Convertible,
  type Position,
  type RowConverter
} from "./exposure.js";
import type {InstrumentRows} from "./instruments.js";
import {noMoney} from "./money-view.js";
import type {LedgerRow} from "./tables.js";
import type {Figure, Money} from "./views.js";

type Trade = LedgerRow<"trades">;

/**
 * Returns the gain of the position's last day in the reporting currency: value now less value before less what
 * was paid for it since, costs included. Of a future or CFD only the gain is converted, not the notional.
 *
 * @param before the account's position day before; null if there is none
 */
export function dayGain(
  row: Position,
  {positions, trades, actions, transfers}: InstrumentRows,
  before: string | null,
  converter: RowConverter
): Money {
  if (before === null) return noMoney("no positions of the day before: tick Breakout by Day");
  const since = ({day}: {day: string}) => day > before && day <= row.day;
  if (actions.some(since) || transfers.some(since))
    return noMoney("a corporate action or transfer on that day");
  const earlier = positions.findLast(({day}) => day === before);
  const now = positionValue(row);
  const then = earlier ? positionValue(earlier) : 0n;
  if (now === null || then === null) return noMoney("no mark on that day or the day before");

  const done = trades.filter(since);
  const bought = done.reduce((sum, {quantity}) => sum + (quantity ?? 0n), earlier?.position ?? 0n);
  if (bought !== (row.position ?? 0n))
    return noMoney("its trades since the day before are not all in the statements");
  const paid = done.map((trade) => costOf(trade));
  if (paid.includes(null)) return noMoney(`a trade of ${row.day} has no price`);
  const spent = (paid as Amount[]).reduce((sum, cost) => sum + cost, 0n); // none is null
  const parts: Part[] = isNotional(row)
    ? [part(row, now - then - spent)]
    : [
        part(row, now),
        ...(earlier ? [part(earlier, -then)] : []),
        ...done.map((trade, i) => part(trade, -(paid[i] as Amount)))
      ];
  for (const trade of done) {
    parts.push(part(trade, trade.taxes ?? 0n));
    parts.push(part(inCurrencyOf(trade.ibCommissionCurrency, trade), trade.ibCommission ?? 0n));
  }
  return converter.total(parts, ({amount}) => amount);
}

type Part = Convertible & {amount: Amount};

function part({account, day, currency, fxRateToBase}: Convertible, amount: Amount): Part {
  return {account, day, currency, fxRateToBase, amount};
}

/** What was paid for a trade, commission and taxes apart; null if its price is unknown. */
function costOf(trade: Trade): Amount | null {
  if (!isNotional(trade) && trade.proceeds !== null) return -trade.proceeds;
  return worth(trade, trade.quantity, trade.tradePrice);
}

/** The row in another currency, without its own rate, which is not of that currency. */
function inCurrencyOf(currency: string | null, row: Convertible): Convertible {
  return currency === null || currency === row.currency ? row : {...row, currency, fxRateToBase: null};
}

/**
 * Returns days since the position was last opened from nothing; n/a when what is booked at hand does not add up to
 * the quantity held.
 */
export function daysHeld(row: Position, {trades, actions, transfers}: InstrumentRows): Figure {
  if (row.openDateTime) return {value: daysBetween(row.openDateTime.slice(0, 10), row.day)};
  const moves = actions.length || transfers.length ? inOrder(trades, actions, transfers) : trades;
  let held = 0n;
  let opened = "";
  for (const {day, quantity} of moves) {
    if (!quantity || day > row.day) continue;
    const before = held;
    held += quantity;
    if (before === 0n || before > 0n !== held > 0n) opened = day;
  }
  if (held !== (row.position ?? 0n) || !opened) {
    return unavailable("its opening trade is not among the statements");
  }
  return {value: daysBetween(opened, row.day)};
}

interface Move {
  day: string;
  dateTime?: string | null;
  quantity: Amount | null;
}

function inOrder(...moves: readonly (readonly Move[])[]): Move[] {
  const time = ({dateTime, day}: Move) => dateTime ?? day;
  return moves.flat().sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
}

/**
 * Returns income of the last twelve months over cost, both in the reporting currency.
 * @param unknownFrom why nothing complete is known of the instrument from a day on; null if it is
 */
export function yieldOnCost(
  row: Position,
  {income}: InstrumentRows,
  converter: RowConverter,
  unknownFrom: (day: string) => string | null
): Figure {
  if (isNotional(row)) return unavailable("a notional has no cost");
  if (row.costBasisMoney === null) return unavailable("no cost basis in the statement");
  if (row.costBasisMoney === 0n) return unavailable("its cost basis is zero");
  if (row.costBasisMoney < 0n) return unavailable("a short position has no cost");
  const first = addDays(row.day, 1 - DAYS_OF_YEAR);
  const unknown = unknownFrom(first);
  if (unknown !== null) return unavailable(unknown);
  const cost = converter.convert(row, row.costBasisMoney);
  const earned = converter.sum(
    income.filter(({day}) => day >= first && day <= row.day),
    ({amount}) => amount
  );
  if (cost === null || earned === null) return unavailable(converter.reason(row));
  return figure(toNumber(earned) / toNumber(cost), "its cost is too small");
}

const DAYS_OF_YEAR = 365;

/** Returns how far an option is in the money, as a fraction of its strike; negative out of the money. */
export function moneyness({strike, putCall}: Position, underlying: Amount | null): Figure {
  if (!strike || !putCall) return unavailable("no option");
  if (underlying === null) return unavailable("no price of the underlying in the statement");
  const distance = toNumber(underlying) / toNumber(strike) - 1;
  return figure(putCall.toUpperCase().startsWith("P") ? 0 - distance : distance, "no strike");
}
