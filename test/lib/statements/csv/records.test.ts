import {parse} from "csv-parse/sync";
import * as fc from "fast-check";
import {expect, it} from "vitest";
import {CsvRecords} from "../../../../lib/statements/csv/records.js";
import {StatementError, type StatementProblem} from "../../../../lib/statements/statement.js";

function records(...chunks: string[]): [cells: string[], line: number][] {
  const read: [string[], number][] = [];
  const csv = new CsvRecords((cells, line) => read.push([cells, line]));
  for (const chunk of chunks) csv.write(chunk);
  csv.close();
  return read;
}

const cells = (...chunks: string[]) => records(...chunks).map(([one]) => one);

function problem(...chunks: string[]): StatementProblem {
  try {
    records(...chunks);
  } catch (error) {
    if (error instanceof StatementError) return error.problem;
    throw error;
  }
  throw new Error("the file was not refused");
}

it("CsvRecords reads quotes, doubled quotes, commas and line ends in cells", () => {
  expect(cells('a,"b, c","d ""e""","f\r\ng",,""\r\n1\n')).toEqual([
    ["a", "b, c", 'd "e"', "f\r\ng", "", ""],
    ["1"]
  ]);
});

it("CsvRecords takes a quote inside a bare cell as it is", () => {
  expect(cells('5" screen,x"y"\n')).toEqual([['5" screen', 'x"y"']]);
});

it("CsvRecords ends lines at CRLF, LF and CR, passes over empty ones and needs no end after the last", () => {
  expect(cells("\uFEFFa,b\r\n\r\nc\rd\n\n\re,")).toEqual([["a", "b"], ["c"], ["d"], ["e", ""]]);
  expect(cells("")).toEqual([]);
  expect(cells('""\n')).toEqual([[""]]);
});

it("CsvRecords tells the line on which a record starts, whatever its cells hold", () => {
  expect(records('a\r\n"b\r\n\nb"\r\rc\nd').map(([, line]) => line)).toEqual([1, 2, 6, 7]);
});

it("CsvRecords refuses a quote that is not closed, text behind one, control characters and a record without end", () => {
  expect(problem('a\n"b\nc')).toMatchObject({code: "truncated", where: "line 2"});
  expect(problem('a\n"b"c\n')).toMatchObject({code: "malformed", where: "line 2"});
  expect(problem("a\u0000b")).toMatchObject({code: "malformed"});
  expect(problem(...Array.from({length: 40}, () => "x".repeat(30_000)))).toMatchObject({code: "malformed"});
  expect(problem(",".repeat(2 ** 20 + 1))).toMatchObject({code: "malformed"});
});

const cell = fc.oneof(
  fc.string({maxLength: 6}),
  fc.stringMatching(/^[a-z0-9 ",\r\n;'-]{0,8}$/),
  fc.string({unit: "grapheme", maxLength: 3})
);
const table = fc.array(fc.array(cell, {minLength: 1, maxLength: 5}), {maxLength: 8});
const text = fc
  .tuple(table, fc.constantFrom("\n", "\r\n", "\r"), fc.boolean(), fc.boolean())
  .map(([rows, end, all, last]) => {
    const print = (value: string) =>
      all || /[",\r\n]/.test(value) || !/^[\x20-\x7e]*$/.test(value)
        ? `"${value.replaceAll('"', '""')}"`
        : value;
    const body = rows.map((row) => row.map(print).join(",")).join(end);
    return {body: last && body ? body + end : body, end};
  });

it("CsvRecords reads any table as csv-parse does", () => {
  fc.assert(
    fc.property(text, ({body, end}) => {
      const reference = parse(body, {
        record_delimiter: end,
        relax_column_count: true,
        skip_empty_lines: true
      });
      expect(cells(body)).toEqual(reference);
    }),
    {numRuns: 1000}
  );
});

it("CsvRecords reads the same, on the same lines, wherever chunks are split", () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat(), {maxLength: 6}), ({body}, cuts) => {
      const ends = [0, ...cuts.map((cut) => cut % (body.length + 1)), body.length].toSorted((a, b) => a - b);
      const chunks = ends.slice(1).map((end, i) => body.slice(ends[i], end));
      expect(records(...chunks)).toEqual(records(body));
      expect(records(...body.split(""))).toEqual(records(body));
    }),
    {numRuns: 500}
  );
});
