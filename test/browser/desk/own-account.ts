import {spawn} from "node:child_process";
import {once} from "node:events";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {setTimeout} from "node:timers/promises";
import type {Page} from "playwright-core";
import {expect, it} from "vitest";
import {writeFlexFile} from "../../../bench/flex-file.js";
import {openStore} from "../../../bridge/store/open.js";
import {root} from "../../../config.js";
import type {SummaryView} from "../../../lib/ledger/views.js";
import {dump} from "../../bridge/store/fixture.js";
import {openPage, openProfile, shot} from "../harness.js";
import {portfolioMetrics} from "./expected.js";
import {ownFlexTests} from "./flex.js";
import {readPage, settle} from "./reading.js";
import {deskEnvironment, startDesk, type RunningDesk} from "./running.js";
import {NEXT_DAY, ONE_DAY} from "./statements.js";

const SOON = {timeout: 30_000, interval: 100};

const nav = (page: Page) => page.locator(".metric-hero .figure").innerText();
const badge = (page: Page) => page.locator(".topbar .mode-demo").count();

/** The tests of a person's own account: they come last, since they take the demo off. */
export function ownAccountTests(desk: () => RunningDesk, folder: string): void {
  it("a file that is no statement is refused in a sentence, and the demo stays", async () => {
    const opened = await openPage(desk().startUrl);
    const {page} = opened;
    await settle(page);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("import");
    await page.keyboard.press("Enter");
    const file = {
      name: "page.html",
      mimeType: "text/html",
      buffer: Buffer.from("<html><body>502</body></html>")
    };
    await page.locator("dialog input[type=file]").setInputFiles(file);
    const line = page.locator("dialog .imports > li");
    await expect.poll(() => line.getAttribute("class"), SOON).toContain("failed");
    expect(await line.innerText()).toMatch(/page\.html\s+\S.{20,}/s);
    await page.keyboard.press("Escape");
    expect(await badge(page)).toBe(1);
    await opened.close();
  });

  it("a statement imported on the page takes the demo off every page at once", async () => {
    const profile = await openProfile();
    const page = await profile.newPage();
    await page.goto(desk().startUrl, {waitUntil: "networkidle"});
    const other = await profile.newPage();
    await other.goto(`${desk().url}/positions`, {waitUntil: "networkidle"});
    await settle(page);
    await settle(other);
    expect(await badge(page)).toBe(1);
    await page.evaluate(() => Object.assign(window, {loadedOnce: true}));

    await page.getByRole("button", {name: "Import statements"}).click();
    await page.locator("dialog input[type=file]").setInputFiles(ONE_DAY.path);
    await expect.poll(() => page.locator("dialog .imports").innerText(), SOON).toMatch(/\d+ new/);
    expect(await badge(page)).toBe(1);
    await page.getByRole("button", {name: "Import this file"}).click();
    await expect.poll(() => page.locator("dialog .imports").innerText(), SOON).toContain("imported: ");
    await page.keyboard.press("Escape");

    await expect.poll(() => nav(page), SOON).toBe(ONE_DAY.nav);
    await settle(page);
    expect(await badge(page)).toBe(0);
    expect(await page.locator(".topbar .mode").innerText()).toBe("PAPER");
    expect(await page.evaluate(() => "loadedOnce" in window)).toBe(true);
    const summary = await desk().get<SummaryView>("/api/account/summary");
    expect(summary.scope.accounts).toEqual([ONE_DAY.account]);
    expect((await readPage(page)).metrics).toEqual(portfolioMetrics(summary));
    await shot(page, "own-account");
    await expect
      .poll(async () => (await readPage(other)).grids.Positions?.rows.map((row) => row.Symbol), SOON)
      .toEqual(["INVT", "CRCX"]);
    expect(await badge(other)).toBe(0);
    await profile.close();
  });

  it("each page shows the account, and names no account of the demo", async () => {
    const profile = await openProfile();
    const page = await profile.newPage();
    await page.goto(desk().startUrl, {waitUntil: "networkidle"});
    for (const path of ["/", "/performance", "/positions", "/history"]) {
      await page.goto(`${desk().url}${path}`, {waitUntil: "networkidle"});
      await settle(page);
      await shot(page, `own${path.replace("/", "-")}`);
      const text = await page.locator("body").innerText();
      expect([path, text.match(/U[67]00000\d|DEMO|Demo 500/g)]).toEqual([path, null]);
    }
    await profile.close();
  });

  ownFlexTests(desk);

  it("a page follows what another program imports", async () => {
    const profile = await openProfile();
    const page = await profile.newPage();
    await page.goto(desk().startUrl, {waitUntil: "networkidle"});
    await expect.poll(() => nav(page), SOON).toBe(ONE_DAY.nav);
    const child = spawn(process.execPath, ["cli/tearsheet.js", "import", NEXT_DAY.path], {
      cwd: root,
      env: deskEnvironment(folder),
      stdio: "ignore"
    });
    expect(await once(child, "exit")).toEqual([0, null]);
    await expect.poll(() => nav(page), SOON).toBe(NEXT_DAY.nav);
    await profile.close();
  });

  it("SIGKILL in the middle of an import leaves the store as it was, and the desk starts again", async () => {
    const large = join(folder, "large.xml");
    await writeFlexFile(large, {trades: 20_000, days: 500});
    const database = join(folder, "tearsheet.db");
    const copy = await openStore({url: database, readonly: true});
    const before = dump(copy);
    copy.close();

    await desk().stop();
    const victim = await startDesk(folder);
    await victim.ready();
    const body = readFileSync(large);
    const sent = victim.send("/api/import?name=large.xml", {
      method: "POST",
      headers: {"Content-Type": "application/xml"},
      body
    });
    sent.catch(() => undefined); // it is cut off
    const isMerging = async () => {
      const {jobs} = await victim.get<{jobs: {message: string; done: number}[]}>("/api/jobs");
      return jobs.some(({message, done}) => message.startsWith("merging") && done > 0);
    };
    while (!(await isMerging())) await setTimeout(5);
    await victim.kill();

    const left = await openStore({url: database});
    expect(dump(left)).toBe(before);
    expect(left.raw.pragma("integrity_check", {simple: true})).toBe("ok");
    left.close();

    const again = await startDesk(folder);
    await again.ready();
    const summary = await again.get<SummaryView>("/api/account/summary");
    expect(summary.scope.accounts).toEqual([ONE_DAY.account]);
    await again.stop();
  });
}
