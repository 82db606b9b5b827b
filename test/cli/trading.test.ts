import {existsSync, mkdirSync} from "node:fs";
import {join} from "node:path";
import Database from "better-sqlite3";
import {expect, it} from "vitest";
import {OrdersStore} from "../../bridge/execution/orders-store.js";
import {fakeTrading, ORDER_ID} from "../bridge/fake-trading.js";
import {startBridge} from "../bridge/harness.js";
import {tearsheet, temporaryFolder} from "./terminal.js";

const bodies = (file: string) => {
  const store = new OrdersStore(file);
  const lines = [...store.all()].map(({body}) => body);
  store.close();
  return lines;
};

it("kill-switch on, where no desk runs, is written down for the next one, of the demo too", async () => {
  const DATA_DIR = temporaryFolder();
  mkdirSync(join(DATA_DIR, "demo"));
  new OrdersStore(join(DATA_DIR, "demo-desk/orders.db")).close();
  const thrown = await tearsheet(["kill-switch", "on", "--reason", "wrong size"], {DATA_DIR});
  expect([thrown.code, thrown.stderr]).toEqual([0, expect.stringContaining("no desk runs")]);
  const control = {what: "kill-switch", on: true, reason: "wrong size"};
  for (const file of ["orders.db", "demo-desk/orders.db"])
    expect(bodies(join(DATA_DIR, file))).toEqual([{kind: "control", by: "the command line", control}]);
});

it("kill-switch and orders ask the running desk by its token", async () => {
  const trading = fakeTrading();
  const {folder: DATA_DIR, port} = await startBridge({services: {trading}});
  const here = {DATA_DIR, PORT: String(port)};
  const thrown = await tearsheet(["kill-switch", "on", "--reason", "wrong size", "--json"], here);
  expect([thrown.code, thrown.json()]).toMatchObject([
    0,
    {on: true, desk: true, results: [{order: ORDER_ID, what: "sent"}]}
  ]);
  await trading.submit(
    {id: ORDER_ID, account: "DU7000001", conId: 11, action: "BUY", quantity: 5, type: "MKT", tif: "DAY"},
    "bearer"
  );
  const listed = await tearsheet(["orders"], here);
  expect([listed.code, listed.stdout]).toEqual([0, expect.stringContaining("BUY 5 INVT")]);
  expect(trading.heard[0]).toEqual(["kill-switch", true, "wrong size", "opening", "bearer"]);
  expect(existsSync(join(DATA_DIR, "orders.db"))).toBe(false);
});

it("kill-switch says which words it does not know, and changes nothing", async () => {
  const DATA_DIR = temporaryFolder();
  for (const words of [["maybe"], ["on", "--cancel", "some"], ["on", "--reason", " "]])
    expect((await tearsheet(["kill-switch", ...words], {DATA_DIR})).code).toBe(64);
  expect(existsSync(join(DATA_DIR, "orders.db"))).toBe(false);
});

it("audit verify finds a line that was changed, and a journal that was cut short", async () => {
  const DATA_DIR = temporaryFolder();
  const file = join(DATA_DIR, "orders.db");
  expect((await tearsheet(["audit", "verify"], {DATA_DIR})).code).toBe(1);
  const store = new OrdersStore(file);
  const control = {what: "state" as const, state: "HALTED" as const, reason: "a test"};
  const [, last] = store.append(0, [
    {kind: "control", by: "a test", control},
    {kind: "control", by: "a test", control: {...control, state: "ACTIVE"}}
  ]);
  store.close();
  const whole = await tearsheet(["audit", "verify", "--json"], {DATA_DIR});
  expect([whole.code, whole.json()]).toEqual([0, {lines: 2, head: last.hash, problem: null}]);
  const cut = await tearsheet(["audit", "verify", "--head", "0".repeat(64)], {DATA_DIR});
  expect([cut.code, cut.stderr]).toEqual([1, expect.stringContaining("cut short")]);
  const db = new Database(file);
  db.exec("drop trigger journal_is_not_changed");
  db.prepare("update journal set body = replace(body, 'HALTED', 'ACTIVE') where seq = 1").run();
  db.close();
  const changed = await tearsheet(["audit", "verify"], {DATA_DIR});
  expect([changed.code, changed.stderr]).toEqual([
    1,
    expect.stringContaining("line 1 is not as it was written")
  ]);
});
