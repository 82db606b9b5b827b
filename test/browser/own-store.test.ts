import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {BrowserContext, Page} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {createFigures} from "../../lib/ledger/figures.js";
import type {PerformanceView} from "../../lib/ledger/views.js";
import {demoBooks, flexXml} from "../../sim/account/index.js";
import {ledgerOfFlex} from "../lib/ledger/flex-ledger.js";
import {CONTEXT} from "../lib/ledger/tables.js";
import {performanceCards, performanceMetrics} from "./desk/expected.js";
import {readPage, settle} from "./desk/reading.js";
import {NEXT_DAY, ONE_DAY} from "./desk/statements.js";
import {ensureSite, openProfile, serveStatic, shot} from "./harness.js";

/** The static build on a plain file server: no bridge. What a person drops on it stays in the browser. */
let site: Awaited<ReturnType<typeof serveStatic>>;
const asked: string[] = [];
const folder = mkdtempSync(join(tmpdir(), "own-store-"));
const statement = join(folder, "a-year.xml");
let expected: PerformanceView;

const {locale} = Intl.NumberFormat().resolvedOptions();
const SOON = {timeout: 60_000, interval: 100};

beforeAll(async () => {
  site = await serveStatic(await ensureSite(), {}, (path) => void asked.push(path));
  const books = demoBooks({now: new Date("2026-04-15T12:00:00Z")});
  const {days} = books;
  const text = [
    ...flexXml(books, {from: days[days.length - 260], to: days[days.length - 1], query: "Activity"})
  ];
  writeFileSync(statement, text.join(""));
  const {ledger, changes} = ledgerOfFlex([text]);
  const context = {...CONTEXT, now: new Date().toISOString(), mode: "real" as const, changes};
  expected = createFigures(ledger, context).performance({range: "ALL"});
}, 600_000);

afterAll(async () => {
  await site?.close();
  rmSync(folder, {recursive: true});
});

/** A browser profile that notes each request that is not for the site's own files, and each fault of a page. */
async function openBrowser(): Promise<{profile: BrowserContext; wrong: string[]}> {
  const profile = await openProfile({context: {locale, acceptDownloads: true}});
  const wrong: string[] = [];
  const {host} = new URL(site.url);
  profile.on("request", (request) => {
    const {protocol, host: to, pathname} = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && (to !== host || pathname.startsWith("/api")))
      wrong.push(`asks for ${request.url()}`);
    if (request.method() !== "GET") wrong.push(`sends ${request.method()} ${request.url()}`);
  });
  profile.on("weberror", (error) => wrong.push(`uncaught: ${error.error().message}`));
  profile.on("console", (message) => {
    if (message.type() === "error") wrong.push(`console: ${message.text()}`);
  });
  return {profile, wrong};
}

async function open(profile: BrowserContext, path: string): Promise<Page> {
  const page = await profile.newPage();
  await page.goto(`${site.url}${path}`, {waitUntil: "networkidle"});
  await settle(page);
  await page.getByRole("button", {name: "Import statements", exact: true}).waitFor();
  return page;
}

/** Drops a file on the page, as a person does. */
async function drop(page: Page, path: string, name: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([text, fileName]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], fileName, {type: "text/xml"}));
      return data;
    },
    [readFileSync(path, "utf8"), name] as const
  );
  await page.dispatchEvent("main", "dragover", {dataTransfer: transfer});
  await page.dispatchEvent("main", "drop", {dataTransfer: transfer});
}

const lines = (page: Page) => page.locator(".imports > li");
const badge = (page: Page) => page.locator(".topbar .mode-demo").count();
const confirm = (page: Page) => page.locator(".import-panel .data-buttons .button").first().click();
const storedFiles = (page: Page) => page.locator("table.files tbody tr").count();

/** Imports a file on the Data page. */
async function take(page: Page, path: string, name: string): Promise<void> {
  await drop(page, path, name);
  await expect.poll(() => lines(page).last().getAttribute("class"), SOON).toBe("looked-at");
  await confirm(page);
  await expect.poll(() => lines(page).last().getAttribute("class"), SOON).toBe("done");
  await settle(page);
}

async function readPerformance(profile: BrowserContext) {
  const page = await open(profile, "/performance?range=ALL");
  const reading = await readPage(page);
  const demo = await badge(page);
  await shot(page, "own-store-performance");
  await page.close();
  return {...reading, demo};
}

it("a statement dropped on the static build makes a full Performance page, and no request leaves for anywhere", async () => {
  const {profile, wrong} = await openBrowser();
  const page = await open(profile, "/data");
  expect(await badge(page)).toBe(1);

  await drop(page, statement, "a-year.xml");
  await expect.poll(() => lines(page).last().getAttribute("class"), SOON).toBe("looked-at");
  expect(await lines(page).innerText()).toMatch(/a-year\.xml\s+[\d,]{5,} new, .*\s+U7000001, U7000002/s);
  expect(await badge(page)).toBe(1);
  await confirm(page);
  await expect.poll(() => badge(page), SOON).toBe(0);

  const {metrics, cards, demo} = await readPerformance(profile);
  expect(demo).toBe(0);
  expect(metrics).toEqual(performanceMetrics(expected));
  expect(cards).toMatchObject(performanceCards(expected));
  expect(wrong).toEqual([]);
  expect(asked.filter((path) => path.startsWith("/api"))).toEqual([]);
  await profile.close();
});

it("what was imported is there after a reload and in a second tab, and the demo comes back with its last file", async () => {
  const {profile, wrong} = await openBrowser();
  const page = await open(profile, "/data");
  await take(page, ONE_DAY.path, "one-day.xml");
  const other = await open(profile, "/");
  const nav = () => other.locator(".metric-hero .figure").innerText();
  expect(await nav()).toBe(ONE_DAY.nav);

  await take(page, NEXT_DAY.path, "next-day.xml");
  await expect.poll(nav, SOON).toBe(NEXT_DAY.nav);
  await page.reload({waitUntil: "networkidle"});
  await settle(page);
  expect(await storedFiles(page)).toBe(2);

  for (const left of [1, 0]) {
    await page.locator("table.files button").first().click();
    await page.locator("table.files .undo button").first().click();
    if (left) await expect.poll(() => storedFiles(page), SOON).toBe(left);
  }
  await expect.poll(() => badge(page), SOON).toBe(1);
  await expect.poll(() => badge(other), SOON).toBe(1);
  expect(wrong).toEqual([]);
  await profile.close();
});

it("a file that contradicts another is taken out from the health list, which says what became of it", async () => {
  const {profile, wrong} = await openBrowser();
  const page = await open(profile, "/data");
  await take(page, ONE_DAY.path, "one-day.xml");
  const fee = join(folder, "fee.xml");
  const [, row] = /(<CashTransaction .*\/>)/.exec(readFileSync(ONE_DAY.path, "utf8"))!;
  writeFileSync(
    fee,
    `<FlexQueryResponse queryName="Fees" type="AF"><FlexStatements count="1"><FlexStatement accountId="${ONE_DAY.account}"
     fromDate="20250306" toDate="20250306" period="" whenGenerated="20250308;010203"><CashTransactions>
     ${row.replace("-4.50", "-4.60")}</CashTransactions></FlexStatement></FlexStatements></FlexQueryResponse>`
  );
  await take(page, fee, "fee.xml");
  const list = page.locator("#health");
  await expect.poll(() => list.innerText(), SOON).toContain("contradict each other on a CashTransaction");
  expect(await list.innerText()).toContain("Fetching needs the desk on your own machine");
  await list.getByRole("button", {name: "Take out fee.xml"}).click();
  await list.getByRole("button", {name: "Take out all of it, 1 row, though it counts"}).click();
  const done = list.getByRole("log");
  await expect.poll(() => done.innerText(), SOON).toContain("settled: two files contradict each other");
  expect(await done.innerText()).toContain("took out fee.xml with its 1 row (import the file again");
  await expect.poll(() => storedFiles(page), SOON).toBe(1);
  await expect.poll(() => list.getByRole("button", {name: "Take out"}).count(), SOON).toBe(0);
  expect(wrong).toEqual([]);
  await profile.close();
});

it("a second tab waits while the first has an import open, says so, and goes on when that is closed", async () => {
  const {profile} = await openBrowser();
  const first = await open(profile, "/data");
  const second = await open(profile, "/data");
  await drop(first, ONE_DAY.path, "one-day.xml");
  await expect.poll(() => lines(first).last().getAttribute("class"), SOON).toBe("looked-at");
  await drop(second, NEXT_DAY.path, "next-day.xml");
  await expect.poll(() => lines(second).innerText(), SOON).toContain("another tab is importing");
  await first.close();
  await expect.poll(() => lines(second).last().getAttribute("class"), SOON).toBe("looked-at");
  await confirm(second);
  await expect.poll(() => storedFiles(second), SOON).toBe(1);
  await profile.close();
});

it("an export restores all of it in another browser, and one that is cut restores nothing", async () => {
  const {profile} = await openBrowser();
  const page = await open(profile, "/data");
  await take(page, statement, "a-year.xml");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", {name: "Export everything"}).click()
  ]);
  const path = join(folder, "all.tearsheet");
  await download.saveAs(path);
  await expect.poll(() => page.locator(".keep-facts").innerText(), SOON).toContain("in your last export");
  await profile.close();

  const {profile: another, wrong} = await openBrowser();
  const empty = await open(another, "/data");
  const part = join(folder, "part.tearsheet");
  const bytes = readFileSync(path);
  writeFileSync(part, bytes.subarray(0, bytes.length / 2));
  const restore = empty.getByLabel("An export to restore");
  await restore.setInputFiles(part);
  await expect.poll(() => empty.locator(".keep-state").innerText(), SOON).toContain("nothing was restored");
  expect(await badge(empty)).toBe(1);
  await restore.setInputFiles(path);
  await expect.poll(() => badge(empty), SOON).toBe(0);
  const {metrics} = await readPerformance(another);
  expect(metrics).toEqual(performanceMetrics(expected));
  expect(wrong).toEqual([]);
  await another.close();
});

it("storage that is full is told in a sentence, nothing of the file is there, and a smaller one still fits", async () => {
  const {profile} = await openBrowser();
  const page = await profile.newPage();
  const devtools = await profile.newCDPSession(page);
  await devtools.send("Storage.overrideQuotaForOrigin", {origin: site.url, quotaSize: 500_000});
  await page.goto(`${site.url}/data`, {waitUntil: "networkidle"});
  await settle(page);
  await drop(page, statement, "a-year.xml");
  await expect.poll(() => lines(page).last().innerText(), SOON).toContain("storage for this site is full");
  expect(await badge(page)).toBe(1);
  await page.reload({waitUntil: "networkidle"});
  await settle(page);
  await take(page, ONE_DAY.path, "one-day.xml");
  await expect.poll(() => storedFiles(page), SOON).toBe(1);
  expect(await badge(page)).toBe(0);
  await profile.close();
});

it("a browser that keeps nothing says so in a sentence, and shows the demo", async () => {
  const {profile} = await openBrowser();
  await profile.route(/indexed-db\.[^/]*js/, async (route) => {
    const response = await route.fetch();
    const denied = `indexedDB.__proto__.open = () => { throw new DOMException("denied", "SecurityError"); };`;
    await route.fulfill({response, body: `${denied}\n${await response.text()}`});
  });
  const page = await open(profile, "/data");
  expect(await badge(page)).toBe(1);
  await drop(page, ONE_DAY.path, "one-day.xml");
  await expect.poll(() => lines(page).last().innerText(), SOON).toContain("keeps nothing for this site");
  await profile.close();
});
