import {expect, it} from "vitest";
import {FlexCsvParser} from "../../../../lib/statements/flex-csv/flex-csv.js";
import {FlexXmlParser} from "../../../../lib/statements/flex-xml.js";
import {
  flexCsv,
  flexXml,
  type CsvDelivery,
  type FlexOptions,
  type Query
} from "../../../../sim/account/index.js";
import {ledgerOfFlex} from "../../ledger/flex-ledger.js";
import type {StatementRow} from "../../../../lib/statements/statement.js";
import {parseWith, readText, type Collected} from "../collect.js";
import {booksAt} from "../../demo.js";

const books = booksAt(new Date("2026-04-15T12:00:00Z"));
const {days} = books;
const DELIVERIES: CsvDelivery[] = [{}, {descriptors: true}, {codeFirst: true}];

/** Everything that was sent, but the format and the order of a row's fields, which no ledger sees. */
const plain = ({headers, sections, rows}: Collected) => ({
  headers: headers.map((header) => ({...header, format: "flex"})),
  sections,
  rows: rows.map(({fields, ...row}) => ({
    ...row,
    fields: Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1))
  }))
});

it.each<Query>(["Activity", "Trades only"])(
  "the demo's query %s told in CSV has the statements, sections and rows that its XML has",
  (query) => {
    const xml = [...flexXml(books, {from: days.at(-45)!, to: days.at(-1)!, query})];
    const told = parseWith(FlexXmlParser, xml);
    for (const delivery of DELIVERIES) {
      const csv = parseWith(FlexCsvParser, flexCsv(xml.join(""), delivery));
      expect(plain(csv)).toEqual(plain(told));
      expect(csv.warnings).toEqual(told.warnings);
    }
  },
  60_000
);

it("without header and trailer records each section of the demo is known by its columns", async () => {
  const account = books.accounts.at(-1)!;
  const options = {from: days.at(-45)!, to: days.at(-1)!, accounts: [account]};
  const xml = [...flexXml(books, {...options, query: "Activity"})].join("");
  const lines = [...flexCsv(xml)].join("").split("\n");
  const bare = lines.filter((line) => !/^"(?:BO[FAS]|EO[SAF])"/.test(line)).join("\n");
  const {headers, rows, warnings} = await readText(bare);
  expect(headers).toMatchObject([{account, from: days.at(-45), to: days.at(-1), queryName: ""}]);
  expect(warnings).toEqual([]);
  const said = (list: readonly StatementRow[]) =>
    list.map(({section, element, day, fields}) => ({section, element, day, fields}));
  expect(said(rows)).toEqual(said(parseWith(FlexXmlParser, xml).rows));
}, 60_000);

it("files told in XML, in CSV or in both make one ledger, bit for bit: CSV is an edition of the same query", () => {
  const to = days.at(-1)!;
  const generatedAt = `${books.restatedFrom.slice(0, 10)}T05:00:00`;
  const options: FlexOptions[] = [
    {from: days.at(-60)!, to: days.at(-3)!, generatedAt, query: "Activity"},
    {from: days.at(-40)!, to, query: "Activity"},
    {from: days.at(-300)!, to, query: "Trades only"}
  ];
  const xml = options.map((one) => [...flexXml(books, one)].join(""));
  const csv = xml.map((text) => [...flexCsv(text)].join(""));
  /** What differs is listed in the order of a file's columns. */
  const made = (files: readonly string[]) => {
    const {ledger, changes} = ledgerOfFlex(files.map((text) => [text]));
    const sorted = changes.map(({differences, ...change}) => ({
      ...change,
      differences: new Set(differences)
    }));
    return {ledger, changes: sorted};
  };
  const told = made(xml);
  expect(told.changes.map(({kind}) => kind)).toContain("changed");
  for (const files of [csv, [xml[0], csv[1], xml[2]], [csv[0], xml[1], csv[2]]])
    expect(made(files)).toEqual(told);
}, 120_000);
