import {createReadStream, statSync} from "node:fs";
import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {writeFlexFile} from "../../../bench/flex-file.js";
import {ImportPool} from "../../../bridge/jobs/import-pool.js";
import type {ImportProgress} from "../../../bridge/store/import.js";
import {openStore} from "../../../bridge/store/open.js";
import {readFiles} from "../../../bridge/store/read.js";
import {dump, temporaryFolder} from "../store/fixture.js";

/** A folder with a file of some trades, an empty store, and a pool that imports into it. */
async function prepare(trades: number) {
  const folder = temporaryFolder();
  const path = join(folder, "trades.xml");
  await writeFlexFile(path, {trades, days: 20});
  const url = join(folder, "store.db");
  const store = await openStore({url});
  const pool = new ImportPool(url);
  onTestFinished(async () => {
    await pool.close();
    store.close();
  });
  return {path, store, pool};
}

it("importFile stores a file on disk and a stream of its bytes alike", async () => {
  const {path, store, pool} = await prepare(500);
  const progress: ImportProgress[] = [];
  const stored = await pool.importFile({name: "on disk", path}, {onProgress: (one) => progress.push(one)});
  expect(stored).toMatchObject({file: "on disk", new: 581, same: 0, known: false, errors: []});
  expect(progress.map(({phase}) => phase)).toEqual(expect.arrayContaining(["read", "store", "merge"]));
  expect(progress[0]).toMatchObject({phase: "read", total: statSync(path).size});
  expect(progress.at(-1)).toEqual({phase: "merge", done: 581, total: 581, rows: 581});
  const before = dump(store);
  const streamed = await pool.importFile({name: "streamed", stream: createReadStream(path)});
  expect(streamed).toMatchObject({sha256: stored.sha256, new: 0, same: 581, known: true});
  expect(dump(store)).toBe(before);
  expect(await pool.undo(stored.sha256)).toBe(true);
  expect(readFiles(store)).toEqual([]);
});

it("importFile fills what programs read beside the ledger: snapshots, P&L and measures", async () => {
  const {path, store, pool} = await prepare(50);
  await pool.importFile({name: "file", path});
  const count = (table: string) => store.raw.prepare(`select count(*) from ${table}`).pluck().get();
  expect(count("account_snapshots")).toBe(20);
  expect(count("pnl_history")).toBe(19);
  expect(store.raw.prepare("select * from account_snapshots limit 1").get()).toEqual({
    account: "U7654321",
    day: "2015-01-01",
    currency: "USD",
    net_liquidation: "400000",
    cash: "100000",
    equity: "300000",
    buying_power: null
  });
  expect(
    store.raw.prepare("select value from performance_metrics where metric = 'totalReturn'").pluck().get()
  ).toBeCloseTo((100_000 + 19 + 300_000 + 31 * 19) / 400_000 - 1, 12);
});

it("importFile tells what is wrong with a file as lib/statements does, and goes on with the next", async () => {
  const {path, store, pool} = await prepare(20);
  const results = await Promise.allSettled([
    pool.importFile({name: "page", stream: bytes("<html><body>log in</body></html>")}),
    pool.importFile({name: "none", path: "/nowhere/at/all.xml"}),
    pool.importFile({name: "other", path}, {account: "U1"}),
    pool.importFile({name: "broken", stream: broken()}),
    pool.importFile({name: "good", path}, {account: "U7654321"})
  ]);
  expect(
    results.map((result) => (result.status === "rejected" ? result.reason : result.status))
  ).toMatchObject([
    {name: "StatementError", problem: {code: "html"}},
    {name: "StatementError", message: expect.stringContaining("there is no such file")},
    {
      name: "StatementError",
      problem: {code: "other-account"},
      message: expect.stringContaining("U7654321, not U1")
    },
    {message: "the line went dead"},
    "fulfilled"
  ]);
  expect(readFiles(store).map(({name}) => name)).toEqual(["good"]);
});

it("importFile that is cancelled leaves the store as before", async () => {
  const {path, store, pool} = await prepare(2000);
  const before = dump(store);
  for (const phase of ["read", "merge"]) {
    const abort = new AbortController();
    const onProgress = (progress: ImportProgress) => {
      if (progress.phase === phase) abort.abort(new Error(`stopped at ${phase}`));
    };
    const stopped = pool.importFile(
      {name: "file", stream: createReadStream(path)},
      {onProgress, signal: abort.signal}
    );
    await expect(stopped).rejects.toThrow(`stopped at ${phase}`);
    expect(dump(store)).toBe(before);
  }
  expect(await pool.importFile({name: "file", path})).toMatchObject({new: 2081});
});

it("close() in the middle of an import leaves the store as before", async () => {
  const {path, store, pool} = await prepare(2000);
  const before = dump(store);
  const {promise: started, resolve} = Promise.withResolvers<void>();
  const stopped = pool.importFile({name: "file", path}, {onProgress: () => resolve()});
  const caught = expect(stopped).rejects.toThrow("the import was stopped: the store is as before");
  await started;
  await pool.close();
  await caught;
  expect(dump(store)).toBe(before);
});

it("an import never keeps the event loop of its caller busy for 50 ms", async () => {
  const {path, pool} = await prepare(10_000);
  expect(
    await longestTurn(() => pool.importFile({name: "file", stream: createReadStream(path)}))
  ).toBeLessThan(50);
});

/** Returns the longest time, in ms of this thread alone, for which the event loop did not come round. */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let [longest, last] = [0, process.threadCpuUsage()];
  const timer = setInterval(() => {
    const {user, system} = process.threadCpuUsage(last);
    longest = Math.max(longest, (user + system) / 1000);
    last = process.threadCpuUsage();
  }, 1);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return longest;
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode("<FlexQueryResponse"));
  throw new Error("the line went dead");
}
