import type {PositionRow, PositionsView, SummaryView} from "../ledger/views.js";
import {formatAmount, parseAmount, toNumber, type Amount} from "../money/amount.js";
import {compareText} from "../order.js";
import {joinDays, type Daily} from "./days.js";
import {rowsOfPosition} from "./exposure-rows.js";
import type {SeriesReader} from "./reader.js";
import type {MarketStudy} from "./study.js";
import {UNIVERSE} from "./universe.js";
import type {ExposureRow, ExposureView} from "./views.js";
import type {Watchlist} from "./watchlist.js";
import {usualChange} from "./what-changed.js";

/** What the accounts hold, as the ledger's own views have it. */
export interface Holdings {
  summary: Pick<SummaryView, "scope" | "nav" | "cash" | "leverage">;
  positions: Pick<PositionsView, "rows">;
}

/** Options move with their underlying by a delta that no statement says: they are not laid over it. */
const OPTIONS = new Set(["OPT", "FOP", "FSFOP", "IOPT", "WAR"]);

const BONDS = new Set(["BOND", "BILL"]);

const TEN_YEARS = "treasury:BC_10YEAR";

/**
 * Returns what the accounts hold that moves with a row of Markets, in the currency that the holdings are told in.
 *
 * A currency is what stands in net asset value in it, positions and cash (a future is worth nothing in it), beside the
 * pair of it and the base currency, else of it and the dollar or the euro. An instrument is the exposure (a future's
 * notional) to a series of a watchlist with its symbol, or to the row that a future or fund is made after. Bonds stand
 * beside the ten-year yield, n/a: no statement says a duration. `dayMove` is the value's size times the standard
 * deviation of the row's last 252 daily log returns.
 *
 * @param holdings null where none are known
 */
export function exposureView(
  study: MarketStudy,
  holdings: Holdings | null,
  watchlists: readonly Watchlist[]
): ExposureView {
  const {now} = study;
  const base = holdings?.summary.scope.currency ?? null;
  if (holdings === null || base === null) {
    const reason = "no account's positions are here: import a statement";
    return {now, asOf: null, rows: [], reason};
  }
  const nav = holdings.summary.nav.value === null ? null : parseAmount(holdings.summary.nav.value);
  const row = (
    sum: Sum,
    id: string,
    label: string,
    kind: ExposureRow["kind"],
    usual: number
  ): ExposureRow => {
    const value = sum.reason === null ? sum.amount : null;
    const size = value === null ? NaN : Math.abs(toNumber(value)) * usual;
    return {
      id,
      kind,
      label,
      value: value === null ? null : formatAmount(value),
      base,
      weight: value !== null && nav !== null && nav > 0n ? toNumber(value) / toNumber(nav) : null,
      dayMove: Number.isFinite(size) ? size : null,
      of: sum.of,
      reason: sum.reason
    };
  };
  const currencies = currencySums(holdings, base).map(([currency, sum]) =>
    row(sum, pairOf(currency, base), currency, "currency", usualRate(study.reader, currency, base))
  );
  const instruments = instrumentSums(holdings, watchlists).map(([id, sum]) => {
    const line = study.reader.line(id);
    const {series} = study.reader.find(id);
    const usual = series ? usualChange({...line, changeUnit: "fraction"}, series.values, 1) : NaN;
    return row(sum, id, line.label, "instrument", usual);
  });
  const bonds = holdings.positions.rows.filter(({assetCategory}) => BONDS.has(assetCategory));
  const rates = bonds.length
    ? [
        row(
          {...unknown(bonds), reason: "no duration of the bonds in the statements"},
          TEN_YEARS,
          "Bonds",
          "rates",
          NaN
        )
      ]
    : [];
  return {
    now,
    asOf: holdings.summary.scope.asOf,
    rows: [...currencies, ...instruments, ...rates],
    reason: withoutCash(holdings) ? "cash by currency is not in the statements: tick Cash Report" : null
  };
}

/** Whether there is, or may be, cash that no currency is told of. */
function withoutCash({summary: {cash, leverage}}: Holdings): boolean {
  return cash.length === 0 && leverage.cash.value !== "0";
}

/** An exact sum in base currency, what is in it, and why it cannot be told. */
interface Sum {
  amount: Amount;
  of: string[];
  reason: string | null;
}

class Sums {
  readonly #sums = new Map<string, Sum>();

  add(key: string, of: string, {value, reason}: {value: string | null; reason?: string}): void {
    const sum = this.#sums.get(key) ?? {amount: 0n, of: [], reason: null};
    this.#sums.set(key, sum);
    if (!sum.of.includes(of)) sum.of.push(of);
    if (value === null) sum.reason ??= `${of}: ${reason ?? "no value"}`;
    else sum.amount += parseAmount(value);
  }

  /** Those that are not nothing, by key. */
  list(): [string, Sum][] {
    return [...this.#sums]
      .filter(([, {amount, reason}]) => amount !== 0n || reason !== null)
      .sort(([a], [b]) => compareText(a, b));
  }
}

function currencySums({summary, positions}: Holdings, base: string): [string, Sum][] {
  const sums = new Sums();
  for (const {currency, symbol, inNavBase} of positions.rows) sums.add(currency, symbol, inNavBase);
  for (const {currency, base: value} of summary.cash) sums.add(currency, currency, value);
  return sums.list().filter(([currency]) => currency !== base);
}

function instrumentSums({positions}: Holdings, watchlists: readonly Watchlist[]): [string, Sum][] {
  const watched = new Set(watchlists.flatMap(({ids}) => ids));
  const sums = new Sums();
  for (const position of positions.rows) {
    if (OPTIONS.has(position.assetCategory)) continue;
    for (const id of rowsOfPosition(position, watched)) sums.add(id, position.symbol, position.valueBase);
  }
  return sums.list();
}

function unknown(rows: readonly PositionRow[]): Omit<Sum, "reason"> {
  return {amount: 0n, of: rows.map(({symbol}) => symbol)};
}

/** The row of a pair of the currency: with the base currency, else with the dollar, else with the euro. */
function pairOf(currency: string, base: string): string {
  for (const other of [base, "USD", "EUR"]) {
    const names = [`${currency}/${other}`, `${other}/${currency}`];
    const row = UNIVERSE.find(({panel, label}) => panel === "fx" && names.includes(label));
    if (row) return row.id;
  }
  return `currency:${currency}`;
}

/** Standard deviation of the currency's daily log returns in base currency; NaN without a year of fixings. */
function usualRate(reader: SeriesReader, currency: string, base: string): number {
  const perEuro = (code: string): Daily | null =>
    code === "EUR" ? null : reader.find(`ecb:EUR${code}`).series;
  const [from, to] = [perEuro(currency), perEuro(base)];
  if ((!from && currency !== "EUR") || (!to && base !== "EUR")) return NaN;
  const known = [from, to].flatMap((one) => one ?? []);
  const {values} = joinDays(known, (row) => (from ? (to ? row[1] / row[0] : 1 / row[0]) : row[0]));
  return usualChange({...reader.line(`ecb:EUR${currency}`), changeUnit: "fraction"}, values, 1);
}
