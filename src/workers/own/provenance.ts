import {compareText} from "../../lib/order.js";
import {rowContent, rowKey} from "../../lib/ledger/key.js";
import type {Provenance} from "../../lib/ledger/provenance.js";
import {rowName} from "../../lib/ledger/row-id.js";
import type {TableName} from "../../lib/ledger/tables.js";
import {readRows} from "./rows.js";
import type {Vault} from "./vault.js";

/** Returns where a ledger row comes from: every edition of it in every file, the latest first. */
export async function readProvenance(vault: Vault, table: TableName, id: string): Promise<Provenance[]> {
  const {element, account, key} = rowName(table, id);
  const places = new Map<string, Provenance>();
  for (const file of (await vault.state()).files) {
    const {sha256, name, importedAt, statements} = file;
    for await (const rows of readRows(vault, file, element)) {
      for (const row of rows) {
        if (row.account !== account) continue;
        if (rowKey(row, rowContent(row)).key !== key) continue;
        const {generated} = statements[row.statement];
        const place = {sha256, name, importedAt, generated, fields: row.fields};
        places.set(JSON.stringify(place), place);
      }
    }
  }
  return [...places.values()].toSorted(
    (a, b) => compareText(b.generated, a.generated) || compareText(a.sha256, b.sha256)
  );
}
