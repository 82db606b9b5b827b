import type {Amount} from "../../money/amount.js";
import {addDays} from "../../time/day.js";
import {holdingKey} from "../movements/holding.js";
import {Series} from "../roll/series.js";
import type {LedgerRow} from "../tables.js";
import type {Frame} from "./frame.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

type Change = LedgerRow<"dividend_changes">;
type Cash = LedgerRow<"cash">;

/**
 * Compares what is accrued of each instrument with OpenDividendAccruals, and what was paid with what was accrued: the
 * dividend of each accrual that was taken back on its pay date.
 */
export function checkDividends(frame: Frame): void {
  const {dividend_changes, dividend_accruals} = frame.rows;
  if (dividend_accruals.length) checkOpen(frame);
  if (dividend_changes.length) checkPaid(frame);
}

function checkOpen(frame: Frame): void {
  const {dividend_accruals: open, dividend_changes: changes} = frame.rows;
  const stated = Map.groupBy(open, ({day}) => day);
  const days = [...new Set([...stated.keys(), ...frame.closings])].sort();
  // A query that tells what is held tells what is accrued, too.
  const held = new Set(frame.rows.positions.map(({day}) => day));
  const openings = new Set(frame.roll.dividends.openings.map(({from}) => from));
  const rolled = rollByHolding(changes);
  const offsets = new Map<string, Amount>();
  let known = false;
  for (const [i, day] of days.entries()) {
    const rows = stated.get(day) ?? [];
    const ticked =
      rows.length > 0 || held.has(day) || (stated.has(days[i - 1] ?? "") && stated.has(days[i + 1] ?? ""));
    if (!ticked) continue;
    const theirs = Map.groupBy(rows, (row) => holdingKey(row) ?? "");
    const keys = new Set([...theirs.keys(), ...rolled.keys(), ...offsets.keys()]);
    const restarts = openings.has(day);
    for (const key of keys) {
      const own = theirs.get(key) ?? [];
      const amount = own.reduce((sum, {netAmount}) => sum + (netAmount ?? 0n), 0n);
      const before = (rolled.get(key)?.at(day) ?? 0n) + (offsets.get(key) ?? 0n);
      if (!known) {
        offsets.set(key, amount - before);
        continue;
      }
      if (!own.length && before === 0n) continue;
      const finest = finenessOf(own.map(({netAmount}) => netAmount));
      frame.compare(
        {what: "dividends", period: frame.periodAt(day)},
        {
          day,
          item: frame.symbol(key),
          holding: key,
          of: "OpenDividendAccruals.netAmount",
          ours: before,
          theirs: amount,
          tolerance: toleranceOf(finest, own.length + 1),
          rows: own.map(({id}) => id),
          series: `accrual/${key}`,
          explain: () =>
            restarts
              ? {
                  code: "missing-day",
                  sentence: `no statement of ${frame.dayBefore(day)}: history begins again on ${day}`
                }
              : null
        }
      );
      const currency = own[0]?.currency ?? frame.holding(key)?.currency ?? null;
      frame.known.note(day, "dividends", frame.symbol(key), frame.inBase(before - amount, currency, day));
      if (restarts) offsets.set(key, (offsets.get(key) ?? 0n) + amount - before);
    }
    known = true;
  }
}

function rollByHolding(changes: readonly Change[]): Map<string, Series> {
  const rolled = new Map<string, Series>();
  for (const row of changes) {
    const key = holdingKey(row);
    if (key === null || !row.netAmount) continue;
    const series = rolled.get(key) ?? new Series();
    series.add(row.day, row.netAmount);
    rolled.set(key, series);
  }
  return rolled;
}

/** Days between the pay date and the day on which IBKR books it. */
const LATE_DAYS = 10;

const DIVIDENDS = new Set(["Dividends", "Payment In Lieu Of Dividends"]);
const TAXES = new Set(["Withholding Tax", "871(m) Withholding"]);

/** What is taken back on or after its pay date was paid; what is taken back earlier, or posted again on the day, was not. */
function checkPaid(frame: Frame): void {
  const {dividend_changes: changes, cash, transfers} = frame.rows;
  const moved = new Set(transfers.map(({day}) => day));
  const paid = Map.groupBy(
    cash.filter(({type}) => DIVIDENDS.has(type ?? "") || TAXES.has(type ?? "")),
    (row) => holdingKey(row) ?? ""
  );
  const groups = Map.groupBy(changes, (row) => `${row.day}/${holdingKey(row)}/${row.exDate}`);
  for (const rows of groups.values()) {
    const [{day, payDate}] = rows;
    const gross = rows.reduce((sum, row) => sum + (row.grossAmount ?? 0n), 0n);
    const tax = rows.reduce((sum, row) => sum + (row.tax ?? 0n), 0n);
    const isTakenBack = rows.every(({code}) => code === "Re");
    if (!isTakenBack || !payDate || payDate > day || moved.has(day) || !gross) continue;
    const key = holdingKey(rows[0]) ?? "";
    const until = addDays(day, LATE_DAYS);
    const theirs = (paid.get(key) ?? []).filter(
      (row) =>
        row.day >= payDate && row.day <= until && (row.exDate === null || row.exDate === rows[0].exDate)
    );
    if (!theirs.length && until > (frame.closings.at(-1) ?? "")) continue;
    comparePaid(frame, rows, theirs, {gross: -gross, tax: -tax, key});
  }
}

function comparePaid(
  frame: Frame,
  accruals: readonly Change[],
  paid: readonly Cash[],
  {gross, tax, key}: {gross: Amount; tax: Amount; key: string}
): void {
  const {day} = accruals[0];
  const place = {what: "dividends" as const, period: frame.periodAt(day)};
  const sides = [
    ["gross", gross, paid.filter(({type}) => DIVIDENDS.has(type ?? "")), 1n],
    ["tax", tax, paid.filter(({type}) => TAXES.has(type ?? "")), -1n]
  ] as const;
  for (const [name, accrued, rows, sign] of sides) {
    if (rows.some(({code}) => code?.split(";").includes("Re"))) continue; // taken back and paid again later
    const ids = rows.map(({id}) => id);
    const amounts = rows.map(({amount}) => amount);
    const tolerance = toleranceOf(finenessOf([accrued, ...amounts]), rows.length + accruals.length);
    frame.compare(place, {
      day,
      item: `${frame.symbol(key)} ${name}`,
      holding: key,
      of: `ChangeInDividendAccruals.${name === "gross" ? "grossAmount" : "tax"}, paid`,
      ours: sign * amounts.reduce<Amount>((sum, amount) => sum + (amount ?? 0n), 0n),
      theirs: accrued,
      tolerance,
      rows: [...ids, ...accruals.map(({id}) => id)],
      explain: (_, step) => frame.changes.explain(ids, step, tolerance)
    });
  }
}
