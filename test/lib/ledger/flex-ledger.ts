import {assemble, summarizeChange} from "../../../lib/ledger/assemble.js";
import {Intake} from "../../../lib/ledger/intake.js";
import type {LedgerTables} from "../../../lib/ledger/tables.js";
import type {ChangeSummary} from "../../../lib/ledger/views.js";
import {FlexCsvParser} from "../../../lib/statements/flex-csv/flex-csv.js";
import {FlexXmlParser} from "../../../lib/statements/flex-xml.js";
import {Inspector} from "../../../lib/statements/inspect.js";
import type {StatementRow, StatementSink} from "../../../lib/statements/statement.js";

/** Returns the ledger of Flex files, XML or CSV, and what changed between them, in memory. */
export function ledgerOfFlex(files: readonly Iterable<string>[]): {
  ledger: LedgerTables;
  changes: ChangeSummary[];
} {
  const {ledger, changes} = assemble(files.map(read));
  return {ledger, changes: changes.map((change) => summarizeChange(change, "2026-04-15T12:00:00Z"))};
}

function read(chunks: Iterable<string>, n: number) {
  const rows: StatementRow[] = [];
  const intake = new Intake((row) => rows.push(row));
  const inspector = new Inspector();
  const sink: StatementSink = {
    statement(header) {
      intake.statement(header);
      inspector.statement(header);
    },
    row(row) {
      intake.row(row);
      inspector.row(row);
    }
  };
  const texts = [...chunks];
  const parser = texts[0].startsWith("<") ? new FlexXmlParser(sink) : new FlexCsvParser(sink);
  for (const text of texts) parser.write(text);
  parser.close();
  const bases = inspector.inspect().map(({base}) => base);
  const statements = intake.statements.map((header, i) => ({...header, base: bases[i]}));
  return {sha256: String(n), statements, presence: intake.presence, rows};
}
