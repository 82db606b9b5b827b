import type {Rows} from "./export.js";
import {table} from "./table.js";

/** Returns the rows behind a chart as a plain table. */
export function rowsTable({columns, rows}: Rows, {label}: {label: string}): HTMLElement {
  const numeric = columns.map((_, i) => rows.every((row) => row[i] === null || typeof row[i] === "number"));
  return table(rows, {
    label: `${label}, as a table`,
    bare: true,
    height: 320,
    columns: columns.map((name, i) => ({
      key: String(i),
      label: name,
      kind: numeric[i] ? "number" : "text",
      digits: 4,
      cell: (row) => row[i]
    }))
  });
}
