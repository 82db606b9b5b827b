import {parse} from "csv-parse/sync";
import * as fc from "fast-check";
import {expect, it} from "vitest";
import {fileName, toCsv, toTsv} from "../../../src/components/export.js";

it("toCsv(rows, about) says first what the rows are", () => {
  const csv = toCsv(
    {
      columns: ["day", "value"],
      rows: [
        ["2026-11-20", "412875.130000000001"],
        ["2026-11-21", null]
      ]
    },
    [["title", "Value"]]
  );
  expect(csv).toBe("# title: Value\r\nday,value\r\n2026-11-20,412875.130000000001\r\n2026-11-21,\r\n");
});

it("toCsv(rows) is read back as it was by csv-parse", () => {
  const cell = fc.string({unit: "binary"}).map((text) => text.replace(/\r\n?/g, "\n"));
  const rows = fc.array(fc.tuple(cell, cell), {maxLength: 20});
  fc.assert(
    fc.property(rows, (cells) => {
      const read: string[][] = parse(toCsv({columns: ["a", "b"], rows: cells}), {record_delimiter: "\r\n"});
      expect(read).toEqual([["a", "b"], ...cells]);
    })
  );
});

it("toTsv(rows) keeps a row on one line", () => {
  expect(
    toTsv({
      columns: ["a", "b"],
      rows: [
        ["x\ty", 1],
        [null, "z\nw"]
      ]
    })
  ).toBe("a\tb\nx y\t1\n\tz w");
});

it("fileName(title) is plain", () => {
  expect(fileName("Return by month, %")).toBe("return-by-month");
});
