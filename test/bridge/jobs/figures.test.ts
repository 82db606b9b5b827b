import {tableFromIPC} from "apache-arrow";
import {expect, it, onTestFinished} from "vitest";
import {createFigureWorker} from "../../../bridge/jobs/figures.js";
import {ImportPool} from "../../../bridge/jobs/import-pool.js";
import {openStore} from "../../../bridge/store/open.js";
import {readChanges, readFiles, readLedger} from "../../../bridge/store/read.js";
import {createFigures, type Figures} from "../../../lib/ledger/figures.js";
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
async function fill() {
  const url = `${temporaryFolder()}/tearsheet.db`;
  const store = await openStore({url});
  const pool = new ImportPool(url);
  const figures = createFigureWorker({url, context: () => context});
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
