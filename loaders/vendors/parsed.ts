import {parse} from "csv-parse/sync";
import type {z} from "zod";
import {type Ask, VendorError} from "./vendor.js";

/** Returns JSON of the form that a vendor's replies have. @throws VendorError `truncated`, `changed-format` */
export function parsedJson<T>(schema: z.ZodType<T>, text: string, source: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new VendorError(
      "truncated",
      `the reply of ${source} is no whole JSON: ${text.length} characters: pull again`,
      {cause: error}
    );
  }
  return checked(schema, value, source);
}

/** Returns a value once it has the form asked for. @throws VendorError `changed-format`, saying where it differs */
export function checked<T>(schema: z.ZodType<T>, value: unknown, source: string): T {
  const {data, error} = schema.safeParse(value);
  if (!error) return data as T; // parsed
  const [{path, message}] = error.issues;
  throw new VendorError(
    "changed-format",
    `${source} has changed its format: ${path.join(".") || "the reply"}: ${message}: update Tearsheet, or report it`
  );
}

/**
 * Returns the lines of a CSV by the names in its header.
 * @throws VendorError `changed-format` when a column is missing, `truncated` when a line breaks off
 */
export function parsedCsv(
  text: string,
  columns: readonly string[],
  source: string
): Record<string, string>[] {
  const broken = `the reply of ${source} breaks off: pull again`;
  if (!text.endsWith("\n")) throw new VendorError("truncated", broken);
  let header: string[] = [];
  let rows: Record<string, string>[];
  try {
    rows = parse(text, {
      bom: true,
      skip_empty_lines: true,
      trim: true,
      columns: (names: string[]) => (header = names)
    });
  } catch (error) {
    throw new VendorError("truncated", broken, {cause: error});
  }
  const missing = columns.find((column) => !header.includes(column));
  if (missing !== undefined) {
    throw new VendorError(
      "changed-format",
      `${source} has changed its columns: no ${missing} among ${header.join(", ") || "none"}: update Tearsheet, or report it`
    );
  }
  return rows;
}

/** Returns the error of a vendor that has a symbol, and no row of it on the days asked for. */
export function noData(source: string, {symbol, from, to}: Ask): VendorError {
  return new VendorError("no-data", `${source} has nothing of ${symbol} from ${from} to ${to}`);
}
