import {formatAmount, type Amount} from "../../money/amount.js";
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
  /** Stretches of which nothing says the dividends that were accrued before. */
  unknownDividends: Period[];
  problems: RollProblem[];
}

/** A lot that was opened after history begins, without a movement that opened it: it is not in the opening. */
export interface RollProblem {
  /** Day of the lot's section. */
  day: string;
  /** Key of the holding. */
  holding: string;
  quantity: Amount;
  sentence: string;
}

type Kind = Exclude<keyof Openings, "problems" | "unknownDividends">;

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
  const openings: Openings = {
    cash: [],
    holdings: [],
    dividends: [],
    interest: [],
    problems: [],
    unknownDividends: []
  };
  const by = rowsByAccount(ledger);
  const base = baseCurrencies(ledger);
  for (const stretch of stretchesOf(ledger).get(account) ?? []) {
    const bridges = by.bridges.get(account) ?? [];
    const empty = bridges.some(({fromDate, amount}) => fromDate === stretch.from && amount === 0n);
    const nothing = opening(stretch.from, "ChangeInNAV.startingValue of 0");
    const add = (kind: Kind, stated: Begin | undefined) => {
      const begin = stated ?? (empty ? nothing : undefined);
      if (begin) openings[kind].push(placed(ledger, begin));
    };
    add("cash", ofCash(by.cash.get(account) ?? [], stretch, base(account, stretch.from)));
    add(
      "holdings",
      ofHoldings(by.mtm.get(account) ?? [], stretch) ??
        (empty ? undefined : ofLots(by.lots.get(account) ?? [], stretch, movements, openings.problems))
    );
    const dividends = ofDividends(by.accruals.get(account), by.changes.get(account), stretch);
    add("dividends", dividends);
    if (!dividends && !empty) openings.unknownDividends.push(stretch);
    add("interest", ofInterest(by.interest.get(account), stretch, base(account, stretch.from)));
  }
  return openings;
}

/** Returns accrued interest as the statement that begins on a day says it; undefined where none does. */
export function interestFrom(
  ledger: LedgerTables,
  rows: readonly LedgerRow<"interest_accruals">[],
  from: string,
  base: string | null
): Opening | undefined {
  const begin = ofInterest(rows, {from, to: from}, base);
  return begin && placed(ledger, begin);
}

/** An opening before its day is known. */
type Begin = Omit<Opening, "day">;

function opening(
  from: string,
  source: string,
  values: Opening["values"] = new Map(),
  taken: Opening["taken"] = null
): Begin {
  return {from, source, values, taken};
}

function placed(ledger: LedgerTables, begin: Begin): Opening {
  return {...begin, day: dayBefore(ledger)(begin.from)};
}

/** An opening made of what a section says of the end of a later day. */
function rolledBack(
  from: string,
  taken: NonNullable<Opening["taken"]>,
  values: Opening["values"],
  what = ""
): Begin {
  return opening(from, `${taken.section}${what} of ${taken.day}, rolled back`, values, taken);
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

/**
 * The first LOT rows of a stretch, rolled back by what moved until then. What was opened since and by no movement was not
 * held before: it is a problem, and no part of the opening.
 */
function ofLots(
  rows: readonly LedgerRow<"lots">[],
  {from, to}: Period,
  movements: readonly Movement[],
  problems: RollProblem[]
): Begin | undefined {
  const day = rows.find((row) => row.day >= from && row.day <= to)?.day;
  if (day === undefined) return undefined;
  const values = new Map<string, Amount>();
  const lots = Map.groupBy(
    rows.filter((row) => row.day === day && row.position),
    (row) => holdingKey(row)
  );
  const moved = movements.filter((one) => one.quantity && one.day >= from && one.day <= day);
  for (const [key, own] of lots) {
    if (key === null) continue;
    const missing = unopened(
      own.filter(({openDateTime}) => openDateTime && openDateTime.slice(0, 10) >= from),
      moved.filter(({holding}) => holding === key)
    );
    values.set(key, own.reduce((sum, {position}) => sum + (position ?? 0n), 0n) - missing);
    if (!missing) continue;
    const what = `${formatAmount(missing)} of ${own[0].symbol ?? key}`;
    const sentence = `OpenPositions lots of ${day} have ${what} opened since ${from} by no trade or transfer: import the statement that has it`;
    problems.push({day, holding: key, quantity: missing, sentence});
  }
  for (const {holding, quantity} of moved) {
    if (holding !== null) values.set(holding, (values.get(holding) ?? 0n) - quantity);
  }
  return rolledBack(from, {section: "OpenPositions", day}, values, " lots");
}

/** What lots have more than movements brought. */
function unopened(lots: readonly LedgerRow<"lots">[], moved: readonly Movement[]): Amount {
  const sum = (quantities: readonly Amount[]) => quantities.reduce((all, one) => all + one, 0n);
  const held = lots.map(({position}) => position ?? 0n);
  const brought = moved.map(({quantity}) => quantity);
  const long = sum(held.filter((one) => one > 0n)) - sum(brought.filter((one) => one > 0n));
  const short = sum(held.filter((one) => one < 0n)) - sum(brought.filter((one) => one < 0n));
  return (long > 0n ? long : 0n) + (short < 0n ? short : 0n);
}

/** The first open accruals of a stretch, rolled back by what was posted until then; none where none is ever open or posted. */
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
  if (day === undefined) {
    const isPosted = changes?.some((row) => row.day >= from && row.day <= to);
    return isPosted ? undefined : opening(from, "no OpenDividendAccruals");
  }
  for (const row of open ?? []) if (row.day === day) add(row.currency, row.netAmount);
  for (const row of changes ?? []) {
    if (row.day >= from && row.day <= day) add(row.currency, -(row.netAmount ?? 0n));
  }
  return rolledBack(from, {section: "OpenDividendAccruals", day}, values);
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
