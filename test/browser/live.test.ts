/** What moves on Portfolio and Positions, on the demo desk with its stand-in for TWS. */
import {rmSync} from "node:fs";
import {afterAll, beforeAll, expect, it} from "vitest";
import {demoFolder, startDesk, type RunningDesk} from "./desk/running.js";
import {LOOKS, openPage, shot} from "./harness.js";

const PATIENCE = {timeout: 60_000};

let folder: string;
let desk: RunningDesk;

beforeAll(async () => {
  folder = demoFolder("live");
  desk = await startDesk(folder);
  await desk.ready();
}, 300_000);

afterAll(async () => {
  await desk?.stop();
  rmSync(folder, {recursive: true, force: true, maxRetries: 5});
});

it("Portfolio's live value moves, beside the statement that it continues", async () => {
  const {page, faults, close} = await openPage(desk.url);
  const value = page.locator(".live-metrics .metric").first().locator(".metric-figure");
  await expect.poll(() => value.textContent(), PATIENCE).toMatch(/^[\d,]{5,}\.\d\d$/);
  const first = await value.textContent();
  await expect.poll(() => value.textContent(), PATIENCE).not.toBe(first);
  const live = page.locator(".live-metrics");
  await expect.poll(() => live.textContent(), PATIENCE).toMatch(/live, by IBKR · (now|\d+ s)/);
  expect(await live.textContent()).toMatch(/statement to \d+ \w+ \d{4}: [\d,]+\.\d\d/);
  expect(faults).toEqual([]);
  await close();
});

it("Portfolio's live value joins the statement without a jump beyond a day's move", async () => {
  const {accounts} = await desk.get<{
    accounts: {account: string; seam: {value: string} | null; points: {value: number}[]}[];
  }>("/api/live/nav");
  const joined = accounts.filter(({seam}) => seam);
  expect(joined.length).toBe(2);
  for (const {seam, points} of joined) {
    expect(points.length).toBeGreaterThan(0);
    expect(Math.abs(points[0].value / Number(seam!.value) - 1)).toBeLessThan(0.03);
  }
});

it("Portfolio's margin panel has the broker's figures of each account", async () => {
  const {page, close} = await openPage(desk.url);
  const panel = page.locator(".card", {hasText: "Margin, live"});
  await expect.poll(() => panel.textContent(), PATIENCE).toMatch(/Excess liquidity[\d,]+\.\d\d/);
  expect(await panel.textContent()).toMatch(/U7000001U7000002/);
  await close();
});

it("Positions' live prices move under the badge of their kind, an option has greeks, the bar the link", async () => {
  const {page, faults, close} = await openPage(`${desk.url}/positions`);
  await expect
    .poll(() => page.locator(".live-bar").textContent(), PATIENCE)
    .toMatch(/live, by IBKR.*\d+ live/);
  await page.getByLabel("Columns for").selectOption("live");
  const row = page.locator("tr", {hasText: "VQTM"}).first();
  await expect.poll(() => row.locator(".live-kind").textContent(), PATIENCE).toMatch(/^live · /);
  const prices = () => page.locator("tbody .live-cell").allTextContents();
  const before = await prices();
  await expect.poll(async () => (await prices()).join(), PATIENCE).not.toBe(before.join());
  await page.getByLabel("Columns for").selectOption("options");
  const option = page.locator("tr", {hasText: /[A-Z]+ \d\d[A-Z]{3}\d\d \d+ [CP]/}).first();
  await expect.poll(() => option.textContent(), PATIENCE).toMatch(/[−]?0\.\d{3}/);
  expect(await page.locator(".link-place").textContent()).toMatch(/TWS live/);
  expect(faults).toEqual([]);
  await close();
});

it("the live parts stand in every look", async () => {
  for (const {theme, width} of LOOKS) {
    for (const path of ["", "/positions"]) {
      const {page, faults, close} = await openPage(`${desk.url}${path}`, {theme, width});
      await page.locator(path ? ".live-bar" : ".live-metrics").waitFor();
      await shot(page, `live${path.replace("/", "-")}`, {theme, width});
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth
      );
      expect(sideways).toBe(0);
      expect(faults).toEqual([]);
      await close();
    }
  }
});
