import {formatAmount, parseAmount, toNumber, type Amount} from "../money/amount.js";
import {
  RowConverter,
  isNotional,
  latestPositions,
  multiplierOf,
  previousPositionDays,
  positionValue,
  type Position
} from "./exposure.js";
import {figure, unavailable} from "../returns/figure.js";
import {daysBetween} from "../time/day.js";
import {money, moneyOr, noMoney} from "./money-view.js";
import type {NavSeries} from "./nav-series.js";
import {dayGain, daysHeld, moneyness} from "./position-day.js";
import type {LedgerTables} from "./tables.js";
import type {Money, PositionRow, PositionsView, ViewContext} from "./views.js";

/** Cash types that a position earns, and the taxes on them. */
const INCOME = new Set([
  "Dividends",
  "Payment In Lieu Of Dividends",
  "Withholding Tax",
  "871(m) Withholding",
  "Bond Interest Received",
  "Bond Interest Paid"
]);

/** Returns each open position with what it is worth, earned and did on its last day. */
export function positionRows(ledger: LedgerTables, series: NavSeries, context: ViewContext): PositionRow[] {
  const converter = new RowConverter(ledger, series.currency);
  const nav = series.nav.at(-1) ?? 0n;
  const held = latestPositions(ledger, series.accounts);
  const instrument = (row: {account: string; conid: string | null; symbol: string | null}) =>
    `${row.account}/${row.conid ?? row.symbol}`;
  const trades = Map.groupBy(ledger.trades, instrument);
  const cash = Map.groupBy(
    ledger.cash.filter(({type}) => INCOME.has(type ?? "")),
    instrument
  );
  const actions = Map.groupBy(ledger.corporate_actions, instrument);
  const moved = Map.groupBy(ledger.transfers, instrument);
  const history = Map.groupBy(ledger.positions, instrument);
  const marks = new Map(ledger.positions.map((row) => [`${row.conid}/${row.day}`, row.markPrice]));
  const previousDays = previousPositionDays(ledger, held);
  const reason = (row: Position) => `no rate for ${row.currency ?? "its currency"} on ${row.day}`;
  const sum = (
    rows: readonly {account: string; day: string; currency: string | null; fxRateToBase: Amount | null}[],
    amounts: readonly (Amount | null)[]
  ) => {
    let total = 0n;
    for (const [i, row] of rows.entries()) {
      const converted = converter.convert(row, amounts[i] ?? 0n);
      if (converted === null) return null;
      total += converted;
    }
    return total;
  };

  return held.map((row) => {
    const key = instrument(row);
    const value = positionValue(row);
    const valueBase = value === null ? null : converter.convert(row, value);
    const year = row.day.slice(0, 4);
    const own = trades.get(key) ?? [];
    const closed = own.filter(({day}) => day.startsWith(year) && day <= row.day);
    const earned = (cash.get(key) ?? []).filter(({day}) => day <= row.day);
    const earnedThisYear = earned.filter(({day}) => day.startsWith(year));
    const earnedTwelve = earned.filter(({day}) => daysBetween(day, row.day) < 365);
    const past = (history.get(key) ?? []).filter(({day}) => day < row.day);
    const moves = [...(actions.get(key) ?? []), ...(moved.get(key) ?? [])];
    const unrealized = row.fifoPnlUnrealized;
    const costBase = row.costBasisMoney === null ? null : converter.convert(row, row.costBasisMoney);
    const twelve = sum(
      earnedTwelve,
      earnedTwelve.map(({amount}) => amount)
    );
    const underlying = row.underlyingConid ? (marks.get(`${row.underlyingConid}/${row.day}`) ?? null) : null;
    return {
      id: row.id,
      account: row.account,
      symbol: row.symbol ?? "",
      description: row.description ?? "",
      conid: row.conid,
      assetCategory: row.assetCategory ?? "",
      sector: sectorOf(row, context),
      currency: row.currency ?? "",
      quantity: formatAmount(row.position ?? 0n),
      multiplier: formatAmount(multiplierOf(row)),
      price: row.markPrice === null ? null : formatAmount(row.markPrice),
      asOf: row.day,
      costPrice: row.costBasisPrice === null ? null : formatAmount(row.costBasisPrice),
      value: moneyOr(value, "no mark: tick Mark Price in Open Positions"),
      cost: moneyOr(row.costBasisMoney, "no cost basis in the statement"),
      unrealized: moneyOr(unrealized, "no unrealized gain in the statement"),
      valueBase: moneyOr(valueBase, reason(row)),
      unrealizedBase:
        unrealized === null
          ? noMoney("no unrealized gain in the statement")
          : moneyOr(converter.convert(row, unrealized), reason(row)),
      dayBase: dayGain(row, {
        past,
        trades: own,
        moves,
        previousDay: previousDays.get(row.account) ?? null,
        converter
      }),
      realizedYtdBase: moneyOr(
        sum(
          closed,
          closed.map(({fifoPnlRealized}) => fifoPnlRealized)
        ),
        reason(row)
      ),
      incomeYtdBase: moneyOr(
        sum(
          earnedThisYear,
          earnedThisYear.map(({amount}) => amount)
        ),
        reason(row)
      ),
      weight:
        valueBase === null
          ? unavailable(reason(row))
          : nav > 0n
            ? figure(toNumber(valueBase) / toNumber(nav), "no net asset value")
            : unavailable("net asset value is not positive"),
      yieldOnCost:
        costBase === null || twelve === null || costBase <= 0n
          ? unavailable("no cost")
          : figure(toNumber(twelve) / toNumber(costBase), "no cost"),
      daysHeld: daysHeld(row, own),
      expiry: row.expiry,
      putCall: row.putCall?.startsWith("P") ? "P" : row.putCall?.startsWith("C") ? "C" : null,
      underlyingConid: row.underlyingConid,
      moneyness: moneyness(row, underlying),
      spark: past
        .slice(-29)
        .concat(row)
        .flatMap(({day, markPrice}): [string, number][] =>
          markPrice === null ? [] : [[day, toNumber(markPrice)]]
        )
    };
  });
}

/** Returns the positions and their totals; a total with a part that is n/a is n/a. */
export function positionTotals(rows: readonly PositionRow[]): PositionsView["totals"] {
  const total = (pick: (row: PositionRow) => Money): Money => {
    const missing = rows.find((row) => pick(row).value === null);
    if (missing) return noMoney(`${missing.symbol}: ${pick(missing).reason}`);
    return money(rows.reduce((sum, row) => sum + parseAmount(pick(row).value as string), 0n));
  };
  return {
    valueBase: total((row) => (isNotional(row) ? money(0n) : row.valueBase)),
    unrealizedBase: total((row) => row.unrealizedBase),
    dayBase: total((row) => row.dayBase),
    realizedYtdBase: total((row) => row.realizedYtdBase),
    incomeYtdBase: total((row) => row.incomeYtdBase)
  };
}

/** Returns the sector in the person's own list, by symbol, underlying or conid; else Unclassified. */
function sectorOf({symbol, underlyingSymbol, conid}: Position, {sectors}: ViewContext): string {
  const names = [conid, symbol, underlyingSymbol];
  const known = names.find((name) => name && Object.hasOwn(sectors, name));
  return known ? sectors[known] : "Unclassified";
}
