/** Books of the second ledger from the rows of statements: the parser's rows are the last thing it shares with ours. */
import {FlexXmlParser} from "../../lib/statements/flex-xml.js";
import type {StatementRow} from "../../lib/statements/statement.js";
import type {Books} from "./figures.js";
import {Market} from "./market.js";
import {inOrder} from "./replay.js";

/** Returns the rows of a Flex file. */
export function rowsOfFlex(xml: string): StatementRow[] {
  const rows: StatementRow[] = [];
  const parser = new FlexXmlParser({statement: () => {}, row: (row) => rows.push(row)});
  parser.write(xml);
  parser.close();
  return rows;
}

/** Returns the books that rows of one file say. */
export function readBooks(rows: readonly StatementRow[]): Books {
  const dated = rows.map((row) => ({...row, day: row.day || row.to}));
  const base = rows.find(({element}) => element === "AccountInformation")?.fields["currency"] ?? "";
  return {rows: inOrder(dated), market: Market.of(dated), base, opening: []};
}
