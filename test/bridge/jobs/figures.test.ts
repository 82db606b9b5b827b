import {tableFromIPC} from "apache-arrow";
import {expect, it, onTestFinished} from "vitest";
import {createFigureWorker, type FigureLake} from "../../../bridge/jobs/figures.js";
import {ImportPool} from "../../../bridge/jobs/import-pool.js";
import {openStore} from "../../../bridge/store/open.js";
import {readChanges, readFiles, readLedger} from "../../../bridge/store/read.js";
import {createFigures, type Figures} from "../../../lib/ledger/figures.js";
import type {LakeWanted} from "../../../lib/ledger/lake/lake-rows.js";
import {TABLES, type TableName} from "../../../lib/ledger/tables.js";
import {rowsOf} from "../../../src/workers/ledger-arrow.js";
import {temporaryFolder} from "../harness.js";
import {flexStatement} from "../statement.js";

const context = {
  now: "2024-01-05T12:00:00.000Z",
  mode: "real" as const,
  sectors: {INVT: "Invention"},
  failures: [],
  benchmark: null
};

/** A store with one statement, and a worker that makes its figures. */
async function fill(lake?: FigureLake) {
  const url = `${temporaryFolder()}/tearsheet.db`;
  const store = await openStore({url});
  const pool = new ImportPool(url);
  const figures = createFigureWorker({url, context: () => context, ...(lake && {lake})});
  onTestFinished(async () => {
    await Promise.all([figures.close(), pool.close()]);
    store.close();
  });
  const add = (account: string) => pool.importFile({name: account, stream: stream(flexStatement({account}))});
  await add("U1000001");
  return {store, figures, add};
}

async function* stream(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

it("each view is the very one of lib/ledger/figures.ts", async () => {
  const {store, figures} = await fill();
  const ours = createFigures(readLedger(store, null, {positions: "all"}), {
    ...context,
    changes: readChanges(store),
    files: readFiles(store)
  });
  for (const name of Object.keys(ours) as (keyof Figures)[]) {
    for (const query of [{}, {range: "1D" as const}, {accounts: ["U1000001"], currency: "EUR"}]) {
      expect(JSON.parse(await figures.view(name, query))).toEqual(
        JSON.parse(JSON.stringify(ours[name](query)))
      );
    }
  }
});

it("a table comes through Arrow as it went in", async () => {
  const {store, figures} = await fill();
  const ledger = readLedger(store, null, {positions: "all"});
  for (const name of Object.keys(TABLES) as TableName[]) {
    const {bytes, version} = await figures.table(name, {positions: "all"});
    expect(rowsOf(name, tableFromIPC(bytes))).toEqual(ledger[name]);
    expect(version).toBe(store.version());
  }
});

it("a table is of the accounts that were asked for", async () => {
  const {figures, add} = await fill();
  await add("U1000002");
  const rows = async (accounts?: string[]) => {
    const {bytes} = await figures.table("trades", {positions: "all", ...(accounts && {accounts})});
    return rowsOf("trades", tableFromIPC(bytes)).map(({account}) => account);
  };
  expect(await rows()).toEqual(["U1000001", "U1000002"]);
  expect(await rows([])).toEqual(["U1000001", "U1000002"]);
  expect(await rows(["U1000002"])).toEqual(["U1000002"]);
});

it("a commit is seen by the next view", async () => {
  const {figures, add} = await fill();
  const nav = async () => JSON.parse(await figures.view("summary", {})).nav.value as string;
  expect(await nav()).toBe("1033");
  await add("U1000002");
  expect(await nav()).toBe("2066");
});

it("the context is what a page needs to make the views itself", async () => {
  const {figures} = await fill();
  expect(JSON.parse(await figures.view("context", {}))).toMatchObject({
    ...context,
    files: [{name: "U1000001"}],
    coverage: [{account: "U1000001", from: "2024-01-02", to: "2024-01-04", base: "USD"}]
  });
});

it("a worker without a store says so, and tries again", async () => {
  const figures = createFigureWorker({url: `${temporaryFolder()}/none.db`, context: () => context});
  onTestFinished(() => figures.close());
  for (let i = 0; i < 2; ++i) {
    await expect(figures.view("summary", {})).rejects.toMatchObject({
      name: "StoreError",
      code: "cannot-open"
    });
  }
});

/** A lake that keeps what it was asked: pounds for euros, and a benchmark by its name. */
function openLake() {
  const asked: LakeWanted[] = [];
  let version = 1;
  const lake: FigureLake = {
    version: () => Promise.resolve(version),
    rows(wanted) {
      asked.push(wanted);
      const closes: [string, number][] = [
        ["2024-01-02", 500],
        ["2024-01-04", 505]
      ];
      const days = ["2024-01-02", "2024-01-03", "2024-01-04"];
      const rates = days.map((day) => [day, version] as const);
      return Promise.resolve({
        marks: [],
        rates: ["USD", "GBP"]
          .filter((quote) => wanted.currencies.includes(quote))
          .map((quote) => ({base: "EUR", quote, source: "ECB fixing", rates})),
        benchmarks: wanted.benchmarks
          .filter((name) => name === "SPY (Yahoo Finance)")
          .map((name) => ({name, kind: "total return", currency: "USD", closes})),
        names: ["SPY (Yahoo Finance)"],
        ...(wanted.holdings && {holdings: {assets: [], closes: [], rates: []}})
      });
    }
  };
  return {lake, asked, commit: () => void (version = 2)};
}

it("what the ledger wants of the lake is asked once, and again when the lake or the ledger changes", async () => {
  const {lake, asked, commit} = openLake();
  const {figures, add} = await fill(lake);
  await figures.view("summary", {});
  await figures.view("positions", {});
  expect(asked).toEqual([
    {
      instruments: [],
      currencies: ["USD"],
      benchmarks: [],
      from: "2023-12-23",
      to: "2024-01-04"
    }
  ]);
  commit();
  await figures.view("summary", {});
  await add("U1000002");
  await figures.view("summary", {});
  expect(asked).toHaveLength(3);
});

it("a currency that no statement has a rate of is asked of the lake, and told with its source", async () => {
  const {lake, asked} = openLake();
  const {figures} = await fill(lake);
  const {nav, scope} = JSON.parse(await figures.view("summary", {currency: "GBP"}));
  // Pounds cost as much as dollars here: one fixing for both.
  expect(nav).toEqual({value: "1033"});
  expect(scope.lake).toMatchObject([{source: "ECB fixing"}]);
  expect(asked.map(({currencies}) => currencies)).toEqual([["USD", "GBP"]]);
});

it("a benchmark of the lake is fetched when it is asked for, and its name is offered before", async () => {
  const {lake, asked} = openLake();
  const {figures} = await fill(lake);
  const ask = async (query: object) => JSON.parse(await figures.view("performance", query));
  expect((await ask({})).benchmarks).toEqual(["SPY (Yahoo Finance)"]);
  const spec = "50% SPY (Yahoo Finance) / 50% SPY (Yahoo Finance)";
  for (const benchmark of ["SPY (Yahoo Finance)", spec])
    expect((await ask({benchmark})).benchmark).toMatchObject({kind: "total return"});
  expect(asked.map(({benchmarks}) => benchmarks)).toEqual([
    [],
    ["SPY (Yahoo Finance)"],
    ["SPY (Yahoo Finance)", spec]
  ]);
});

it("figures are made without a lake that cannot be read, and its trouble is told", async () => {
  const broken = () => Promise.reject(new Error("the disk is gone"));
  const half = {version: () => Promise.resolve(1), rows: broken};
  for (const lake of [{version: broken, rows: broken}, half]) {
    const {figures} = await fill(lake);
    expect(JSON.parse(await figures.view("summary", {})).nav.value).toBe("1033");
    const {findings} = JSON.parse(await figures.view("health", {}));
    expect(findings).toContainEqual(
      expect.objectContaining({sentence: "the data lake cannot be read: the disk is gone"})
    );
  }
});

it("the past of what is held is asked of the lake for its view alone, and stays out of other contexts", async () => {
  const {lake, asked} = openLake();
  const {figures} = await fill(lake);
  await figures.view("summary", {});
  const view = JSON.parse(await figures.view("holdings", {}));
  expect(view.leftOut.map(({name}: {name: string}) => name)).toEqual(["INVT"]);
  await figures.view("holdings", {});
  expect(asked.map(({holdings}) => holdings?.instruments)).toEqual([
    undefined,
    [{symbol: "INVT", currency: "USD"}]
  ]);
  const context = async (query: object) => JSON.parse(await figures.view("context", query)).lake;
  expect(await context({})).not.toHaveProperty("holdings");
  expect(asked).toHaveLength(2);
});
