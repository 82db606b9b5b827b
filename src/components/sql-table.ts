import {DataType, type Field, type Table} from "apache-arrow";
import {table, type Column} from "./table.js";

/** What a query answers, a row as an object. */
type Row = Readonly<Record<string, unknown>>;

/**
 * Returns the answer of a `sql` cell as a table: dates as ISO days, figures to the right, NULL empty, `percent` as such;
 * with a bar to filter, copy and download unless it is bare.
 */
export function sqlTable(
  answer: Table,
  label: string,
  {percent = [], bare = true}: {percent?: readonly string[]; bare?: boolean} = {}
): HTMLElement {
  const rows = answer.toArray().map((row) => (row as {toJSON(): Row}).toJSON()); // Arrow's rows make themselves plain
  return table(rows, {
    label,
    bare,
    height: 320,
    columns: answer.schema.fields.map((field) => columnOf(field, rows, percent.includes(field.name)))
  });
}

function columnOf({name, type}: Field, rows: readonly Row[], isPercent: boolean): Column<Row> {
  const isNumber = DataType.isInt(type) || DataType.isFloat(type) || DataType.isDecimal(type);
  const isWhole = isNumber && rows.every((row) => Number.isInteger(Number(row[name] ?? 0)));
  const isSmall = rows.every((row) => Math.abs(Number(row[name] ?? 0)) < 1);
  return {
    key: name,
    label: name.replaceAll("_", " "),
    kind: isPercent ? "percent" : isNumber && !(isWhole && /year/i.test(name)) ? "number" : "text",
    digits: isPercent ? 2 : isWhole ? 0 : isSmall ? 6 : 2,
    cell: (row) => {
      const value = row[name];
      if (value === null || value === undefined) return null;
      if (DataType.isDate(type) || DataType.isTimestamp(type)) {
        return new Date(value as number | Date).toISOString().slice(0, 10);
      }
      return isNumber ? Number(value) : `${value as string | boolean}`;
    }
  };
}
