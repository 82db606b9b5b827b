import {expect, it} from "vitest";
import {TABLES} from "../../../lib/ledger/tables.js";
import {attributeKind, schemaOf} from "../../../lib/statements/flex-schema.js";

const OF_PARTS = new Set(["part", "amount"]);

it("attributeKind(schema, name) reads what the ledger books as amounts, days and times as such", () => {
  for (const {element, columns} of Object.values(TABLES)) {
    const schema = schemaOf(element);
    for (const [name, kind] of Object.entries(columns)) {
      if (element === "ChangeInNAV" && OF_PARTS.has(name)) continue;
      const read = attributeKind(schema, name);
      if (kind === "text")
        expect(["text", "codes", "base", "cashType"], `${element}@${name}`).toContain(read);
      else expect(read, `${element}@${name}`).toBe(kind === "amount" ? "decimal" : kind);
    }
  }
});
