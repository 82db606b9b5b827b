import {createHash} from "node:crypto";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {onTestFinished} from "vitest";
import {importFile, type ImportReport} from "../../../bridge/store/import.js";
import {TABLE_NAMES} from "../../../bridge/store/ledger-tables.js";
import {openStore, type Store} from "../../../bridge/store/open.js";
import type {readStatements} from "../../../lib/statements/read.js";
import type {StatementFormat, StatementHeader, StatementRow} from "../../../lib/statements/statement.js";

/** A statement as tests write it: what is left out has a plain default. */
export interface TestStatement extends Partial<StatementHeader> {
  rows: TestRow[];
}

export interface TestRow extends Partial<StatementRow> {
  element: string;
}

export type TestFile = TestStatement[];

const SECTIONS: Readonly<Record<string, string>> = {
  Trade: "Trades",
  OpenPosition: "OpenPositions",
  CashTransaction: "CashTransactions",
  ConversionRate: "ConversionRates",
  EquitySummaryByReportDateInBase: "EquitySummaryInBase",
  CashReportCurrency: "CashReport",
  SecurityInfo: "SecuritiesInfo",
  OpenDividendAccrual: "OpenDividendAccruals"
};

/** A file of JSON lines, which `readTest` reads. */
export function encode(file: TestFile): Uint8Array {
  const lines: object[] = [];
  for (const [ordinal, {rows, ...given}] of file.entries()) {
    const header: StatementHeader = {
      ordinal,
      format: "flex-xml",
      account: "U1",
      from: "2024-01-02",
      to: "2024-01-02",
      generated: "2024-01-03T06:00:00",
      queryName: "all",
      queryType: "AF",
      ...given
    };
    lines.push({header});
    for (const {element, ...row} of rows) {
      const {day = header.to, fields = {}} = row;
      const kind = (element === "CashTransaction" ? fields.type : fields.assetCategory) ?? "";
      const period = day ? {from: "", to: ""} : {from: header.from, to: header.to};
      const section = SECTIONS[element] ?? element;
      const level = fields.levelOfDetail ?? "";
      lines.push({
        row: {
          statement: ordinal,
          section,
          element,
          account: header.account,
          day,
          ...period,
          level,
          kind,
          ...row,
          fields
        }
      });
    }
  }
  return new TextEncoder().encode(lines.map((line) => JSON.stringify(line)).join("\n"));
}

/** Reads what `encode` writes; stands in for the parser where a test is about rows. */
export const readTest: typeof readStatements = async (open, sink) => {
  const decoder = new TextDecoder();
  let text = "";
  let format: StatementFormat = "flex-xml";
  for await (const chunk of open()) text += decoder.decode(chunk, {stream: true});
  for (const line of text.split("\n")) {
    const {header, row} = JSON.parse(line) as {header?: StatementHeader; row?: StatementRow};
    if (header) {
      ({format} = header);
      sink.statement(header);
    }
    if (row) sink.row(row);
  }
  return {format, warnings: []};
};

export async function* chunksOf(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield await Promise.resolve(bytes.subarray(i, i + size));
}

export const now = (): Date => new Date("2024-06-01T10:00:00Z");

/** A folder that goes when the test is finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tearsheet-"));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

/** A store that goes when the test is finished. */
export async function temporaryStore(): Promise<Store> {
  const store = await openStore({url: join(temporaryFolder(), "store.db")});
  onTestFinished(() => store.close());
  return store;
}

export async function add(store: Store, file: TestFile, name = "file"): Promise<ImportReport> {
  return importFile(store, {name, open: () => chunksOf(encode(file))}, {now, read: readTest});
}

export const hashOf = (file: TestFile): string => createHash("sha256").update(encode(file)).digest("hex");

/** Every row of the ledger's tables and of coverage, as text: equal dumps are equal ledgers, bit for bit. */
export function dump(store: Store): string {
  const tables = TABLE_NAMES.map((name) => [
    name,
    store.raw.prepare(`select * from "${name}" order by id`).all()
  ]);
  const coverage = store.raw.prepare("select * from coverage order by account, from_day").all();
  return JSON.stringify([...tables, ["coverage", coverage]]);
}

/** What the store says IBKR changed, without when it was seen. */
export function dumpChanges(store: Store): string {
  const changes = store.raw
    .prepare(
      `select g.account, g.element, g.key, c.kind, c.section, c.day, c.old_file, c.old_fields, c.now_file, c.now_fields
       from changes c join row_groups g on g.id = c.group_id
       order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`
    )
    .all();
  return JSON.stringify(changes);
}
