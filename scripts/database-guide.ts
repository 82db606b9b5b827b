/** Writes the list of tables in guides/database.md anew from lib/ledger/tables.ts. */
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {columnsOf, TABLE_NAMES} from "../bridge/store/ledger-tables.js";
import {root} from "../config.js";
import {TABLES, type RowSource} from "../lib/ledger/tables.js";

export const GUIDE = join(root, "guides", "database.md");
const BETWEEN = /(<!-- tables -->\n)[^]*?(<!-- \/tables -->)/;
const MARKS = {text: "", date: " (date)", time: " (time)", amount: " (decimal)"} as const;

/** Returns the ledger's tables in Markdown: what each is made of, and its columns. */
export function tablesInMarkdown(): string {
  return TABLE_NAMES.map((name) => {
    const {section, element, also = []}: RowSource & {also?: readonly RowSource[]} = TABLES[name];
    const sources = [{section, element}, ...also].map(
      (one) => `\`${one.section}\`, element \`${one.element}\``
    );
    const columns = columnsOf(name).map(([column, kind]) => `\`${column}\`${MARKS[kind]}`);
    return `### ${name}\n\nFrom ${sources.join("; ")}.\n\n${columns.join(", ")}.\n`;
  }).join("\n");
}

/** Returns the guide with the list as it is to be. */
export function withTables(guide: string): string {
  return guide.replace(BETWEEN, (_, start: string, end: string) => `${start}\n${tablesInMarkdown()}\n${end}`);
}

if (import.meta.main) writeFileSync(GUIDE, withTables(readFileSync(GUIDE, "utf8")));
