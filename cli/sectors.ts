import {readFileSync} from "node:fs";
import {parse} from "csv-parse/sync";

/**
 * Reads the person's own `sectors.csv`: columns `symbol` (or `conid`) and `sector`, in any case.
 * @returns symbol or conid -> sector, empty without a file; and what is wrong with it, as a sentence
 */
export function readSectors(file: string): {sectors: Record<string, string>; problem: string | null} {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return {sectors: {}, problem: null};
  }
  try {
    const columns = (names: string[]) => names.map((name) => name.trim().toLowerCase());
    const rows = parse(text, {columns, bom: true, trim: true, skip_empty_lines: true}) as Record<
      string,
      string
    >[]; // by header
    const [first] = rows;
    if (first && (!("sector" in first) || !("symbol" in first || "conid" in first))) {
      return {
        sectors: {},
        problem: `sectors.csv needs the columns symbol and sector: it has ${Object.keys(first).join(", ")}`
      };
    }
    return {
      sectors: Object.fromEntries(rows.map(({symbol, conid, sector}) => [symbol || conid, sector])),
      problem: null
    };
  } catch (error) {
    return {sectors: {}, problem: `sectors.csv cannot be read: ${(error as Error).message}`};
  }
}
