import * as fc from "fast-check";
import {expect, it} from "vitest";
import {assemble} from "../../../lib/ledger/assemble.js";
import type {FileOfSet} from "../../../lib/ledger/intake.js";
import {formatAmount} from "../../../lib/money/amount.js";
import type {StatementFormat, StatementRow} from "../../../lib/statements/statement.js";

const ACCOUNT = "U7000001";

interface TestFile {
  format: StatementFormat;
  from?: string;
  to?: string;
  rows: StatementRow[];
}

/** A cash row on a Thursday, unless another day is said. */
function cash(amount: string, {day = "2026-01-15", section = "CashTransactions"} = {}): StatementRow {
  return {
    statement: 0,
    section,
    element: "CashTransaction",
    account: ACCOUNT,
    day,
    from: "",
    to: "",
    level: "",
    kind: "Dividends",
    fields: {type: "Dividends", currency: "USD", amount}
  };
}

function fileOf({format, from = "2026-01-01", to = "2026-01-31", rows}: TestFile, n: number) {
  const generated = "2026-02-01T06:00:00";
  const queryName = format.startsWith("flex") ? "all" : "";
  const header = {
    ordinal: 0,
    format,
    account: ACCOUNT,
    from,
    to,
    generated,
    queryName,
    queryType: "",
    base: "USD"
  };
  return {sha256: String(n), statements: [header], presence: rows, rows} satisfies FileOfSet & {
    rows: StatementRow[];
  };
}

function ledgerOf(...files: TestFile[]) {
  const {ledger, changes} = assemble(files.map(fileOf));
  return {ledger, changes};
}

const amounts = (...files: TestFile[]) =>
  ledgerOf(...files).ledger.cash.map(({amount}) => amount && formatAmount(amount));

const activity: TestFile = {format: "activity-csv", rows: [cash("10")]};
const history: TestFile = {format: "transaction-history-csv", rows: [cash("11")]};
const flex: TestFile = {format: "flex-xml", rows: [cash("12")]};

it("settle(key, group) counts the best format that tells of a day, and lists no change", () => {
  for (const better of [flex, {...flex, format: "flex-csv" as const}])
    expect(ledgerOf(history, activity, better)).toEqual(ledgerOf(better));
  expect(ledgerOf(history, activity)).toEqual(ledgerOf({...activity}));
  expect(amounts(activity, flex)).toEqual(["12"]);
  expect(amounts(history, activity)).toEqual(["10"]);
  expect(amounts(history)).toEqual(["11"]);
  expect(ledgerOf(history, activity, flex).changes).toEqual([]);
});

it("settle(key, group) counts a lesser format on days that the better does not cover", () => {
  const days = (from: string, to: string) =>
    amounts(activity, {...flex, from, to, rows: [cash("12", {day: from})]});
  expect(days("2026-01-16", "2026-01-31")).toEqual(["10", "12"]);
  expect(days("2026-01-01", "2026-01-14")).toEqual(["12", "10"]);
  expect(days("2026-01-14", "2026-01-16")).toEqual(["12"]);
});

it("settle(key, group) counts a lesser format where the better one's query lacks the section", () => {
  const fees = {...cash("-1"), section: "ClientFees", element: "ClientFee"};
  expect(amounts(activity, {...flex, rows: [fees]})).toEqual(["10"]);
});

it("settle(key, group) sets aside a week-end's row where a better format tells of the sessions around it", () => {
  const saturday = {...activity, rows: [cash("10", {day: "2026-01-17"})]};
  const daily = (day: string): TestFile => ({...flex, from: day, to: day, rows: [cash("12", {day})]});
  expect(amounts(saturday, daily("2026-01-16"), daily("2026-01-20"))).toEqual(["12", "12"]); // the 19th is a holiday
  expect(amounts(saturday, daily("2026-01-16"), daily("2026-01-21"))).toEqual(["12", "10", "12"]);
});

const nav = (from: string, to: string, mtm: string): StatementRow => ({
  ...cash("0"),
  section: "ChangeInNAV",
  element: "ChangeInNAV",
  day: "",
  from,
  to,
  kind: "",
  fields: {mtm}
});

it("settle(key, group) sets aside a period's row where a better format tells of all its sessions, in whatever parts", () => {
  const month: TestFile = {format: "activity-csv", rows: [nav("2026-01-01", "2026-01-31", "9")]};
  const part = (from: string, to: string): TestFile => ({...flex, from, to, rows: [nav(from, to, "1")]});
  const parts = (...files: TestFile[]) =>
    ledgerOf(month, ...files).ledger.change_in_nav.map(({amount}) => amount && formatAmount(amount));
  expect(parts(part("2026-01-02", "2026-01-16"), part("2026-01-20", "2026-01-30"))).toEqual(["1", "1"]);
  expect(parts(part("2026-01-02", "2026-01-16"), part("2026-01-21", "2026-01-30"))).toEqual(["1", "1", "9"]);
});

it("settle(key, group) sets aside positions only on the last day of a better format's statement", () => {
  const position = (day: string, quantity: string): StatementRow => ({
    ...cash("0", {day}),
    section: "OpenPositions",
    element: "OpenPosition",
    kind: "STK",
    fields: {conid: "1", position: quantity}
  });
  const lesser = (day: string): TestFile => ({format: "activity-csv", rows: [position(day, "5")]});
  const better: TestFile = {...flex, rows: [position("2026-01-31", "7")]};
  const quantities = (...files: TestFile[]) =>
    ledgerOf(...files).ledger.positions.map(({position}) => position && formatAmount(position));
  expect(quantities(lesser("2026-01-31"), better)).toEqual(["7"]);
  expect(quantities(lesser("2026-01-15"), better)).toEqual(["5", "7"]);
});

it("settle(key, group) names a security as the best format does, whatever the days", () => {
  const security = (description: string): StatementRow => ({
    ...cash("0"),
    section: "SecuritiesInfo",
    element: "SecurityInfo",
    day: "",
    kind: "STK",
    fields: {conid: "1", description}
  });
  const {ledger, changes} = ledgerOf(
    {...activity, from: "2026-03-01", to: "2026-03-31", rows: [security("ACME")]},
    {...flex, rows: [security("Acme Ltd")]}
  );
  expect(ledger.securities.map(({description}) => description)).toEqual(["Acme Ltd"]);
  expect(changes).toEqual([]);
});

it("settle(key, group) of any files of any formats does not depend on their order", () => {
  const file = fc.record({
    format: fc.constantFrom<StatementFormat>(
      "flex-xml",
      "flex-csv",
      "activity-csv",
      "transaction-history-csv"
    ),
    from: fc.constantFrom("2026-01-01", "2026-01-08"),
    to: fc.constantFrom("2026-01-09", "2026-01-31"),
    rows: fc.array(
      fc
        .tuple(
          fc.constantFrom("1", "2"),
          fc.constantFrom("2026-01-05", "2026-01-09", "2026-01-10", "2026-01-12")
        )
        .map(([amount, day]) => cash(amount, {day})),
      {maxLength: 4}
    )
  });
  fc.assert(
    fc.property(fc.array(file, {maxLength: 5}), fc.infiniteStream(fc.nat()), (files, chance) => {
      const numbered = files.map(fileOf);
      const shuffled = numbered
        .map((one) => [Number(chance.next().value), one] as const)
        .toSorted(([a], [b]) => a - b)
        .map(([, one]) => one);
      expect(assemble(shuffled)).toEqual(assemble(numbered));
    })
  );
});
