/** Backtest and Parameter sweep, on the static site and at a bridge: lib's figures of the same bars; by hand, by keyboard. */
import {rmSync} from "node:fs";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {demoLakeDir} from "../../cli/demo-place.js";
import {loadConfig, readEnvironment} from "../../config.js";
import type {Bars} from "../../lib/backtest/bars.js";
import {planSweep} from "../../lib/backtest/sweep/plan.js";
import {runSweepTask} from "../../lib/backtest/sweep/run.js";
import {parseRate} from "../../lib/backtest/costs/costs.js";
import {type OwnFillsView, ownRates} from "../../lib/ledger/costs/own-fills.js";
import {parseDatasetId} from "../../lib/lake/dataset.js";
import {type OutputOf, runTask} from "../../lib/tasks/index.js";
import {openLake} from "../../loaders/lake/lake.js";
import {VENDORS} from "../../loaders/vendors/index.js";
import {formatAmount, formatNumber, formatPercent} from "../../src/components/format.js";
import {demoFolder, type RunningDesk, startDesk} from "./desk/running.js";
import {ensureSite, openPage, serveStatic} from "./harness.js";

let site: Awaited<ReturnType<typeof serveStatic>>;
let bars: Bars;

const DATASET = "vega-datasets/bars/sp500-to-2020-04-17/1d";
const CHOSEN = {
  strategy: "sma-cross",
  parameters: {fast: 20, slow: 100},
  cash: 100_000,
  costs: {commission: "5bps", slippage: "5bps"}
};
const LOADED = {timeout: 60_000};

beforeAll(async () => {
  site = await serveStatic(await ensureSite());
  bars = await barsOf(DATASET, "XXX");
}, 300_000);
afterAll(() => site.close());

/** Bars of the demo's lake: all of a dataset, or of one symbol. */
async function barsOf(dataset: string, currency: string, symbols?: string[]): Promise<Bars> {
  const lake = openLake(demoLakeDir(loadConfig(readEnvironment())), {
    now: () => new Date(),
    vendors: VENDORS
  });
  const id = {...parseDatasetId(dataset), kind: "bars" as const};
  const {columns} = await lake.read("clean", id, symbols ? {symbols} : {});
  lake.close();
  const {symbol, time, open, high, low, close, volume} = columns;
  return {symbol: symbol[0], currency, time, open, high, low, close, volume};
}

/** The metrics as the page prints them. */
const metricsOn = (page: Page) =>
  page
    .locator("td[data-metric]")
    .evaluateAll((cells) =>
      Object.fromEntries(
        cells.map((cell) => [
          cell.getAttribute("data-metric"),
          cell.querySelector(".figure")?.firstChild?.textContent
        ])
      )
    );

/** The same metrics of a backtest that lib ran. */
function printed({metrics}: OutputOf<"backtest">, currency = "points") {
  return {
    finalEquity: formatAmount(String(metrics.finalEquity.value), currency),
    totalReturn: formatPercent(metrics.totalReturn.value),
    sharpe: formatNumber(metrics.sharpe.value),
    maxDrawdown: formatPercent(metrics.maxDrawdown.value),
    trades: formatNumber(metrics.trades.value, {digits: 0})
  };
}

it("Backtest shows lib's figures of the same bars, says what is wrong at its field, and keeps the choice in the address", async () => {
  const {page, faults, outside, close} = await openPage(`${site.url}/backtest`);
  await page.locator("td[data-metric=sharpe]").waitFor(LOADED);
  expect(await metricsOn(page)).toMatchObject(printed(runTask("backtest", {bars: [bars], ...CHOSEN})));
  const {rungs} = runTask("ladder", {bars: [bars], ...CHOSEN});
  const ladder = page.locator("section.card", {has: page.getByRole("heading", {name: /^Assumption ladder/})});
  await ladder.locator("svg.waterfall").waitFor(LOADED);
  expect(await ladder.locator("svg .amount").allTextContents()).toEqual([
    formatAmount(String(rungs[0].finalEquity), ""),
    ...rungs.slice(1).map(({equityDifference}) => formatAmount(String(equityDifference), "", {signed: true})),
    formatAmount(String(rungs.at(-1)!.finalEquity), "")
  ]);

  const fast = page.getByLabel(/^Fast average/);
  await fast.fill("400");
  await expect
    .poll(() => page.locator(".bt-parameters .bad").allInnerTexts())
    .toContain("fast is not below slow: 400, 100");
  expect(new URL(page.url()).search).toBe("");
  await fast.fill("50");
  await page.getByLabel("Fills at").selectOption("same-close");
  const other = runTask("backtest", {
    bars: [bars],
    ...CHOSEN,
    parameters: {fast: 50, slow: 100},
    fill: "same-close"
  });
  await expect.poll(() => metricsOn(page), LOADED).toMatchObject(printed(other));
  expect(await page.locator(".bt-badges").innerText()).toBe("fills at the close it was decided on");
  expect(new URL(page.url()).search).toBe("?set=fast:50,slow:100&fill=same-close");
  await page.reload();
  await expect.poll(() => metricsOn(page), LOADED).toMatchObject(printed(other));
  expect({faults, outside}).toEqual({faults: [], outside: []});
  await close();
}, 120_000);

it("a trade opens under the microscope by keyboard, and a run that is kept is there after a reload", async () => {
  const {page, faults, close} = await openPage(`${site.url}/backtest`);
  await page.locator("td[data-metric=sharpe]").waitFor(LOADED);
  const grid = page.getByRole("grid", {name: "Trades"});
  await grid.locator("tbody tr:not(.spacer)").first().waitFor(LOADED);
  await grid.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog");
  await drawer.locator(".chart-frame").waitFor(LOADED);
  const {trades} = runTask("backtest", {bars: [bars], ...CHOSEN});
  const number = Number((await drawer.locator("h2").innerText()).match(/\d+/)?.[0]);
  expect(await drawer.locator(".total td").innerText()).toContain(
    formatAmount(String(trades[number - 1].pnl), "", {signed: true})
  );
  await page.keyboard.press("Escape");
  await page.getByRole("button", {name: "Keep this run"}).click();
  const key = await page.locator(".bt-key").innerText();
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  await page.locator(`td[data-tip="${key}"]`).waitFor(LOADED); // it is kept once its row stands there
  await page.reload();
  await expect.poll(() => page.locator(".bt-key").allInnerTexts(), LOADED).toEqual([key]);
  await page.locator(`td[data-tip="${key}"]`).waitFor(LOADED);
  expect(faults).toEqual([]);
  await close();
}, 120_000);

it("a CSV of one's own is run in the page", async () => {
  const {page, faults, outside, close} = await openPage(
    `${site.url}/backtest?strategy=momentum&set=lookback:2`
  );
  await page.locator("td[data-metric=sharpe]").waitFor(LOADED);
  const take = (text: string) =>
    page
      .getByLabel("A CSV of bars")
      .setInputFiles({name: "mine.csv", mimeType: "text/csv", buffer: Buffer.from(text)});
  await take("date,open,high,low\n2024-01-02,1,1,1\n");
  await expect
    .poll(() => page.locator(".bt-form .bad").allInnerTexts())
    .toContain("mine.csv: missing column: close: there are date, open, high, low");
  const days = Array.from({length: 40}, (_, i) => Date.UTC(2024, 0, 1 + i));
  const close_ = days.map((_, i) => 100 + 10 * Math.sin(i / 4));
  const lines = days.map((day, i) => {
    const [from, to] = [close_[Math.max(0, i - 1)], close_[i]];
    return [
      new Date(day).toISOString().slice(0, 10),
      from,
      Math.max(from, to),
      Math.min(from, to),
      to
    ].join();
  });
  await take(["date,open,high,low,close", ...lines].join("\n"));
  const column = (of: (i: number) => number) => Float64Array.from(days, (_, i) => of(i));
  const from = (i: number) => close_[Math.max(0, i - 1)];
  const own: Bars = {
    symbol: "mine",
    currency: "USD",
    time: Float64Array.from(days),
    open: column(from),
    high: column((i) => Math.max(from(i), close_[i])),
    low: column((i) => Math.min(from(i), close_[i])),
    close: column((i) => close_[i]),
    volume: column(() => NaN)
  };
  const expected = runTask("backtest", {
    bars: [own],
    ...CHOSEN,
    strategy: "momentum",
    parameters: {lookback: 2}
  });
  await expect.poll(() => metricsOn(page), LOADED).toMatchObject(printed(expected));
  expect({faults, outside}).toEqual({faults: [], outside: []});
  await close();
}, 120_000);

it("Parameter sweep says each cell as lib's sweep gives it, by arrow keys and by hand, and opens it", async () => {
  const {page, faults, outside, close} = await openPage(`${site.url}/sweep`);
  const map = page.locator(".sweep-field");
  await page.getByRole("grid", {name: "Best cells"}).waitFor(LOADED);
  const values = (from: number, step: number) => Array.from({length: 50}, (_, i) => from + i * step);
  const [fasts, slows] = [values(2, 2), values(10, 10)];
  const rate = parseRate("5bps");
  const {tasks} = planSweep({
    strategy: "sma-cross",
    assets: [bars],
    parameters: {fast: fasts, slow: slows},
    costsOf: () => ({commission: rate, slippage: rate})
  });
  const tiles = tasks.map((task) => runSweepTask(task));
  const said = (i: number, j: number) => {
    const combination = i * slows.length + j;
    const tile = tiles.findLast(({from}) => from <= combination)!;
    const at = combination - tile.from;
    return (
      `fast ${fasts[i]}, slow ${slows[j]}: Sharpe ratio ${formatNumber(tile.sharpe[at])}, ` +
      `Total return ${formatPercent(tile.totalReturn[at], {digits: 1})}, ` +
      `Deepest drawdown ${formatPercent(tile.maxDrawdown[at], {digits: 1})}, Trades ${tile.trades[at]}`
    );
  };
  const text = () => map.getAttribute("aria-valuetext");
  expect(await text()).toBe(said(9, 9));
  await map.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  expect(await text()).toBe(said(10, 10));
  await page.keyboard.press("End");
  await page.keyboard.press("PageDown");
  expect(await text()).toBe("fast 100, slow 10: the strategy does not take them");

  const box = (await map.boundingBox())!;
  const point = (i: number, j: number) =>
    [box.x + ((i + 0.5) / 50) * box.width, box.y + ((49 - j + 0.5) / 50) * box.height] as const;
  await page.mouse.move(...point(5, 40));
  await page.mouse.down();
  const gaps = page.evaluate(
    (frames) =>
      new Promise<number[]>((resolve) => {
        const found: number[] = [];
        let before = performance.now();
        const frame = (now: number) => {
          found.push(now - before);
          before = now;
          if (found.length < frames) requestAnimationFrame(frame);
          else resolve(found.slice(1).toSorted((a, b) => a - b));
        };
        requestAnimationFrame(frame);
      }),
    60
  );
  for (let i = 0; i < 60; ++i) await page.mouse.move(...point(5 + (25 * i) / 59, 40 + (5 * i) / 59));
  const frames = await gaps;
  await page.mouse.move(...point(30, 45));
  await page.mouse.up();
  console.log(`frame gaps of a drag: median ${frames[29].toFixed(1)} ms, p95 ${frames[56].toFixed(1)} ms`);
  await expect.poll(text).toBe(said(30, 45));
  await expect.poll(() => new URL(page.url()).search).toBe("?set=fast:62,slow:460");
  await map.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(
    ({pathname, searchParams}) => pathname === "/backtest" && searchParams.get("set") === "fast:62,slow:460"
  );
  await page.locator("td[data-metric=sharpe]").waitFor(LOADED);
  expect({faults, outside}).toEqual({faults: [], outside: []});
  await close();
}, 120_000);

describe("at the bridge", () => {
  const folder = demoFolder("backtest-page");
  const SHARE = "BRHQ";
  const query = `?data=clean/yahoo/bars/shares/1d&symbol=${SHARE}`;
  let desk: RunningDesk;
  let share: Bars;

  beforeAll(async () => {
    share = await barsOf("yahoo/bars/shares/1d", "USD", [SHARE]);
    desk = await startDesk(folder);
    await desk.ready();
  }, 600_000);
  afterAll(async () => {
    await desk?.stop();
    rmSync(folder, {recursive: true, force: true, maxRetries: 5});
  });

  it("Backtest shows lib's figures of a share in the desk's lake, and each links to the record of its run", async () => {
    const {page, faults, outside, close} = await openPage(`${desk.url}/backtest${query}`);
    await page.locator("td[data-metric=sharpe]").waitFor(LOADED);
    const expected = runTask("backtest", {bars: [share], ...CHOSEN});
    expect(await metricsOn(page)).toMatchObject(printed(expected, "USD"));

    const key = await page.locator(".bt-key").innerText();
    await page.locator("section.card .run-link").first().click();
    const record = page.getByRole("dialog");
    await expect.poll(() => record.locator(".run-key").first().innerText()).toBe(key);
    const figure = (name: string) =>
      record
        .getByRole("row", {name: new RegExp(`^${name} `)})
        .locator(".secret")
        .innerText();
    expect(await figure("sharpe")).toBe(formatNumber(expected.metrics.sharpe.value, {digits: 4}));
    expect(await record.getByRole("row", {name: /^strategy /}).innerText()).toContain("sma-cross");
    expect(await record.getByRole("row", {name: `bars ${SHARE}`}).innerText()).toMatch(/[0-9a-f]{64}/);
    expect({faults, outside}).toEqual({faults: [], outside: []});
    await close();
  }, 180_000);

  it("Backtest pays what one's own fills cost, as the API tells them", async () => {
    const {page, faults, close} = await openPage(`${desk.url}/backtest${query}`);
    await page.locator("td[data-metric=sharpe]").waitFor(LOADED);
    await page.getByLabel("And further").selectOption("own");
    const {commission, slippage} = ownRates(
      await desk.get<OwnFillsView>("/api/costs/own-fills?assetCategory=STK")
    )!; // the demo account trades shares
    const own = {commission, ...(slippage && {slippage})};
    const costs = {commission: "0", slippage: "0", own};
    const expected = runTask("backtest", {bars: [share], ...CHOSEN, costs});
    await expect.poll(() => metricsOn(page), LOADED).toMatchObject(printed(expected, "USD"));
    expect(new URL(page.url()).search).toContain("costs=own");
    expect(faults).toEqual([]);
    await close();
  }, 180_000);

  it("Parameter sweep pays what one's own fills cost, and hands that on to the backtest of a cell", async () => {
    const {page, faults, close} = await openPage(
      `${desk.url}/sweep${query}&grid=fast:10-20-10,slow:50-100-50&set=fast:10,slow:50`
    );
    await page.getByRole("grid", {name: "Best cells"}).waitFor(LOADED);
    const map = page.locator(".sweep-field");
    await page.getByLabel("And further").selectOption("own");
    const {commission, slippage} = ownRates(
      await desk.get<OwnFillsView>("/api/costs/own-fills?assetCategory=STK")
    )!; // the demo account trades shares
    const {totalReturn} = runTask("sweep", {
      bars: [share],
      strategy: "sma-cross",
      parameters: {fast: [10], slow: [50]},
      costs: {own: {commission, ...(slippage && {slippage})}}
    });
    await expect
      .poll(() => map.getAttribute("aria-valuetext"), LOADED)
      .toContain(`fast 10, slow 50: Sharpe ratio`);
    await expect
      .poll(() => map.getAttribute("aria-valuetext"), LOADED)
      .toContain(`Total return ${formatPercent(totalReturn[0], {digits: 1})},`);
    expect(await page.getByLabel("Commission").inputValue()).toBe("0");
    await map.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(
      ({pathname, searchParams}) => pathname === "/backtest" && searchParams.get("costs") === "own"
    );
    expect(faults).toEqual([]);
    await close();
  }, 180_000);
});
