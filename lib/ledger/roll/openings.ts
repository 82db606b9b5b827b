import type {Amount} from "../../money/amount.js";
import {baseCurrencies} from "../base-currency.js";
import {BASE_SUMMARY} from "../cash.js";
import {holdingKey} from "../movements/holding.js";
import type {Movement} from "../movements/movement.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {LedgerRow, LedgerTables} from "../tables.js";
import type {Opening} from "./book.js";
import {dayBefore, stretchesOf, type Period} from "./periods.js";

/** What the rolled state of an account begins with, and begins again with after days that no statement covers. */
export interface Openings {
  cash: Opening[];
  holdings: Opening[];
  dividends: Opening[];
  interest: Opening[];
}

/** A ledger's rows by account, of the tables that say a state. */
const rowsByAccount = oncePerLedger((ledger: LedgerTables) => {
  const by = <Row extends {account: string}>(rows: Row[]) => Map.groupBy(rows, ({account}) => account);
  return {
    cash: by(ledger.cash_balances),
    mtm: by(ledger.mtm),
    lots: by(ledger.lots),
    interest: by(ledger.interest_accruals),
    accruals: by(ledger.dividend_accruals),
    changes: by(ledger.dividend_changes),
    bridges: by(ledger.change_in_nav.filter(({part, model}) => part === "startingValue" && !model))
  };
});

/** Returns the openings of an account, one for each stretch of its statements. */
export function openingsOf(ledger: LedgerTables, account: string, movements: readonly Movement[]): Openings {
  const openings: Openings = {cash: [], holdings: [], dividends: [], interest: []};
  const by = rowsByAccount(ledger);
  const base = baseCurrencies(ledger);
  for (const stretch of stretchesOf(ledger).get(account) ?? []) {
    const bridges = by.bridges.get(account) ?? [];
    const empty = bridges.some(({fromDate, amount}) => fromDate === stretch.from && amount === 0n);
    const nothing = opening(stretch.from, "ChangeInNAV.startingValue of 0");
    const add = (kind: keyof Openings, stated: Begin | undefined) => {
      const begin = stated ?? (empty ? nothing : undefined);
      if (begin) openings[kind].push({...begin, day: dayBefore(ledger)(begin.from)});
    };
    add("cash", ofCash(by.cash.get(account) ?? [], stretch, base(account, stretch.from)));
    add(
      "holdings",
      ofHoldings(by.mtm.get(account) ?? [], stretch) ??
        (empty ? undefined : ofLots(by.lots.get(account) ?? [], stretch, movements))
    );
    add("dividends", ofDividends(by.accruals.get(account), by.changes.get(account), stretch));
    add("interest", ofInterest(by.interest.get(account), stretch, base(account, stretch.from)));
  }
  return openings;
}

type Begin = Omit<Opening, "day">;

function opening(from: string, source: string, values: Opening["values"] = new Map()): Begin {
  return {from, source, values};
}

type PeriodRow = {fromDate: string | null};

/** Rows of the statement with which a kind begins in a stretch. */
function first<Row extends PeriodRow>(rows: readonly Row[], {from, to}: Period): Row[] {
  const inside = rows.filter(({fromDate}) => fromDate !== null && fromDate >= from && fromDate <= to);
  const begin = inside.reduce((least, {fromDate}) => (fromDate! < least ? fromDate! : least), "9999-12-31");
  return inside.filter(({fromDate}) => fromDate === begin);
}

function ofCash(
  rows: readonly LedgerRow<"cash_balances">[],
  stretch: Period,
  base: string | null
): Begin | undefined {
  const rowsThen = byCurrency(first(rows, stretch), base);
  return collect(
    rowsThen,
    "CashReport.startingCash",
    ({currency}) => currency,
    ({startingCash}) => startingCash
  );
}

/** Rows by currency; where there is only the sum in base, that stands for the base currency. */
function byCurrency<Row extends {currency: string | null}>(rows: readonly Row[], base: string | null): Row[] {
  const broken = rows.filter(({currency}) => currency !== BASE_SUMMARY);
  return broken.length || !base ? broken : rows.map((row) => ({...row, currency: base}));
}

function ofHoldings(rows: readonly LedgerRow<"mtm">[], stretch: Period): Begin | undefined {
  const rowsThen = first(rows, stretch).filter(({assetCategory}) => assetCategory !== "CASH");
  return collect(
    rowsThen,
    "MTMPerformanceSummary.prevCloseQuantity",
    (row) => holdingKey(row),
    ({prevCloseQuantity}) => prevCloseQuantity
  );
}

/** The first LOT rows of a stretch, rolled back by what moved until then. */
function ofLots(
  rows: readonly LedgerRow<"lots">[],
  {from, to}: Period,
  movements: readonly Movement[]
): Begin | undefined {
  const day = rows.find((row) => row.day >= from && row.day <= to)?.day;
  if (day === undefined) return undefined;
  const values = new Map<string, Amount>();
  const add = (key: string | null, quantity: Amount | null) => {
    if (key && quantity) values.set(key, (values.get(key) ?? 0n) + quantity);
  };
  for (const row of rows) if (row.day === day) add(holdingKey(row), row.position);
  for (const {day: moved, holding, quantity} of movements) {
    if (moved >= from && moved <= day) add(holding, -quantity);
  }
  return opening(from, `OpenPositions lots of ${day}, rolled back`, values);
}

/** The first open accruals of a stretch, rolled back by what was posted until then; none where none is ever open. */
function ofDividends(
  open: readonly LedgerRow<"dividend_accruals">[] | undefined,
  changes: readonly LedgerRow<"dividend_changes">[] | undefined,
  {from, to}: Period
): Begin | undefined {
  const values = new Map<string, Amount>();
  const add = (currency: string | null, amount: Amount | null) => {
    if (currency && amount) values.set(currency, (values.get(currency) ?? 0n) + amount);
  };
  const day = open?.find((row) => row.day >= from && row.day <= to)?.day;
  if (day === undefined) return opening(from, "no OpenDividendAccruals");
  for (const row of open ?? []) if (row.day === day) add(row.currency, row.netAmount);
  for (const row of changes ?? []) {
    if (row.day >= from && row.day <= day) add(row.currency, -(row.netAmount ?? 0n));
  }
  return opening(from, `OpenDividendAccruals of ${day}, rolled back`, values);
}

function ofInterest(
  rows: readonly LedgerRow<"interest_accruals">[] | undefined,
  stretch: Period,
  base: string | null
): Begin | undefined {
  if (!rows) return opening(stretch.from, "no InterestAccruals");
  const rowsThen = byCurrency(first(rows, stretch), base);
  return collect(
    rowsThen,
    "InterestAccruals.startingAccrualBalance",
    ({currency}) => currency,
    ({startingAccrualBalance}) => startingAccrualBalance
  );
}

function collect<Row extends PeriodRow>(
  rows: readonly Row[],
  source: string,
  keyOf: (row: Row) => string | null,
  valueOf: (row: Row) => Amount | null
): Begin | undefined {
  const from = rows[0]?.fromDate;
  if (!from) return undefined;
  const values = new Map<string, Amount>();
  for (const row of rows) {
    const key = keyOf(row);
    const value = valueOf(row);
    if (key && value) values.set(key, value);
  }
  return opening(from, source, values);
}
