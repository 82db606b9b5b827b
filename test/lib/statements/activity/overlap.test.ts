import * as fc from "fast-check";
import {expect, it} from "vitest";
import {assemble} from "../../../../lib/ledger/assemble.js";
import {Intake} from "../../../../lib/ledger/intake.js";
import type {LedgerTables} from "../../../../lib/ledger/tables.js";
import {ActivityCsvParser} from "../../../../lib/statements/activity/parser.js";
import {FlexXmlParser} from "../../../../lib/statements/flex-xml.js";
import type {StatementParserClass} from "../../../../lib/statements/parser.js";
import type {StatementRow} from "../../../../lib/statements/statement.js";
import {activityCsv, flexXml} from "../../../../sim/account/index.js";
import {long} from "../../../long.js";
import {booksAt} from "../../demo.js";

const books = booksAt(new Date("2026-11-22T11:00:00Z"));
const account = books.accounts[1];
const {days} = books;

/** Tables of what happened, not of what stood at an end. */
const EVENTS = [
  "trades",
  "closed_lots",
  "cash",
  "corporate_actions",
  "transfers",
  "dividend_changes",
  "charges"
] as const;

let files = 0;
function read(Parser: StatementParserClass, chunks: Iterable<string>) {
  const rows: StatementRow[] = [];
  const intake = new Intake((row) => rows.push(row));
  const parser = new Parser(
    {statement: (header) => intake.statement(header), row: (row) => intake.row(row)},
    {}
  );
  for (const chunk of chunks) parser.write(chunk);
  parser.close();
  const statements = intake.statements.map((header) => ({...header, base: "USD"}));
  return {sha256: String(++files), statements, presence: intake.presence, rows};
}

const activity = (from: number, to: number) =>
  read(ActivityCsvParser, activityCsv(books, {account, from: days[from], to: days[to]}));
const flex = (from: number, to: number) =>
  read(
    FlexXmlParser,
    flexXml(books, {accounts: [account], from: days[from], to: days[to], query: "Activity"})
  );
const events = (ledger: LedgerTables) => Object.fromEntries(EVENTS.map((table) => [table, ledger[table]]));

/** Four days in order. */
const stretches = fc
  .tuple(
    fc.nat(days.length - 60),
    fc.integer({min: 1, max: 15}),
    fc.integer({min: 1, max: 15}),
    fc.integer({min: 1, max: 15})
  )
  .map(([a, b, c, d]) => [a, a + b, a + b + c, a + b + c + d] as const);

it("Activity Statements that overlap tell what happened once, as one over all their days does", () => {
  fc.assert(
    fc.property(stretches, ([a, b, c, d]) => {
      const {ledger} = assemble([activity(a, c), activity(b, d)]);
      expect(events(ledger)).toEqual(events(assemble([activity(a, d)]).ledger));
    }),
    {numRuns: long(60)}
  );
});

it("an Activity Statement beside Flex of the same days tells nothing that Flex tells", () => {
  fc.assert(
    fc.property(stretches, ([a, , , d]) => {
      const {ledger} = assemble([flex(a, d), activity(a, d)]);
      expect(events(ledger)).toEqual(events(assemble([flex(a, d)]).ledger));
    }),
    {numRuns: long(60)}
  );
});

it("a ledger of Activity Statements alone has every trade, position and net asset value", () => {
  const {ledger} = assemble([activity(0, 250)]);
  expect(ledger.trades.length).toBeGreaterThan(80);
  expect(
    ledger.positions.every(({conid, day, costBasisMoney}) => conid && costBasisMoney && day === days[250])
  ).toBe(true);
  expect(ledger.nav.map(({day}) => day).at(-1)).toBe(days[250]);
  expect(ledger.totals.length).toBeGreaterThan(50);
  expect(ledger.totals.every(({stated, added}) => stated !== null && added !== null)).toBe(true);
});
