import * as fc from "fast-check";
import {expect, it} from "vitest";
import {rowContent, rowKey} from "../../../lib/ledger/key.js";
import {Merger, type Instance, type MergeStatement, type Presence} from "../../../lib/ledger/merge.js";
import type {StatementFormat, StatementRow} from "../../../lib/statements/statement.js";

const A = "U7000001";

function dividend(
  amount: string,
  {day = "2026-01-15", id = "9001", ...fields}: Record<string, string> = {}
): StatementRow {
  return {
    statement: 0,
    section: "CashTransactions",
    element: "CashTransaction",
    account: A,
    day,
    from: "",
    to: "",
    level: "DETAIL",
    kind: "Dividends",
    fields: {...(id && {transactionID: id}), amount, currency: "USD", ...fields}
  };
}

interface Edition {
  file: string;
  generated: string;
  rows: StatementRow[];
  format?: StatementFormat;
  query?: string;
  from?: string;
  to?: string;
}

/** Merges editions the naive way: every row of every edition into its group. */
function merge(editions: readonly Edition[]) {
  const statements: MergeStatement[] = [];
  const presence: Presence[] = [];
  const groups = new Map<string, Instance[]>();
  for (const [
    id,
    {
      file,
      generated,
      rows,
      query = "Activity AF",
      from = "2026-01-01",
      to = "2026-01-31",
      format = "flex-xml"
    }
  ] of editions.entries()) {
    statements.push({id, file, format, account: A, from, to, generated, query, base: "USD"});
    for (const row of rows) {
      presence.push({file, ...row});
      const content = rowContent(row);
      const {key, numbered} = rowKey(row, content);
      const group = `${row.element}/${key}`;
      groups.set(group, [...(groups.get(group) ?? []), {statement: id, content, numbered, row}]);
    }
  }
  const merger = new Merger(statements, presence);
  const settled = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, group]) => merger.settle(key, group));
  return {
    rows: settled.flatMap(({rows}) => rows.map(({day, fields}) => ({day, fields}))),
    changes: settled.flatMap(({changes}) => changes)
  };
}

const amounts = (editions: readonly Edition[]) => merge(editions).rows.map(({fields}) => fields.amount);

it("settle(key, group) counts a row of two files once", () => {
  const row = dividend("10");
  expect(
    amounts([
      {file: "a", generated: "1", rows: [row]},
      {file: "b", generated: "2", rows: [row]}
    ])
  ).toEqual(["10"]);
});

it("settle(key, group) takes the later edition and lists what IBKR changed", () => {
  const {rows, changes} = merge([
    {file: "b", generated: "2", rows: [dividend("9")]},
    {file: "a", generated: "1", rows: [dividend("10")]}
  ]);
  expect(rows.map(({fields}) => fields.amount)).toEqual(["9"]);
  expect(changes).toMatchObject([
    {kind: "changed", old: {fields: {amount: "10"}}, now: {fields: {amount: "9"}}}
  ]);
});

it("settle(key, group) retires a row that a later edition of the query lacks", () => {
  const other = dividend("5", {id: "9002"});
  const {rows, changes} = merge([
    {file: "a", generated: "1", rows: [dividend("10"), other]},
    {file: "b", generated: "2", rows: [other]}
  ]);
  expect(rows).toHaveLength(1);
  expect(changes).toMatchObject([{kind: "gone", now: null}]);
});

it("settle(key, group) retires nothing for a box that was unticked", () => {
  expect(
    amounts([
      {file: "a", generated: "1", rows: [dividend("10")]},
      {file: "b", generated: "2", rows: []}
    ])
  ).toEqual(["10"]);
  const fee = {...dividend("-1", {id: "9003"}), kind: "Other Fees"};
  expect(
    amounts([
      {file: "a", generated: "1", rows: [dividend("10")]},
      {file: "b", generated: "2", rows: [fee]}
    ])
  ).toEqual(["10", "-1"]);
});

it("settle(key, group) retires nothing for another query, an equal moment, or a day that is not covered", () => {
  const other = dividend("5", {id: "9002"});
  const old = {file: "a", generated: "1", rows: [dividend("10"), other]};
  expect(amounts([old, {file: "b", generated: "2", query: "Other AF", rows: [other]}])).toEqual(["10", "5"]);
  expect(amounts([old, {file: "b", generated: "1", rows: [other]}])).toEqual(["10", "5"]);
  expect(amounts([old, {file: "b", generated: "2", from: "2026-01-16", rows: [other]}])).toEqual(["10", "5"]);
});

it("settle(key, group) lists two queries that disagree as a contradiction; the later counts", () => {
  const {rows, changes} = merge([
    {file: "a", generated: "2", rows: [dividend("10")]},
    {file: "b", generated: "1", query: "Cash only AF", rows: [dividend("11")]}
  ]);
  expect(rows.map(({fields}) => fields.amount)).toEqual(["10"]);
  expect(changes).toMatchObject([{kind: "contradiction", old: {file: "b"}, now: {file: "a"}}]);
});

it("settle(key, group) breaks a tie of the moment by the file's hash", () => {
  const tie = [
    {file: "aa", generated: "1", rows: [dividend("10")]},
    {file: "bb", generated: "1", rows: [dividend("11")]}
  ];
  expect(amounts(tie)).toEqual(["11"]);
  expect(amounts(tie.toReversed())).toEqual(["11"]);
});

it("settle(key, group) joins what two queries say of one row when they agree", () => {
  const {rows, changes} = merge([
    {file: "a", generated: "1", rows: [dividend("10", {exDate: "2026-01-02"})]},
    {file: "b", generated: "2", query: "Cash only AF", rows: [dividend("10", {code: "Po"})]}
  ]);
  expect(rows[0].fields).toEqual({
    transactionID: "9001",
    amount: "10",
    currency: "USD",
    code: "Po",
    exDate: "2026-01-02"
  });
  expect(changes).toEqual([]);
});

it("settle(key, group) counts equal rows without an id as often as the file that has most", () => {
  const row = dividend("10", {id: ""});
  expect(
    amounts([
      {file: "a", generated: "1", rows: [row, row]},
      {file: "b", generated: "1", rows: [row]}
    ])
  ).toEqual(["10", "10"]);
});

it("settle(key, group) believes a later edition that has fewer equal rows", () => {
  const row = dividend("10", {id: ""});
  expect(
    amounts([
      {file: "a", generated: "1", rows: [row, row]},
      {file: "b", generated: "2", rows: [row]}
    ])
  ).toEqual(["10"]);
});

it("settle(key, group) retires a row by a later edition that came in two files, one a day", () => {
  const [first, second] = [
    dividend("10", {day: "2026-01-05"}),
    dividend("5", {day: "2026-01-06", id: "9002"})
  ];
  const old = {file: "a", generated: "1", rows: [first, second]};
  const day = (file: string, on: string, rows: StatementRow[]) => ({
    file,
    generated: "2",
    from: on,
    to: on,
    rows
  });
  expect(amounts([old, day("b", "2026-01-05", [first]), day("c", "2026-01-06", [])])).toEqual(["10"]);
});

it("settle(key, group) fills in from the later of two other queries, and lists where they differ", () => {
  const {rows, changes} = merge([
    {file: "a", generated: "1", query: "A", rows: [dividend("10", {code: "old"})]},
    {file: "b", generated: "2", query: "B", rows: [dividend("10", {code: "new"})]},
    {file: "c", generated: "3", query: "C", rows: [dividend("10")]}
  ]);
  expect(rows[0].fields.code).toBe("new");
  expect(changes).toMatchObject([{kind: "contradiction", old: {file: "a"}, now: {file: "c"}}]);
});

it("rowKey(row, content) is the same for two queries of which one prints fewer columns", () => {
  const state = (element: string, fields: Record<string, string>, level = ""): StatementRow => ({
    ...dividend("0"),
    section: element,
    element,
    level,
    kind: "",
    fields
  });
  const pairs = [
    [
      state("OpenPosition", {conid: "7", symbol: "X", side: "Long", currency: "USD"}, "SUMMARY"),
      state("OpenPosition", {conid: "7"})
    ],
    [
      state("EquitySummaryByReportDateInBase", {currency: "USD", total: "1"}),
      state("EquitySummaryByReportDateInBase", {total: "1"})
    ],
    [
      state("CashReportCurrency", {currency: "USD"}, "CURRENCY"),
      state("CashReportCurrency", {currency: "USD"})
    ],
    [state("Trade", {transactionID: "1", tradeID: "2"}, "EXECUTION"), state("Trade", {transactionID: "1"})]
  ];
  for (const [full, few] of pairs) expect(rowKey(few, "").key).toBe(rowKey(full, "").key);
});

it("rowKey(row, content) keeps the summary of a trade apart from its execution", () => {
  const trade = (level: string) =>
    rowKey({...dividend("0"), section: "Trades", element: "Trade", level}, "").key;
  expect(trade("SUMMARY")).not.toBe(trade("EXECUTION"));
});

it("rowKey(row, content) keeps two identical fills with two transaction ids apart (V10)", () => {
  const fill = (id: string): StatementRow => ({
    ...dividend("0", {id}),
    section: "Trades",
    element: "Trade",
    level: "EXECUTION",
    kind: "STK"
  });
  const keys = ["1", "2"].map((id) => rowKey(fill(id), rowContent(fill(id))).key);
  expect(new Set(keys).size).toBe(2);
});

it("rowContent(row) does not depend on the order of attributes", () => {
  const row = dividend("10");
  const turned = {...row, fields: Object.fromEntries(Object.entries(row.fields).toReversed())};
  expect(rowContent(turned)).toBe(rowContent(row));
});

const row = fc
  .record({
    amount: fc.constantFrom("1", "2"),
    id: fc.constantFrom("", "7", "8"),
    day: fc.constantFrom("2026-01-05", "2026-01-06")
  })
  .map(({amount, ...fields}) => dividend(amount, fields));
const edition = fc.record({
  file: fc.stringMatching(/^[0-9a-f]{8}$/),
  generated: fc.constantFrom("1", "2", "3"),
  query: fc.constantFrom("Activity AF", "Other AF"),
  from: fc.constantFrom("2026-01-01", "2026-01-06"),
  rows: fc.array(row, {maxLength: 5})
});
const editions = fc.uniqueArray(edition, {maxLength: 5, selector: ({file}) => file});

it("settle(key, group) does not depend on the order of import", () => {
  fc.assert(
    fc.property(editions, fc.infiniteStream(fc.nat()), (list, chance) => {
      const shuffled = list
        .map((one) => [chance.next().value, one] as const)
        .sort(([a], [b]) => (a as number) - (b as number))
        .map(([, one]) => one);
      expect(merge(shuffled)).toEqual(merge(list));
    })
  );
});

it("settle(key, group) gives the same ledger for a file split by whole report days into overlapping ones", () => {
  fc.assert(
    fc.property(fc.array(row, {maxLength: 8}), (rows) => {
      const unique = [
        ...new Map(rows.map((one) => [one.fields.transactionID ?? rowContent(one), one])).values()
      ];
      const whole = {file: "a", generated: "1", rows: unique};
      const part = (file: string, from: string, to: string) => ({
        file,
        generated: "1",
        from,
        to,
        rows: unique.filter(({day}) => day >= from && day <= to)
      });
      const split = [part("b", "2026-01-01", "2026-01-05"), part("c", "2026-01-05", "2026-01-31")];
      expect(merge(split).rows).toEqual(merge([whole]).rows);
    })
  );
});
