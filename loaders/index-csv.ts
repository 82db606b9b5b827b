import {parse} from "csv-parse/sync";
import {z} from "zod";

const Close = z.object({date: z.iso.date(), close: z.coerce.number().positive()});
const Yield = z.object({date: z.iso.date(), yield: z.coerce.number()});

/**
 * Parses an index's closes: columns date and close, in any case and order.
 * @returns oldest first
 * @throws if a row is malformed: a wrong close is worse than none
 */
export function parseIndex(csv: string): [string, number][] {
  return sorted(
    rowsOf(csv)
      .map((row) => Close.parse(row))
      .map(({date, close}) => [date, close])
  );
}

/** Parses a bill's yields in percent a year: columns date and yield; as `parseIndex`. */
export function parseYields(csv: string): [string, number][] {
  return sorted(
    rowsOf(csv)
      .map((row) => Yield.parse(row))
      .map((row) => [row.date, row.yield])
  );
}

function rowsOf(csv: string): unknown[] {
  const columns = (names: string[]) => names.map((name) => name.trim().toLowerCase());
  return parse(csv, {columns, bom: true, trim: true, skip_empty_lines: true}) as unknown[]; // every row is checked
}

function sorted(rows: [string, number][]): [string, number][] {
  return rows.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Fetches an index's closes from an address. */
export async function fetchIndex(url: string): Promise<[string, number][]> {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok || text.trimStart().startsWith("<")) {
    throw new Error(
      `no index at ${new URL(url).pathname}: the answer is ${response.status}${response.ok ? ", a web page" : ""}`
    );
  }
  return parseIndex(text);
}
