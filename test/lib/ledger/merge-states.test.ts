import {expect, it} from "vitest";
import {rowContent, rowKey} from "../../../lib/ledger/key.js";
import {Merger, type MergeStatement, type Presence} from "../../../lib/ledger/merge.js";
import type {StatementRow} from "../../../lib/statements/statement.js";

interface Edition extends Partial<MergeStatement> {
  file: string;
  generated: string;
  row?: StatementRow;
  /** A row of another thing, which shows that the box is ticked. */
  other?: StatementRow;
}

function position(day: string, fields: Readonly<Record<string, string>>, conid = "1"): StatementRow {
  const place = {
    section: "OpenPositions",
    element: "OpenPosition",
    account: "U7000001",
    day,
    from: "",
    to: ""
  };
  return {statement: 0, ...place, level: "SUMMARY", kind: "STK", fields: {conid, ...fields}};
}

function settle(editions: readonly Edition[]) {
  const statements = editions.map((edition, id) => ({
    id,
    format: "flex-xml" as const,
    account: "U7000001",
    from: "2026-01-01",
    to: "2026-01-31",
    query: "Activity AF",
    base: "USD",
    ...edition
  }));
  const rows = editions.flatMap(({row, other, file}, statement) =>
    [row, other].flatMap((one) => (one ? [{statement, file, row: one}] : []))
  );
  const presence: Presence[] = rows.map(({file, row}) => ({file, ...row}));
  const group = editions.flatMap(({row}, statement) => {
    if (!row) return [];
    const content = rowContent(row);
    return [{statement, content, numbered: rowKey(row, content).numbered, row}];
  });
  return new Merger(statements, presence).settle("key", group);
}

const january30 = position("2026-01-30", {position: "10"});

it("settle(key, group) keeps the positions of a day when the next day's statement covers it too", () => {
  const {rows, changes} = settle([
    {file: "a", generated: "2026-01-31T06:00:00", to: "2026-01-30", row: january30},
    {
      file: "b",
      generated: "2026-02-01T06:00:00",
      to: "2026-01-31",
      other: position("2026-01-31", {position: "9"})
    }
  ]);
  expect(rows).toEqual([january30]);
  expect(changes).toEqual([]);
});

it("settle(key, group) retires a position that a later edition of its very day lacks", () => {
  const {rows, changes} = settle([
    {file: "a", generated: "2026-01-31T06:00:00", to: "2026-01-30", row: january30},
    {file: "b", generated: "2026-02-01T06:00:00", to: "2026-01-30", other: position("2026-01-30", {}, "2")}
  ]);
  expect(rows).toEqual([]);
  expect(changes).toMatchObject([{kind: "gone", old: {file: "a"}}]);
});

it("settle(key, group) lists no change for a row that its query's last edition repeats", () => {
  const brief = position("2026-01-30", {position: "10"});
  const whole = position("2026-01-30", {position: "10", markPrice: "5"});
  const {rows, changes} = settle([
    {file: "a", generated: "2026-01-31T06:00:00", to: "2026-01-30", row: whole},
    {file: "b", generated: "2026-01-31T07:00:00", to: "2026-01-30", row: whole},
    {file: "c", generated: "2026-01-31T08:00:00", to: "2026-01-30", query: "Brief AF", row: brief}
  ]);
  expect(rows).toEqual([whole]);
  expect(changes).toEqual([]);
});

const security = (day: string, description = "Acme", file = "a") => ({
  file,
  generated: "2026-02-01T06:00:00",
  from: day,
  to: day,
  row: {
    ...position("", {description}),
    section: "SecuritiesInfo",
    element: "SecurityInfo",
    from: day,
    to: day
  }
});

it("settle(key, group) sees no change where statements of other days say the same of a security", () => {
  expect(settle([security("2026-01-29"), security("2026-01-30")]).changes).toEqual([]);
});

it("settle(key, group) names a security as the statement of the latest days does, in whatever file", () => {
  for (const files of ["ab", "ba"]) {
    const {rows, changes} = settle([
      security("2026-01-30", "Acme Ltd", files[0]),
      security("2026-01-29", "Acme", files[1])
    ]);
    expect(rows.map(({fields}) => fields.description)).toEqual(["Acme Ltd"]);
    expect(changes.map(({kind}) => kind)).toEqual(["changed"]);
  }
});
