/** The demo trades on paper in the browser: from the ticket to the fill, the position and the history. */
import {execFile} from "node:child_process";
import {rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {promisify} from "node:util";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, expect, it, vi} from "vitest";
import {root} from "../../config.js";
import {formatAmount, formatNumber} from "../../src/components/format.js";
import {demoFolder, deskEnvironment, startDesk, type RunningDesk} from "./desk/running.js";
import {openPage, type OpenPage} from "./harness.js";

const folder = demoFolder("trading");
let desk: RunningDesk;

beforeAll(async () => {
  desk = await startDesk(folder);
  await desk.ready();
  await vi.waitFor(
    async () => expect((await desk.get<{trades: boolean}>("/api/session")).trades).toBe(true),
    {
      timeout: 60_000
    }
  );
}, 300_000);

afterAll(async () => {
  await desk?.stop();
  rmSync(folder, {recursive: true, force: true, maxRetries: 5});
});

/** Opens a page as somebody who came by the link that the desk printed. */
async function enter(path: string): Promise<OpenPage> {
  const opened = await openPage(desk.startUrl);
  await opened.page.goto(`${desk.url}${path}`);
  return opened;
}

const card = (page: Page, title: string) => page.getByRole("region", {name: title, exact: true});

interface Held {
  symbol: string;
  conid: string;
  assetCategory: string;
}

/** A share that the demo holds, so that its stand-in for TWS has a quote of it. */
async function aShare(): Promise<{symbol: string; conId: number}> {
  const {rows} = await desk.get<{rows: Held[]}>("/api/positions");
  const {symbol, conid} = rows.find(({assetCategory}) => assetCategory === "STK")!; // the demo holds shares
  return {symbol, conId: Number(conid)};
}

it("the demo trades on paper from ticket to fill to position to history, by keyboard", async () => {
  const {symbol} = await aShare();
  const {page, faults, outside, close} = await enter("/desk");
  await page.getByText("PAPER: no real money").waitFor();
  await page.getByText("positions, orders and executions agree").first().waitFor();

  await page.getByLabel("Hours", {exact: true}).selectOption("false"); // the test runs at any hour
  await page.getByRole("button", {name: "Set the limits"}).click();
  await page.getByText("they hold from the next order on").waitFor();

  await page.evaluate(() => (document.activeElement as HTMLElement).blur()); // it is an element
  await page.keyboard.press("o");
  await page.keyboard.type(symbol);
  await page.keyboard.press("Enter");
  await page.locator(".contract-chosen:not(:empty)").waitFor();
  await page.locator(".quote-line").getByText("Bid").waitFor();
  await page.getByLabel("Quantity").fill("0");
  await page.getByLabel("Type", {exact: true}).selectOption("MKT");
  await page.getByLabel("Outside regular hours too").check();
  await page.getByLabel("Quantity").press("Enter");
  await page.getByText("above zero", {exact: true}).waitFor();
  await page.keyboard.type("9");
  await page.getByLabel("Quantity").fill("5");
  await page.getByLabel("Quantity").press("Enter");
  await page.getByText("The risk gate lets it out.").waitFor();
  expect(await page.locator(".order-preview tr", {hasText: "Units"}).innerText()).toMatch(/0\s+5/);

  await page.keyboard.press("Escape");
  expect(await page.locator(".order-preview").count()).toBe(0);
  await page.getByLabel("Quantity").press("Enter");
  await page.getByRole("button", {name: `Buy 5 ${symbol}`}).waitFor();
  await page.keyboard.press("Enter");

  await card(page, "Orders").getByText("filled", {exact: true}).waitFor();
  await card(page, "Fills").getByText(`Bought 5 ${symbol}`).waitFor();
  await card(page, "Positions").getByText(symbol, {exact: true}).waitFor();
  const {fills} = await desk.get<{fills: {shares: number; account: string; commission: number}[]}>(
    "/api/fills"
  );
  expect(fills).toMatchObject([{shares: 5, account: "PAPER", commission: expect.any(Number)}]);

  await page.getByRole("button", {name: "Verify the journal"}).click();
  await page.getByText(/lines hold, each as it was written/).waitFor();
  expect(await card(page, "Decisions and journal").innerText()).toContain("allowed");

  await page.reload();
  await card(page, "Fills").getByText(`Bought 5 ${symbol}`).waitFor();
  await card(page, "Positions").getByText(symbol, {exact: true}).waitFor();

  const {totals} = await desk.get<{totals: {valueBase: {value: string}}}>("/api/positions");
  await page.goto(`${desk.url}/positions`);
  await page.getByRole("link", {name: "1 position of the paper account, below"}).click();
  const paper = card(page, "Paper positions");
  await paper.getByText("PAPER, USD").waitFor();
  expect(await paper.locator("tbody tr").innerText()).toMatch(new RegExp(`^${symbol}\\s+PAPER, USD\\s+5\\s`));
  await page.getByText("PAPER: no real money").waitFor();
  const statements = page.getByRole("treegrid", {name: "Positions"});
  expect(await statements.innerText()).not.toContain("PAPER");
  expect(await statements.locator("tfoot").innerText()).toContain(
    formatAmount(totals.valueBase.value, "USD")
  );

  await page.goto(`${desk.url}/history`);
  await card(page, "Filled at the desk").getByText(`Bought 5 ${symbol}`).waitFor();
  await close();
  expect({faults, outside}).toEqual({faults: [], outside: []});
}, 180_000);

it("the kill switch is on every page, cancels what works, stays over pages, and is let go of", async () => {
  const {conId} = await aShare();
  const id = crypto.randomUUID();
  const order = {id, account: "PAPER", conId, action: "BUY", quantity: 1, type: "LMT", limit: 1, tif: "GTC"};
  const {accounts} = await desk.get<{accounts: {account: string; limits: {account: object}}[]}>("/api/risk");
  const [{limits}] = accounts;
  const json = {"Content-Type": "application/json"};
  const loose = {...limits, account: {...limits.account, priceCollar: null, regularHoursOnly: false}};
  await desk.send("/api/risk/limits", {
    method: "PUT",
    headers: json,
    body: JSON.stringify({account: "PAPER", limits: loose})
  });
  const sent = await desk.send("/api/orders", {method: "POST", headers: json, body: JSON.stringify(order)});
  expect(await sent.json()).toMatchObject({decision: {allowed: true}});

  const {page, faults, close} = await enter("/history");
  await page.getByRole("button", {name: "Kill switch"}).waitFor();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur()); // it is an element
  await page.keyboard.press("Shift+K");
  const dialog = page.getByRole("dialog", {name: "Kill switch"});
  await dialog.getByLabel("Why, for the journal").fill("a browser test");
  await page.keyboard.press("Enter");
  await dialog.getByText("Thrown: no order goes out.").waitFor();
  await dialog.locator("li[data-done=true], li[data-done='']", {hasText: "cancelled"}).waitFor();
  await page.keyboard.press("Escape");

  await page.goto(`${desk.url}/positions`);
  await page.getByText("the kill switch was thrown").waitFor();
  const refused = await desk.send("/api/orders", {
    method: "POST",
    headers: json,
    body: JSON.stringify({...order, id: crypto.randomUUID()})
  });
  expect(await refused.json()).toMatchObject({
    order: {status: "rejected"},
    decision: {reason: "the kill switch is thrown, by session: a browser test"}
  });
  expect(await desk.get(`/api/orders/${id}`)).toMatchObject({order: {status: "cancelled"}});

  await page.getByRole("button", {name: "Kill switch: thrown"}).click();
  await dialog.getByRole("button", {name: "Let orders out again"}).click();
  await dialog.getByText("Orders may go out again.").waitFor();
  await page.getByText("the kill switch was thrown").waitFor({state: "hidden"});
  await close();
  expect(faults).toEqual([]);
}, 180_000);

it("a page without a session reads the desk of the demo, and can change nothing", async () => {
  const {page, faults, close} = await openPage(`${desk.url}/desk`);
  await page.getByText("PAPER: no real money, to read only").waitFor();
  expect(await page.getByRole("button", {name: "Kill switch"}).isVisible()).toBe(false);
  expect(await page.getByLabel("Quantity").isVisible()).toBe(false);
  expect(await page.getByRole("button", {name: "Set the limits"}).isVisible()).toBe(false);
  expect(await page.getByLabel("Hours", {exact: true}).isDisabled()).toBe(true);
  expect(await card(page, "Ticket").innerText()).toContain(`${desk.url}/?token=…`);
  expect(await page.getByText("opens the ticket").isVisible()).toBe(false);
  await card(page, "Implementation shortfall").locator(".empty", {hasText: "the start link"}).waitFor();
  await close();
  expect(faults).toEqual([]);
}, 60_000);

it("a run of a strategy on paper stands on the desk against its backtest, in the terminal's figures", async () => {
  const {page, faults, close} = await enter("/desk");
  await card(page, "Implementation shortfall").getByText("No run of a strategy has been kept.").waitFor();

  const bars = join(folder, "wave.csv");
  const closes = Array.from({length: 60}, (_, i) => 100 + 8 * Math.sin(i / 4));
  const lines = closes.map((close, i) => {
    const day = new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10);
    return [day, close, close + 1, close - 1, close, 1_000_000].join();
  });
  writeFileSync(bars, `date,open,high,low,close,volume\n${lines.join("\n")}\n`);
  const words = [
    "run",
    "sma-cross",
    "--paper",
    "--bars",
    bars,
    "--symbol",
    "WAVE",
    "--run",
    "wave",
    "--json"
  ];
  const {stdout} = await promisify(execFile)(
    process.execPath,
    ["cli/tearsheet.js", ...words, "--set", "fast=3", "--set", "slow=8", "--slippage", "3bps"],
    {cwd: root, env: deskEnvironment(folder), maxBuffer: 2 ** 26}
  );
  const {shortfall} = JSON.parse(stdout) as {
    shortfall: {trades: {units: number; price: number; bps: number}[]; total: {total: number; bps: number}};
  };
  expect(shortfall.trades.length).toBeGreaterThan(3);

  await page.reload();
  const told = page.getByRole("region", {name: /^Implementation shortfall/}); // its unit is in its name
  await told.getByText("Run wave: sma-cross, fast 3, slow 8, on WAVE, account PAPER").waitFor();
  const {total, bps} = shortfall.total;
  expect(await told.innerText()).toContain(
    `${shortfall.trades.length} trades cost ${formatNumber(total)} USD more than the backtest, ${formatNumber(bps)} basis points`
  );
  await told.locator(".card-body svg").first().waitFor();
  await told.getByRole("button", {name: "Show as a table"}).click();
  const [{units, price, bps: own}] = shortfall.trades;
  const row = told.getByRole("grid").locator("tbody tr:not(.spacer)").first();
  for (const figure of [units, price, own])
    expect(await row.innerText()).toContain(formatNumber(figure, {digits: 4}));
  await close();
  expect(faults).toEqual([]);
}, 120_000);
