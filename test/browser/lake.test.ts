/** The lake on the Data page, at a bridge whose vendors are stand-ins, and in the site alone. */
import {readFileSync, rmSync} from "node:fs";
import {createRequire} from "node:module";
import type {run} from "axe-core";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {CatalogEntry} from "../../lib/lake/catalog.js";
import {demoFolder, startDesk, type RunningDesk} from "./desk/running.js";
import {ensureSite, LOOKS, openPage, openProfile, openTab, serveStatic, shot, type Tab} from "./harness.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SOON = {timeout: 60_000, interval: 100};

const folder = demoFolder("lake-page");
let desk: RunningDesk;

beforeAll(async () => {
  await ensureSite();
  desk = await startDesk(folder);
  await desk.ready();
}, 600_000);

afterAll(async () => {
  await desk?.stop();
  rmSync(folder, {recursive: true, force: true, maxRetries: 5});
});

const catalog = async () => (await desk.get<{datasets: CatalogEntry[]}>("/api/data/catalog")).datasets;
const row = (page: Page, ...words: string[]) =>
  words
    .reduce(
      (rows, hasText) => rows.filter({hasText}),
      page.getByRole("grid", {name: "Datasets"}).locator("tbody tr")
    )
    .first();
const viewer = (page: Page) => page.locator(".lake-dataset");

/** Opens a dataset from the catalog, and waits for its chart and its rows. */
async function open(page: Page, ...words: string[]): Promise<void> {
  await row(page, ...words).click();
  await viewer(page).locator(".lake-chart svg").first().waitFor({timeout: 60_000});
  await expect.poll(() => status(page), SOON).toMatch(/^[\d,]+ rows$/);
}

const status = (page: Page) => viewer(page).locator(".table-bar [role=status]").innerText();
const count = async (page: Page) => Number((await status(page)).replace(/[^\d]/g, ""));

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const tool = (window as unknown as {axe: {run: typeof run}}).axe; // what the script above defines
    const {violations: list} = await tool.run(document, {resultTypes: ["violations"]});
    return list.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html.slice(0, 120)).join(" | ")}`);
  });
}

describe("at the bridge", () => {
  let tab: Tab;
  beforeAll(async () => {
    tab = await openTab(desk.url);
  });
  afterAll(() => tab?.close());

  it("the catalog lists every dataset with its rows, and is clean wide and narrow, light and dark", async () => {
    const {page, faults, outside} = tab;
    await tab.visit("/data#market");
    const entries = await catalog();
    const rows = page.getByRole("grid", {name: "Datasets"}).locator("tbody tr:not(.spacer)");
    await expect.poll(() => rows.count(), SOON).toBe(entries.length);
    await open(page, "European Central Bank", "fx");
    await page.evaluate(() => scrollTo(0, 0));
    const found: string[] = [];
    for (const {theme, width} of LOOKS) {
      await shot(page, "data-market", {theme, width});
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      found.push(...(wide > 0 ? [`${width}: ${wide} px too wide`] : []), ...(await violations(page)));
    }
    expect({faults, outside, found}).toEqual({faults: [], outside: [], found: []});
  });

  it("a dataset's chart, rows and statistics are those that the API gives", async () => {
    const {page} = tab;
    await tab.visit("/data#market");
    const entry = (await catalog()).find(({dataset}) => dataset.startsWith("ecb/fx"))!;
    await open(page, "European Central Bank", "fx");
    expect(await count(page)).toBe(entry.rows);
    await viewer(page).locator("select").first().selectOption("EURUSD");
    const query = new URLSearchParams({dataset: entry.dataset, symbols: "EURUSD", order: "desc", limit: "1"});
    const {rows, matches, columns} = await desk.get<{
      rows: (string | number)[][];
      matches: number;
      columns: {name: string}[];
    }>(`/api/data/query?${query}`);
    await expect
      .poll(() => viewer(page).locator(".shown-range").first().innerText(), SOON)
      .toContain(`${matches.toLocaleString("en-US")} rows`);
    const rate = Number(rows[0][columns.findIndex(({name}) => name === "rate")]);
    const told = viewer(page).locator(".lake-chart [role=slider]");
    await expect
      .poll(() => told.getAttribute("aria-valuetext"), SOON)
      .toMatch(new RegExp(`(Close|Rate) ${rate.toFixed(4)}`));
    await page.getByRole("button", {name: "Statistics", exact: true}).click();
    const cells = viewer(page).getByRole("grid").locator("tbody tr").filter({hasText: "rate"});
    await expect.poll(() => cells.innerText(), SOON).toContain(entry.rows.toLocaleString("en-US"));
  });

  it("a brush over a histogram keeps the rows of its bins, in every column and in the chart, and gives them back", async () => {
    const {page} = tab;
    await tab.visit("/data#market");
    await open(page, "Yahoo Finance", "bars", "markets");
    const all = await count(page);
    const days = viewer(page).getByRole("slider", {name: "Filter day"});
    const box = (await days.locator("svg").boundingBox())!;
    await page.mouse.move(box.x + 2, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 4, box.y + 10, {steps: 6});
    await page.mouse.up();
    await expect.poll(() => status(page), SOON).toMatch(/rows pass$/);
    await expect.poll(() => count(page), SOON).toBeLessThan(all / 2);
    const least = await days.getAttribute("aria-valuetext");
    const first = await viewer(page).locator(".lake-rows tbody tr:not(.spacer)").first().innerText();
    expect(first).toMatch(/20\d\d-/);
    await expect
      .poll(() => viewer(page).locator(".shown-range").first().innerText(), SOON)
      .toContain("rows that pass");

    const once = await count(page);
    await viewer(page).getByRole("slider", {name: "Filter close"}).focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => count(page), SOON).toBeLessThan(once);
    expect(await days.getAttribute("aria-valuetext")).toBe(least);
    await viewer(page).getByRole("button", {name: "All rows"}).click();
    await expect.poll(() => count(page), SOON).toBe(all);
  });

  it("the SQL box answers questions, refuses whatever writes, and says what is wrong with the rest", async () => {
    const {page} = tab;
    await tab.visit("/data#market");
    await open(page, "European Central Bank", "fx");
    await page.getByRole("button", {name: "SQL", exact: true}).click();
    const box = page.getByLabel("Question in SQL");
    const ask = async (text: string) => {
      await box.fill(text);
      await box.press("Control+Enter");
    };
    const problem = page.locator(".sql-box [role=alert]");
    await ask("SELECT quote, count(*) AS days FROM rows GROUP BY quote ORDER BY quote");
    await expect
      .poll(() => page.locator(".sql-answer tbody tr:not(.spacer)").first().innerText(), SOON)
      .toMatch(/^AUD/);
    for (const text of [
      "DELETE FROM rows",
      "COPY rows TO 'x.csv'",
      "ATTACH 'lake.db'",
      "create table x as select 1"
    ]) {
      await ask(text);
      await expect.poll(() => problem.innerText(), SOON).toContain("only questions are answered here");
    }
    await ask("SELECT 1; DROP VIEW rows");
    await expect.poll(() => problem.innerText(), SOON).toMatch(/syntax error|multiple statements/i);
    await ask("SELECT nothing FROM rows");
    await expect.poll(() => problem.innerText(), SOON).toContain("nothing");
    await ask("SELECT count(*) AS n FROM rows");
    await expect
      .poll(() => page.locator(".sql-answer").innerText(), SOON)
      .toContain(
        (await catalog()).find(({dataset}) => dataset.startsWith("ecb/fx"))!.rows.toLocaleString("en-US")
      );
  });

  it("what was fetched once is kept in the browser, and can be cleared", async () => {
    const profile = await openProfile();
    const asked: string[] = [];
    profile.on("request", (request) => {
      if (/\/api\/data\/parts\/[0-9a-f]{64}/.test(request.url())) asked.push(request.url());
    });
    const look = async () => {
      const page = await profile.newPage();
      await page.goto(`${desk.url}/data#market`, {waitUntil: "networkidle"});
      await open(page, "European Central Bank", "fx");
      return page;
    };
    await (await look()).close();
    const parts = asked.length;
    expect(parts).toBeGreaterThan(5);
    const page = await look();
    expect(asked).toHaveLength(parts);
    await expect.poll(() => page.locator(".lake-kept").innerText(), SOON).toContain(`keeps ${parts} files`);
    await page.getByRole("button", {name: "Clear what it keeps"}).click();
    await expect.poll(() => page.locator(".lake-kept").innerText(), SOON).toContain("keeps 0 files");
    await profile.close();
  });

  it("the form says what is missing, pulls through the vendor, tells how it goes and what came", async () => {
    const profile = await openProfile();
    const page = await profile.newPage();
    await page.goto(desk.startUrl, {waitUntil: "networkidle"});
    await page.goto(`${desk.url}/data#market`, {waitUntil: "networkidle"});
    const form = page.locator(".lake-form");
    await form.getByLabel("Vendor", {exact: true}).selectOption("yahoo");
    await form.getByLabel("Symbols").press("Enter");
    expect(await page.locator(".field .bad").allInnerTexts()).toContain(
      "name a symbol, several with commas between"
    );
    await form.getByLabel("From", {exact: true}).fill("2026-03-02");
    await form.getByLabel("To", {exact: true}).fill("2026-03-01");
    await form.getByLabel("Symbols").fill("^GSPC");
    await form.getByLabel("Symbols").press("Enter");
    expect(await page.locator(".field .bad").allInnerTexts()).toContain("before the first day, 2026-03-02");
    await form.getByLabel("From", {exact: true}).fill("2026-02-02");
    await form.getByLabel("To", {exact: true}).fill("2026-02-27");
    await form.getByLabel("Universe").fill("mine");
    await form.getByLabel("Symbols").press("Enter");
    await expect
      .poll(async () => (await catalog()).find(({dataset}) => dataset === "yahoo/bars/mine/1d")?.rows, SOON)
      .toBe(19); // sessions of February 2026 from the 2nd on
    await row(page, "mine").waitFor();
    await page.getByText(/pulls? so far/).click();
    await expect.poll(() => page.locator(".lake-pulls").innerText(), SOON).toContain("^GSPC");
    await form.getByLabel("Symbols").fill("NOSUCH1");
    await form.getByLabel("Symbols").press("Enter");
    await expect.poll(() => page.locator(".lake-pull-state").innerText(), SOON).toContain("NOSUCH1");
    await profile.close();
  });

  it("Verify says what it checked, and Update all what came", async () => {
    const profile = await openProfile();
    const page = await profile.newPage();
    await page.goto(desk.startUrl, {waitUntil: "networkidle"});
    await page.goto(`${desk.url}/data#market`, {waitUntil: "networkidle"});
    await page.getByRole("button", {name: "Verify"}).click();
    await expect
      .poll(() => page.locator(".lake-report").innerText(), SOON)
      .toMatch(/datasets, .* parts, .* rows, .* checked/);
    await page.getByRole("button", {name: "Update all"}).click();
    await expect
      .poll(
        async () => (await desk.get<{pulls: {what: string; state: string}[]}>("/api/data/pulls")).pulls[0],
        {
          timeout: 120_000
        }
      )
      .toMatchObject({what: "update-all", state: "done"});
    await expect.poll(() => page.locator(".lake-pull-state").innerText(), SOON).toMatch(/up to date|new/);
    await profile.close();
  });
});

describe("in the site alone", () => {
  it("the lake that is built in can be looked at, and pulling says that it needs the desk", async () => {
    const asked: string[] = [];
    const site = await serveStatic(await ensureSite(), {}, (path) => void asked.push(path));
    const opened = await openPage(`${site.url}/data#market`);
    const {page, faults, outside} = opened;
    await open(page, "European Central Bank", "fx");
    expect(await count(page)).toBeGreaterThan(10_000);
    expect(await page.locator("#market").innerText()).toContain("needs the desk on your own machine");
    expect(await page.getByRole("button", {name: "Pull", exact: true}).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await opened.close();
    await site.close();
    expect({faults, outside}).toEqual({faults: [], outside: []});
    expect(asked.filter((path) => path.startsWith("/api"))).toEqual([]);
  });

  it("a sql cell selects from the lake", async () => {
    const site = await serveStatic(await ensureSite());
    const opened = await openPage(`${site.url}/notebooks/currencies`);
    const answer = opened.page.locator("h2:has-text('The answer') ~ p").first();
    await expect.poll(() => answer.innerText(), SOON).toMatch(/rose against \d+ of 28 currencies/);
    await opened.close();
    await site.close();
    expect({faults: opened.faults, outside: opened.outside}).toEqual({faults: [], outside: []});
  });
});
