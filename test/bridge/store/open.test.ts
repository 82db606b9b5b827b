import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import Database from "better-sqlite3";
import {sql} from "kysely";
import {expect, it, onTestFinished} from "vitest";
import type {StoreError} from "../../../bridge/store/errors.js";
import {importFile} from "../../../bridge/store/import.js";
import {migrate, storeVersion} from "../../../bridge/store/migrate.js";
import {MIGRATIONS, type Migration} from "../../../bridge/store/migrations/index.js";
import {openStore, pathOf} from "../../../bridge/store/open.js";
import {readLedger} from "../../../bridge/store/read.js";
import {
  add,
  chunksOf,
  dump,
  encode,
  now,
  readTest,
  temporaryFolder,
  temporaryStore,
  type TestFile
} from "./fixture.js";

const file: TestFile = [{rows: [{element: "Trade", fields: {transactionID: "1", quantity: "10"}}]}];

const failing = (code: StoreError["code"], message: RegExp) =>
  expect.objectContaining({name: "StoreError", code, message: expect.stringMatching(message)});

it("pathOf(url) takes sqlite:///FILE and a plain path", () => {
  expect(pathOf("sqlite:////var/lib/tearsheet.db")).toBe("/var/lib/tearsheet.db");
  expect(pathOf("sqlite:///tearsheet.db")).toBe("tearsheet.db");
  expect(pathOf("/var/lib/tearsheet.db")).toBe("/var/lib/tearsheet.db");
});

it("openStore makes folder and file for their owner only", async () => {
  const folder = join(temporaryFolder(), "data");
  const path = join(folder, "store.db");
  const store = await openStore({url: `sqlite:///${path}`});
  await add(store, file);
  const mode = (name: string) => (statSync(name).mode & 0o777).toString(8);
  expect([mode(folder), mode(path), mode(`${path}-wal`)]).toEqual(["700", "600", "600"]);
  store.close();
});

it("openStore finds what was stored", async () => {
  const url = join(temporaryFolder(), "store.db");
  const first = await openStore({url});
  await add(first, file);
  const before = dump(first);
  first.close();
  const again = await openStore({url});
  expect(dump(again)).toBe(before);
  again.close();
  const reader = await openStore({url, readonly: true});
  expect(readLedger(reader, null, {positions: "latest"}).trades).toHaveLength(1);
  reader.close();
});

it("openStore refuses a store of a newer program, and leaves it alone", async () => {
  const url = join(temporaryFolder(), "store.db");
  (await openStore({url})).close();
  const db = new Database(url);
  db.pragma("user_version = 99");
  db.close();
  const before = readFileSync(url);
  await expect(openStore({url})).rejects.toThrow(failing("newer", /of a newer tearsheet.*update tearsheet/));
  expect(readFileSync(url).equals(before)).toBe(true);
});

it("openStore refuses another program's database, a text, a folder and a damaged file in a sentence each", async () => {
  const folder = temporaryFolder();
  const other = join(folder, "other.db");
  new Database(other).exec("create table bookmarks (url text)").close();
  await expect(openStore({url: other})).rejects.toThrow(
    failing("not-a-database", /another program's database/)
  );

  const text = join(folder, "notes.db");
  writeFileSync(text, "these are my notes, and they are longer than a header of a database is\n".repeat(20));
  await expect(openStore({url: text})).rejects.toThrow(
    failing("not-a-database", /^not a database: .*notes\.db/)
  );

  const place = join(folder, "place.db");
  mkdirSync(place);
  await expect(openStore({url: place})).rejects.toThrow(failing("cannot-open", /it is a folder/));

  await expect(openStore({url: join(folder, "none.db"), readonly: true})).rejects.toThrow(
    failing("cannot-open", /database/)
  );

  const damaged = join(folder, "damaged.db");
  const store = await openStore({url: damaged});
  await add(store, file);
  store.close();
  const bytes = readFileSync(damaged);
  bytes.fill(0xff, 4096, bytes.length);
  writeFileSync(damaged, bytes);
  await expect(openStore({url: damaged})).rejects.toThrow(failing("corrupt", /damaged.*backups/));
});

it("importFile says that the database is locked, and leaves it as before", async () => {
  const store = await temporaryStore();
  const other = new Database(store.path);
  onTestFinished(() => void other.close());
  other.exec("begin immediate");
  const source = {name: "file", open: () => chunksOf(encode(file))};
  const before = dump(store);
  await expect(importFile(store, source, {now, read: readTest, timeoutMs: 50})).rejects.toThrow(
    failing("locked", /locked by another program/)
  );
  other.exec("rollback");
  expect(dump(store)).toBe(before);
  await add(store, file);
});

it("importFile says that the disk is full, and leaves the store as before", async () => {
  const store = await temporaryStore();
  await add(store, file);
  const before = dump(store);
  const many = Array.from({length: 3000}, (_, n) => ({
    element: "Trade",
    fields: {transactionID: `many ${n}`, quantity: "1", description: "x".repeat(200)}
  }));
  const source = {name: "large", open: () => chunksOf(encode([{rows: many}]))};
  await expect(importFile(store, source, {now, read: readTest, mostPages: 80})).rejects.toThrow(
    failing("full", /disk is full.*free some space/)
  );
  expect(dump(store)).toBe(before);
  expect(store.raw.pragma("integrity_check", {simple: true})).toBe("ok");
});

it("a store that may only be read refuses to write in one sentence", async () => {
  const url = join(temporaryFolder(), "store.db");
  (await openStore({url})).close();
  chmodSync(url, 0o400);
  await expect(openStore({url})).rejects.toThrow(failing("read-only", /may not be written/));
  expect(statSync(url).mode & 0o777).toBe(0o400);
  const reader = await openStore({url, readonly: true});
  onTestFinished(() => reader.close());
  await expect(reader.write(() => reader.raw.exec("delete from app_state"))).rejects.toThrow(
    failing("read-only", /may not be written/)
  );
});

it("migrate runs each step once, keeps a copy before it, and takes a failed step back", async () => {
  const folder = temporaryFolder();
  const db = new Database(join(folder, "store.db"));
  onTestFinished(() => void db.close());
  const note: Migration = {
    up: async (kysely) => void (await sql`create table note (text text)`.execute(kysely))
  };
  const fail: Migration = {
    async up(kysely) {
      await sql`insert into note values ('half done')`.execute(kysely);
      throw new Error("out of luck");
    }
  };
  await migrate(db, [...MIGRATIONS]);
  expect(existsSync(join(folder, "backups"))).toBe(false);
  await migrate(db, [...MIGRATIONS, note]);
  await migrate(db, [...MIGRATIONS, note]);
  expect(storeVersion(db, [...MIGRATIONS, note])).toBe(MIGRATIONS.length + 1);
  expect(readdirSync(join(folder, "backups"))).toEqual([`store-v${MIGRATIONS.length}.db`]);
  expect(statSync(join(folder, "backups", `store-v${MIGRATIONS.length}.db`)).mode & 0o777).toBe(0o600);

  await expect(migrate(db, [...MIGRATIONS, note, fail])).rejects.toThrow("out of luck");
  expect(db.prepare("select * from note").all()).toEqual([]);
  expect(storeVersion(db, [...MIGRATIONS, note, fail])).toBe(MIGRATIONS.length + 1);
  const copy = new Database(join(folder, "backups", `store-v${MIGRATIONS.length + 1}.db`), {readonly: true});
  expect(copy.pragma("integrity_check", {simple: true})).toBe("ok");
  copy.close();
});

it("openStore makes the ledger's tables anew when they are not those of this program", async () => {
  const url = join(temporaryFolder(), "store.db");
  const store = await openStore({url});
  await add(store, file);
  const before = dump(store);
  store.raw.exec("drop table trades");
  store.raw.exec("update ledger_state set tables = 'of another edition'");
  store.close();
  await expect(openStore({url, readonly: true})).rejects.toThrow(failing("older", /start tearsheet once/));
  const again = await openStore({url});
  expect(dump(again)).toBe(before);
  again.close();
});

it("watch(listener) tells a commit of another connection, and version() grows with it", async () => {
  const store = await temporaryStore();
  const seen = new Promise<number>((resolve) => {
    const stop = store.watch((version) => {
      stop();
      resolve(version);
    }, 5);
  });
  const version = store.version();
  await add(store, file);
  expect(await seen).toBe(version + 1);
});

it("write(work) waits for another writer without blocking the thread", async () => {
  const store = await temporaryStore();
  const other = new Database(store.path);
  other.exec("begin immediate");
  let ticks = 0;
  const timer = setInterval(() => ++ticks, 5);
  setTimeout(() => other.exec("rollback").close(), 100);
  await store.write(() => store.raw.prepare("insert into app_state values ('key', '1')").run());
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(5);
});
