import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {LiveRoom} from "../../bridge/live/room.js";
import {readPoints} from "../../bridge/live/snapshots.js";
import type {Figures} from "../../bridge/services.js";
import {openStore} from "../../bridge/store/open.js";
import {openDesk} from "../../cli/desk.js";
import {startTws} from "../../sim/tws/service.js";
import {temporaryFolder} from "../bridge/harness.js";

const PATIENCE = {timeout: 20_000};
const quiet = {info: () => undefined, warn: () => undefined, error: () => undefined};

/** A desk on a stand-in for TWS, or on a port where nobody listens; its statements end with a thousand dollars. */
async function deskOn({port}: {port?: number} = {}) {
  const folder = temporaryFolder();
  const store = await openStore({url: join(folder, "tearsheet.db")});
  const tws = port === undefined ? await startTws({version: 193, everyMs: 50, profitSteps: 1}) : null;
  const live = new LiveRoom((account, since) => readPoints(store, account, since));
  const seams = new Map([["DU7000001", "1000"]]);
  const view = async (_: string, {accounts}: {accounts: string[]}) => {
    const value = seams.get(accounts[0]) ?? null;
    return JSON.stringify({scope: {asOf: value && "2026-11-20", accounts}, nav: {value}});
  };
  const desk = openDesk({
    mode: "paper",
    isKilledBySetting: false,
    tws: {host: "127.0.0.1", port: port ?? tws!.port, clientId: 1},
    lines: 100,
    folder,
    live,
    store,
    figures: {view} as unknown as Figures, // what is asked of them
    log: quiet,
    now: () => new Date()
  });
  onTestFinished(async () => {
    await desk.close();
    await tws?.close();
    store.close();
  });
  return {desk, live, tables: live.tables, tws, store, seams};
}

it("openDesk(…) tells the link, accounts, positions and their value beside the last statement", async () => {
  const {desk, tables, live} = await deskOn();
  await expect.poll(() => tables.get("link", "ibkr")?.phase, PATIENCE).toBe("ready");
  await expect
    .poll(() => tables.get("nav", "DU7000001")?.seam, PATIENCE)
    .toEqual({
      day: "2026-11-20",
      value: "1000"
    });
  expect(tables.get("nav", "DU7000001")).toMatchObject({source: "ibkr", currency: "USD"});
  await expect.poll(() => tables.get("account", "DU7000001")?.cushion, PATIENCE).toBeGreaterThan(0);
  await expect
    .poll(() => tables.rows("positions").filter(({price}) => price !== null).length, PATIENCE)
    .toBe(7);
  expect(tables.get("nav", "PAPER")).toMatchObject({source: "paper", seam: null});
  await expect.poll(() => live.history().find(({account}) => account === "DU7000001")?.points.length).toBe(1);
  const [link, trading] = desk.health();
  expect(link).toMatchObject({name: "link", status: "ok", message: expect.stringContaining("version 193")});
  expect(trading).toMatchObject({name: "trading", status: "ok"});
});

it("openDesk(…) holds a line while somebody looks, and its quote moves", async () => {
  const {live, tables, tws} = await deskOn();
  const conId = tws!.positions()[0].conId;
  const free = live.lines.hold(conId);
  const quote = () => tables.get("quotes", String(conId));
  await expect.poll(() => quote()?.kind, PATIENCE).toBe("live");
  tws!.market.pin(conId, {last: 77.77});
  await expect.poll(() => quote()?.last, PATIENCE).toBe(77.77);
  free();
  expect(quote()).toBeUndefined();
  await expect.poll(() => tws!.calls.at(-1)?.request.kind, PATIENCE).toBe("cancelMarketData");
});

it("refresh() reads the last statements anew", async () => {
  const {desk, tables, seams} = await deskOn();
  await expect.poll(() => tables.get("nav", "DU7000001")?.seam?.value, PATIENCE).toBe("1000");
  seams.set("DU7000001", "1100");
  await desk.refresh();
  expect(tables.get("nav", "DU7000001")?.seam?.value).toBe("1100");
});

it("a desk on paper with nobody at TWS's port says so, and is not broken by it", async () => {
  const {desk, tables} = await deskOn({port: 1});
  await expect.poll(() => tables.get("link", "ibkr")?.phase, PATIENCE).not.toBe("connecting");
  const [link] = desk.health();
  expect(link).toMatchObject({name: "link", status: "off"});
  expect(link.message).toContain("127.0.0.1:1");
});
