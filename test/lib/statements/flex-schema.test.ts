import {expect, it} from "vitest";
import {TABLES, type RowSource, type TableName} from "../../../lib/ledger/tables.js";
import {attributeKind, schemaOf} from "../../../lib/statements/flex-schema.js";

/** Columns that are not one attribute. */
const MADE = new Set(["change_in_nav.part", "change_in_nav.amount", "charges.element"]);

it("attributeKind(schema, name) reads what the ledger books as amounts, days and times as such", () => {
  for (const table of Object.keys(TABLES) as TableName[]) {
    const spec: RowSource & {also?: readonly RowSource[]} = TABLES[table];
    for (const {element, names} of [spec, ...(spec.also ?? [])]) {
      const schema = schemaOf(element);
      for (const [column, kind] of Object.entries(TABLES[table].columns)) {
        if (MADE.has(`${table}.${column}`)) continue;
        const name = names?.[column] ?? column;
        const read = attributeKind(schema, name);
        if (kind === "text")
          expect(["text", "codes", "base", "cashType"], `${element}@${name}`).toContain(read);
        else expect(read, `${element}@${name}`).toBe(kind === "amount" ? "decimal" : kind);
      }
    }
  }
});
