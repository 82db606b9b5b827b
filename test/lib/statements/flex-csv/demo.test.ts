import {expect, it} from "vitest";
import {FlexCsvParser} from "../../../../lib/statements/flex-csv/flex-csv.js";
import {FlexXmlParser} from "../../../../lib/statements/flex-xml.js";
import {demoBooks, flexCsv, flexXml, type CsvDelivery, type Query} from "../../../../sim/account/index.js";
import {parseWith, type Collected} from "../collect.js";

const books = demoBooks({now: new Date("2026-04-15T12:00:00Z")});
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
    const xml = [...flexXml(books, {from: days.at(-90)!, to: days.at(-1)!, query})];
    const told = parseWith(FlexXmlParser, xml);
    for (const delivery of DELIVERIES) {
      const csv = parseWith(FlexCsvParser, flexCsv(xml.join(""), delivery));
      expect(plain(csv)).toEqual(plain(told));
      expect(csv.warnings).toEqual(told.warnings);
    }
  },
  60_000
);
