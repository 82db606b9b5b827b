import type {Amount} from "../../money/amount.js";
import type {HeldValue, RolledNav} from "../roll/nav.js";
import type {LedgerRow} from "../tables.js";
import {unsureCash} from "./cash.js";
import type {Frame} from "./frame.js";
import {byLake} from "./lake-nav.js";
import type {Comparison} from "./sheet.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

type Row = LedgerRow<"nav">;
type Column = Exclude<keyof Row, "id" | "account" | "day" | "total">;

/** Columns of EquitySummary that hold what is held, by IBKR's asset category. Those of other categories are not told apart. */
const COLUMN_OF: Readonly<Record<string, Column>> = {
  STK: "stock",
  OPT: "options",
  FOP: "options",
  BOND: "bonds",
  BILL: "bonds",
  FUND: "funds",
  CRYPTO: "crypto",
  CMDTY: "commodities",
  CFD: "cfdUnrealizedPl",
  FXCFD: "forexCfdUnrealizedPl"
};

const COLUMNS = [
  "cash",
  "slbCashCollateral",
  "stock",
  "ipoSubscription",
  "slbDirectSecuritiesBorrowed",
  "slbDirectSecuritiesLent",
  "options",
  "bonds",
  "commodities",
  "notes",
  "funds",
  "crypto",
  "dividendAccruals",
  "interestAccruals",
  "softDollars",
  "forexCfdUnrealizedPl",
  "cfdUnrealizedPl"
] as const satisfies Column[];

/** Columns of what is held: compared one by one where every holding's column is known. */
const HELD = [...new Set(Object.values(COLUMN_OF))];

/** Columns that have to be there for a row to be the sum of its columns. */
const ALWAYS = ["cash", "stock", "options", "bonds", "dividendAccruals", "interestAccruals"] as const;

/**
 * Compares our net asset value with EquitySummary, its columns one by one, and each row with the sum of its columns.
 * Days within a longer statement, of which no prices are given, are not compared.
 */
export function checkNav(frame: Frame): void {
  const {nav} = frame.rows;
  if (!nav.length) return frame.lacks("nav", "Net Asset Value (NAV) in Base");
  const closings = new Set(frame.closings);
  for (const [day, rows] of Map.groupBy(nav, (row) => row.day)) {
    const place = {what: "nav" as const, period: frame.periodAt(day)};
    for (const row of rows) checkColumnsAddUp(frame, place, row);
    const ours = frame.nav(day);
    const onlyMarks = ours.unknown.length > 0 && ours.unknown.every(({why}) => why.kind === "mark");
    const isBefore = frame.roll.cash.openings.length > 0 && !frame.roll.cash.openingOf(day);
    if (isBefore || (onlyMarks && !closings.has(day))) continue;
    checkDay(frame, place, ours, rows);
  }
}

type Place = {what: "nav"; period: string};

function checkColumnsAddUp(frame: Frame, place: Place, row: Row): void {
  if (row.total === null || ALWAYS.some((name) => row[name] === null)) return;
  const parts = COLUMNS.map((name) => row[name]);
  frame.compare(place, {
    day: row.day,
    item: "total",
    of: "EquitySummary.total (the sum of its columns)",
    itself: true,
    ours: parts.reduce<Amount>((sum, part) => sum + (part ?? 0n), 0n),
    theirs: row.total,
    tolerance: toleranceOf(fineness(row), parts.filter((part) => part).length + 1),
    rows: [row.id]
  });
}

function checkDay(frame: Frame, place: Place, ours: RolledNav, rows: readonly Row[]): void {
  const {day} = ours;
  const sums = (name: Column | "total") => {
    const stated = rows.map((row) => row[name]).filter((amount) => amount !== null);
    return stated.length ? stated.reduce((sum, amount) => sum + amount, 0n) : null;
  };
  const finest = Math.max(...rows.map(fineness));
  const ids = rows.map(({id}) => id);
  const line = (
    name: string,
    of: ReadonlySet<string>,
    figures: number,
    held: readonly HeldValue[] = []
  ): Comparison => {
    const tolerance = toleranceOf(finest, figures + 1) + frame.rounding(held, day);
    return {
      day,
      item: name,
      of: `EquitySummary.${name}`,
      ours: null,
      theirs: null,
      tolerance,
      rows: ids,
      series: `nav/${name}`,
      unsure: name === "cash" || name === "total" ? unsureCash(frame, null, day) : null,
      explain: (difference) => frame.known.explain(day, difference, tolerance, of)
    };
  };
  const part = (
    name: "cash" | "dividendAccruals" | "interestAccruals",
    of: "cash" | "dividends" | "interest"
  ) => {
    const theirs = sums(name);
    if (theirs === null) return;
    const why = ours.unknown.find((unknown) => unknown.of === of)?.why;
    if (why?.kind === "opening" && theirs === 0n) return;
    const stated = {...line(name, new Set([of]), frame.roll[of].series.size), ours: ours[of], theirs};
    frame.compare(place, why ? byLake(frame, place, ours, stated, why, (nav) => nav[of]) : stated);
  };
  part("cash", "cash");
  part("dividendAccruals", "dividends");
  part("interestAccruals", "interest");
  const isTold = ours.holdings.every(({holding}) => columnOf(holding.assetCategory) !== undefined);
  const byColumn = Map.groupBy(ours.holdings, ({holding}) => columnOf(holding.assetCategory));
  for (const name of isTold ? HELD : []) {
    const theirs = sums(name);
    const held = byColumn.get(name) ?? [];
    if (theirs === null || (!held.length && theirs === 0n)) continue;
    const why = ours.unknown.find(({of, why: {kind}}) => of === "holdings" && kind === "opening")?.why;
    const missing = why ?? held.find(({unknown}) => unknown)?.unknown;
    const stated = {...line(name, new Set(["holdings", "marks"]), held.length, held), theirs};
    const inColumn = ({holdings}: RolledNav) =>
      sumOf(holdings.filter(({holding}) => columnOf(holding.assetCategory) === name));
    frame.compare(
      place,
      missing ? byLake(frame, place, ours, stated, missing, inColumn) : {...stated, ours: sumOf(held)}
    );
  }
  checkTotal(frame, place, ours, {theirs: sums("total"), line});
}

function checkTotal(
  frame: Frame,
  place: Place,
  ours: RolledNav,
  {
    theirs,
    line
  }: {
    theirs: Amount | null;
    line: (name: string, of: ReadonlySet<string>, figures: number, held: readonly HeldValue[]) => Comparison;
  }
): void {
  if (theirs === null) return;
  const {unknown, base, holdings, total} = ours;
  const {roll} = frame;
  const figures =
    holdings.length + roll.cash.series.size + roll.dividends.series.size + roll.interest.series.size;
  const stated = {...line("total", ALL, figures, holdings), item: base ?? "total", ours: total, theirs};
  frame.compare(
    place,
    unknown.length ? byLake(frame, place, ours, stated, unknown[0].why, (nav) => nav.total) : stated
  );
}

const ALL = new Set(["cash", "holdings", "dividends", "interest", "marks"]);

function columnOf(assetCategory: string | null): Column | "none" | undefined {
  if (assetCategory === "FUT" || assetCategory === "FSFOP") return "none";
  return COLUMN_OF[assetCategory ?? ""];
}

function sumOf(held: readonly HeldValue[]): Amount | null {
  return held.reduce<Amount | null>(
    (sum, {inBase}) => (sum === null || inBase === null ? null : sum + inBase),
    0n
  );
}

/** The decimals that a row prints: of its finest column. */
function fineness(row: Row): number {
  return finenessOf([row.total, ...COLUMNS.map((name) => row[name])]);
}
