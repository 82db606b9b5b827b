/** What the browser tests share: one Chromium, a page that reports its faults, a static server, pictures. */
import {createServer} from "node:http";
import {once} from "node:events";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import express from "express";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page
} from "playwright-core";
import {afterAll} from "vitest";
import {root} from "../../config.js";
import {CHROMIUM_FLAGS, findChromium} from "../../scripts/browser.js";
import {buildSite, dist, siteIsFresh} from "../../scripts/site.js";
import {isLong} from "../long.js";

let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});

/** A page, and all that went wrong in it so far. */
export interface OpenPage {
  page: Page;
  /** Console errors, uncaught errors, failed requests and answers from 400 on, a line each. */
  faults: string[];
  /** Addresses of other origins that the page, a frame or a worker asked for; no name among them resolves. */
  outside: string[];
  close: () => Promise<void>;
}

export interface PageOptions {
  theme?: "light" | "dark";
  width?: number;
  height?: number;
  /** Further options of the browser context: cookies' storage, locale, time zone. */
  context?: BrowserContextOptions;
}

/** How long a page may take where other work shares the machine; half a minute is not always enough. */
const PATIENCE_MS = 100_000;

/** Opens a profile of its own in the one Chromium; nothing in it is watched. */
export async function openProfile({
  theme = "light",
  width = 1440,
  height = 900,
  context = {}
}: PageOptions = {}): Promise<BrowserContext> {
  browser ??= launch();
  const opened = await browser;
  const profile = await opened.newContext({
    colorScheme: theme,
    viewport: {width, height},
    serviceWorkers: "block",
    reducedMotion: "reduce", // a colour that fades is no colour to measure
    ...context
  });
  profile.setDefaultTimeout(PATIENCE_MS);
  return profile;
}

/** Opens the address in a profile of its own, and waits until its network has been quiet for half a second. */
export async function openPage(url: string, options: PageOptions = {}): Promise<OpenPage> {
  const opened = await watchPage(new URL(url).host, options);
  await opened.page.goto(url, {waitUntil: "networkidle"});
  return opened;
}

/** A page that goes from address to address in one profile: what one took from the web, the next finds there. */
export interface Tab extends OpenPage {
  /** Goes to a path, looked at so from its start on; what went wrong before is forgotten. */
  visit: (path: string, look?: Look) => Promise<void>;
}

/** Opens a profile of its own for many pages of an origin. Many times cheaper than one for each. */
export async function openTab(origin: string, options: PageOptions = {}): Promise<Tab> {
  const opened = await watchPage(new URL(origin).host, options);
  const {page, faults, outside} = opened;
  return {
    ...opened,
    async visit(path, look = LOOKS[0]) {
      await page.goto("about:blank"); // the page before has its end, and its faults, here
      faults.length = outside.length = 0;
      await show(page, look);
      await page.goto(`${origin}${path}`, {waitUntil: "networkidle"});
    }
  };
}

async function watchPage(host: string, options: PageOptions): Promise<OpenPage> {
  const context = await openProfile(options);
  const faults: string[] = [];
  const outside: string[] = [];
  const isOutside = (address: URL) => /^(https?|wss?):$/.test(address.protocol) && address.host !== host;
  // heard, not routed: routing would take each request through this process, and the cache away
  context.on("request", (request) => {
    if (isOutside(new URL(request.url()))) outside.push(request.url());
  });
  context.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => faults.push(`uncaught: ${error.error().stack ?? error.error().message}`));
  context.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  context.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") faults.push(`${reason} ${request.url()}`);
  });
  const page = await context.newPage();
  page.on("websocket", (socket) => {
    if (isOutside(new URL(socket.url()))) outside.push(socket.url());
  });
  return {page, faults, outside, close: () => context.close()};
}

async function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error("no Chromium: run npm test once, it brings one, or set CHROMIUM_PATH");
  }
  return chromium.launch({executablePath, args: CHROMIUM_FLAGS});
}

/** A picture of a long page takes its time where other work shares the machine. */
const SHOT_MS = 120_000;

/** How a page is looked at. */
export interface Look {
  theme?: "light" | "dark";
  width?: number;
}

/** Wide and light, narrow and dark; in the long run all four. */
export const LOOKS: readonly Required<Look>[] = [
  {theme: "light", width: 1440},
  {theme: "dark", width: 390},
  ...(isLong
    ? ([
        {theme: "dark", width: 1440},
        {theme: "light", width: 390}
      ] as const)
    : [])
];

/**
 * Shows the page in a theme at a width; in the long run a picture of all of it is taken as
 * var/shots/NAME-WIDTH-THEME.png.
 */
export async function shot(
  page: Page,
  name: string,
  {theme = "light", width = 1440}: Look = {}
): Promise<void> {
  const path = join(root, "var/shots", `${name}-${width}-${theme}.png`);
  await show(page, {theme, width});
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  );
  if (isLong) await page.screenshot({path, fullPage: true, animations: "disabled", timeout: SHOT_MS});
}

async function show(page: Page, {theme = "light", width = 1440}: Look): Promise<void> {
  await page.emulateMedia({colorScheme: theme});
  await page.setViewportSize({width, height: width < 640 ? 844 : 900});
}

/**
 * Serves a folder on a free loopback port, as a plain web host does: what it gave holds for ten minutes, as at GitHub
 * Pages. `onRequest` hears each path asked for.
 */
export async function serveStatic(
  folder: string,
  headers: Record<string, string> = {},
  onRequest: (path: string) => void = () => undefined
) {
  const app = express();
  app.use(({path}, _response, next) => {
    onRequest(path);
    next();
  });
  const setHeaders = (response: express.Response) => response.set(headers);
  app.use(express.static(folder, {extensions: ["html"], maxAge: "10min", setHeaders}));
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const {port} = server.address() as AddressInfo; // a TCP server's
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    }
  };
}

/** Builds dist/ when it is not there or older than its sources. */
export async function ensureSite(): Promise<string> {
  if (!(await siteIsFresh())) await buildSite();
  return dist;
}
