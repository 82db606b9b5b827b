/** The demo's paper account: it goes on when the demo is made anew, and begins anew when its id is typed. */
import {readFileSync, rmSync} from "node:fs";
import {createRequire} from "node:module";
import type {AxeResults} from "axe-core";
import {afterAll, beforeAll, expect, it, vi} from "vitest";
import {demoFolder, makeDemo, startDesk, type RunningDesk} from "./desk/running.js";
import {openPage} from "./harness.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = demoFolder("paper-account");
const json = {"Content-Type": "application/json"};
const PATIENCE = {timeout: 60_000};
let desk: RunningDesk;

async function start(): Promise<void> {
  desk = await startDesk(folder);
  await desk.ready();
  await vi.waitFor(async () => expect((await risk()).status.blocked).toBe(null), PATIENCE);
}

interface Risk {
  status: {blocked: string | null};
  accounts: {account: string; limits: {account: object; strategies: object}}[];
}
const risk = () => desk.get<Risk>("/api/risk");
const put = (path: string, method: string, body: object) =>
  desk.send(path, {method, headers: json, body: JSON.stringify(body)});
const orders = async (state = "all") =>
  (await desk.get<{orders: {id: string; status: string; label: string}[]}>(`/api/orders?state=${state}`))
    .orders;

beforeAll(start, 300_000);

afterAll(async () => {
  await desk?.stop();
  rmSync(folder, {recursive: true, force: true, maxRetries: 5});
});

it("the paper account of the demo outlives the demo, and begins anew with its id typed", async () => {
  const {rows} = await desk.get<{rows: {conid: string; assetCategory: string}[]}>("/api/positions");
  const conId = Number(rows.find(({assetCategory}) => assetCategory === "STK")!.conid); // the demo holds shares
  const [{account, limits}] = (await risk()).accounts;
  const loose = {...limits, account: {...limits.account, priceCollar: null, regularHoursOnly: false}};
  await put("/api/risk/limits", "PUT", {account, limits: loose});
  const order = {account, conId, action: "BUY", quantity: 2, type: "MKT", tif: "GTC", outsideHours: true};
  await put("/api/orders", "POST", {...order, id: crypto.randomUUID()});
  await vi.waitFor(async () => expect(await orders()).toMatchObject([{status: "filled"}]), PATIENCE);
  await desk.stop();

  makeDemo(folder);
  await start();
  expect(await orders()).toMatchObject([{status: "filled"}]);
  const {page, faults, close} = await openPage(desk.startUrl);
  await page.goto(`${desk.url}/desk`);
  const held = page.getByRole("region", {name: "Positions", exact: true});
  await held.getByText((await orders())[0].label, {exact: true}).waitFor();

  const waits = {...order, id: crypto.randomUUID(), type: "LMT", limit: 1};
  await put("/api/orders", "POST", waits);
  await page.getByText("Begin the paper account anew").click();
  await page.getByText("orders, fills and the journal stay. Type PAPER to do it.").waitFor();
  const typed = page.getByLabel("The paper account's id, typed");
  await typed.fill("yes");
  await typed.press("Enter");
  await page.getByText("type the account's id, PAPER, to begin it anew").waitFor();
  await typed.fill("PAPER");
  await page.getByRole("button", {name: "Begin anew"}).click();
  await page.getByText("orders work in PAPER: cancel them before it begins anew").waitFor();
  await page.evaluate(axe);
  const {violations} = await page.evaluate(
    () => (globalThis as unknown as {axe: {run(): Promise<AxeResults>}}).axe.run() // the script above defines it
  );
  expect(violations).toEqual([]);

  await desk.send(`/api/orders/${waits.id}`, {method: "DELETE"});
  await vi.waitFor(async () => expect(await orders("working")).toEqual([]), PATIENCE);
  await page.getByRole("button", {name: "Begin anew"}).click();
  await page.getByText("It has begun anew, with cash alone.").waitFor();
  await vi.waitFor(async () => expect((await risk()).status.blocked).toBe(null), PATIENCE);
  expect(await orders()).toHaveLength(2);
  await close();
  expect(faults.filter((fault) => !/40[39]/.test(fault))).toEqual([]); // what was refused above
}, 300_000);
