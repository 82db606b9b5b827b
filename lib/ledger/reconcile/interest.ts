import type {Amount} from "../../money/amount.js";
import {BASE_SUMMARY} from "../cash.js";
import type {Frame} from "./frame.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

/** Compares accrued interest by currency with InterestAccruals: rolled from the first starting balance by what accrued and was taken back. */
export function checkInterest(frame: Frame): void {
  const {interest_accruals} = frame.rows;
  const {interest} = frame.roll;
  const statements = Map.groupBy(interest_accruals, ({fromDate, toDate}) => `${toDate}/${fromDate}`);
  for (const key of [...statements.keys()].sort()) {
    const rows = statements.get(key)!; // its own key
    const broken = rows.filter(({currency}) => currency !== BASE_SUMMARY);
    const {fromDate, toDate, day} = rows[0];
    const to = toDate ?? day;
    const from = fromDate ?? to;
    const place = {what: "interest" as const, period: frame.periodOf(from, to)};
    const fineness = finenessOf(
      rows.flatMap((row) => [row.startingAccrualBalance, row.endingAccrualBalance])
    );
    for (const row of rows) {
      const {currency, endingAccrualBalance: theirs, id} = row;
      if (!currency || theirs === null) continue;
      const isSum = currency === BASE_SUMMARY;
      const isOwn = isSum ? !broken.length : true;
      const {unknown, interest: inBase, base} = frame.nav(to);
      const why = unknown.find(({of}) => of === "interest")?.why;
      const ours: Amount | null = isSum ? inBase : interest.openingOf(to) ? interest.at(currency, to) : null;
      const tolerance = toleranceOf(fineness, (isSum ? interest.series.size : 0) + 4);
      frame.compare(place, {
        day: to,
        item: isSum ? (base ?? "base") : currency,
        of: `InterestAccruals.endingAccrualBalance${isSum ? " (BASE_SUMMARY)" : ""}`,
        ours,
        theirs,
        tolerance,
        rows: [id],
        series: `interest/${currency}`,
        ...(ours === null && why && {lack: frame.lack(why)}),
        explain: (difference) =>
          missedDay(frame, to, currency) ??
          (isSum ? frame.known.explain(to, difference, tolerance, new Set(["interest"])) : null)
      });
      if (isOwn && ours !== null && !isSum) {
        frame.known.note(to, "interest", currency, frame.inBase(ours - theirs, currency, to));
      }
      checkRow(frame, place, row, to);
    }
  }
}

/** Whether history began again on that day with another balance. */
function missedDay(frame: Frame, day: string, currency: string) {
  const restart = frame.roll.interest.restarts.find((one) => one.from === day && one.key === currency);
  if (!restart) return null;
  const before = frame.dayBefore(day);
  return {
    code: "missing-day" as const,
    sentence: `no statement of ${before}: history begins again on ${day}`
  };
}

/** A row adds up: start + accrued + taken back + translation = end. */
function checkRow(
  frame: Frame,
  place: {what: "interest"; period: string},
  row: Frame["rows"]["interest_accruals"][number],
  to: string
): void {
  const {
    startingAccrualBalance: start,
    endingAccrualBalance: theirs,
    interestAccrued,
    accrualReversal,
    fxTranslation
  } = row;
  if (start === null || theirs === null) return;
  const parts = [start, interestAccrued ?? 0n, accrualReversal ?? 0n, fxTranslation ?? 0n];
  frame.compare(place, {
    day: to,
    item: row.currency ?? "",
    of: "InterestAccruals.endingAccrualBalance (the sum of its row)",
    itself: true,
    ours: parts.reduce((sum, part) => sum + part, 0n),
    theirs,
    tolerance: toleranceOf(finenessOf([...parts, theirs]), 5),
    rows: [row.id]
  });
}
