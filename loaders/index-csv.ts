import {parse} from "csv-parse/sync";
import {z} from "zod";

const Close = z.object({date: z.iso.date(), close: z.coerce.number().positive()});

/**
 * Parses an index's closes: columns date and close.
 * @returns oldest first
 * @throws if a row is malformed: a wrong close is worse than none
 */
export function parseIndex(csv: string): [string, number][] {
  const rows = parse(csv, {columns: true, skip_empty_lines: true}) as unknown[]; // every row is checked below
  return rows
    .map((row) => Close.parse(row))
    .map(({date, close}): [string, number] => [date, close])
    .sort(([a], [b]) => (a < b ? -1 : 1));
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
