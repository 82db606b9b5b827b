/** Frame gaps while a hand drags over a map of 50 by 50 backtests of 5,105 bars: Parameter sweep of the built site, in Chromium. */
import {chromium} from "playwright-core";
import {createServer} from "node:http";
import {once} from "node:events";
import type {AddressInfo} from "node:net";
import express from "express";
import {CHROMIUM_FLAGS, findChromium} from "../scripts/browser.js";
import {dist} from "../scripts/site.js";

const RUNS = 3;
const FRAMES = 240;

/** Milliseconds between so many frames; a text, for a function would bring its loader's helpers into the page. */
const GAPS = `new Promise((resolve) => {
  const gaps = [];
  let before;
  requestAnimationFrame(function frame(now) {
    if (before !== undefined) gaps.push(now - before);
    before = now;
    if (gaps.length < ${FRAMES}) requestAnimationFrame(frame);
    else resolve(gaps);
  });
})`;

const app = express();
app.use(express.static(dist, {extensions: ["html"]}));
const server = createServer(app).listen(0, "127.0.0.1");
await once(server, "listening");
const {port} = server.address() as AddressInfo; // a TCP server's
const browser = await chromium.launch({executablePath: findChromium() ?? "", args: CHROMIUM_FLAGS});
try {
  const page = await browser.newPage({viewport: {width: 1440, height: 900}});
  await page.goto(`http://127.0.0.1:${port}/sweep`);
  await page.getByRole("grid", {name: "Best cells"}).waitFor({timeout: 120_000});
  const map = page.locator(".sweep-field");
  const {x, y, width, height} = (await map.boundingBox())!; // it is in sight
  for (let run = 0; run < RUNS; ++run) {
    await page.mouse.move(x + 2, y + 2);
    await page.mouse.down();
    const measured = page.evaluate<number[]>(GAPS);
    let isOver = false;
    const gaps = measured.finally(() => (isOver = true));
    let moves = 0;
    const cells = new Set<string | null>();
    for (; !isOver; ++moves) {
      const along = (moves % 160) / 160;
      const across = 0.5 + 0.48 * Math.sin(moves / (9 + run));
      await page.mouse.move(x + along * (width - 4) + 2, y + across * 0.7 * height);
      if (moves % 10 === 0) cells.add(await map.getAttribute("aria-valuenow"));
    }
    const sorted = (await gaps).toSorted((a, b) => a - b);
    await page.mouse.up();
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);
    console.log(
      `drag ${run + 1}: ${FRAMES} frames, ${moves} moves: gap median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms; ${cells.size} of ${Math.ceil(moves / 10)} looks at another cell`
    );
  }
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
