import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {run} from "axe-core";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {LOOKS, openTab, shot, type Tab} from "../harness.js";
import {readPage, settle} from "./reading.js";
import type {RunningDesk} from "./running.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const PAGES = [
  "/",
  "/performance",
  "/risk",
  "/backtest",
  "/sweep",
  "/optimize",
  "/positions",
  "/campaigns",
  "/desk",
  "/data",
  "/history",
  "/income",
  "/costs",
  "/gains",
  "/notebooks/",
  "/notebooks/pnl-queries",
  "/notebooks/analysis",
  "/notebooks/currencies",
  "/notebooks/momentum",
  "/notebooks/portfolio-optimization",
  "/gallery/",
  "/docs"
];

/** What a page shows until it is done; the gallery shows the state of waiting itself, the API's page is not ours. */
const WAITING: Readonly<Record<string, string>> = {
  "/gallery/": "observablehq-loading",
  "/docs": ".swagger-ui .loading"
};

/** These are opened narrow and then become wide, the others the other way round. */
const NARROW_FIRST = new Set([
  "/",
  "/performance",
  "/positions",
  "/campaigns",
  "/history",
  "/income",
  "/costs",
  "/gains"
]);

export function pageTests(desk: () => RunningDesk): void {
  let tab: Tab;
  beforeAll(async () => {
    tab = await openTab(desk().url);
  });
  afterAll(() => tab?.close());

  for (const path of PAGES) {
    it(`${path} renders without a fault, light and dark, wide and narrow`, async () => {
      const {page, faults, outside} = tab;
      const looksInTurn = NARROW_FIRST.has(path) ? LOOKS.toReversed() : LOOKS;
      await tab.visit(path, looksInTurn[0]);
      if (path === "/docs") await page.waitForSelector(".opblock");
      await settle(page, WAITING[path]);
      const found: string[] = [];
      for (const {theme, width} of looksInTurn) {
        await shot(page, path.replaceAll("/", "") || "portfolio", {theme, width});
        if (path !== "/docs") found.push(...(await looks(page, `${width} ${theme}`)));
      }
      const errors = await page.locator(".observablehq--error").allInnerTexts();
      expect({faults, outside, errors, found}).toEqual({faults: [], outside: [], errors: [], found: []});
    });
  }

  it("nothing on the first screen says n/a", async () => {
    const {page, visit} = tab;
    await visit("/");
    await settle(page);
    const {missing, metrics} = await readPage(page);
    const text = await page.locator("main").innerText();
    expect(Object.keys(metrics)).toHaveLength(5);
    expect(missing).toEqual([]);
    expect(text).not.toContain("n/a");
  });
}

/** Returns what axe finds, which figures are cut off, and whether the page scrolls sideways. */
async function looks(page: Page, where: string): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const cut = await page.evaluate(() => {
    const isCut = (box: Element) => box.scrollWidth > box.clientWidth + 1;
    const leaves = (figure: Element) => {
      const edge = figure.closest(".metric")?.getBoundingClientRect().right ?? Infinity;
      return figure.getBoundingClientRect().right > edge;
    };
    return [
      ...[...document.querySelectorAll("td.number, td.day")].filter(isCut),
      ...[...document.querySelectorAll(".metric .figure")].filter(leaves)
    ].map(({textContent}) => textContent);
  });
  // what is asked anew is faded meanwhile: that is not how it is read
  const content =
    "main[data-asking] :is(.card-body, .metrics) { opacity: 1 !important; transition: none !important }";
  await page.addStyleTag({content});
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const tool = (window as unknown as {axe: {run: typeof run}}).axe; // what the script above defines
    const {violations: list} = await tool.run(document, {resultTypes: ["violations"]});
    return list.map(
      ({id, impact, nodes}) =>
        `${impact} ${id}: ${nodes
          .slice(0, 3)
          .map(({html}) => html.slice(0, 160))
          .join(" | ")}`
    );
  });
  return [
    ...(wide > 0 ? [`${wide} px too wide`] : []),
    ...cut.map((figure) => `cut off: ${figure}`),
    ...violations
  ].map((finding) => `${where}: ${finding}`);
}
