import {table} from "../table.js";
import type {ColumnStatistics} from "./dataset-view.js";

/** Returns what each column's values are like, a row a column. */
export function statisticsTable(statistics: readonly ColumnStatistics[], label: string): HTMLElement {
  const numbers = [
    ["mean", "Mean"],
    ["deviation", "Deviation"],
    ["q1", "1st quartile"],
    ["median", "Median"],
    ["q3", "3rd quartile"]
  ] as const;
  return table(statistics, {
    label,
    bare: true,
    columns: [
      {key: "name", label: "Column", kind: "text", cell: ({name}) => name},
      {key: "type", label: "Type", kind: "text", cell: ({type}) => type},
      {key: "given", label: "Given", kind: "number", digits: 0, cell: ({given}) => given},
      {key: "missing", label: "Missing", kind: "number", digits: 0, cell: ({missing}) => missing},
      {key: "distinct", label: "Distinct, about", kind: "number", digits: 0, cell: ({distinct}) => distinct},
      {key: "least", label: "Least", kind: "text", cell: ({least}) => short(least), most: 150},
      {key: "most", label: "Most", kind: "text", cell: ({most}) => short(most), most: 150},
      ...numbers.map(([key, name]) => ({
        key,
        label: name,
        kind: "number" as const,
        digits: 4,
        cell: (row: ColumnStatistics) => row[key]
      }))
    ]
  });
}

/** A number as DuckDB writes it may have sixteen digits. */
function short(text: string | null): string | null {
  if (text === null || !/^-?\d+\.\d{7,}/.test(text)) return text;
  return String(Number(Number(text).toPrecision(8)));
}
