import * as fc from "fast-check";
import {expect, it} from "vitest";
import {
  groupLines,
  nextOrder,
  parseFilter,
  sortRows,
  sumCells,
  type Cell,
  type ColumnKind
} from "../../../src/components/table-model.js";

const key = (values: Cell[], kind: ColumnKind, descending = false) => ({values, kind, descending});
const indexes = (values: readonly unknown[]) => values.map((_, i) => i);

it("sortRows(rows, keys) orders numbers by value and texts as people do, absent ones last either way", () => {
  const amounts = ["9", "10.5", null, "-3"];
  expect(sortRows(indexes(amounts), [key(amounts, "amount")])).toEqual([3, 0, 1, 2]);
  expect(sortRows(indexes(amounts), [key(amounts, "amount", true)])).toEqual([1, 0, 3, 2]);
  const names = ["b10", "", "b9", "A"];
  expect(sortRows(indexes(names), [key(names, "text")])).toEqual([3, 2, 0, 1]);
  expect(sortRows(indexes(names), [key(names, "text", true)])).toEqual([0, 2, 3, 1]);
});

it("sortRows(rows, keys) breaks ties by the next key, then by place", () => {
  const group = ["x", "y", "x", "y"];
  const size = [1, 2, 2, 2];
  expect(sortRows([0, 1, 2, 3], [key(group, "text"), key(size, "number", true)])).toEqual([2, 0, 1, 3]);
});

it("sortRows(rows, keys) is a permutation in order", () => {
  const cells = fc.array(fc.option(fc.double({noNaN: true})), {maxLength: 60});
  fc.assert(
    fc.property(cells, fc.boolean(), (values, descending) => {
      const sorted = sortRows(indexes(values), [key(values, "number", descending)]);
      expect(sorted.toSorted((a, b) => a - b)).toEqual(indexes(values));
      const shown = sorted.map((i) => values[i]).filter((value) => value !== null);
      expect(shown).toEqual(shown.toSorted((a, b) => (descending ? b - a : a - b)));
    })
  );
});

it("nextOrder(order, column) turns, then lets go; with shift the others stay", () => {
  const down = {add: false, descendingFirst: true};
  const first = nextOrder([], "value", down);
  expect(first).toEqual([{column: "value", descending: true}]);
  const second = nextOrder(first, "value", down);
  expect(second).toEqual([{column: "value", descending: false}]);
  expect(nextOrder(second, "value", down)).toEqual([]);
  expect(nextOrder(first, "name", {add: true, descendingFirst: false})).toEqual([
    ...first,
    {column: "name", descending: false}
  ]);
  expect(nextOrder(first, "name", {add: false, descendingFirst: false})).toEqual([
    {column: "name", descending: false}
  ]);
});

it.each<[string, ColumnKind, Cell[], Cell[]]>([
  ["ab", "text", ["Abc", "cab", "bca", null], ["Abc", "cab"]],
  ["=abc", "text", ["Abc", "abcd"], ["Abc"]],
  ["!ab", "text", ["Abc", "xyz", null], ["xyz", null]],
  [">100", "amount", ["100", "100.01", "-500", null], ["100.01"]],
  ["<= -1,000", "amount", ["-1000", "-999", "-2000"], ["-1000", "-2000"]],
  ["<−5", "amount", ["-6", "-5"], ["-6"]],
  ["1..2", "quantity", ["0.5", "1", "1.5", "2", "3"], ["1", "1.5", "2"]],
  ["..0", "number", [-1, 0, 1], [-1, 0]],
  [">5%", "percent", [0.04, 0.06], [0.06]],
  ["2025", "day", ["2024-12-31", "2025-01-01"], ["2025-01-01"]],
  [">=2025-02", "day", ["2025-01-31", "2025-02-01"], ["2025-02-01"]],
  [
    "2025-01..2025-02",
    "day",
    ["2024-12-31", "2025-01-01", "2025-02-28", "2025-03-01"],
    ["2025-01-01", "2025-02-28"]
  ]
])("parseFilter(%j) on a column of kind %s keeps what it asks for", (text, kind, cells, kept) => {
  const test = parseFilter(text, kind);
  expect(cells.filter((cell) => test?.(cell))).toEqual(kept);
});

it("parseFilter(text) is null when it asks for nothing", () => {
  for (const text of ["", "  ", "=", "!"]) expect(parseFilter(text, "text")).toBeNull();
});

it("groupLines(rows, groups) heads each group where its first row is, and hides the rows of a closed one", () => {
  const lines = groupLines([2, 0, 1, 3], ["b", "a", "b", null], new Set(["b"]));
  expect(lines).toEqual([
    {kind: "group", name: "b", rows: [2, 0], open: false},
    {kind: "group", name: "a", rows: [1], open: true},
    {kind: "row", row: 1},
    {kind: "group", name: "—", rows: [3], open: true},
    {kind: "row", row: 3}
  ]);
});

it("sumCells(cells) adds exactly, and says what is missing instead of leaving it out", () => {
  expect(sumCells(["0.1", "0.2", "-1000000000000.000000000001"])).toEqual({
    value: "-999999999999.700000000001"
  });
  expect(sumCells(["1", null])).toEqual({value: null, reason: "1 of 2 rows have no value here"});
  expect(sumCells([])).toEqual({value: "0"});
});
