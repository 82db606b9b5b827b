import type {Frame} from "./frame.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

/** Compares the totals that a statement states of its own rows with what these rows add up to. */
export function checkStatement(frame: Frame): void {
  for (const {day, fromDate, toDate, of, item, attribute, stated, added, id} of frame.rows.totals) {
    if (stated === null || added === null) continue;
    const to = toDate ?? day;
    frame.compare(
      {what: "statement", period: frame.periodOf(fromDate ?? to, to)},
      {
        day: to,
        item: [item, attribute].filter(Boolean).join(" "),
        of: `${of ?? "statement"}, as it states`,
        itself: true,
        ours: added,
        theirs: stated,
        tolerance: toleranceOf(finenessOf([stated, added]), 2),
        rows: [id]
      }
    );
  }
}
