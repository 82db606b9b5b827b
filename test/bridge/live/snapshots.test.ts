import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {readPoints, Snapshots} from "../../../bridge/live/snapshots.js";
import {LiveTables} from "../../../bridge/live/tables.js";
import {openStore} from "../../../bridge/store/open.js";
import {temporaryFolder} from "../harness.js";
import {figuresOf} from "../broker-told.js";

async function keepAt(iso: string) {
  const store = await openStore({url: join(temporaryFolder(), "tearsheet.db")});
  const clock = {now: new Date(iso)};
  const tables = new LiveTables();
  const snapshots = new Snapshots({store, tables, now: () => clock.now});
  onTestFinished(async () => {
    await snapshots.close();
    store.close();
  });
  const tell = (value: number, time: string) => {
    clock.now = new Date(time);
    tables.put("account", "U1", figuresOf("U1", value));
    tables.put("nav", "U1", {
      account: "U1",
      currency: "USD",
      source: "ibkr",
      value,
      at: clock.now.getTime(),
      seam: null
    });
  };
  return {store, snapshots, tell, clock};
}

it("Snapshots keeps the first value at once, then what is new when it is asked", async () => {
  const {store, snapshots, tell} = await keepAt("2026-11-23T15:00:00Z");
  tell(1000, "2026-11-23T15:01:00Z");
  tell(1001, "2026-11-23T15:02:00Z");
  await snapshots.keep();
  await snapshots.keep();
  expect(readPoints(store, "U1", null)).toEqual([
    {at: Date.parse("2026-11-23T15:01:00Z"), value: 1000, source: "ibkr", isClose: false},
    {at: Date.parse("2026-11-23T15:02:00Z"), value: 1001, source: "ibkr", isClose: false}
  ]);
  expect(store.raw.prepare("select cash, unrealized_pnl from live_snapshots").get()).toEqual({
    cash: 100,
    unrealized_pnl: 20
  });
});

it("Snapshots marks what is kept when a session has just ended", async () => {
  const {store, snapshots, tell} = await keepAt("2026-11-23T20:00:00Z");
  tell(1000, "2026-11-23T20:30:00Z");
  tell(1001, "2026-11-23T21:00:00Z");
  await snapshots.keep();
  tell(1002, "2026-11-23T21:15:00Z");
  await snapshots.keep();
  expect(readPoints(store, "U1", null).map(({isClose}) => isClose)).toEqual([false, true, false]);
});

it("readPoints(store, account, since) leaves out that day and those before, by New York's calendar", async () => {
  const {store, snapshots, tell} = await keepAt("2026-11-20T15:00:00Z");
  tell(1000, "2026-11-20T15:00:00Z");
  tell(1001, "2026-11-21T03:00:00Z");
  await snapshots.keep();
  tell(1002, "2026-11-21T14:00:00Z");
  await snapshots.keep();
  expect(readPoints(store, "U1", "2026-11-20").map(({value}) => value)).toEqual([1002]);
  expect(readPoints(store, "U2", null)).toEqual([]);
});
