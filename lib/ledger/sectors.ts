import {parse} from "csv-parse/sync";

/**
 * Returns the sector of each symbol or conid in a person's own `sectors.csv`: columns `symbol` (or `conid`) and
 * `sector`, in any case and order.
 *
 * @param csv the file's text; empty gives no sectors
 * @throws Error when a column is missing or a line has other columns than the first
 */
export function parseSectors(csv: string): Record<string, string> {
  const header = (names: string[]) => names.map((name) => name.trim().toLowerCase());
  const rows = parse(csv, {columns: header, bom: true, trim: true, skip_empty_lines: true}) as Row[]; // by header
  const [first] = rows;
  if (first && (first.sector === undefined || (first.symbol ?? first.conid) === undefined)) {
    throw new Error(
      `sectors.csv needs the columns symbol and sector: it has ${Object.keys(first).join(", ")}`
    );
  }
  return Object.fromEntries(rows.map(({symbol, conid, sector}) => [symbol || conid, sector]));
}

type Row = Partial<Record<"symbol" | "conid" | "sector", string>>;
