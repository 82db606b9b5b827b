import {join} from "node:path";
import {setTimeout} from "node:timers/promises";
import {expect, it} from "vitest";
import {startBridge} from "../bridge/harness.js";
import {openPage, openProfile, serveStatic, shot} from "./harness.js";

it("the documentation shows every operation, under our policy and from this machine only", async () => {
  const {url} = await startBridge();
  const docs = await openPage(`${url}/docs`);
  const {page, faults, outside} = docs;
  await page.waitForSelector(".opblock");
  const paths = await page.locator(".opblock-summary-path").allInnerTexts();
  expect(paths.map((path) => path.replaceAll("\u200b", ""))).toEqual(
    expect.arrayContaining([
      "/api/account/summary",
      "/api/ledger/{table}",
      "/api/ws/{connection_id}",
      "/health"
    ])
  );
  await page.locator(".opblock-summary", {hasText: "/api/session"}).first().click();
  await page.locator(".try-out__btn").first().click();
  await page.locator(".execute").first().click();
  await page.waitForSelector(".live-responses-table .response-col_status");
  expect(await page.locator(".live-responses-table").innerText()).toContain('"mode": "demo"');
  await shot(page, "docs");
  await docs.close();
  expect({faults, outside}).toEqual({faults: [], outside: []});
});

it("the start link signs a browser in, and the token is neither in its address nor its history", async () => {
  const {url, startUrl, token, status} = await startBridge({status: {mode: "real"}});
  const profile = await openProfile();
  const page = await profile.newPage();
  expect((await page.goto(url))?.status()).toBe(401);
  expect(await page.innerText("main")).toContain("This desk is locked");
  await page.goto(startUrl);
  expect(page.url()).toBe(`${url}/`);
  expect(await page.title()).toBe("Portfolio");
  expect(await page.evaluate(() => document.cookie)).toMatch(/^tearsheet_bridge_\d+=real$/);
  await page.goto(`${url}/positions`);
  expect(await page.title()).toBe("Positions");
  for (let back = 0; back < 3; ++back) {
    expect(page.url()).not.toContain(token);
    await page.goBack().catch(() => null);
  }
  expect(status.mode).toBe("real");
  await profile.close();
});

it("a page of another port of this machine cannot change anything, nor listen", async () => {
  const {url, startUrl, services, folder, lines} = await startBridge();
  const other = await serveStatic(join(folder, "dist"));
  const profile = await openProfile();
  const page = await profile.newPage();
  await page.goto(startUrl);
  await page.goto(other.url);
  const opened = await page.evaluate(async (target) => {
    await fetch(`${target}/api/fetch-data`, {method: "POST", credentials: "include", mode: "no-cors"}).catch(
      () => {}
    );
    const socket = new WebSocket(`${target.replace("http", "ws")}/api/ws/thief`);
    return new Promise<boolean>((resolve) => {
      socket.onopen = () => resolve(true);
      socket.onerror = () => resolve(false);
    });
  }, url);
  expect(opened).toBe(false);
  expect(services.jobs.list()).toEqual([]);
  expect(lines.find((line) => line.includes("POST /api/fetch-data"))).toContain('"status":403');
  await profile.close();
  await other.close();
});

it("the starting page becomes the desk by itself", async () => {
  const {url, status} = await startBridge({status: {ready: false, step: "building the pages"}});
  const profile = await openProfile();
  const page = await profile.newPage();
  await page.goto(url);
  expect(await page.innerText("main")).toContain("building the pages");
  status.ready = true;
  while ((await page.title().catch(() => "")) !== "Portfolio") await setTimeout(100);
  await profile.close();
});
