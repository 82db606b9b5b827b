import {afterAll, beforeAll, expect, it} from "vitest";
import {demoLakeDir} from "../../cli/demo-place.js";
import {loadConfig, readEnvironment} from "../../config.js";
import {createMarkets, type Markets} from "../../lib/market/markets.js";
import {dayAt} from "../../lib/time/calendar.js";
import {openLake} from "../../loaders/lake/lake.js";
import {readMarketSet} from "../../loaders/market-set.js";
import {VENDORS} from "../../loaders/vendors/index.js";
import {printValue} from "../../src/components/markets/row-format.js";
import {ensureSite, openPage, serveStatic} from "./harness.js";

let site: Awaited<ReturnType<typeof serveStatic>>;
let markets: Markets;

beforeAll(async () => {
  site = await serveStatic(await ensureSite());
  const now = () => new Date();
  const lake = openLake(demoLakeDir(loadConfig(readEnvironment())), {now, vendors: VENDORS});
  const set = await readMarketSet(lake, dayAt(now()));
  markets = createMarkets(set, {now: now(), meetings: [], watchlists: lake.watchlists(), holdings: null});
  lake.close();
});
afterAll(() => site.close());

const LOADED = {timeout: 60_000};

it("Markets shows every row of every panel with the value that the lake's series give", async () => {
  const {page, faults, outside, close} = await openPage(`${site.url}/markets`);
  await page.waitForFunction(() => !document.querySelector("observablehq-loading, .skeleton"), null, LOADED);
  const views = [markets.rates(), markets.fx(), markets.equities(), markets.commodities(), markets.macro()];
  const expected = views.flatMap(({groups}) =>
    groups.flatMap(({rows}) => rows.map(({label, value, unit}) => [label, printValue(value, unit)]))
  );
  expect(expected.length).toBeGreaterThan(120);
  expect(expected.filter(([, text]) => text === "n/a")).toEqual([]);
  const shown = await page
    .locator(".market:not(.matrix) tbody tr:not(.group)")
    .evaluateAll((lines) =>
      lines.map((line) => [
        line.querySelector("button")?.textContent,
        line.querySelector("td .figure")?.textContent
      ])
    );
  expect(shown).toEqual(expect.arrayContaining(expected));
  expect({faults, outside}).toEqual({faults: [], outside: []});
  await close();
});

it("a row of Markets opens a year of its history by keyboard, and Escape goes back to it", async () => {
  const {page, faults, close} = await openPage(`${site.url}/markets`);
  const row = page.locator(".market button", {hasText: "10 years"}).first();
  await row.waitFor(LOADED);
  await row.focus();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog");
  await drawer.locator(".chart").waitFor(LOADED);
  const {closes} = markets.historical("treasury:BC_10YEAR");
  expect(closes.length).toBeGreaterThan(240);
  await expect.poll(() => drawer.innerText()).toContain(printValue(closes.at(-1)![1], "percent"));
  await page.keyboard.press("Escape");
  await expect.poll(() => drawer.count()).toBe(0);
  expect(await row.evaluate((button) => button === document.activeElement)).toBe(true);
  expect(faults).toEqual([]);
  await close();
});

it("watchlists of a page without a bridge are kept in the browser", async () => {
  const {page, faults, close} = await openPage(`${site.url}/markets`);
  const edit = page.getByRole("button", {name: "Edit watchlists"});
  await edit.waitFor(LOADED);
  await edit.click();
  const form = page.locator("form:visible");
  await form.locator("textarea").fill("Mine\nnonsense");
  await form.getByRole("button", {name: "Keep"}).click();
  await expect.poll(() => form.locator(".form-error").innerText()).toContain("write vendor:symbol");
  await form.locator("textarea").fill("Mine\nyahoo:^GSPC");
  await form.getByRole("button", {name: "Keep"}).click();
  const list = page.locator(".market tbody", {has: page.locator(".group", {hasText: "Mine"})});
  await list.waitFor(LOADED);
  await page.reload();
  await list.waitFor(LOADED);
  expect(await list.locator("tr:not(.group)").count()).toBe(1);
  expect(faults).toEqual([]);
  await close();
});
