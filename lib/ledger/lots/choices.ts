import {parse} from "csv-parse/sync";
import {canonicalDecimal} from "../../money/decimal.js";
import type {LotChoice} from "./lot.js";

/**
 * Returns the lots that a person named: lines of `close,open,quantity`, the row ids of a closing and of an opening and
 * how much of that lot was closed; a first line with these names may stand above.
 * @throws Error for a line that says something else
 */
export function parseChoices(text: string): LotChoice[] {
  const lines: string[][] = parse(text, {
    trim: true,
    skip_empty_lines: true,
    comment: "#",
    relax_column_count: true
  });
  const byClose = new Map<string, {open: string; quantity: string}[]>();
  for (const [i, line] of lines.entries()) {
    if (i === 0 && line.join().toLowerCase() === "close,open,quantity") continue;
    const [close, open, quantity = ""] = line;
    const canonical = canonicalDecimal(quantity);
    if (line.length !== 3 || !close || !open || canonical === undefined || canonical === "0")
      throw new Error(
        `line ${i + 1} of the lots is not understood: ${line.join()}: write the closing row's id, the opening row's id and a quantity, with commas between`
      );
    const lots = byClose.get(close) ?? [];
    lots.push({open, quantity: canonical});
    byClose.set(close, lots);
  }
  return [...byClose].map(([close, lots]) => ({close, lots}));
}
