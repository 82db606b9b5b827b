import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {Page} from "playwright-core";
import type {AxeResults} from "axe-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {ensureSite, LOOKS, openPage, openTab, serveStatic, type OpenPage, type Tab} from "./harness.js";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let site: Awaited<ReturnType<typeof serveStatic>>;
let tab: Tab;
beforeAll(async () => {
  site = await serveStatic(await ensureSite());
  tab = await openTab(site.url);
});
afterAll(async () => {
  await tab?.close();
  await site.close();
});

/** Opens the gallery anew in the profile that most tests share. */
async function visitGallery(): Promise<Page> {
  await tab.visit("/gallery/");
  await tab.page.locator(".plot").first().waitFor();
  return tab.page;
}

/** The same in a profile of its own, for what is kept in it. */
async function openGallery(options: Parameters<typeof openPage>[1] = {}): Promise<OpenPage> {
  const opened = await openPage(`${site.url}/gallery/`, options);
  await opened.page.locator(".plot").first().waitFor();
  return opened;
}

async function accessFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const {violations} = await page.evaluate(
    () => (globalThis as unknown as {axe: {run(): Promise<AxeResults>}}).axe.run() // the script above defines it
  );
  return violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html.slice(0, 120)).join(" ")}`);
}

it.each(LOOKS)(
  "the gallery in $theme at $width px has no fault, is accessible, and does not scroll sideways",
  async (look) => {
    const opened = await openGallery({
      ...look,
      height: look.width === 390 ? 844 : 900
    });
    const {page, faults, outside} = opened;
    expect(await accessFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(look.width);
    expect({faults, outside}).toEqual({faults: [], outside: []});
    await opened.close();
  }
);

it("every control of the gallery is reached by the tab key and shows that it has the focus", async () => {
  const page = await visitGallery();
  const controls = await page.evaluate(
    () =>
      [...document.querySelectorAll<HTMLElement>("a[href], button, input, select, [tabindex='0']")].filter(
        (node) => node.checkVisibility()
      ).length
  );
  const seen: string[] = [];
  for (let i = 0; i < controls + 2; ++i) {
    await page.keyboard.press("Tab");
    const state = await page.evaluate(() => {
      const node = document.activeElement;
      if (!(node instanceof HTMLElement) || node === document.body) return null;
      node.dataset["seen"] = "yes";
      const shown = node.closest(".grid-scroll") ?? node;
      const outlined = [node, shown].some((each) => getComputedStyle(each).outlineStyle !== "none");
      return outlined || node.matches(".skip") ? null : node.outerHTML.slice(0, 100);
    });
    if (state) seen.push(state);
  }
  expect(seen).toEqual([]);
  const missed = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("a[href], button, input, select, [tabindex='0']")]
      .filter((node) => node.checkVisibility() && !node.dataset["seen"])
      .map((node) => node.outerHTML.slice(0, 100))
  );
  expect(missed).toEqual([]);
});

it("arrow keys read along a chart, in words", async () => {
  const page = await visitGallery();
  const chart = page.getByRole("slider").first();
  await chart.focus();
  await page.keyboard.press("Home");
  expect(await chart.getAttribute("aria-valuetext")).toBe("20 Nov 2023, Portfolio 100.00, Demo 500 100.00");
  await page.keyboard.press("ArrowRight");
  expect(await chart.getAttribute("aria-valuetext")).toMatch(/^21 Nov 2023, Portfolio /);
});

it("dragging over a chart shows those days, a double click all of them again", async () => {
  const page = await visitGallery();
  const shown = page.locator(".shown-range").first();
  const before = await shown.innerText();
  const box = await page.getByRole("slider").first().boundingBox();
  if (!box) throw new Error("the chart has no place");
  await page.mouse.move(box.x + 300, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 500, box.y + 100, {steps: 4});
  await page.mouse.up();
  expect(await shown.innerText()).not.toBe(before);
  await page.getByRole("slider").first().dblclick();
  expect(await shown.innerText()).toBe(before);
});

it("keys sort, filter, move in and open the table", async () => {
  const page = await visitGallery();
  const table = page.getByRole("treegrid", {name: "Holdings"});
  await page.keyboard.press("/");
  await page.keyboard.type("optics ag");
  expect(await page.locator(".table [role=status]").first().innerText()).toMatch(/^\d+ of 60 rows$/);
  await page.keyboard.press("Escape");
  await table.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(await page.getByRole("dialog").innerText()).toContain("Invented Optics AG");
  await page.keyboard.press("Escape");
  expect(await page.getByRole("dialog").count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("TABLE");
  await table.getByRole("button", {name: "Symbol"}).click();
  expect(await table.getByRole("columnheader", {name: "Symbol"}).getAttribute("aria-sort")).toBe("ascending");
});

it("a table of a hundred thousand rows keeps few of them in the page and scrolls within a frame", async () => {
  const page = await visitGallery();
  await page.getByRole("button", {name: "Make them"}).click();
  const scroll = page.locator(".grid-scroll", {has: page.getByRole("grid", {name: "Many holdings"})});
  await scroll.waitFor();
  const {typical, rows} = await scroll.evaluate(async (node) => {
    const steps: number[] = [];
    for (let i = 0; i < 41; ++i) {
      const start = performance.now();
      node.scrollTop += 40_000;
      node.dispatchEvent(new Event("scroll"));
      steps.push(performance.now() - start);
      await new Promise(requestAnimationFrame);
    }
    return {typical: steps.toSorted((a, b) => a - b)[20], rows: node.querySelectorAll("tbody tr").length};
  });
  console.log(`a jump of 40,000 px in 100,000 rows takes ${typical.toFixed(1)} ms`);
  expect(rows).toBeLessThan(80);
});

it("the palette, the shortcuts and the theme work from the keyboard, and the theme is remembered", async () => {
  const opened = await openGallery({theme: "light"});
  const {page} = opened;
  await page.keyboard.press("Control+k");
  await page.keyboard.type("change theme");
  await page.keyboard.press("Enter");
  await page.keyboard.press("t");
  expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
    "rgb(14, 17, 22)"
  );
  await page.reload();
  expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
  await page.keyboard.press("?");
  expect(await page.getByRole("dialog", {name: "Shortcuts"}).innerText()).toContain(
    "search pages, symbols, actions"
  );
  await opened.close();
});

it("the range stays in the address and follows a link to another page", async () => {
  const page = await visitGallery();
  await page.getByRole("button", {name: "YTD"}).click();
  expect(new URL(page.url()).search).toBe("?range=YTD");
  await page.getByRole("link", {name: "Performance"}).click();
  await page.waitForURL("**/performance?range=YTD");
  await page.goBack();
  await page.goBack();
  expect(new URL(page.url()).search).toBe("");
});

it("amounts are blurred when the person asks for privacy, shares are not", async () => {
  const opened = await openGallery();
  const {page} = opened;
  await page.keyboard.press("b");
  const filterOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((node) => getComputedStyle(node).filter);
  expect(await filterOf(".metric .secret")).toContain("blur");
  expect(await filterOf("td.number:not(.secret)")).toBe("none");
  await opened.close();
});

it("a figure that is not available says why to who points at it and to who listens", async () => {
  const page = await visitGallery();
  const missing = page.locator(".metric .missing").first();
  await missing.focus();
  expect(await page.locator(".tip").innerText()).toBe("flows have several solutions");
  expect(await missing.innerText()).toContain("n/a");
  expect(await missing.textContent()).toBe("n/a: flows have several solutions");
});

it("a card gives its rows as CSV with what they are, and its picture", async () => {
  const page = await visitGallery();
  const card = page.locator(".card", {has: page.getByRole("heading", {name: /^Growth of 100/})});
  const take = async (item: string) => {
    await card.getByRole("button", {name: "Take Growth of 100 along"}).click();
    const file = page.waitForEvent("download");
    await page.getByRole("menuitem", {name: item}).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await file).createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  const csv = (await take("Download CSV")).toString();
  expect(csv.split("\r\n").slice(0, 6)).toEqual([
    "# title: Growth of 100",
    "# unit: net of flows",
    "# source: Flex",
    "# as of: 2026-11-20T22:00:00Z",
    "day,portfolio,benchmark",
    "2023-11-20,100,100"
  ]);
  expect((await take("Download PNG")).subarray(1, 4).toString()).toBe("PNG");
  expect((await take("Download SVG")).toString()).toContain(">Growth of 100</text>");
});
