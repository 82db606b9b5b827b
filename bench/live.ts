/**
 * From a tick on the stand-in's socket to the page: 1,000 ticks a second, 20 sockets, one of them Positions in Chromium.
 * Every tick counts: it is seen when its price, or a later one of its contract, is.
 */
import {spawn} from "node:child_process";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {setTimeout} from "node:timers/promises";
import {chromium} from "playwright-core";
import {WebSocket} from "ws";
import {ImportPool} from "../bridge/jobs/import-pool.js";
import {openStore} from "../bridge/store/open.js";
import {childEnvironment, root} from "../config.js";
import type {ChannelMessage} from "../lib/live/channels.js";
import type {LiveQuote} from "../lib/live/figures.js";
import {CHROMIUM_FLAGS, findChromium} from "../scripts/browser.js";
import {demoBooks, flexXml, QUERIES} from "../sim/account/index.js";
import {demoAccounts} from "../sim/tws/opening.js";
import {startTws} from "../sim/tws/service.js";

const CONTRACTS = 20;
const STEP_MS = 20;
const SECONDS = 15;
const SOCKETS = 19;
/** What prices begin at: of no other figure on the page. */
const START = 70_000;

/** A price, and when it was there. */
type Seen = [price: number, at: number];

const clock = () => performance.timeOrigin + performance.now();
const folder = mkdtempSync(join(tmpdir(), "tearsheet-bench-"));
const url = `sqlite:///${join(folder, "tearsheet.db")}`;
const books = demoBooks({now: new Date()});
const [query] = QUERIES.values();
writeFileSync(
  join(folder, "statement.xml"),
  [...flexXml(books, {from: books.days.at(-20)!, to: books.days.at(-1)!, query})].join("")
);
(await openStore({url})).close();
const pool = new ImportPool(url);
await pool.importFile({name: "statement.xml", path: join(folder, "statement.xml")});
await pool.close();

const origin = new Date();
const {openings, listings} = demoAccounts(books, origin);
const tws = await startTws({version: 193, accounts: openings, listings, origin, profitSteps: 50});
const held = new Set(openings.flatMap(({positions}) => positions.map(({conId}) => conId)));
const moved = listings.filter(({conId, secType}) => held.has(conId) && secType === "STK").slice(0, CONTRACTS);

const bridge = spawn(process.execPath, ["cli/tearsheet.js", "start", "--json"], {
  cwd: root,
  env: childEnvironment({
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: "silent",
    IBKR_PORT: String(tws.port),
    TRADING_MODE: "paper"
  }),
  stdio: ["ignore", "pipe", "ignore"]
});
const browser = await chromium.launch({executablePath: findChromium() ?? "", args: CHROMIUM_FLAGS});
try {
  const lines = createInterface({input: bridge.stdout})[Symbol.asyncIterator]();
  let text = "";
  while (!text.trimEnd().endsWith("}")) text += (await lines.next()).value;
  const {url: address, token} = JSON.parse(text) as {url: string; token: string}; // the contract of start --json
  const headers = {authorization: `Bearer ${token}`};
  while ((await fetch(`${address}/api/accounts`, {headers})).status !== 200) await setTimeout(200);
  while (!tws.clients().length) await setTimeout(100);

  const heard = new Map<string, Seen[]>();
  const keys = moved.map(({conId}) => String(conId));
  for (let i = 0; i < SOCKETS; ++i) for (const key of keys) heard.set(`${i} ${key}`, []);
  const sockets = Array.from({length: SOCKETS}, (_, i) => {
    const socket = new WebSocket(`${address.replace("http", "ws")}/api/ws/bench-${i}`, {headers});
    socket.on("open", () => socket.send(JSON.stringify({type: "subscribe", channel: "quotes", keys})));
    socket.on("message", (data: Buffer) => {
      const at = clock();
      const message = JSON.parse(data.toString()) as ChannelMessage;
      if (message.type !== "delta") return;
      for (const {conId, last} of Object.values(message.rows) as LiveQuote[]) {
        if (last !== null) heard.get(`${i} ${conId}`)?.push([last, at]);
      }
    });
    return socket;
  });
  const page = await browser.newPage({viewport: {width: 1440, height: 900}});
  await page.goto(`${address}/?token=${token}`);
  await page.goto(`${address}/positions`);
  await page.locator("tbody .live-cell").first().waitFor();
  await setTimeout(3000); // lines open
  await page.evaluate(watch);

  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const busy = async () => {
    const {metrics} = await session.send("Performance.getMetrics");
    return 1000 * metrics.find(({name}) => name === "ThreadTime")!.value; // Chromium tells it
  };
  const busyBefore = await busy();
  const begin = clock();
  const sent: number[] = [];
  const late: number[] = [];
  for (let due = begin; due < begin + SECONDS * 1000; due += STEP_MS) {
    const last = Number((START + sent.length / 100).toFixed(2));
    for (const {conId} of moved) tws.market.pin(conId, {last, bid: last, ask: last});
    const at = clock();
    sent.push(at);
    late.push(at - due);
    tws.tick();
    await setTimeout(Math.max(0, due + STEP_MS - clock()));
  }
  const share = (100 * ((await busy()) - busyBefore)) / (clock() - begin);
  await setTimeout(1000);
  const shown = await page.evaluate(() => [
    ...(globalThis as unknown as {seen: Map<Element, Seen[]>}).seen.values()
  ]);
  const waits = (streams: Iterable<Seen[]>) => [...streams].flatMap((seen) => waitsOf(seen, sent));
  const rate = (sent.length * moved.length) / SECONDS;
  console.log(
    `${Math.round(rate)} ticks/s of ${moved.length} contracts, ${SOCKETS + 1} sockets, ${SECONDS} s; steps late by ${said(late)}`
  );
  console.log(
    `tick to the page's DOM: ${said(waits(shown))}; its main thread busy ${share.toFixed(0)} % of the time`
  );
  console.log(`tick to the other sockets: ${said(waits(heard.values()))}`);
  for (const socket of sockets) socket.close();
} finally {
  await browser.close();
  bridge.kill();
  await tws.close();
  rmSync(folder, {recursive: true, force: true, maxRetries: 5});
}

/** Notes in the page when which price appeared in which cell. */
function watch(): void {
  const seen = new Map<Element, [number, number][]>();
  Object.assign(globalThis, {seen});
  new MutationObserver((records) => {
    const at = performance.timeOrigin + performance.now();
    for (const {target} of records) {
      const cell = (target instanceof Element ? target : target.parentElement)?.closest(".live-cell");
      if (!cell) continue;
      if (!seen.has(cell)) seen.set(cell, []);
      seen.get(cell)!.push([Number(cell.textContent?.replaceAll(",", "")), at]);
    }
  }).observe(document.querySelector("tbody")!, {subtree: true, childList: true, characterData: true});
}

/** Returns how long each tick of a contract waited until it, or a later one, was seen; nothing for what showed none. */
function waitsOf(seen: readonly Seen[], sent: readonly number[]): number[] {
  const waits: number[] = [];
  for (const [price, at] of seen) {
    const step = Math.round(100 * (price - START));
    if (step >= 0 && step < sent.length) while (waits.length <= step) waits.push(at - sent[waits.length]);
  }
  return waits;
}

function said(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  return `median ${at(0.5)?.toFixed(1)} ms, 99 of 100 under ${at(0.99)?.toFixed(1)} ms (${sorted.length})`;
}
