import * as fc from "fast-check";
import {expect, it} from "vitest";
import {TABLE_NAMES} from "../../../bridge/store/ledger-tables.js";
import {readChanges, readLedger} from "../../../bridge/store/read.js";
import {
  assemble,
  Assembler,
  FileSet,
  RowGroups,
  summarizeChange,
  type Assembled
} from "../../../lib/ledger/assemble.js";
import {ImportCounter, sumCounts} from "../../../lib/ledger/import-counts.js";
import {Intake, type FileOfSet} from "../../../lib/ledger/intake.js";
import {Inspector} from "../../../lib/statements/inspect.js";
import type {StatementRow} from "../../../lib/statements/statement.js";
import {
  add,
  chunksOf,
  encode,
  hashOf,
  readTest,
  temporaryStore,
  type TestFile
} from "../../bridge/store/fixture.js";
import {files} from "../../bridge/store/random-files.js";
import {long} from "../../long.js";

type WholeFile = FileOfSet & {rows: StatementRow[]; repeated: ReadonlyMap<string, number>};

/** Reads a file as the store does: what the merge must know of it, and its rows. */
async function read(file: TestFile): Promise<WholeFile> {
  const rows: StatementRow[] = [];
  const intake = new Intake((row) => rows.push(row));
  const inspector = new Inspector();
  await readTest(() => chunksOf(encode(file)), {
    statement(header) {
      intake.statement(header);
      inspector.statement(header);
    },
    row(row) {
      intake.row(row);
      inspector.row(row);
    }
  });
  const bases = inspector.inspect().map(({base}) => base);
  const statements = intake.statements.map((header, i) => ({...header, base: bases[i]}));
  return {sha256: hashOf(file), statements, presence: intake.presence, rows, repeated: intake.repeated};
}

/** All of it as text, a bigint with its `n`. */
function textOf({ledger, changes}: Assembled): string {
  const summaries = changes.map((change) => summarizeChange(change, "then"));
  return JSON.stringify([ledger, summaries], (_, value: unknown) =>
    typeof value === "bigint" ? `${value}n` : value
  );
}

it("assemble(files) makes the ledger that the store makes of the same files, in whatever order they come", async () => {
  await fc.assert(
    fc.asyncProperty(files, fc.nat(), async (set, turn) => {
      const store = await temporaryStore();
      for (const one of set) await add(store, one);
      const stored = readLedger(store, null, {positions: "all"});
      const whole = await Promise.all(set.map(read));
      const turned = [...whole.slice(turn % set.length), ...whole.slice(0, turn % set.length)];
      const made = assemble(turned);
      for (const name of TABLE_NAMES) expect(made.ledger[name]).toEqual(stored[name]);
      expect(made.ledger.coverage).toEqual(stored.coverage);
      const place = (change: object) => JSON.stringify({...change, seen: ""});
      expect(made.changes.map((change) => place(summarizeChange(change, ""))).toSorted()).toEqual(
        readChanges(store).map(place).toSorted()
      );
      expect(textOf(assemble(whole))).toBe(textOf(made));
    }),
    {numRuns: long(300)}
  );
}, 600_000);

it("Assembler books an element at a time what assemble books at once", async () => {
  await fc.assert(
    fc.asyncProperty(files, async (set) => {
      const whole = await Promise.all(set.map(read));
      const fileSet = new FileSet(whole);
      const assembler = new Assembler(fileSet);
      const groups = new RowGroups(fileSet);
      const elements = new Set(whole.flatMap(({rows}) => rows.map(({element}) => element)));
      for (const element of elements) {
        for (const {sha256, rows} of whole) {
          for (const row of rows) if (row.element === element) groups.add(sha256, row);
        }
        assembler.book(groups.take());
      }
      expect(textOf(assembler.finish())).toBe(textOf(assemble(whole)));
    }),
    {numRuns: long(200)}
  );
}, 600_000);

it("ImportCounter counts a file's rows as the store does, section by section", async () => {
  await fc.assert(
    fc.asyncProperty(files, async (set) => {
      const store = await temporaryStore();
      const held: WholeFile[] = [];
      for (const one of set) {
        const report = await add(store, one);
        const file = await read(one);
        const before = new FileSet(held);
        held.push(file);
        const after = new FileSet(held);
        const groups = new RowGroups(after);
        for (const {sha256, rows} of held) for (const row of rows) groups.add(sha256, row);
        const counter = new ImportCounter(before, after);
        counter.count(groups.take());
        for (const [section, rows] of file.repeated) counter.repeated(section, rows);
        const sections = counter.finish();
        expect(sections).toEqual(report.sections);
        expect(report).toMatchObject({...sumCounts(sections)});
      }
    }),
    {numRuns: long(300)}
  );
}, 600_000);
