import {formatAmount, parseAmount, toNumber, type Amount} from "../money/amount.js";
import {figure, unavailable} from "../returns/figure.js";
import {accountsOf} from "./account-nav.js";
import {
  latestPositions,
  multiplierOf,
  positionValue,
  previousPositionDay,
  RowConverter,
  valueInNav,
  type Position
} from "./exposure.js";
import {rowsOfInstrument} from "./instruments.js";
import {unknownSince} from "./known-since.js";
import {labelOf, lakeDay, lakeSpark} from "./lake/lake-positions.js";
import {money, moneyOr, noMoney} from "./money-view.js";
import type {NavSeries} from "./nav-series.js";
import {oncePerLedger} from "./once-per-ledger.js";
import {dayGain, daysHeld, moneyness, yieldOnCost} from "./position-day.js";
import type {LedgerTables} from "./tables.js";
import type {Figure, Money, PositionRow, PositionsView, ViewContext} from "./views.js";

const NO_MARK = "no mark: tick Mark Price in Open Positions";
const NO_GAIN = "no unrealized gain in the statement";

/** Days of marks that a sparkline has at most. */
const SPARK_DAYS = 30;

/** Returns each open position with what it is worth, earned and did on its last day. */
export function positionRows(ledger: LedgerTables, series: NavSeries, context: ViewContext): PositionRow[] {
  const converter = new RowConverter(ledger, series.currency);
  const nav = series.nav.at(-1) ?? null;
  const marks = marksOf(ledger);
  return latestPositions(ledger, series.accounts).map((row) => {
    const own = rowsOfInstrument(ledger, row);
    const before = previousPositionDay(ledger, row.account);
    const byLake = before === null ? lakeDay(ledger, row, own) : null;
    const filled = ledger.lake?.filled.get(row.id);
    const fromLake = [
      ...(filled ? [`price: ${labelOf(filled)}`] : []),
      ...(byLake ? [`price of the day before: ${labelOf(byLake.mark)}`] : [])
    ];
    const inBase = (amount: Amount | null, none: string): Money =>
      amount === null ? noMoney(none) : moneyOr(converter.convert(row, amount), converter.reason(row));
    const newYear = `${row.day.slice(0, 4)}-01-01`;
    const thisYear = ({day}: {day: string}) => day >= newYear && day <= row.day;
    const value = positionValue(row);
    const valueBase = inBase(value, NO_MARK);
    const held = daysHeld(row, own);
    const unknownFrom = (day: string) =>
      held.value === null ? unknownSince(ledger, row.account, day) : null;
    const ofYear = (total: () => Money) => {
      const unknown = unknownFrom(newYear);
      return unknown === null ? total() : noMoney(unknown);
    };
    const underlying = row.underlyingConid && marks.get(`${row.underlyingConid}/${row.day}`);
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
      value: moneyOr(value, NO_MARK),
      cost: moneyOr(row.costBasisMoney, "no cost basis in the statement"),
      unrealized: moneyOr(row.fifoPnlUnrealized, NO_GAIN),
      valueBase,
      inNavBase: inBase(
        valueInNav(row),
        row.fifoPnlUnrealized === null && value !== null ? NO_GAIN : NO_MARK
      ),
      unrealizedBase: inBase(row.fifoPnlUnrealized, NO_GAIN),
      dayBase: dayGain(row, byLake?.rows ?? own, byLake?.day ?? before, converter),
      realizedYtdBase: ofYear(() =>
        converter.total(
          [...own.trades, ...own.actions].filter(thisYear),
          ({fifoPnlRealized}) => fifoPnlRealized
        )
      ),
      incomeYtdBase: ofYear(() => converter.total(own.income.filter(thisYear), ({amount}) => amount)),
      weight: weightOf(valueBase, nav),
      yieldOnCost: yieldOnCost(row, own, converter, unknownFrom),
      daysHeld: held,
      expiry: row.expiry,
      putCall: row.putCall?.startsWith("P") ? "P" : row.putCall?.startsWith("C") ? "C" : null,
      underlyingConid: row.underlyingConid,
      moneyness: moneyness(row, underlying || null),
      spark: (before === null && lakeSpark(ledger, row, SPARK_DAYS)) || marksIn(own.positions, row.day),
      ...(fromLake.length && {lake: fromLake})
    };
  });
}

function marksIn(positions: readonly Position[], last: string): [string, number][] {
  return positions
    .filter(({day}) => day <= last)
    .slice(-SPARK_DAYS)
    .flatMap(({day, markPrice}) => (markPrice === null ? [] : [[day, toNumber(markPrice)]]));
}

/** Returns the positions and their totals; a total with a part that is n/a is n/a. */
export function positionTotals(positions: readonly PositionRow[]): PositionsView["totals"] {
  const total = (pick: (position: PositionRow) => Money): Money => {
    const missing = positions.find((position) => pick(position).value === null);
    if (missing) return noMoney(`${missing.symbol}: ${pick(missing).reason}`);
    return money(positions.reduce((sum, position) => sum + parseAmount(pick(position).value as string), 0n)); // none is null
  };
  return {
    valueBase: total(({inNavBase}) => inNavBase),
    unrealizedBase: total((row) => row.unrealizedBase),
    dayBase: total((row) => row.dayBase),
    realizedYtdBase: total((row) => row.realizedYtdBase),
    incomeYtdBase: total((row) => row.incomeYtdBase)
  };
}

/** Marks of what any account holds on a last position day, by conid and day. */
const marksOf = oncePerLedger((ledger) => {
  const held = latestPositions(ledger, accountsOf(ledger));
  return new Map(held.map(({conid, day, markPrice}) => [`${conid}/${day}`, markPrice]));
});

function weightOf(value: Money, nav: Amount | null): Figure {
  if (value.value === null) return unavailable(value.reason ?? NO_MARK);
  if (nav === null) return unavailable("no net asset value");
  if (nav <= 0n) return unavailable("net asset value is not positive");
  return figure(toNumber(parseAmount(value.value)) / toNumber(nav), "net asset value is too small");
}

/** Returns the sector in the person's own list, by symbol, underlying or conid; else Unclassified. */
export function sectorOf(
  {symbol, underlyingSymbol, conid}: Pick<Position, "symbol" | "underlyingSymbol" | "conid">,
  {sectors}: Pick<ViewContext, "sectors">
): string {
  const names = [conid, symbol, underlyingSymbol];
  const known = names.find((name) => name && Object.hasOwn(sectors, name));
  return known ? sectors[known] : "Unclassified";
}
