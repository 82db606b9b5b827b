import * as fc from "fast-check";
import {hashOf, type TestFile, type TestRow, type TestStatement} from "./fixture.js";

export const day = fc.integer({min: 1, max: 6}).map((n) => `2024-01-0${n}`);
const digit = fc.integer({min: 1, max: 3}).map(String);

/** Few ids, days and values, so that files meet, agree, contradict and restate each other all the time. */
export const row: fc.Arbitrary<TestRow> = fc.oneof(
  fc
    .record({transactionID: digit, quantity: digit, assetCategory: fc.constantFrom("STK", "OPT")})
    .chain((fields) =>
      day.map((on) => ({element: "Trade", day: on, fields: {...fields, levelOfDetail: "EXECUTION"}}))
    ),
  fc
    .record({type: fc.constantFrom("Dividends", "Other Fees"), amount: digit})
    .chain((fields) => day.map((on) => ({element: "CashTransaction", day: on, fields}))),
  fc.tuple(day, digit, digit).map(([on, conid, position]) => ({
    element: "OpenPosition",
    day: on,
    fields: {conid, position, levelOfDetail: "SUMMARY"}
  })),
  fc.tuple(day, digit).map(([on, rate]) => ({
    element: "ConversionRate",
    day: on,
    fields: {fromCurrency: "EUR", toCurrency: "USD", rate}
  })),
  digit.map((endingCash) => ({
    element: "CashReportCurrency",
    day: "",
    fields: {currency: "USD", endingCash}
  })),
  fc
    .tuple(digit, digit)
    .map(([conid, symbol]) => ({element: "SecurityInfo", day: "", fields: {conid, symbol}})),
  fc
    .tuple(digit, digit)
    .map(([mtm, dividends]) => ({element: "ChangeInNAV", day: "", fields: {mtm, dividends}}))
);

const statement: fc.Arbitrary<TestStatement> = fc
  .record({
    account: fc.constantFrom("U1", "U2"),
    days: fc.tuple(day, day),
    generated: fc.constantFrom("2024-01-07T06:00:00", "2024-01-08T06:00:00", "2024-01-09T06:00:00", ""),
    queryName: fc.constantFrom("all", "brief"),
    rows: fc.array(row, {maxLength: 8}),
    other: fc.array(row, {maxLength: 1})
  })
  .map(({days, rows, other, ...header}) => {
    const [from, to] = days.toSorted();
    return {...header, from, to, rows: [...rows, ...other.map((one) => ({...one, account: "U2"}))]};
  });

const file: fc.Arbitrary<TestFile> = fc
  .record({
    format: fc.constantFrom("flex-xml", "flex-csv", "flex-xml", "activity-csv", "transaction-history-csv"),
    statements: fc.array(statement, {minLength: 1, maxLength: 2})
  })
  .map(({format, statements}) =>
    statements.map((one) => ({...one, format, ...(!format.startsWith("flex") && {queryName: ""})}))
  );
/** Files of which no two are equal. */
export const files = fc.uniqueArray(file, {minLength: 2, maxLength: 4, selector: hashOf});

/** What says an account's base currency. */
export const holder: TestRow = {element: "AccountInformation", day: "", fields: {currency: "USD"}};

/** One row of each id: a statement does not contradict itself. */
export function unique(rows: readonly TestRow[]): TestRow[] {
  const byId = new Map<string, TestRow>();
  for (const one of rows) {
    const {transactionID, conid, rate, type} = one.fields ?? {};
    const state = (conid ?? rate) && `${one.element} ${conid ?? ""} ${one.day}`;
    byId.set(transactionID ?? state ?? `${type} ${byId.size}`, one);
  }
  return [...byId.values()];
}
