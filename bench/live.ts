/** From a tick on the stand-in's socket to the page: 1,000 ticks a second, 20 sockets, one of them Positions in Chromium. */
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

  const sent = new Map<string, number>();
  const toSocket: number[] = [];
  const keys = moved.map(({conId}) => String(conId));
  const sockets = Array.from({length: SOCKETS}, (_, i) => {
    const socket = new WebSocket(`${address.replace("http", "ws")}/api/ws/bench-${i}`, {headers});
    socket.on("open", () => socket.send(JSON.stringify({type: "subscribe", channel: "quotes", keys})));
    socket.on("message", (data: Buffer) => {
      const message = JSON.parse(data.toString()) as ChannelMessage;
      if (message.type !== "delta") return;
      for (const row of Object.values(message.rows) as LiveQuote[]) {
        const at = sent.get(`${row.conId} ${row.last}`);
        if (at !== undefined) toSocket.push(clock() - at);
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

  let steps = 0;
  const end = clock() + SECONDS * 1000;
  for (let due = clock(); due < end; due += STEP_MS) {
    ++steps;
    const last = Number((100 + steps * 0.01).toFixed(2));
    for (const {conId} of moved) tws.market.pin(conId, {last, bid: last, ask: last});
    const at = clock();
    for (const {conId} of moved) sent.set(`${conId} ${last}`, at);
    sent.set(`page ${last.toFixed(2)}`, at);
    tws.tick();
    await setTimeout(Math.max(0, due + STEP_MS - clock()));
  }
  await setTimeout(1000);
  const seen = await page.evaluate(() => (globalThis as unknown as {seen: [string, number][]}).seen);
  const toPage = seen.flatMap(([price, at]) => {
    const from = sent.get(`page ${price}`);
    return from === undefined ? [] : [at - from];
  });
  const rate = (steps * moved.length) / SECONDS;
  console.log(
    `${Math.round(rate)} ticks/s of ${moved.length} contracts, ${SOCKETS + 1} sockets, ${SECONDS} s`
  );
  console.log(`tick to the page's DOM: ${said(toPage)}`);
  console.log(`tick to the other sockets: ${said(toSocket)}`);
  for (const socket of sockets) socket.close();
} finally {
  await browser.close();
  bridge.kill();
  await tws.close();
  rmSync(folder, {recursive: true, force: true, maxRetries: 5});
}

/** Notes in the page when which price appeared. */
function watch(): void {
  const seen: [string, number][] = [];
  Object.assign(globalThis, {seen});
  new MutationObserver((records) => {
    const at = performance.timeOrigin + performance.now();
    for (const {target} of records) {
      const cell = target instanceof Element ? target : target.parentElement;
      if (cell?.closest(".live-cell")) seen.push([cell.textContent ?? "", at]);
    }
  }).observe(document.querySelector("tbody")!, {subtree: true, childList: true, characterData: true});
}

function said(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  return `median ${at(0.5)?.toFixed(1)} ms, 99 of 100 under ${at(0.99)?.toFixed(1)} ms (${sorted.length} seen)`;
}
