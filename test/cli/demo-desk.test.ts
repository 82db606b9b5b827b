/** The demo's paper account goes on when the demo is made anew. */
import {existsSync, mkdirSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {LiveRoom} from "../../bridge/live/room.js";
import {readPoints} from "../../bridge/live/snapshots.js";
import type {Figures} from "../../bridge/services.js";
import {openStore} from "../../bridge/store/open.js";
import {demoDeskDir, demoDir} from "../../cli/demo-place.js";
import {openDesk} from "../../cli/desk.js";
import {DEFAULT_LIMITS} from "../../lib/orders/risk/limits.js";
import {startTws} from "../../sim/tws/service.js";
import {listings} from "../../sim/tws/catalogue.js";
import {temporaryFolder} from "../bridge/harness.js";

const PATIENCE = {timeout: 30_000};
const quiet = {info: () => undefined, warn: () => undefined, error: () => undefined};

/** A share that every demo has, and the number of one that only the first has. */
const share = listings(new Date()).all.find(({localSymbol}) => localSymbol === "LKMQ")!; // it is listed
const GONE = 4_242_424;

type Given = Parameters<typeof startTws>[0];

/** A demo of one day: its store in its own folder, its stand-in, and the desk whose files are kept apart. */
async function day(DATA_DIR: string, given: Given = {}) {
  mkdirSync(demoDir({DATA_DIR}), {recursive: true});
  const store = await openStore({url: join(demoDir({DATA_DIR}), "tearsheet.db")});
  const tws = await startTws({version: 193, everyMs: 50, ...given});
  const desk = openDesk({
    mode: "paper",
    isKilledBySetting: false,
    tws: {host: "127.0.0.1", port: tws.port, clientId: 1},
    lines: 100,
    folder: demoDeskDir({DATA_DIR}),
    live: new LiveRoom((account, since) => readPoints(store, account, since)),
    store,
    figures: {
      view: async () => JSON.stringify({scope: {asOf: null, accounts: []}, nav: {value: null}})
    } as unknown as Figures, // what is asked of them
    log: quiet,
    now: () => new Date()
  });
  const {trading} = desk;
  await expect.poll(() => trading.data.status().phase, PATIENCE).toBe("ready");
  await expect.poll(() => trading.status().blocked, PATIENCE).toBe(null);
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await desk.close();
    await tws.close();
    store.close();
  };
  onTestFinished(close);
  return {tws, trading, close};
}

it("what is held stays, is marked by the new demo's prices, and what is not listed any more says so", async () => {
  const DATA_DIR = temporaryFolder();
  expect(demoDeskDir({DATA_DIR}).startsWith(join(demoDir({DATA_DIR}), "/"))).toBe(false);
  const first = await day(DATA_DIR, {
    listings: [{...share, conId: GONE, symbol: "GONE", localSymbol: "GONE"}]
  });
  const limits = {
    ...DEFAULT_LIMITS,
    regularHoursOnly: false,
    duplicateSeconds: 0,
    orderValue: null,
    positionNotional: null
  };
  first.trading.setLimits("PAPER", {account: limits, strategies: {}}, "test");
  for (const conId of [share.conId, GONE]) {
    const id = crypto.randomUUID();
    const order = {
      id,
      account: "PAPER",
      conId,
      action: "BUY",
      quantity: 3,
      type: "MKT",
      tif: "GTC",
      outsideHours: true
    } as const;
    expect((await first.trading.submit(order, "test")).decision.reason).toBe(null);
    await expect.poll(() => first.trading.order(id)?.status, PATIENCE).toBe("filled");
  }
  await first.close();

  rmSync(demoDir({DATA_DIR}), {recursive: true}); // as startDemo does when the day is another
  expect(existsSync(join(demoDeskDir({DATA_DIR}), "paper.db"))).toBe(true);
  const second = await day(DATA_DIR);
  second.tws.market.pin(share.conId, {last: 777.77, bid: 777.76, ask: 777.78, bidSize: 100, askSize: 100});
  const held = () =>
    second.trading.broker
      .positions("PAPER")
      .map(({label, units, price}) => [label, units, price && Math.round(100 * price) / 100]);
  await expect.poll(() => held()[0], PATIENCE).toEqual(["LKMQ", 3, 777.77]);
  await expect.poll(() => held()[1], PATIENCE).toEqual(["GONE, not listed any more", 3, expect.any(Number)]);
  expect(second.trading.broker.status().sentence).toMatch(
    /; GONE is not listed any more: it stays at its last price$/
  );
  expect(second.trading.status().blocked).toBe(null);
  expect(second.trading.fills({limit: 10})).toHaveLength(2);
}, 120_000);

it("a paper account's file that is damaged keeps the desk shut, with a sentence", async () => {
  const DATA_DIR = temporaryFolder();
  mkdirSync(demoDeskDir({DATA_DIR}), {recursive: true});
  writeFileSync(join(demoDeskDir({DATA_DIR}), "paper.db"), "something else altogether, and long enough");
  await expect(day(DATA_DIR)).rejects.toThrow("the paper account cannot be opened");
});
