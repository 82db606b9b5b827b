import {addDays} from "../../../lib/time/day.js";
import {expect, it} from "vitest";
import {readBenchmarks, writeBenchmark} from "../../../bridge/store/benchmarks.js";
import {columnsOf, TABLE_NAMES} from "../../../bridge/store/ledger-tables.js";
import {
  readAccounts,
  readChanges,
  readFiles,
  readLedger,
  readProvenance
} from "../../../bridge/store/read.js";
import {readState, writeState} from "../../../bridge/store/state.js";
import {parseAmount} from "../../../lib/money/amount.js";
import {add, hashOf, temporaryStore, type TestFile} from "./fixture.js";

const position = (day: string, conid = "1") => ({
  element: "OpenPosition",
  day,
  fields: {conid, position: "1", levelOfDetail: "SUMMARY"}
});

it("readLedger(store, accounts, {positions: latest}) gives each account's last 31 position days", async () => {
  const store = await temporaryStore();
  const days = Array.from({length: 33}, (_, i) => addDays("2024-01-01", i));
  await add(store, [
    {from: days[0], to: days[32], rows: days.map((day) => position(day))},
    {account: "U2", rows: [position("2024-01-02")]}
  ]);
  const read = (accounts: string[] | null, positions: "latest" | "all") =>
    readLedger(store, accounts, {positions}).positions.map(({account, day}) => `${account} ${day}`);
  const ofFirst = days.map((day) => `U1 ${day}`);
  expect(read(null, "latest")).toEqual([...ofFirst.slice(2), "U2 2024-01-02"]);
  expect(read(null, "all")).toEqual([...ofFirst, "U2 2024-01-02"]);
  expect(read(["U2"], "latest")).toEqual(["U2 2024-01-02"]);
  expect(read([], "all")).toEqual([]);
});

it("readLedger(store, accounts) gives rows in order of account, day, id with every column, exact", async () => {
  const store = await temporaryStore();
  const trade = (id: string, day: string, proceeds: string) => ({
    element: "Trade",
    day,
    fields: {transactionID: id, proceeds, expiry: "2024-12-20", dateTime: "2024-01-02T10:00:00", notes: "P;O"}
  });
  await add(store, [
    {account: "U2", rows: [trade("9", "2024-01-02", "1")]},
    {
      rows: [
        trade("2", "2024-01-03", "-0.000000000001"),
        trade("1", "2024-01-03", "98765432109876543210.5"),
        trade("3", "2024-01-02", "0")
      ]
    }
  ]);
  const {trades} = readLedger(store, null, {positions: "all"});
  expect(trades.map(({transactionID}) => transactionID)).toEqual(["3", "1", "2", "9"]);
  expect(trades.map(({proceeds}) => proceeds)).toEqual(
    ["0", "98765432109876543210.5", "-0.000000000001", "1"].map(parseAmount)
  );
  expect(trades[0]).toMatchObject({
    expiry: "2024-12-20",
    dateTime: "2024-01-02T10:00:00",
    notes: "P;O",
    isin: null
  });
  expect(Object.keys(trades[0])).toEqual(columnsOf("trades").map(([column]) => column));
});

it("equal rows without an id are rows of their own, numbered from the second", async () => {
  const store = await temporaryStore();
  const fee = {element: "CashTransaction", fields: {type: "Other Fees", amount: "-1"}};
  await add(store, [{rows: [fee, fee, fee]}]);
  await add(store, [{queryName: "brief", rows: [fee, fee]}]);
  const {cash} = readLedger(store, null, {positions: "all"});
  const [{id}] = cash;
  expect(cash.map((row) => row.id)).toEqual([id, `${id}:2`, `${id}:3`]);
  for (const row of cash) {
    expect(readProvenance(store, "cash", row.id).map(({fields}) => fields.amount)).toEqual(["-1", "-1"]);
  }
});

it("readProvenance(store, table, id) lists each edition of a row, the latest first", async () => {
  const store = await temporaryStore();
  const file = (generated: string, mtm: string): TestFile => [
    {generated, rows: [{element: "ChangeInNAV", day: "", fields: {mtm, currency: "USD"}}]}
  ];
  const [first, second] = [file("2024-01-03T06:00:00", "1"), file("2024-01-04T06:00:00", "2")];
  await add(store, first, "first");
  await add(store, second, "second");
  const [row] = readLedger(store, null, {positions: "all"}).change_in_nav;
  expect(row).toMatchObject({
    part: "mtm",
    amount: parseAmount("2"),
    fromDate: "2024-01-02",
    day: "2024-01-02"
  });
  expect(readProvenance(store, "change_in_nav", row.id)).toEqual([
    {
      sha256: hashOf(second),
      name: "second",
      importedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      generated: "2024-01-04T06:00:00",
      fields: {mtm: "2", currency: "USD"}
    },
    {
      sha256: hashOf(first),
      name: "first",
      importedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      generated: "2024-01-03T06:00:00",
      fields: {mtm: "1", currency: "USD"}
    }
  ]);
  expect(readProvenance(store, "trades", "Trade:U1:none")).toEqual([]);
});

it("readFiles, readAccounts and readChanges tell what the store holds", async () => {
  const store = await temporaryStore();
  const trade = (quantity: string) => ({element: "Trade", fields: {transactionID: "1", quantity}});
  await add(
    store,
    [
      {from: "2024-01-01", rows: [trade("1")]},
      {account: "U2", rows: []}
    ],
    "both"
  );
  await add(store, [{generated: "2024-01-05T06:00:00", queryName: "brief", rows: [trade("2")]}], "brief");
  const [brief, both] = readFiles(store);
  expect(readAccounts(store)).toEqual(["U1", "U2"]);
  expect(
    readFiles(store).map(({name, accounts, from, to, rows}) => [name, accounts, from, to, rows])
  ).toEqual([
    ["brief", ["U1"], "2024-01-02", "2024-01-02", 1],
    ["both", ["U1", "U2"], "2024-01-01", "2024-01-02", 1]
  ]);
  expect(readChanges(store)).toEqual([
    {
      kind: "contradiction",
      account: "U1",
      element: "Trade",
      key: "/1/",
      day: "2024-01-02",
      seen: "2024-06-01T10:00:00.000Z",
      differences: [["quantity", "1", "2"]],
      oldFile: both.sha256,
      nowFile: brief.sha256
    }
  ]);
});

it("raw_rows has a row for each row of each file", async () => {
  const store = await temporaryStore();
  const file: TestFile = [
    {rows: [{element: "Lot", section: "Trades", fields: {symbol: "AAA"}}, position("2024-01-02")]}
  ];
  await add(store, file);
  expect(
    store.raw
      .prepare("select file, section, element, day, count, fields from raw_rows order by element")
      .all()
  ).toEqual([
    {
      file: hashOf(file),
      section: "Trades",
      element: "Lot",
      day: "2024-01-02",
      count: 1,
      fields: '{"symbol":"AAA"}'
    },
    {
      file: hashOf(file),
      section: "OpenPositions",
      element: "OpenPosition",
      day: "2024-01-02",
      count: 1,
      fields: '{"conid":"1","position":"1","levelOfDetail":"SUMMARY"}'
    }
  ]);
});

it("the ledger's tables have the columns of lib/ledger/tables.ts, in their order", async () => {
  const store = await temporaryStore();
  for (const name of TABLE_NAMES) {
    const columns = store.raw
      .prepare<[string], string>("select name from pragma_table_info(?)")
      .pluck()
      .all(name);
    expect(columns).toEqual(columnsOf(name).map(([column]) => column));
  }
});

it("writeState keeps a value, replaces it, and removes it", async () => {
  const store = await temporaryStore();
  expect(readState(store, "pull")).toBeUndefined();
  await writeState(store, "pull", {reference: "123"});
  await writeState(store, "pull", {reference: "124"});
  expect(readState(store, "pull")).toEqual({reference: "124"});
  await writeState(store, "pull", undefined);
  expect(readState(store, "pull")).toBeUndefined();
});

it("writeBenchmark keeps an index's closes in place of those before", async () => {
  const store = await temporaryStore();
  const index = {name: "Demo 500", kind: "total return", currency: "USD"} as const;
  await writeBenchmark(store, {...index, closes: [["2024-01-03", 101.5]]});
  const version = store.version();
  await writeBenchmark(store, {
    ...index,
    closes: [
      ["2024-01-02", 100],
      ["2024-01-03", 100.25]
    ]
  });
  expect(readBenchmarks(store, "Demo 500").benchmark).toEqual({
    ...index,
    closes: [
      ["2024-01-02", 100],
      ["2024-01-03", 100.25]
    ]
  });
  expect(readBenchmarks(store, null).benchmarks?.map(({name}) => name)).toEqual(["Demo 500"]);
  expect(store.version()).toBe(version + 1);
});
