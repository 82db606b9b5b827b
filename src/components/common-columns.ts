import {symbolName} from "./labels.js";
import type {Column} from "./table.js";

/** Returns the column of symbols, printed as people know them. */
export function symbolColumn<Row extends {symbol: string}>(): Column<Row> {
  return {
    key: "symbol",
    label: "Symbol",
    kind: "text",
    most: 136,
    cell: (row) => row.symbol,
    print: symbolName
  };
}

/** Returns the column of accounts, out of sight where there is but one. */
export function accountColumn<Row extends {account: string}>(rows: readonly Row[]): Column<Row> {
  return {
    key: "account",
    label: "Account",
    kind: "text",
    cell: (row) => row.account,
    groups: true,
    hidden: new Set(rows.map(({account}) => account)).size < 2
  };
}
