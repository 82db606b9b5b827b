import {expect, it} from "vitest";
import {undoFile} from "../../../bridge/store/undo.js";
import {readChanges, readFiles, readLedger} from "../../../bridge/store/read.js";
import {add, dump, hashOf, now, temporaryStore, type TestFile} from "./fixture.js";

const trade = (id: string, quantity: string, day = "2024-01-02") => ({
  element: "Trade",
  day,
  fields: {transactionID: id, assetCategory: "STK", symbol: "AAA", quantity, currency: "USD"}
});

it("importFile stores a file's rows in the ledger's tables", async () => {
  const store = await temporaryStore();
  const report = await add(store, [{rows: [trade("1", "10"), trade("2", "-4.5")]}]);
  expect(report).toMatchObject({new: 2, same: 0, changed: 0, retired: 0, known: false});
  const {trades, coverage} = readLedger(store, null, {positions: "all"});
  expect(trades.map(({id, quantity}) => [id, quantity])).toEqual([
    ["Trade:U1:/1/", 10n * 10n ** 12n],
    ["Trade:U1:/2/", -45n * 10n ** 11n]
  ]);
  expect(coverage).toEqual([{account: "U1", from: "2024-01-02", to: "2024-01-02", base: null}]);
});

it("importFile changes nothing when the file is in the store already", async () => {
  const store = await temporaryStore();
  const file: TestFile = [{rows: [trade("1", "10"), trade("2", "-4.5")]}];
  await add(store, file);
  const [before, version] = [dump(store), store.version()];
  expect(await add(store, file, "copy")).toMatchObject({
    new: 0,
    same: 2,
    changed: 0,
    retired: 0,
    known: true
  });
  expect(dump(store)).toBe(before);
  expect(store.version()).toBe(version);
  expect(readFiles(store).map(({name}) => name)).toEqual(["file"]);
});

it("importFile counts what a later edition keeps, changes, adds and takes away", async () => {
  const store = await temporaryStore();
  await add(store, [{rows: [trade("1", "10"), trade("2", "20"), trade("3", "30")]}]);
  const report = await add(store, [
    {generated: "2024-01-04T06:00:00", rows: [trade("1", "10"), trade("2", "21"), trade("4", "40")]}
  ]);
  expect(report).toMatchObject({new: 1, same: 1, changed: 1, retired: 1});
  const {trades} = readLedger(store, ["U1"], {positions: "all"});
  expect(trades.map(({transactionID, quantity}) => [transactionID, quantity])).toEqual([
    ["1", 10n * 10n ** 12n],
    ["2", 21n * 10n ** 12n],
    ["4", 40n * 10n ** 12n]
  ]);
  expect(readChanges(store)).toMatchObject([
    {kind: "changed", key: "/2/", differences: [["quantity", "20", "21"]]},
    {kind: "gone", key: "/3/", seen: "2024-06-01T10:00:00.000Z"}
  ]);
  expect(readChanges(store, "2024-06-02")).toEqual([]);
});

it("undoFile takes a file out of the set, importFile puts it back", async () => {
  const store = await temporaryStore();
  const empty = dump(store);
  const first: TestFile = [{rows: [trade("1", "10"), trade("3", "30")]}];
  const second: TestFile = [{generated: "2024-01-04T06:00:00", rows: [trade("1", "11")]}];
  await add(store, first);
  const one = dump(store);
  await add(store, second);
  const both = dump(store);
  expect(await undoFile(store, hashOf(second), {now})).toBe(true);
  expect(dump(store)).toBe(one);
  expect(await undoFile(store, hashOf(second), {now})).toBe(false);
  await add(store, second);
  expect(dump(store)).toBe(both);
  await undoFile(store, hashOf(first), {now});
  await undoFile(store, hashOf(second), {now});
  expect(dump(store)).toBe(empty);
  expect(readFiles(store)).toEqual([]);
});

it("importFile keeps what holds whatever the day once, in a file that repeats it with each day", async () => {
  const store = await temporaryStore();
  const info = (symbol: string) => ({
    element: "SecurityInfo",
    day: "",
    fields: {conid: "1", symbol, isin: "X"}
  });
  const days = ["2024-01-02", "2024-01-03", "2024-01-04"];
  const report = await add(
    store,
    days.map((day) => ({from: day, to: day, rows: [info("AAA"), trade(day, "1", day)]}))
  );
  expect(report).toMatchObject({new: 4, same: 2, changed: 0});
  const {securities} = readLedger(store, null, {positions: "all"});
  expect(securities).toMatchObject([{id: "SecurityInfo:U1:/1", account: "U1", day: null, symbol: "AAA"}]);
  expect(
    store.raw.prepare("select count(*) from raw_rows where element = 'SecurityInfo'").pluck().get()
  ).toBe(1);
  expect(await add(store, [{from: "2024-01-05", to: "2024-01-05", rows: [info("AAA")]}])).toMatchObject({
    same: 1
  });
});

it("importFile of a row that is known settles nothing, and a later file that lacks it still takes it away", async () => {
  const store = await temporaryStore();
  const edition = (hour: string, ...ids: string[]): TestFile => [
    {generated: `2024-01-03T${hour}:00:00`, rows: ids.map((id) => trade(id, "1"))}
  ];
  await add(store, edition("06", "1", "2"));
  await add(store, edition("08", "1"));
  expect(await add(store, edition("07", "1", "2"))).toMatchObject({new: 0, same: 2, retired: 0});
  expect(await add(store, edition("09", "2"))).toMatchObject({new: 0, same: 1, retired: 1});
  const {trades} = readLedger(store, null, {positions: "all"});
  expect(trades.map(({transactionID}) => transactionID)).toEqual(["2"]);
});
